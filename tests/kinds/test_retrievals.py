"""Retrievals: each rule just right and just wrong, and what was found in time."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
asked_at | refused | asked_at=2026-11-22 & found_at=2026-11-22 & ended_at=2026-11-22 | asked_at=2026-11-23 & found_at= & ended_at= & outcome=
found_at | refused | found_at=2026-11-22 | found_at=2026-11-23
ended_at | refused | ended_at=2026-11-22 | ended_at=2026-11-23
found_at | refused | found_at=2026-10-05 09:30 | found_at=2026-10-05 09:29
ended_at | refused | ended_at=2026-10-05 09:30 | ended_at=2026-10-05 09:29
limit_hours | refused | limit_hours=1 | limit_hours=0
found_at | refused | outcome=not found & found_at= | outcome=not found
found_at | warned | found_at= & outcome= & ended_at= | found_at=
outcome | warned | outcome=found | outcome=partly found
ended_at | warned | ended_at= | outcome=not found & found_at= & ended_at=
limit_hours | refused | limit_hours=24 | limit_hours=24:00
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("retrievals", PAIRS)


def test_hours_run_day_and_night_and_what_is_found_in_part_is_not_found(known, seen):
    known(
        "retrievals",
        """
        home | retrieval_ref | asked_at | limit_hours | found_at | outcome
        Elm House | V1 | 2026-10-24 12:00 | 24 | 2026-10-25 11:00 | found
        Elm House | V2 | 2026-10-24 12:00 | 24 | 2026-10-25 11:01 | found
        Elm House | V3 | 2026-10-24 12:00 | 24 | 2026-10-24 13:00 | partly found
        Elm House | V4 | 2026-10-24 12:00 | 24 |                  |
        """,
    )
    # The clocks went back: 24 hours end at eleven.
    in_time = {"V1": True, "V2": False, "V3": False, "V4": False}
    assert seen("retrievals", "is_in_time") == in_time
    assert set(seen("retrievals", "due_on::varchar").values()) == {"2026-10-25"}
    assert not any(seen("retrievals", "is_in_time", on="2026-10-24").values())
    assert seen("retrievals", "is_in_time", on="2026-10-23") == {}
