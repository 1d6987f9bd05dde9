"""Data flows: each rule just right and just wrong, and the eight answers on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
review_due_on | refused | review_due_on=2026-02-20 | review_due_on=2026-02-19
ended_on | refused | ended_on=2023-01-09 | ended_on=2023-01-08
lawful_basis | warned | lawful_basis=consent | lawful_basis=
caldicott_1 | warned | caldicott_1=no | caldicott_1=not applicable
caldicott_1 | warned | caldicott_1=yes | caldicott_1=N/A
caldicott_2 | warned | caldicott_2=no | caldicott_2=not applicable
caldicott_2 | warned | caldicott_2=yes | caldicott_2=N/A
caldicott_3 | warned | caldicott_3=no | caldicott_3=not applicable
caldicott_3 | warned | caldicott_3=yes | caldicott_3=N/A
caldicott_4 | warned | caldicott_4=no | caldicott_4=not applicable
caldicott_4 | warned | caldicott_4=yes | caldicott_4=N/A
caldicott_5 | warned | caldicott_5=no | caldicott_5=not applicable
caldicott_5 | warned | caldicott_5=yes | caldicott_5=N/A
caldicott_6 | warned | caldicott_6=no | caldicott_6=not applicable
caldicott_6 | warned | caldicott_6=yes | caldicott_6=N/A
caldicott_7 | warned | caldicott_7=no | caldicott_7=not applicable
caldicott_7 | warned | caldicott_7=yes | caldicott_7=N/A
caldicott_8 | warned | caldicott_8=no | caldicott_8=not applicable
caldicott_8 | warned | caldicott_8=yes | caldicott_8=N/A
checked_on | warned | checked_on=2026-02-19 | checked_on=
agreement_ref | warned | agreement_ref= & needs_agreement=no | agreement_ref=
safeguard | warned | goes_outside_uk=yes & safeguard=Adequacy | goes_outside_uk=yes
method | warned | method=email; post | method=email; fax
is_protected | warned | is_protected= | is_protected=no
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("data_flows", PAIRS)


ANSWERS = " | ".join(f"caldicott_{n}" for n in range(1, 9))


@pytest.mark.parametrize(
    ("last", "met"), [("yes", 8), ("no", 7), ("not applicable", 7), ("N/A", 7), ("", 7)]
)
def test_only_yes_meets_a_principle(last, met, known, seen):
    known(
        "data_flows",
        f"""
        flow_ref | lawful_basis | checked_on | {ANSWERS}
        F1 | consent | 2026-02-19 | {"yes | " * 7} {last}
        """,
    )
    assert seen("data_flows", "principles_met") == {"F1": met}
    assert seen("data_flows", "is_checked_in_date") == {"F1": met == 8}


def test_the_answers_count_from_the_day_they_were_given_for_twelve_months(known, seen):
    known(
        "data_flows",
        f"""
        flow_ref | lawful_basis | checked_on | started_on | ended_on | {ANSWERS}
        F1 | consent | 2025-11-23 |            |            | {"yes | " * 7} yes
        F2 | consent | 2025-11-22 |            | 2026-11-22 | {"yes | " * 7} yes
        F3 | consent |            | 2026-11-22 |            | {"yes | " * 7} yes
        F4 |         | 2026-02-19 |            | 2026-11-21 | {"yes | " * 7} yes
        F5 |         | 2026-02-19 |            |            | {"yes | " * 7} yes
        """,
    )
    in_date = seen("data_flows", "is_checked_in_date")
    assert in_date == {"F1": True, "F2": False, "F3": False, "F5": False}
    assert seen("data_flows", "principles_met")["F3"] == 0


def test_a_party_is_listed_by_a_register_that_counts(known, seen):
    known(
        "data_flows",
        """
        flow_ref | direction | party_type | party_ref | agreement_ref
        F1       | outbound  | supplier   | SUP-1     |
        F2       | outbound  | NHS        |           | DSA-1
        F3       | outbound  | NHS        |           |
        F4       | internal  | other      |           |
        F5       | outbound  | family     |           |
        F6       | outbound  | supplier   | SUP-2     |
        """,
    )
    known("processors", "processor_ref | ended_on\nsup-1 |\nSUP-2 | 2026-11-21")
    known("sharing_agreements", "agreement_ref | signed_on\nDSA-1 | 2026-01-05")
    assert set(seen("flows_to_unlisted_parties", "party")) == {"F3", "F6"}
