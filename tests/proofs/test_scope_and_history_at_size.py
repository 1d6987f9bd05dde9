"""Proof 3: scope and history hold when the log is long.

Three years of a company's log are taken in, and then what real life does to them: a
day's late file, the same lines sent again, lines told otherwise, a withdrawal, a late
rota, a home renamed. After each step the rollups must equal a scan, and what was
answered then must be answered again when all of it has happened. OVERSIGHT_EVENTS says
how many lines there are:

    OVERSIGHT_EVENTS=10000000 make test TESTS=tests/proofs
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import duckdb
import pytest

from oversight import arrivals
from oversight.arrivals import Report
from oversight.definitions import open_store
from oversight.facts.rollups import FOLDER, all_rollups
from oversight.headers import read_folder
from oversight.store import EVERYTHING, Cursor, Store
from tests.proofs.made_events import (
    DAYS,
    FIRST_DAY,
    HOMES,
    events,
    home_ref,
    homes,
    rota,
    send,
)

pytestmark = pytest.mark.queries

EVENTS = int(os.environ.get("OVERSIGHT_EVENTS", "60000"))
A_DAY = max(50, EVENTS // DAYS)
EVER = "date '9999-12-31'"
CALLED = [f"{name} House" for name in HOMES]
LATE_DAY, MENDED_DAY, RENAMED = 400, DAYS - 20, 7
# People who work days change nothing about the nights: a short run does without them.
SHIFTS = "true" if EVENTS >= 1_000_000 else "person % 5 = 0"
UNROSTERED = "home_at = 2 and day between 700 and 730"

ELM, WILLOW = (home_ref(0),), (home_ref(RENAMED),)
SCOPES = {
    "everything": EVERYTHING,
    "one home": ELM,
    "the renamed home": WILLOW,
    "unmatched": ("unmatched",),
    "none": (),
}
TABLES = [
    *all_rollups(),
    "access_exceptions",
    "known_access_events",
    "exceptions_found",
]
Digest = tuple[int, int]  # rows, and the sum of their hashes
Answers = dict[tuple[str, str], Digest]


@dataclass
class History:
    """What was done to a store, and what it answered after each step."""

    store: Store
    reports: dict[str, Report] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Answers] = field(default_factory=dict)
    scans: dict[str, Answers] = field(default_factory=dict)

    def count(self, step: str, sql: str, scope: tuple[str, ...] = EVERYTHING) -> int:
        with self.store.reading(scope, self.numbers[step]) as cursor:
            row = cursor.execute(sql).fetchone()
        assert row is not None
        return int(row[0] or 0)


def log(at: int) -> str:
    """The SQL of the log's third part, without what arrives later."""
    part = events(
        (at * DAYS) // 3, ((at + 1) * DAYS) // 3 - (10 if at == 2 else 0), A_DAY
    )
    late = FIRST_DAY + timedelta(days=LATE_DAY)
    return f"select * from ({part}) where happened_on <> '{late}' or system <> 'E-mail'"


def mended() -> str:
    """A day's lines again, told otherwise: the record that was opened is there now."""
    return f"""
        select * replace (coalesce(resident_ref, 'R999') as resident_ref)
        from ({events(MENDED_DAY, MENDED_DAY + 1, A_DAY)})
    """


def late_lines() -> str:
    late = FIRST_DAY + timedelta(days=LATE_DAY)
    return f"""
        select * from ({events(LATE_DAY, LATE_DAY + 1, A_DAY)})
        where happened_on = '{late}' and system = 'E-mail'
    """


Step = Callable[[History], Report]


def sends(kind: str, rows: str) -> Step:
    return lambda history: send(history.store, kind, rows)


def withdraws(step: str) -> Step:
    def withdraw(history: History) -> Report:
        number = history.reports[step].arrival
        assert number is not None
        return arrivals.undo(history.store, number, "tried", "tester")

    return withdraw


