"""Spot checks: each rule just right and just wrong, and what was done by a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
cancelled_on | refused | held_on= & units_checked= & units_met= & cancelled_on=2026-06-09 | cancelled_on=2026-06-09
units_met | refused | units_met= & units_checked= | units_met=
units_met | refused | units_met=24 | units_met=25
units_checked | refused | units_checked=1 & units_met=1 | units_checked=0 & units_met=0
units_checked | warned | units_checked=24 | units_checked= & units_met=
held_on | warned | held_on= & units_checked= & units_met= | held_on=
action_ref | warned | action_ref= & units_met=24 | action_ref=
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("spot_checks", PAIRS)


def test_a_check_is_done_on_its_day(known, seen):
    known(
        "spot_checks",
        """
        home      | check_ref | planned_on | held_on    | units_checked | units_met
        Elm House | C1        | 2026-06-10 | 2026-06-11 | 24            | 22
        Elm House | C2        | 2026-06-10 |            |               |
        """,
    )
    done = {"C1": True, "C2": False}
    assert seen("spot_checks", "is_held", on="2026-06-11") == done
    assert seen("spot_checks", "is_held", on="2026-06-10") == done | {"C1": False}
    assert seen("spot_checks", "units_met", on="2026-06-10")["C1"] is None
    assert seen("spot_checks", "units_met", on="2026-06-11")["C1"] == 22
