"""Continuity plans: each rule just right and just wrong, and those in force on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
review_due_on | refused | review_due_on=2026-02-03 | review_due_on=2026-02-02
withdrawn_on | refused | withdrawn_on=2026-02-02 | withdrawn_on=2026-02-01
approved_on | warned | approved_on=2026-02-02 | approved_on=
approved_by | warned | approved_by= & approved_on= | approved_by=
covers | warned | covers=premises | covers=
rto_target_min | refused | rto_target_min=240 | rto_target_min=4h
rto_target_min | refused | rto_target_min=1440 | rto_target_min=04:00
rpo_target_min | refused | rpo_target_min=10 | rpo_target_min=0.1667
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("continuity_plans", PAIRS)


def test_a_plan_is_in_force_from_its_approval_to_its_withdrawal(known, seen):
    known(
        "continuity_plans",
        """
        plan_ref | approved_on | withdrawn_on | covers
        P1       | 2026-02-02  |              | cyber attack
        P2       |             |              | cyber attack
        P3       | 2026-02-02  | 2026-05-01   | premises; staffing
        """,
        taken_on="2026-04-30",
    )
    both = {"P1": True, "P3": False}
    assert seen("continuity_plans", "covers_data_and_cyber", on="2026-04-30") == both
    assert set(seen("continuity_plans", "title", on="2026-05-01")) == {"P1"}


def test_the_review_of_this_year_does_not_wipe_out_that_of_last_year(known, seen):
    drawn = "plan_ref | approved_on | reviewed_on\nP1 | 2025-01-06 | {}"
    known("continuity_plans", drawn.format("2025-06-02"), taken_on="2025-06-30")
    known("continuity_plans", drawn.format("2026-06-01"), taken_on="2026-06-30")
    reviewed = "reviewed_on::varchar"
    assert seen("continuity_plans", reviewed, on="2026-06-29") == {"P1": "2025-06-02"}
    assert seen("continuity_plans", reviewed, on="2026-06-30") == {"P1": "2026-06-01"}
    assert seen("continuity_plans", reviewed, on="2025-06-29") == {}