STORY: dict[str, Step] = {
    "homes": sends("homes", homes([*CALLED[:RENAMED], "Old Willow House"])),
    "rota": sends("rota", rota(-1, DAYS, f"{SHIFTS} and not ({UNROSTERED})")),
    "the first year": sends("access_events", log(0)),
    "the second year": sends("access_events", log(1)),
    "the third year": sends("access_events", log(2)),
    "a day's late file": sends("access_events", late_lines()),
    "a re-sent fortnight": sends("access_events", events(DAYS - 17, DAYS - 3, A_DAY)),
    "a day told otherwise": sends("access_events", mended()),
    "an undo": withdraws("the third year"),
    "an undo of the undo": withdraws("an undo"),
    "a late rota": sends("rota", rota(-1, DAYS, f"{SHIFTS} and {UNROSTERED}")),
    "a home renamed": sends("homes", homes(CALLED)),
}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    store = open_store(f"duckdb:///{tmp_path_factory.mktemp('size') / 'o.duckdb'}")
    history = History(store)
    for name, step in STORY.items():
        history.reports[name] = step(history)
        history.numbers[name] = newest(store)
        history.answers[name] = ask(store, "{name}")
        history.scans[name] = ask(store, "scan_{name}", scopes=["everything"])
    yield history
    store.close()


def newest(store: Store) -> int:
    with store.reading() as cursor:
        row = cursor.execute("select max(number) from moment").fetchone()
    assert row is not None
    return int(row[0])


def ask(
    store: Store,
    macro: str,
    known: int | None = None,
    scopes: Iterable[str] = tuple(SCOPES),
) -> Answers:
    """The digest of what each rollup answers in each scope, at some knowledge."""
    found = {}
    for scope in scopes:
        with store.reading(SCOPES[scope], known) as cursor:
            for name in all_rollups():
                found[name, scope] = digest(
                    cursor, f"{macro.format(name=name)}({EVER})"
                )
    return found


