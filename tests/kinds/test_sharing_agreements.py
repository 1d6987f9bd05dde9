"""Sharing agreements: each rule just right and just wrong, and those that count."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
ends_on | refused | ends_on=2025-05-01 | ends_on=2025-04-30
review_due_on | refused | review_due_on=2026-04-21 | review_due_on=2026-04-20
ended_on | refused | ended_on=2025-05-01 | ended_on=2025-04-30
signed_on | warned | signed_on=2025-05-01 | signed_on=
review_due_on | warned | review_due_on=2027-04-19 | review_due_on=
lawful_basis | warned | lawful_basis=consent | lawful_basis=
signed_on | warned | signed_on=2025-05-01 | signed_on=2025-05-02
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("sharing_agreements", PAIRS)


@pytest.mark.parametrize(
    ("reviewed", "due", "ends", "in_date"),
    [
        ("2026-04-20", "2026-11-22", "", True),
        ("2026-04-20", "2026-11-21", "", False),
        ("2025-11-22", "", "", True),
        ("2025-11-21", "", "", False),
        ("2026-04-20", "", "2026-11-22", True),
        ("2026-04-20", "", "2026-11-21", False),
    ],
)
def test_an_agreement_is_in_date_until_its_review_or_its_end(
    reviewed, due, ends, in_date, known, seen
):
    known(
        "sharing_agreements",
        f"""
        agreement_ref | signed_on  | reviewed_on | review_due_on | ends_on
        D1            | 2024-05-01 | {reviewed}  | {due}         | {ends}
        """,
    )
    assert seen("sharing_agreements", "is_in_date") == {"D1": in_date}


def test_unsigned_it_is_a_draft(known, seen):
    known("sharing_agreements", "agreement_ref | signed_on\nD1 |\nD2 | 2026-11-22")
    assert set(seen("sharing_agreements", "title")) == {"D2"}
