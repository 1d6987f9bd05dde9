"""Resources: each rule just right and just wrong, and the plan against its use."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
period_to | refused | period_to=2026-10-31 | period_to=2026-03-31
used_to | refused | used_to=2026-04-01 | used_to=2026-03-31
used_to | refused | used= & used_to= | used_to=
planned | refused | planned=1 | planned=0
planned | refused | planned=1000 | planned=£1,000
approved_on | warned | approved_on=2026-02-16 | approved_on=
judged_on | warned | judged_on= & is_enough= | judged_on=
shortfall | warned | is_enough=no & shortfall=No cover | is_enough=no
action_ref | warned | is_enough=no & action_ref=ACT-1 | is_enough=no
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("resources", PAIRS)


def test_use_is_compared_with_the_part_of_the_plan_whose_time_has_come(known, seen):
    known(
        "resources",
        """
        resource_ref | period_from | period_to  | planned | used | used_to    | approved_on | is_enough | judged_on
        R1           | 2026-01-01  | 2026-12-31 | 365     | 120  | 2026-04-10 | 2025-12-01  | yes       | 2026-11-02
        R2           | 2026-01-01  | 2026-11-21 | 365     |      |            |             | yes       |
        """,
    )
    assert seen("resources", "planned_by_then") == {"R1": 100, "R2": None}
    assert seen("resources", "is_secured") == {"R1": True, "R2": False}
    assert seen("resources", "is_enough") == {"R1": True, "R2": False}
    assert seen("resources", "is_current") == {"R1": True, "R2": False}