def digest(cursor: Cursor, table: str, where: str = "true") -> Digest:
    row = cursor.execute(
        f"select count(*), coalesce(sum(hash(told)::hugeint), 0)"
        f" from {table} as told where {where}"
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


@pytest.mark.parametrize("step", STORY)
def test_after_every_step_the_rollups_are_what_a_scan_gives(history, step):
    ready = {
        asked: told
        for asked, told in history.answers[step].items()
        if asked[1] == "everything"
    }
    assert ready == history.scans[step]


@pytest.mark.parametrize("step", STORY)
def test_what_was_answered_then_is_answered_again_at_that_knowledge(history, step):
    again = ask(history.store, "{name}", history.numbers[step])
    assert again == history.answers[step]


EVENTS_KNOWN = f"select sum(events) from access_by_home_day({EVER})"
EXCEPTIONS = f"select count(*) from night_access_off_shift({EVER})"


def test_every_line_of_the_log_counts_once_however_often_it_was_sent(history):
    assert history.count("a home renamed", EVENTS_KNOWN) == (DAYS - 3) * A_DAY
    again = history.reports["a re-sent fortnight"]
    assert (again.rows_unchanged, again.rows_accepted) == (7 * A_DAY, 7 * A_DAY)
    assert again.rows_read == 14 * A_DAY


def test_a_late_file_adds_to_the_day_it_tells_of(history):
    late = history.reports["a day's late file"].rows_accepted
    before, after = (
        history.count(step, EVENTS_KNOWN)
        for step in ("the third year", "a day's late file")
    )
    assert after - before == late > 0


def test_withdrawing_a_file_leaves_what_a_later_file_told_too(history):
    # Of the third year, the last week of the file came again, and one day was retold.
    gone = history.count("a day told otherwise", EVENTS_KNOWN) - history.count(
        "an undo", EVENTS_KNOWN
    )
    assert gone == history.reports["the third year"].rows_read - 8 * A_DAY
    restored = history.answers["an undo of the undo"]
    assert restored == history.answers["a day told otherwise"]


def test_a_line_told_otherwise_counts_once_and_as_last_told(history):
    retold = (
        f"select count(*) from known_access_events({EVER}) where resident_ref = 'R999'"
    )
    report = history.reports["a day told otherwise"]
    assert report.rows_unchanged + report.rows_accepted == A_DAY
    assert history.count("a day told otherwise", retold) == report.rows_accepted > 0
    assert history.count("a re-sent fortnight", retold) == 0


def test_a_late_rota_takes_back_exceptions_of_a_year_ago(history):
    before = history.count("an undo of the undo", EXCEPTIONS)
    after = history.count("a late rota", EXCEPTIONS)
    assert 0 < after < before


def test_a_home_renamed_is_given_the_events_that_named_it_so(history):
    before, after = history.answers["a late rota"], history.answers["a home renamed"]
    for rollup in all_rollups():
        assert before[rollup, "the renamed home"] == (0, 0)
        assert after[rollup, "unmatched"] == (0, 0)
        assert (
            after[rollup, "the renamed home"][0] == before[rollup, "unmatched"][0] > 0
        )


@pytest.mark.parametrize("step", ["an undo", "a late rota", "a home renamed"])
def test_exceptions_found_then_can_still_be_shown(history, step):
    columns = "rule, case_ref, home, happened_on as day, person"
    with history.store.reading(EVERYTHING, history.numbers[step]) as cursor:
        found = digest(cursor, f"(select {columns} from exceptions_found({EVER}))")
        listed = "rule, case_ref, home, day, person"
        by_scan = digest(cursor, f"(select {listed} from access_exceptions({EVER}))")
    assert found == by_scan
    assert found[0] > 0


def test_an_exception_says_when_it_was_found_and_by_which_version(history):
    with history.store.reading(EVERYTHING) as cursor:
        told = cursor.execute(
            """
            select found.number, found.found_at = moment.known_at, count(*),
                count(distinct version), min(length(version))
            from exception_found as found
            inner join moment on moment.number = found.number
            where is_held
            group by found.number, found.found_at = moment.known_at, found.rule
            order by found.number
            """
        ).fetchall()
        withdrawn = cursor.execute(
            "select distinct number from exception_found where not is_held"
        ).fetchall()
    assert {(row[1], row[3], row[4]) for row in told} == {(True, 1, 64)}
    assert told[0][0] == history.numbers["the first year"]
    assert (history.numbers["a late rota"],) in withdrawn


@pytest.mark.parametrize("step", ["the second year", "a home renamed"])
@pytest.mark.parametrize("table", TABLES)
def test_a_reader_of_one_home_sees_its_numbers_and_no_others(history, table, step):
    known = history.numbers[step]
    with history.store.reading(EVERYTHING, known) as cursor:
        wanted = digest(cursor, f"{table}({EVER})", f"told.home = '{ELM[0]}'")
    with history.store.reading(ELM, known) as cursor:
        seen = digest(cursor, f"{table}({EVER})")
    assert seen == wanted
    assert seen[0] > 0


@pytest.mark.parametrize("step", ["the second year", "a home renamed"])
@pytest.mark.parametrize("table", TABLES)
def test_a_reader_with_no_scope_sees_nothing(history, table, step):
    with history.store.reading(known=history.numbers[step]) as cursor:
        assert digest(cursor, f"{table}({EVER})") == (0, 0)


@pytest.mark.parametrize("name", all_rollups())
def test_no_rollup_states_the_scope_or_what_is_known(name):
    sql = next(d.sql for d in read_folder(FOLDER) if d.name == name)
    assert not re.search(r"getvariable|in_scope|\b(known|fact|ready|scan)_", sql)


def test_the_counts_are_those_of_the_kept_files_counted_by_other_means(history):
    logs = [
        str(history.store.kept / f"{report.arrival:08d}.rows.parquet")
        for step, report in history.reports.items()
        if report.kind == "access_events" and "undo" not in step
    ]
    called = ", ".join(f"'{name}': '{home_ref(at)}'" for at, name in enumerate(CALLED))
    with duckdb.connect() as other:
        plain = other.execute(
            f"""
            select happened_on, map {{{called}}}[home],
                count(distinct (system, event_id))
            from read_parquet({logs})
            group by happened_on, home
            """
        ).fetchall()
    with history.store.reading(EVERYTHING) as cursor:
        rolled = cursor.execute(
            f"""
            select day, home, sum(events)::bigint from access_by_home_day({EVER})
            group by day, home
            """
        ).fetchall()
    assert sorted(rolled) == sorted(plain)


def test_every_check_of_the_store_passes(history):
    with history.store.reading(EVERYTHING) as cursor:
        for check in read_folder(FOLDER.parent / "checks"):
            assert cursor.execute(check.sql).fetchmany(3) == [], check.name
