"""Which clocks run, and how those ended that have."""

from datetime import UTC, date, datetime

import pytest

from oversight.running import breaches, requests, running
from oversight.store import EVERYTHING

pytestmark = pytest.mark.queries

AS_OF = date(2026, 11, 20)  # a Friday
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOMES = """
    home_ref | name
    H1       | Elm House
    H2       | Oak Lodge
"""


def asked(store, what, homes=EVERYTHING, at=NOON, as_of=AS_OF):
    with store.reading(homes) as cursor:
        return [
            (one.ref, one.left_in_words, one.is_done) for one in what(cursor, as_of, at)
        ]


def test_a_breach_clock_runs_until_told_or_settled(store, known):
    known("homes", HOMES)
    known(
        "incidents",
        """
        incident_ref | home      | kind      | aware_at         | is_reportable_ico | decided_at       | ico_reported_at
        I1           | Elm House | confirmed | 2026-11-19 12:00 |                   |                  |
        I2           | Elm House | suspected | 2026-11-17 11:00 |                   |                  |
        I3           | Oak Lodge | confirmed | 2026-11-10 12:00 | yes               | 2026-11-10 13:00 | 2026-11-12 12:00
        I4           | Oak Lodge | confirmed | 2026-11-10 12:00 | no                | 2026-11-10 13:00 |
        I5           | Oak Lodge | confirmed | 2026-11-01 12:00 | yes               | 2026-11-01 13:00 | 2026-11-05 12:00
        I6           | Elm House | near miss | 2026-11-19 12:00 |                   |                  |
        I7           | Elm House | confirmed |                  |                   |                  |
        """,
    )
    assert asked(store, breaches) == [
        ("I2", "1 h late", False),  # 73 hours, and nobody has decided
        ("I1", "48 h left", False),
        ("I3", "done in time", True),
        ("I4", "done in time", True),  # settled: it need not be told
        ("I5", "24 h late", True),  # told, and late for good
    ]
    assert [ref for ref, *_ in asked(store, breaches, ("H1", "company"))] == [
        "I2",
        "I1",
    ]
    assert asked(store, breaches, ()) == []


def test_asked_about_a_past_day_later_steps_have_not_happened(store, known):
    known("homes", HOMES)
    known(
        "incidents",
        """
        incident_ref | home      | kind      | aware_at         | is_reportable_ico | decided_at       | ico_reported_at
        I3           | Elm House | confirmed | 2026-11-10 12:00 | yes               | 2026-11-12 13:00 | 2026-11-12 14:00
        """,
    )
    end = datetime(2026, 11, 12, tzinfo=UTC)
    day = date(2026, 11, 11)
    assert asked(store, breaches, at=end, as_of=day) == [("I3", "36 h left", False)]


def test_a_request_runs_by_the_day_and_by_its_own_rule(store, known):
    known("homes", HOMES)
    known(
        "requests",
        """
        request_ref | home      | request_type  | received_on | answered_on | acknowledged_on | clarification_asked_on
        R1          | Elm House | access        | 2026-10-26  |             |                 |
        R2          | Elm House | access        | 2026-10-05  |             |                 |
        R3          | Elm House | rectification | 2026-10-01  | 2026-10-20  |                 |
        R4          | Oak Lodge | complaint     | 2026-11-02  |             | 2026-11-05      |
        R5          | Oak Lodge | access        | 2026-11-02  |             |                 | 2026-11-18
        """,
    )
    found = {ref: (words, done) for ref, words, done in asked(store, requests)}
    assert found["R1"] == ("6 days left", False)  # due on 26 November
    assert found["R2"] == ("15 days late", False)  # was due on 5 November
    assert found["R3"] == ("done in time", True)
    assert found["R4"] == ("done in time", True)
    assert found["R5"] == ("paused", False)


def test_what_runs_is_what_is_not_done(store, known):
    known("homes", HOMES)
    known(
        "incidents",
        """
        incident_ref | home      | kind      | aware_at
        I1           | Elm House | confirmed | 2026-11-19 12:00
        """,
    )
    with store.reading(EVERYTHING) as cursor:
        assert [one.ref for one in running(breaches(cursor, AS_OF, NOON))] == ["I1"]
