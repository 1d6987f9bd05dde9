"""Every measure that has a second way gives the figures of plain Python.

A file beside this one holds, for each measure by its name, a function that reads rows
as imported and gives the cases, written without a look at the SQL. They are compared
by home at month-ends, over rows made by chance of every kind.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from itertools import cycle
from pathlib import Path

import pytest

from oversight import journal
from oversight.arrivals import import_file
from oversight.definitions import JOURNAL, open_store, reads_of
from oversight.measures import all_measures
from oversight.prepared import prepare, prepare_ground
from oversight.promises import Measure
from oversight.readings import month_ends, reading_on
from oversight.review import record
from oversight.store import EVERYTHING, Cursor, Store
from tests.conftest import TODAY
from tests.made_rows import LAST, is_taken_in, made_files, made_homes
from tests.measures.second_way.rows import Rows, Way, in_window

pytestmark = pytest.mark.queries

HERE = Path(__file__).parent
# Between the two files, before the first and long after the second.
MONTHS = [day for day in month_ends(TODAY, 14) if day.month in (1, 3, 4, 7, 9, 10)]
DAYS = [*MONTHS, TODAY, date(2027, 2, 28)]
NOT_WAYS = ("rows.py", Path(__file__).name)


def _ways() -> dict[str, Way]:
    found = {}
    for path in sorted(HERE.glob("*.py")):
        if path.name not in NOT_WAYS:
            module = import_module(f"tests.measures.second_way.{path.stem}")
            found |= {n: way for n, way in vars(module).items() if n in all_measures()}
    return found


WAYS = _ways()


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    """Rows of every kind, and what the measures rest on worked out for all days."""
    folder = tmp_path_factory.mktemp("second_way")
    store = open_store(f"duckdb:///{folder / 'made.duckdb'}")
    kinds = sorted(
        {kind for name in WAYS for kind in reads_of(name)} - {"homes", JOURNAL}
    )
    # As they would have come: each on its day, the register of homes first.
    files = sorted(
        (*made_homes(folder), *made_files(folder, kinds)), key=lambda one: one.taken_on
    )
    for at, sent in enumerate(files):
        if at == 1:
            hold_review(store)
        if sent.taken_on == LAST != files[at - 1].taken_on:
            look_into_access(store)
        known_at = datetime.combine(sent.taken_on, time(18, tzinfo=UTC))
        sent = replace(sent, known_at=known_at + timedelta(minutes=at))
        report = import_file(store, sent, readings_later=True)
        assert sent.kind == "homes" or is_taken_in(report), report.message
    with store.reading(EVERYTHING) as cursor:
        prepare_ground(cursor, DAYS)
        prepare(cursor, DAYS, WAYS)
        yield cursor
    store.close()


def hold_review(store: Store) -> None:
    """A review planned, signed and sealed on three days of 2025, before most files."""
    at = datetime(2025, 9, 8, 15, tzinfo=UTC)
    period = (date(2024, 9, 1), date(2025, 8, 31))
    review = record.plan(store, "tester", period, date(2025, 9, 9), "Chair", at=at)
    for days, act in enumerate((record.Act.SIGNED, record.Act.SEALED), start=1):
        with store.writing(at + timedelta(days=days)) as writing:
            record.tell(writing, "tester", act, review.id)


def look_into_access(store: Store) -> None:
    """Reviews of what the first files had shown, in time and late, of every outcome."""
    with store.reading(EVERYTHING) as cursor:
        cursor.execute(
            "select distinct lower(trim(person)) as who from exception_found"
        )
        people = sorted(who for (who,) in cursor.fetchall())
    outcomes = cycle(("justified", "not justified", "escalated", "asked"))
    # Found on a Tuesday: the Thursday is in time, and after it comes Easter.
    days = (datetime(2026, 4, day, 9, tzinfo=UTC) for day in (2, 7))
    for at, some in zip(days, (people[::2], people[1::2]), strict=True):
        for minute, (who, outcome) in enumerate(zip(some, outcomes, strict=False)):
            about = {"of": [who], "homes": ["1-0", "1-1", "1-2"], "outcome": outcome}
            if outcome == "escalated":
                about["incident"] = f"INC-2026-{minute + 1:03}"
            with store.writing(at + timedelta(minutes=minute)) as writing:
                journal.append(writing, "tester", "access reviewed", about)


@pytest.fixture(scope="module")
def rows_by_day(ground: Cursor) -> dict[date, Rows]:
    return {day: Rows(ground, day) for day in DAYS}


@pytest.mark.parametrize("measure", [all_measures()[name] for name in WAYS], ids=WAYS)
def test_both_ways_agree_by_month_and_home(
    measure: Measure, ground: Cursor, rows_by_day: dict[date, Rows]
) -> None:
    totals = 0
    for day in DAYS:
        said = {
            reading.home: [reading.met, reading.total, reading.unknown]
            for reading in reading_on(ground, measure, day)
        }
        # A home all of whose cases lie outside the window says nothing.
        said = {home: sums for home, sums in said.items() if any(sums)}
        assert said == _sums(measure, rows_by_day[day], day), day
        totals += sum(sums[1] for sums in said.values())
    assert totals > 0


def _sums(measure: Measure, rows: Rows, day: date) -> dict[str, list[int]]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case in WAYS[measure.name](rows, day):
        if not in_window(measure.window, case.happened_on, day):
            continue
        if case.is_met is None:
            sums[case.home][2] += 1
            continue
        met = case.is_met if case.units_met is None else case.units_met
        sums[case.home][0] += int(met)
        sums[case.home][1] += case.units
    return dict(sums)
