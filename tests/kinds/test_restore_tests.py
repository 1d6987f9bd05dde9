"""Restore tests: each rule just right and just wrong, and what came back by a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
cancelled_on | refused | held_on= & is_restored= & is_compared= & cancelled_on=2026-08-01 | cancelled_on=2026-08-01
backup_of | refused | backup_of=2026-08-03 | backup_of=2026-08-04
next_due_on | refused | next_due_on=2026-08-04 | next_due_on=2026-08-03
rto_actual_min | refused | rto_actual_min= | rto_actual_min=0
rto_actual_min | refused | rto_actual_min=95 | rto_actual_min=01:35
held_on | warned | held_on= & is_restored= | held_on=
is_restored | warned | is_restored=no | is_restored=
rto_actual_min | warned | rto_actual_min= & is_restored=no | rto_actual_min=
is_compared | warned | is_compared=no | is_compared=
action_ref | warned | action_ref= | is_restored=no & action_ref=
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("restore_tests", PAIRS)


def test_a_backup_works_when_it_came_back_on_a_day_that_is_named(known, seen):
    known(
        "restore_tests",
        """
        test_ref | held_on    | is_restored | is_compared
        R1       | 2026-08-03 | yes         | yes
        R2       | 2026-08-03 | yes         |
        R3       | 2026-08-03 |             | yes
        R4       |            | yes         | yes
        """,
    )
    restored = {"R1": True, "R2": True, "R3": False, "R4": False}
    assert seen("restore_tests", "is_restored") == restored
    assert seen("restore_tests", "is_compared") == restored | {"R2": False}
    assert not any(seen("restore_tests", "is_restored", on="2026-08-02").values())
