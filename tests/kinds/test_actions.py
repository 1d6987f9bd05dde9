"""Actions: each rule just right and just wrong, and the register as of a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
due_on | refused | due_on=2026-05-20 & original_due_on= & times_moved= | due_on=2026-05-19
original_due_on | refused | original_due_on=2026-05-20 | original_due_on=2026-05-19
done_on | refused | done_on=2026-05-20 | done_on=2026-05-19
verified_on | refused | verified_on=2026-07-15 | verified_on=2026-07-14
verified_by | refused | verified_by=IG lead | verified_by=home manager
cancelled_on | refused | cancelled_on=2026-07-01 & done_on= & status=cancelled | cancelled_on=2026-07-01
status | refused | status=done | status=open
done_on | warned | status=open & done_on= | done_on=
verified_on | warned | status=done & verified_on= | verified_on=
cancelled_on | warned | status=open & done_on= | status=cancelled & done_on=
cancel_reason | warned | status=cancelled & done_on= & cancelled_on=2026-07-01 & cancel_reason=Merged | status=cancelled & done_on= & cancelled_on=2026-07-01
owner | warned | owner=IG lead & verified_by=Auditor | owner=
times_moved | warned | times_moved=1 | times_moved=
source_ref | warned | source_ref= & source_type=other | source_ref=
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("actions", PAIRS)


HEAD = "action_ref | raised_on | original_due_on | due_on | done_on | status | owner | verified_by | verified_on | cancelled_on"


def test_how_an_action_stands_is_said_by_its_days(known, seen):
    known(
        "actions",
        f"""
        {HEAD}
        A1 | 2026-05-20 | | 2026-07-31 | 2026-07-15 | verified | Manager | IG lead | 2026-07-22 |
        A2 | 2026-05-20 | | 2026-07-31 |            | done     | Manager |         |            |
        A3 | 2026-05-20 | | 2026-07-31 | 2026-07-15 | verified | Manager |         | 2026-07-22 |
        A4 | 2026-05-20 | | 2026-07-31 |            |          | Manager |         |            | 2026-07-01
        A5 | 2026-05-20 | | 2026-07-31 |            | in progress | Manager |      |            |
        """,
    )
    now = {"A1": "verified", "A2": "open", "A3": "done", "A4": "cancelled"}
    now |= {"A5": "in progress"}
    assert seen("actions", "status") == now
    before = seen("actions", "status", on="2026-07-21")
    assert (before["A1"], before["A4"]) == ("done", "cancelled")
    assert seen("actions", "status", on="2026-07-14")["A1"] == "open"
    assert seen("actions", "status", on="2026-06-30")["A4"] == "open"
    assert seen("actions", "status", on="2026-05-19") == {}


def test_an_action_is_overdue_the_day_after_it_was_due(known, seen):
    known("actions", f"{HEAD}\nA1 | 2026-05-20 | | 2026-11-21 | | open | M | | |")
    assert seen("actions", "is_overdue", on="2026-11-21") == {"A1": False}
    assert seen("actions", "is_overdue", on="2026-11-22") == {"A1": True}


def test_moving_the_day_does_not_make_an_action_punctual(known, seen):
    known(
        "actions",
        f"""
        {HEAD} | times_moved
        A1 | 2026-05-20 | 2026-06-30 | 2026-07-31 | 2026-07-15 | done | M | | | | 3
        A2 | 2026-05-20 | 2026-06-30 | 2026-07-31 | 2026-06-30 | done | M | | | |
        A3 | 2026-05-20 |            | 2026-07-31 | 2026-07-31 | done | M | | | |
        """,
    )
    assert seen("actions", "is_done_on_time") == {"A1": False, "A2": True, "A3": True}
    assert seen("actions", "times_moved") == {"A1": 3, "A2": 1, "A3": 0}
