"""Assets: each rule just right and just wrong, and those in use on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
review_due_on | refused | review_due_on=2026-03-17 | review_due_on=2026-03-16
disposed_on | refused | disposed_on=2022-04-01 | disposed_on=2022-03-31
holds_personal_data | warned | holds_personal_data=no | holds_personal_data=
lawful_basis | warned | lawful_basis= & holds_personal_data=no | lawful_basis=
article_9_condition | warned | article_9_condition= & is_special_category=no | article_9_condition=
retention_rule | warned | retention_rule= | retention_rule= & retention_months=
dpia_signed_on | warned | dpia_signed_on= & needs_dpia=no | dpia_signed_on=
mfa_exception_on | warned | has_mfa=no & mfa_exception_on=2026-01-12 | has_mfa=no
risk_ref | warned | supported_until=2026-11-22 | supported_until=2026-11-21
needs_backup | warned | needs_backup= & asset_type=paper records | needs_backup=
retention_rule | refused | retention_rule=RT01 | retention_rule=6 yrs after leaving
retention_months | refused | retention_months=72 | retention_months=6 yrs after leaving
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("assets", PAIRS)


def test_an_asset_is_in_use_until_the_day_it_is_not_and_blank_flatters_nothing(
    known, seen
):
    known(
        "assets",
        """
        asset_ref | acquired_on | disposed_on | holds_personal_data | reviewed_on | asset_type
        A1        | 2022-04-01  | 2026-10-31  |                     | 2026-03-16  | system
        A2        | 2026-10-30  |             | no                  |             | phone
        """,
        taken_on="2026-10-01",
    )
    assert seen("assets", "holds_personal_data", on="2026-10-30") == {
        "A1": True,
        "A2": False,
    }
    assert set(seen("assets", "name", on="2026-10-29")) == {"A1"}
    assert set(seen("assets", "name", on="2026-10-31")) == {"A2"}
    assert seen("assets", "needs_backup", on="2026-10-30") == {"A1": True, "A2": False}


@pytest.mark.parametrize(
    ("reviewed", "due", "in_date"),
    [
        ("2025-11-23", "", True),
        ("2025-11-22", "", False),
        ("2026-10-01", "2026-11-22", True),
        ("2026-10-01", "2026-11-21", False),
        ("", "", False),
    ],
)
def test_a_review_counts_for_twelve_months_and_no_longer_than_it_says(
    reviewed, due, in_date, known, seen
):
    known("assets", f"asset_ref | reviewed_on | review_due_on\nA1 | {reviewed} | {due}")
    assert seen("assets", "is_review_in_date") == {"A1": in_date}
