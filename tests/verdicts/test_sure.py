"""The mark of four parts, each part shown to hold and to be lost."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oversight import people
from oversight.people import Person
from oversight.statements import Stated, Statement, state
from oversight.store import EVERYTHING
from oversight.verdicts import sure
from oversight.verdicts.status import Doubt, Trouble
from oversight.verdicts.sure import Mark, mark_of, marks_on, quarter_of
from oversight.words import Role
from tests.conftest import TODAY

pytestmark = pytest.mark.queries

SINCE = date(2026, 9, 1)


def today():
    return datetime.now(ZoneInfo("Europe/London")).date()


def doubt(trouble):
    since = None if trouble is Trouble.NEVER_SUPPLIED else SINCE
    return (Doubt("staff", trouble, since),)


@pytest.mark.parametrize(
    ("doubts", "timely", "complete"),
    [
        ((), True, True),
        (doubt(Trouble.STALE), False, True),
        (doubt(Trouble.SILENT), False, True),
        (doubt(Trouble.INCOMPLETE), True, False),
        (doubt(Trouble.NEVER_SUPPLIED), False, False),
    ],
)
def test_each_trouble_takes_its_part(doubts, timely, complete):
    found = sure._mark(doubts, True, None, TODAY)
    assert (found.timely, found.complete) == (timely, complete)


@pytest.mark.parametrize(
    ("said_on", "checked"),
    [
        ("2026-09-30", False),
        ("2026-10-01", True),
        ("2026-11-22", True),
        ("2025-11-22", False),
        (None, False),
    ],
)
def test_a_signature_counts_in_its_own_quarter(said_on, checked):
    signed = said_on and Statement(
        Stated.SOURCE_CHECKED, "staff", "", "Ada", date.fromisoformat(said_on), ""
    )
    found = sure._mark((), True, signed or None, TODAY)
    assert (found.checked, bool(found.checked_by)) == (checked, checked)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2026-01-01", 1), ("2026-03-31", 1), ("2026-04-01", 2), ("2026-12-31", 4)],
)
def test_quarters_are_those_of_the_calendar(day, quarter):
    assert quarter_of(date.fromisoformat(day)) == (2026, quarter)


@pytest.mark.parametrize(("blank", "valid"), [(0, True), (1, True), (3, False)])
def test_a_source_is_valid_while_few_rows_are_warned_of(store, known, blank, valid):
    known("homes", "home_ref | name\n1-900 | Elm House")
    # Two in a hundred may be warned of: 1 of 50 is, 3 of 50 is more. An expiry that
    # disagrees with the validity is a warning.
    drawn = (
        "home | staff_ref | category | completed_on | validity_months | expires_on\n"
    )
    for n in range(50):
        expires = "2026-12-31" if n < blank else "2027-02-28"
        drawn += f"Elm House | S{n} | 26 | 2026-03-01 | 12 | {expires}\n"
    known("training", drawn)
    with store.reading(EVERYTHING) as cursor:
        found = marks_on(cursor, ["training", "incidents"], TODAY)
    assert found["training"].valid is valid
    assert found["training"].timely
    assert found["incidents"] == Mark(False, False, False, False)


def test_a_signed_source_says_by_whom(store, known):
    people.add(store, Person("Ada", Role.IG_LEAD, (), True, ""), "tester")
    known("homes", "home_ref | name\n1-900 | Elm House", today())
    state(store, Stated.SOURCE_CHECKED, "homes", "Ada")
    with store.reading(EVERYTHING) as cursor:
        found = marks_on(cursor, ["homes"], today())["homes"]
        before = marks_on(cursor, ["homes"], today() - timedelta(days=120))["homes"]
    assert found == Mark(True, True, True, True, "Ada", today())
    assert found.words == "4 of 4: timely, complete, valid and checked"
    assert found.checked_words.startswith("Checked by Ada on ")
    assert not before.checked


def test_a_measure_is_as_sure_as_the_least_of_its_sources():
    one = Mark(True, True, True, True, "Ada", date(2026, 11, 1))
    other = Mark(True, False, True, True, "Ben", date(2026, 10, 1))
    marks = {"staff": one, "training": other, "homes": Mark(True, True, True, False)}
    both = mark_of(["staff", "training"], marks)
    assert both == Mark(True, False, True, True, "Ben", date(2026, 10, 1))
    assert both.words == "3 of 4: timely, valid and checked; not complete"
    assert not mark_of(["staff", "homes"], marks).checked
    assert mark_of([], marks).count == 0
    assert mark_of([], marks).words == "0 of 4: none"
