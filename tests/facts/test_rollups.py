"""Rollups and the facts they find, whatever logs, rotas and undos came before."""

import csv
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oversight import arrivals, definitions
from oversight.arrivals import Sent
from oversight.definitions import open_store
from oversight.facts import rollups
from oversight.headers import DefinitionError, read_definition, read_folder
from oversight.sources import all_sources
from oversight.store import EVERYTHING, Store
from tests.chance import examples
from tests.proofs.made_events import events, homes, send

pytestmark = pytest.mark.queries

CHECKS = read_folder(definitions.QUERIES / "checks")
EVER = "date '9999-12-31'"
# What few logs say, and these do not: seven texts, and whether a second step was asked.
UNSAID = ", ".join(["null::varchar"] * 7 + ["null::boolean"])
DAYS = [date(2026, 5, day) for day in (10, 11, 12)]
REGISTERS = [
    ["Elm House", "Oak House"],
    ["Oak House", "Elm House"],
    ["Ash House", "Elm House"],
]


@dataclass(frozen=True)
class Line:
    """One line of a log: which event it tells of, and what else it says."""

    event: int
    resident: str | None
    home: str

    @property
    def cells(self) -> str:
        # Around midnight and five o'clock, and around the half hours beside shifts.
        at = [
            "2026-05-03 22:59",
            "2026-05-03 23:00",
            "2026-05-04 00:14",
            "2026-05-04 04:01",
        ]
        time = f"timestamptz '{at[self.event]}:00+00'"
        told = f"'{self.resident}'" if self.resident else "null::varchar"
        return (
            f"'{self.event}', 'Care records', '{self.home}', {time}, 's1', 'human',"
            f" 'S1', 'view', 'success', {told}, {UNSAID}, uk_day({time}),"
            f" extract('hour' from uk_time({time}))::utinyint"
        )


@dataclass(frozen=True)
class Log:
    taken_on: date
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shift:
    home: str
    starts: str
    hours: float
    is_cancelled: bool

    @property
    def cells(self) -> str:
        start = f"timestamptz '{self.starts}:00+00'"
        return (
            f"'{self.home}', 'S1', {start},"
            f" {start} + to_minutes({int(self.hours * 60)}), {self.is_cancelled}"
        )


@dataclass(frozen=True)
class Rota:
    taken_on: date
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class Homes:
    taken_on: date
    names: int


@dataclass(frozen=True)
class Undo:
    of: int  # counted back from the newest file


days = st.sampled_from(DAYS)
called = st.sampled_from(["Elm House", "Oak House", "1-9000000001"])
lines = st.builds(Line, st.integers(0, 3), st.sampled_from([None, "R1", "R2"]), called)
shifts = st.builds(
    Shift,
    called,
    st.sampled_from(["2026-05-03 06:00", "2026-05-03 20:00", "2026-05-03 22:45"]),
    st.sampled_from([0.75, 1.75, 7.5, 24]),
    st.booleans(),
)
logs = st.builds(
    Log, days, st.lists(lines, min_size=1, unique_by=lambda line: line.event).map(tuple)
)
rotas = st.builds(
    Rota,
    days,
    st.lists(
        shifts, min_size=1, max_size=3, unique_by=lambda s: (s.home, s.starts)
    ).map(tuple),
)
steps = st.one_of(
    logs,
    logs,
    rotas,
    st.builds(Homes, days, st.integers(0, 2)),
    st.builds(Undo, st.integers(1, 3)),
)
Step = Log | Rota | Homes | Undo


@dataclass
class Told:
    """What a store was told, and the store."""

    store: Store
    files: list[tuple[int, Step]] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)

    def tell(self, step: Step) -> None:
        if isinstance(step, Undo):
            self._undo(step)
            return
        report = send(self.store, *made(step), taken_on=step.taken_on)
        assert report.arrival is not None
        self.files.append((report.arrival, step))

    def _undo(self, step: Undo) -> None:
        if step.of <= len(self.files):
            number = self.files[-step.of][0]
            if number not in self.undone:
                arrivals.undo(self.store, number, "tried", "tester")
                self.undone.add(number)

    def standing(self) -> dict[int, tuple[str | None, str]]:
        """By event, what the file taken last says of it, of those not withdrawn."""
        logs = sorted(
            (log.taken_on, number, log)
            for number, log in self.files
            if isinstance(log, Log) and number not in self.undone
        )
        return {
            line.event: (line.resident, line.home)
            for *_, log in logs
            for line in log.lines
        }


def made(step: Log | Rota | Homes) -> tuple[str, str]:
    """The kind of a file, and the SQL of its rows."""
    if isinstance(step, Homes):
        return "homes", homes(REGISTERS[step.names])
    if isinstance(step, Log):
        return "access_events", drawn("access_events", step.lines, DERIVED)
    return "rota", drawn("rota", step.shifts)


