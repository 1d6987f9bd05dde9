"""Retention reviews: each rule just right and just wrong, and what is due on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
keep_until | refused | keep_until=2018-03-31 | keep_until=2018-03-30
reviewed_on | refused | reviewed_on=2018-03-31 | reviewed_on=2018-03-30
records | refused | records=1 | records=0
kept_longer_until | refused | kept_longer_until=2026-04-15 | kept_longer_until=2026-04-14
reviewed_on | warned | reviewed_on= & decision= | reviewed_on=
decision | warned | decision= & reviewed_on= | decision=
kept_longer_until | warned | decision=keep longer & kept_longer_until=2028-03-31 | decision=keep longer
hold_reason | warned | decision=hold & hold_reason=Inquiry | decision=hold
decision | warned | is_on_hold=yes & hold_reason=Inquiry & decision=hold | is_on_hold=yes & hold_reason=Inquiry
rule_code | refused | rule_code=rt01 | rule_code=8 years
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("retention_reviews", PAIRS)


def test_records_fall_due_by_their_line_or_by_their_rule(known, seen):
    known(
        "retention_reviews",
        """
        home      | record_ref | rule_code | ended_on   | keep_until
        Elm House | B1         | RT01      | 2018-03-31 |
        Elm House | B2         | RT01      | 2018-03-31 | 2030-12-31
        Elm House | B3         | RT18      | 2018-03-31 |
        """,
    )
    due = {"B1": "2026-03-31", "B2": "2031-01-01", "B3": None}
    assert seen("retention_reviews", "due_on::varchar") == due


def test_records_are_reviewed_on_the_day_of_the_decision(known, seen):
    known(
        "retention_reviews",
        """
        home | record_ref | ended_on | reviewed_on | decision | kept_longer_until
        Elm House | B1 | 2018-03-31 | 2026-04-14 | destroy     |
        Elm House | B2 | 2018-03-31 |            | destroy     |
        Elm House | B3 | 2018-03-31 | 2026-04-14 |             |
        Elm House | B4 | 2018-03-31 | 2026-04-14 | keep longer | 2026-10-31
        Elm House | B5 | 2018-03-31 | 2026-04-14 | keep longer |
        """,
    )
    reviewed = {"B1": True, "B2": False, "B3": False, "B4": True, "B5": False}
    assert seen("retention_reviews", "is_reviewed", on="2026-04-14") == reviewed
    assert not any(seen("retention_reviews", "is_reviewed", on="2026-04-13").values())
    # Kept longer, they fall due again.
    assert seen("retention_reviews", "is_reviewed", on="2026-10-31")["B4"] is True
    assert seen("retention_reviews", "is_reviewed", on="2026-11-01")["B4"] is False
    again = seen("retention_reviews", "due_on::varchar", on="2026-11-01")
    assert again["B4"] == "2026-11-01"
