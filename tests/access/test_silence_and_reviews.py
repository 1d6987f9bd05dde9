"""A log that did not come, and whether what was found was reviewed in time."""

from datetime import date, timedelta

import pytest

from oversight import journal
from oversight.store import EVERYTHING
from tests.proofs.made_events import homes, send

pytestmark = pytest.mark.queries

FIRST = date(2026, 3, 1)


def days_of(known, days, home="Elm House", start=0) -> None:
    lines = [
        f"{home}-{n} | {home} | {FIRST + timedelta(days=n)}T10:00:00Z" for n in days
    ]
    known("access_events", "\n".join(["event_id | home | occurred_at", *lines]))


def silent(store, on="2026-04-30"):
    with store.reading(EVERYTHING) as cursor:
        return cursor.execute(
            "select silent_from, silent_to, is_silent_still, days"
            f" from logs_not_received(date '{on}') order by silent_from"
        ).fetchall()


@pytest.mark.parametrize(("spoke_on", "is_expected"), [(20, True), (19, False)])
def test_a_log_that_used_to_come_and_fell_silent(store, known, spoke_on, is_expected):
    send(store, "homes", homes(["Elm House", "Oak House"]))
    days_of(known, range(spoke_on))
    days_of(known, range(25), "Oak House")
    from_day = FIRST + timedelta(days=spoke_on)
    last = FIRST + timedelta(days=24)
    wanted = [(from_day, last, True, (last - from_day).days + 1)] if is_expected else []
    assert silent(store) == wanted


def test_a_day_of_silence_within_is_told_and_has_ended(store, known):
    days_of(known, [*range(28), *range(29, 40), *range(41, 50)])
    day = FIRST + timedelta(days=28)
    assert silent(store) == [(day, day, False, 1)]


@pytest.mark.parametrize(("days", "count"), [(2, 0), (3, 1)])
def test_quiet_days_of_a_small_home_are_no_silence_until_the_third(
    store, known, days, count
):
    days_of(known, [*range(22), *range(22 + days, 30)])
    assert len(silent(store)) == count


def reviewed(store, on):
    with store.reading(EVERYTHING) as cursor:
        return cursor.execute(
            "select person, reviewed_on is not null, is_reviewed_in_time"
            " from exceptions_reviewed(?::date) order by person",
            [on],
        ).fetchall()


def test_an_exception_is_reviewed_when_the_journal_closes_it(store, known):
    known(
        "access_events",
        "event_id | actor_login | event_type\n1 | S1 | export\n2 | s2 | export",
    )
    assert [row[1:] for row in reviewed(store, date(2099, 1, 1))] == [
        (False, False)
    ] * 2
    for outcome, of in (("asked", "s1"), ("justified", "s2")):
        about = {"of": [of], "homes": ["unmatched"], "outcome": outcome}
        with store.writing() as writing:
            journal.append(writing, "ann", "access reviewed", about)
    assert reviewed(store, date(2099, 1, 1)) == [
        ("S1", False, False),
        ("s2", True, True),
    ]
