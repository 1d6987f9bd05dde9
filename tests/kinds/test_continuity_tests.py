"""Continuity tests: each rule just right and just wrong, and what was held by a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
cancelled_on | refused | held_on= & result=not held & cancelled_on=2026-03-01 | cancelled_on=2026-03-01
result | refused | result=fail | result=not held
result | refused | held_on= & cancelled_on=2026-03-01 & result=not held | held_on= & cancelled_on=2026-03-01 & result=pass
next_due_on | refused | next_due_on=2026-03-05 | next_due_on=2026-03-04
rto_actual_min | refused | rto_actual_min= | rto_actual_min=0
rto_actual_min | refused | rto_actual_min=240 | rto_actual_min=4h
rto_actual_min | refused | rto_actual_min=241 | rto_actual_min=04:00
rpo_actual_min | refused | rpo_actual_min=10 | rpo_actual_min=0.1667
rpo_actual_min | refused | rpo_actual_min= | rpo_actual_min=half a day
held_on | warned | held_on= & result=not held | held_on=
result | warned | result=pass | result=
rto_actual_min | warned | test_type=desktop & rto_actual_min= | test_type=full & rto_actual_min=
result | warned | result=pass & rto_actual_min=240 | result=pass & rto_actual_min=241
action_ref | warned | result=pass & action_ref= | action_ref=
tests_data_and_cyber | warned | tests_data_and_cyber=no | tests_data_and_cyber=
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("continuity_tests", PAIRS)


def test_a_test_that_was_called_off_is_not_held_and_an_unknown_time_is_not_none(
    known, seen
):
    known(
        "continuity_tests",
        """
        test_ref | planned_on | held_on    | cancelled_on | result   | rto_actual_min
        T1       | 2026-03-02 | 2026-03-04 |              | pass     |
        T2       | 2026-03-02 |            | 2026-03-01   | not held |
        T3       | 2026-03-02 |            |              | pass     |
        T4       | 2026-03-02 | 2026-03-04 |              | fail     | 300
        """,
    )
    held = {"T1": True, "T2": False, "T3": False, "T4": True}
    assert seen("continuity_tests", "is_held") == held
    assert seen("continuity_tests", "is_passed") == held | {"T4": False}
    assert not any(seen("continuity_tests", "is_held", on="2026-03-03").values())
    assert not any(seen("continuity_tests", "is_passed", on="2026-03-03").values())
    assert seen("continuity_tests", "rto_actual_min")["T1"] is None
    assert not any(seen("continuity_tests", "tests_data_and_cyber").values())
