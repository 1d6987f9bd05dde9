"""Every measure gives the figures of plain Python, by home and month.

A file beside this one holds, for each measure by its name, a function that reads rows
and gives the cases, written without a look at the SQL. They are compared over the
made-up company's files, as Python alone reads them, in every month and home; and over
rows made by chance of every kind, whose blanks and odd days no company sends.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from itertools import cycle, product
from pathlib import Path

import pytest

from oversight import journal
from oversight.arrivals import import_file
from oversight.definitions import JOURNAL, open_store, reads_of
from oversight.demo import SentFile
from oversight.measures import all_measures
from oversight.prepared import prepare, prepare_ground
from oversight.promises import Measure
from oversight.readings import month_ends, reading_on
from oversight.review import record
from oversight.store import EVERYTHING, Cursor, Store
from tests.conftest import TODAY
from tests.made_rows import LAST, is_taken_in, made_files, made_homes
from tests.measures.second_way.from_files import Company, FileRows
from tests.measures.second_way.rows import Rows, Way, in_window

pytestmark = pytest.mark.queries

HERE = Path(__file__).parent
# Between the two files, before the first and long after the second.
MONTHS = [day for day in month_ends(TODAY, 14) if day.month in (1, 3, 4, 7, 9, 10)]
DAYS = [*MONTHS, TODAY, date(2027, 2, 28)]
NOT_WAYS = ("rows.py", "from_files.py", Path(__file__).name)
COMPANY_DAYS = month_ends(TODAY, 13)


def _ways() -> dict[str, Way]:
    found = {}
    for path in sorted(HERE.glob("*.py")):
        if path.name not in NOT_WAYS:
            module = import_module(f"tests.measures.second_way.{path.stem}")
            found |= {n: way for n, way in vars(module).items() if n in all_measures()}
    return found


WAYS = _ways()


EACH = pytest.mark.parametrize(
    "measure", [all_measures()[name] for name in WAYS], ids=WAYS
)
Sums = dict[str, list[int]]  # by home: met, total, not known


def test_every_measure_has_a_second_way() -> None:
    assert set(WAYS) == set(all_measures())


# ---- The made-up company


@pytest.fixture(scope="module")
def of_files(company: Store, company_files: list[SentFile]) -> Iterator[list[FileRows]]:
    """The company's rows on the last day of each month and on the day itself."""
    files = Company(company_files)
    with company.reading(EVERYTHING) as cursor:
        yield [FileRows(cursor, day, company=files) for day in COMPANY_DAYS]


@pytest.fixture(scope="module")
def figures(company: Store) -> dict[tuple[str, date], Sums]:
    """What is kept ready of the closed months, and the day itself from its cases."""
    found: dict[tuple[str, date], Sums] = defaultdict(dict)
    with company.reading(EVERYTHING) as cursor:
        kept = cursor.execute(
            "select measure, month_end, home, met, total, unknown from reading"
        ).fetchall()
        ready = cursor.execute("select measure, month_end from reading_ready")
        assert {*ready.fetchall()} >= set(product(WAYS, COMPANY_DAYS[:-1]))
        prepare_ground(cursor, [TODAY])
        prepare(cursor, [TODAY], WAYS)
        for name in WAYS:
            for one in reading_on(cursor, all_measures()[name], TODAY):
                kept.append((name, TODAY, one.home, one.met, one.total, one.unknown))
    for name, day, home, *sums in kept:
        found[name, day][home] = sums
    return found


@EACH
def test_both_ways_agree_over_the_companys_files(
    measure: Measure, figures: dict[tuple[str, date], Sums], of_files: list[FileRows]
) -> None:
    for rows in of_files:
        said = _told(figures.get((measure.name, rows.day), {}))
        assert said == _told(_sums(measure, rows, rows.day)), rows.day


def _told(sums: Sums) -> Sums:
    """A home all of whose cases lie outside the window says nothing."""
    return {home: each for home, each in sums.items() if any(each)}


# ---- Rows made by chance


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


@EACH
def test_both_ways_agree_by_month_and_home(
    measure: Measure, ground: Cursor, rows_by_day: dict[date, Rows]
) -> None:
    totals = 0
    for day in DAYS:
        said = {
            reading.home: [reading.met, reading.total, reading.unknown]
            for reading in reading_on(ground, measure, day)
        }
        assert _told(said) == _sums(measure, rows_by_day[day], day), day
        totals += sum(sums[1] for sums in said.values())
    assert totals > 0


def _sums(measure: Measure, rows: Rows, day: date) -> Sums:
    sums: Sums = defaultdict(lambda: [0, 0, 0])
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