def drawn(kind: str, rows: tuple[Line | Shift, ...], more: str = "") -> str:
    names = ", ".join(column.name for column in all_sources()[kind].columns) + more
    selects = [f"select {n + 2}::bigint, {row.cells}" for n, row in enumerate(rows)]
    return f"select * from ({' union all '.join(selects)}) as t(row, {names})"


DERIVED = ", happened_on, happened_hour"


@contextmanager
def a_store(new_store: Path) -> Iterator[Store]:
    """An empty store for one example."""
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(new_store, Path(folder) / "o.duckdb")
        store = open_store(f"duckdb:///{path}")
        try:
            yield store
        finally:
            store.close()


SHIFT = Shift("Elm House", "2026-05-03 22:45", 0.75, False)
AT_NIGHT = Log(DAYS[0], (Line(1, None, "Elm House"), Line(2, None, "Elm House")))


@settings(
    max_examples=examples(5), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(steps, min_size=2, max_size=6))
@example([Homes(DAYS[0], 0), AT_NIGHT, Rota(DAYS[0], (SHIFT,)), Undo(1)])
@example([AT_NIGHT, AT_NIGHT, Undo(2), Undo(1), AT_NIGHT])
@example(
    [AT_NIGHT, Rota(DAYS[0], (SHIFT,)), Homes(DAYS[0], 0), Homes(DAYS[1], 1), Undo(1)]
)
def test_after_any_history_the_rollups_and_the_facts_found_are_what_a_scan_gives(
    new_store, history
):
    with a_store(new_store) as store:
        told = Told(store)
        for step in history:
            told.tell(step)
            with store.reading(EVERYTHING) as cursor:
                for check in CHECKS:
                    assert cursor.execute(check.sql).fetchall() == [], check.name
                stands = cursor.execute(
                    f"""
                    select fact.event_id::integer, fact.resident_ref, fact.home
                    from known_access_events({EVER}) as known
                    inner join fact_access_events as fact
                        on fact.arrival = known.arrival and fact.row = known.row
                    """
                ).fetchall()
            said = {event: (resident, home) for event, resident, home in stands}
            assert len(stands) == len(said)
            assert said == told.standing()


def night(store: Store, known: int | None = None) -> set[str]:
    """The minutes of the exceptions listed, at current knowledge or an earlier one."""
    with store.reading(EVERYTHING, known) as cursor:
        found = cursor.execute(
            f"select uk_time(occurred_at) from night_access_off_shift({EVER})"
        ).fetchall()
    return {f"{row[0]:%H:%M}" for row in found}


def told_at(known, *times: str) -> None:
    rows = [f"{n} | {time} | S1" for n, time in enumerate(times)]
    known("access_events", "\n".join(["event_id | occurred_at | staff_ref", *rows]))


def test_an_event_falls_on_its_uk_day_and_hour(store, known):
    told_at(
        known,
        "2026-05-03T22:59:59Z",
        "2026-05-03T23:00:00Z",
        "2026-05-04T01:00:00+02:00",
    )
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute(
            "select day, events, night_events"
            f" from access_by_home_day({EVER}) order by day"
        ).fetchall()
    assert found == [(date(2026, 5, 3), 1, 0), (date(2026, 5, 4), 2, 2)]


@pytest.mark.parametrize(
    ("time", "reason"),
    [
        ("2026-05-04 08:30:00", "wanted a time with its zone"),
        ("2026-05-04T24:30:00Z", "wanted a time with its zone"),
        ("2099-05-04T08:30:00Z", "wanted a time that is not after the day"),
    ],
)
def test_an_event_with_no_sure_time_is_refused_and_not_guessed(
    store, tmp_path, time, reason
):
    path = tmp_path / "log.csv"
    path.write_text(
        "event_id,system,home,occurred_at,actor_login\n"
        f"1,Care,Elm House,{time},s1\n2,Care,Elm House,2026-05-04T08:30:00Z,s1\n"
    )
    report = arrivals.import_file(
        store, Sent(path, "tester", taken_on=date(2026, 11, 22))
    )
    assert (report.rows_accepted, report.rows_refused) == (1, 1)
    with store.reading() as cursor:
        found = cursor.execute(
            "select reason from refusal where severity = 'refused'"
        ).fetchall()
    assert reason in found[0][0]


# A shift reaches half an hour beyond itself, so one that ends before midnight can
# explain what was done on the next day.
@pytest.mark.parametrize(
    ("shift", "exceptions"),
    [
        ("2026-01-04 15:45 | 2026-01-04 23:45", {"00:15"}),
        ("2026-01-04 15:45 | 2026-01-04 23:46", set()),
        ("2026-01-05 00:44 | 2026-01-05 08:00", {"00:13"}),
        ("2026-01-05 00:43 | 2026-01-05 08:00", set()),
    ],
)
def test_a_late_rota_takes_back_what_its_shifts_explain(
    store, known, shift, exceptions
):
    time = "00:15" if shift.startswith("2026-01-04") else "00:13"
    told_at(known, f"2026-01-05T{time}:00Z")
    assert night(store) == {time}
    known("rota", f"staff_ref | starts_at | ends_at\nS1 | {shift}")
    assert night(store) == exceptions


