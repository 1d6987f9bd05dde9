"""Suppliers: each rule just right and just wrong, and what they can show on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
contract_ends_on | refused | contract_ends_on=2024-09-16 | contract_ends_on=2024-09-15
review_due_on | refused | review_due_on=2026-03-11 | review_due_on=2026-03-10
ended_on | refused | ended_on=2024-10-01 | ended_on=2024-09-30
data_returned_on | refused | ended_on=2026-09-30 & data_returned_on=2026-09-30 | ended_on=2026-09-30 & data_returned_on=2026-09-29
handles_personal_data | warned | handles_personal_data=no | handles_personal_data=
is_it_supplier | warned | is_it_supplier=no | is_it_supplier=
contract_signed_on | warned | contract_signed_on= & handles_personal_data=no | contract_signed_on=
has_article_28_terms | warned | has_article_28_terms= & relation=none | has_article_28_terms=
has_article_28_terms | warned | has_article_28_terms=no & contract_signed_on= | contract_signed_on=
safeguard | warned | stores_outside_uk=yes & safeguard=Adequacy | stores_outside_uk=yes
certificate_expires_on | warned | certificate=none & certificate_expires_on= | certificate_expires_on=
due_diligence_on | warned | due_diligence_on= & handles_personal_data=no | due_diligence_on=
toolkit_checked_on | warned | toolkit_checked_on= & toolkit_status= | toolkit_checked_on=
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("processors", PAIRS)


def test_article_28_terms_count_with_a_signed_contract_that_runs(known, seen):
    known(
        "processors",
        """
        processor_ref | contract_signed_on | contract_ends_on | has_article_28_terms
        P1            | 2024-09-16         | 2026-11-22       | yes
        P2            | 2024-09-16         | 2026-11-21       | yes
        P3            |                    |                  | yes
        P4            | 2024-09-16         |                  |
        """,
    )
    terms = {"P1": True, "P2": False, "P3": False, "P4": False}
    assert seen("processors", "has_article_28_terms") == terms
    assert all(seen("processors", "handles_personal_data").values())
    assert all(seen("processors", "is_it_supplier").values())


def test_a_certificate_or_the_toolkit_certifies_and_only_while_it_counts(known, seen):
    known(
        "processors",
        """
        processor_ref | certificate | certificate_expires_on | toolkit_status | toolkit_checked_on
        P1 | ISO 27001 | 2026-11-22 |               |
        P2 | ISO 27001 | 2026-11-21 |               |
        P3 | none      | 2027-11-21 |               |
        P4 | none      |            | Standards Met | 2025-11-23
        P5 | none      |            | Standards Met | 2025-11-22
        P6 | none      |            | Not Published | 2026-07-01
        """,
    )
    certified = {"P1": True, "P2": False, "P3": False}
    certified |= {"P4": True, "P5": False, "P6": False}
    assert seen("processors", "is_certified") == certified
