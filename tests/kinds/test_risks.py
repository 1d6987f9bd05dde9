"""Risks: each rule just right and just wrong, and those open on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
review_due_on | refused | review_due_on=2026-10-13 | review_due_on=2026-10-12
reviewed_on | refused | reviewed_on=2026-01-12 | reviewed_on=2026-01-11
closed_on | refused | closed_on=2026-01-12 | closed_on=2026-01-11
accepted_until | refused | accepted_on=2026-02-09 & accepted_by=Board & accepted_until=2026-02-09 | accepted_on=2026-02-09 & accepted_until=2026-02-08
target_likelihood | warned | target_likelihood=3 | target_likelihood=4
accepted_on | warned | treatment=tolerate & accepted_on=2026-02-09 & accepted_by=Board | treatment=tolerate
action_ref | warned | action_ref= & treatment=transfer | action_ref=
accepted_by | warned | accepted_on=2026-02-09 & accepted_by=Board | accepted_on=2026-02-09
review_due_on | warned | review_due_on=2027-01-11 | review_due_on=
likelihood | refused | likelihood=5 | likelihood=6
impact | refused | impact=1 & target_impact=1 | impact=0
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("risks", PAIRS)


def test_a_risk_is_open_until_it_is_closed_and_accepted_until_the_day_that_says(
    known, seen
):
    known(
        "risks",
        """
        risk_ref | raised_on  | likelihood | impact | closed_on  | accepted_by | accepted_on | accepted_until
        R1       | 2026-01-12 | 3          | 4      |            | Board       | 2026-02-09  | 2026-11-22
        R2       | 2026-01-12 | 5          | 5      | 2026-11-22 |             |             |
        R3       | 2026-01-12 | 1          | 1      | 2026-11-23 | Board       | 2026-02-09  | 2026-11-21
        """,
        taken_on="2026-11-20",
    )
    assert seen("risks", "score") == {"R1": 12, "R3": 1}
    assert seen("risks", "is_accepted") == {"R1": True, "R3": False}
    assert set(seen("risks", "score", on="2026-11-21")) == {"R1", "R2", "R3"}


def test_the_score_of_a_past_day_is_the_one_told_by_then(known, seen):
    drawn = "risk_ref | raised_on | likelihood | impact\nR1 | 2026-01-12 | {} | 4"
    known("risks", drawn.format(4), taken_on="2026-02-01")
    known("risks", drawn.format(2), taken_on="2026-09-01")
    assert seen("risks", "score", on="2026-08-31") == {"R1": 16}
    assert seen("risks", "score", on="2026-09-01") == {"R1": 8}