@pytest.mark.parametrize("called", ["Elm House", "1-9000000001"])
def test_a_shift_cut_short_no_longer_explains_the_night_after_it(store, known, called):
    send(store, "homes", homes(["Elm House"]))
    told_at(known, "2026-01-05T02:00:00Z")
    head = "home | staff_ref | starts_at | ends_at"
    known("rota", f"{head}\nElm House | S1 | 2026-01-04 12:00 | 2026-01-05 08:00")
    assert night(store) == set()
    known("rota", f"{head}\n{called} | S1 | 2026-01-04 12:00 | 2026-01-04 22:00")
    assert night(store) == {"02:00"}


def test_a_cancelled_shift_explains_nothing(store, known):
    told_at(known, "2026-01-05T02:00:00Z")
    shift = "S1 | 2026-01-04 20:00 | 2026-01-05 08:00"
    head = "staff_ref | starts_at | ends_at | is_cancelled"
    known("rota", f"{head}\n{shift} | no")
    assert night(store) == set()
    known("rota", f"{head}\n{shift} | yes")
    assert night(store) == {"02:00"}


def test_a_shift_at_another_home_explains_nothing_even_when_neither_is_known(
    store, known
):
    head = "home | staff_ref | starts_at | ends_at"
    known(
        "access_events",
        "home | occurred_at | staff_ref\nElm | 2026-01-05T02:00:00Z | S1",
    )
    known("rota", f"{head}\nOak | S1 | 2026-01-04 20:00 | 2026-01-05 08:00")
    assert night(store) == {"02:00"}
    known("rota", f"{head}\nelm | s1 | 2026-01-04 20:00 | 2026-01-05 08:00")
    assert night(store) == set()


def test_a_mended_rule_finds_anew_and_says_by_which_version(store, known, monkeypatch):
    told_at(known, "2026-01-05T02:00:00Z", "2026-01-05T04:00:00Z")
    entries = (
        "select version, is_held, count(*), max(number) from exception_found"
        " group by all"
    )
    with store.reading(EVERYTHING) as cursor:
        ((first, held, count, number),) = cursor.execute(entries).fetchall()
    assert (held, count) == (True, 2)
    mend(monkeypatch, "happened_hour < 5", "happened_hour < 3")
    with store.maintaining() as cursor:
        definitions.bring_up(cursor)
        later = [row for row in cursor.execute(entries).fetchall() if row[0] != first]
    assert [row[1:] for row in later] == [(False, 1, number)]
    assert night(store) == {"02:00"}


def mend(monkeypatch, old: str, new: str) -> None:
    """Another definition of the rule, as an upgrade brings it."""
    rule = rollups.all_rollups()["night_access_off_shift"]
    definition = replace(rule.definition, sql=rule.definition.sql.replace(old, new))
    mended = rollups.all_rollups() | {rule.name: replace(rule, definition=definition)}
    monkeypatch.setattr(rollups, "all_rollups", lambda: mended)
    monkeypatch.setattr(definitions, "definitions_hash", lambda: "another")


def test_a_rollup_is_kept_when_nothing_that_it_rests_on_has_changed(
    store, known, monkeypatch
):
    told_at(known, "2026-01-05T02:00:00Z")
    with store.maintaining() as cursor:
        cursor.execute("delete from ready_access_by_home_day")
    mend(monkeypatch, "happened_hour < 5", "happened_hour < 3")
    with store.maintaining() as cursor:
        definitions.bring_up(cursor)
        left = cursor.execute("from ready_access_by_home_day").fetchall()
    assert left == []


def test_a_rollup_over_a_register_is_refused(tmp_path):
    path = tmp_path / "leavers.sql"
    path.write_text(
        "-- days:\n--   kind | from | to\n--   staff | left_on | left_on\n\nselect 1"
    )
    with pytest.raises(DefinitionError, match="got 'staff'"):
        rollups.read_rollup(read_definition(path))


def test_made_rows_are_what_the_reading_room_leaves(store, tmp_path):
    path = tmp_path / "log.csv"
    names = [column.name for column in all_sources()["access_events"].columns]
    send(store, "access_events", events(0, 2, 60))
    with store.reading(EVERYTHING) as cursor:
        cells = cursor.execute(
            f"""
            select {", ".join(names)}
            from (
                select * replace (
                    strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%fZ') as occurred_at
                )
                from fact_access_events
            )
            order by row
            """
        ).fetchall()
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([names, *cells])
    sent = Sent(path, "tester", taken_on=date(2026, 11, 22))
    report = arrivals.import_file(store, sent)
    assert (report.rows_read, report.rows_unchanged) == (120, 120)
