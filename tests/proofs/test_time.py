"""Proof 1: what is known depends on which files arrived, never on how they did.

Random histories go through the real import and are compared with a model of the rules
in plain dicts: files of two systems that call the homes by different names, each whole
for the company or for some homes, with rows refused; logs with corrections;
withdrawals, and withdrawals of those; a register of homes that comes at any time.
"""

import csv
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from oversight import arrivals, readings
from oversight.arrivals import Sent, import_file, undo
from oversight.definitions import open_store
from oversight.store import EVERYTHING, Cursor, Store, StoreError, rows

pytestmark = pytest.mark.queries

DAYS = [date(2025, 1, 31) + timedelta(days=37 * n) for n in range(5)]
EVER = date(2026, 6, 1)
REGISTER = {"elm house": "1-1", "elm": "1-1", "oak lodge": "1-2", "1-2": "1-2"}
# Two systems; what each calls the homes. Ash End is on no register.
CALLED = {
    "template_staff": {"elm": "Elm House", "oak": "Oak Lodge", "ash": "Ash End"},
    "asc_wds_staff": {"elm": "ELM", "oak": "1-2", "ash": "ASH END"},
    "template_incidents": {"elm": "Elm House", "oak": "Oak Lodge", "ash": "Ash End"},
}
HEADINGS = {
    "template_homes": "home_ref name local_ref provider",
    "template_staff": "home staff_ref job_role started_on",
    "asc_wds_staff": (
        "LOCALESTID UNIQUEWORKERID MAINJOBROLE STARTDATE EMPLSTATUS STATUS"
    ),
    "template_incidents": "home incident_ref title aware_at",
}
GOOD, REFUSED, UNREADABLE = "good", "refused", "unreadable"  # a key cannot be read


@dataclass(frozen=True)
class Row:
    home: str
    ref: str
    fate: str = GOOD


@dataclass(frozen=True)
class Sheet:
    """One file; no covers: it is whole for the company."""

    profile: str
    taken_on: date
    rows: tuple[Row, ...]
    covers: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.profile.rsplit("_", 1)[-1]

    def called(self, home: str) -> str:
        return CALLED[self.profile][home]

    def write(self, folder: Path, tag: str) -> Sent:
        path = folder / f"{tag}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS[self.profile].split())
            writer.writerows(self.cells(row, tag) for row in self.rows)
        covers = tuple(self.called(home) for home in self.covers)
        return Sent(
            path,
            "tester",
            profile=self.profile,
            covers=covers,
            taken_on=self.taken_on,
        )

    def cells(self, row: Row, tag: str) -> list[str]:
        ref = "" if row.fate == UNREADABLE else row.ref
        is_sector = self.profile == "asc_wds_staff"
        told = self.taken_on - timedelta(days=40)
        day = (
            "soon"
            if row.fate == REFUSED
            else f"{told:{'%d/%m/%Y' if is_sector else '%F'}}"
        )
        return [
            self.called(row.home),
            ref,
            tag,
            day,
            *(["", "NEW"] if is_sector else []),
        ]


class Homes(Sheet):
    def called(self, home: str) -> str:
        return home

    def cells(self, row: Row, tag: str) -> list[str]:
        named = {"elm": ["1-1", "Elm House", "ELM"], "oak": ["1-2", "Oak Lodge", ""]}
        return [*named[row.home], tag]


HOMES = Homes("template_homes", DAYS[0], (Row("elm", ""), Row("oak", "")))

homes = st.sampled_from(["elm", "elm", "oak", "ash"])
fates = st.sampled_from([GOOD] * 4 + [REFUSED, UNREADABLE])
staff_rows = st.lists(
    st.builds(Row, homes, st.sampled_from(["s1", "s2"]), fates),
    min_size=1,
    max_size=4,
    unique_by=lambda row: (row.home, row.ref),
)
incident_rows = st.lists(
    st.builds(Row, homes, st.sampled_from(["i1", "i2"]), fates),
    min_size=1,
    max_size=2,
    unique_by=lambda row: row.ref,
)
registers = st.builds(
    Sheet,
    st.sampled_from(["template_staff", "template_staff", "asc_wds_staff"]),
    st.sampled_from(DAYS),
    staff_rows.map(tuple),
    st.sampled_from([(), (), ("elm",), ("oak", "ash"), ("ash",)]),
)
logs = st.builds(
    Sheet,
    st.just("template_incidents"),
    st.sampled_from(DAYS),
    incident_rows.map(tuple),
)
sheets = st.one_of(registers, registers, registers, logs)
places = st.integers(0, 20)
steps = st.one_of(
    sheets,
    sheets,
    st.just(HOMES),
    st.tuples(st.just("undo"), places),
    st.tuples(st.just("again"), places),
)


def ours(day: int, *people: Row, covers: tuple[str, ...] = ()) -> Sheet:
    return Sheet("template_staff", DAYS[day], people, covers)


def theirs(day: int, *people: Row, covers: tuple[str, ...] = ()) -> Sheet:
    return Sheet("asc_wds_staff", DAYS[day], people, covers)


def log(day: int, *incidents: Row) -> Sheet:
    return Sheet("template_incidents", DAYS[day], incidents)


ONE, TWO = Row("elm", "s1"), Row("elm", "s2")
OAK, ASH = Row("oak", "s1"), Row("ash", "s1")
LOST = Row("elm", "", UNREADABLE)
TWO_REFUSED = Row("elm", "s2", REFUSED)

# Each rule by the shortest history that tells it from its absence.
BY_RULE = {
    "what the next register leaves out has gone": [ours(0, ONE, TWO), ours(1, ONE)],
    "a row that says nobody's name lets nobody go": [
        ours(0, ONE, TWO),
        ours(1, ONE, LOST),
        ours(2, ONE),
    ],
    "who is refused has not been left out": [
        ours(0, ONE, TWO),
        ours(1, ONE, TWO_REFUSED),
        ours(2, ONE, TWO_REFUSED),
        ours(3, ONE),
    ],
    "who had gone does not come back by being refused": [
        ours(0, ONE, TWO),
        ours(1, ONE),
        ours(2, ONE, TWO_REFUSED),
    ],
    "a register for one home says nothing of another": [
        HOMES,
        ours(0, ONE, OAK),
        ours(1, TWO, covers=("elm",)),
        ours(2, TWO, covers=("elm", "oak")),
    ],
    "a home may be left empty": [
        ours(0, ONE, OAK),
        ours(1, ONE, covers=("oak", "elm")),
    ],
    "homes that nobody knows are not one home": [
        ours(0, ASH, covers=("ash",)),
        ours(1, OAK, covers=("oak",)),
        HOMES,
    ],
    "a system takes away only what it brought": [
        ours(0, ONE, TWO),
        theirs(1, ONE),
        theirs(2, OAK),
    ],
    "two systems that name a home apart mean one person": [
        HOMES,
        ours(0, ONE),
        theirs(1, ONE),
    ],
    "who is in either has gone when the last lets go": [
        HOMES,
        theirs(0, ONE),
        ours(1, ONE),
        ours(2, TWO),
        theirs(3, TWO),
    ],
    "the day a file was taken decides, not the day it came": [
        ours(2, ONE),
        ours(0, ONE, TWO),
        log(2, Row("elm", "i1")),
        log(0, Row("elm", "i1"), Row("elm", "i2")),
    ],
    "of two files of a day the later decides": [ours(1, ONE, TWO), ours(1, ONE)],
    "a log never forgets what it is not told again": [
        log(0, Row("elm", "i1"), Row("elm", "i2")),
        log(1, Row("elm", "i1")),
        log(2, Row("elm", "i1", REFUSED)),
    ],
    "what is withdrawn is as if it had not come, and may come again": [
        ours(0, ONE, TWO),
        ours(1, ONE),
        ("undo", 1),
        ("undo", 2),
        ("undo", 0),
        ("again", 0),
        ("again", 1),
    ],
    "a register of homes makes known what was there before": [
        ours(0, ONE),
        theirs(1, ONE, TWO),
        HOMES,
        ("undo", 2),
    ],
}

# Histories are short and costly: a failing one is shown as it was found.
bounded = settings(
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# ---- The model: the rules of the architecture in plain Python


@dataclass(frozen=True)
class Told:
    """What arrived under a number: a sheet, or what an earlier one came to."""

    number: int
    target: int
    state: str
    sheet: Sheet
    tag: str  # what its rows say, so that it is seen which of them stands


@dataclass
class Version:
    seq: int
    tag: str
    home: str
    gone_on: date | None = None


class Model:
    """What should be known, worked out from the list of what arrived."""

    def __init__(self) -> None:
        self.told: list[Told] = []

    def live(self, kind: str, number: int, as_of: date) -> list[Told]:
        states = {
            told.target: told.state for told in self.told if told.number <= number
        }
        found = [
            told
            for told in self.told
            if told.number == told.target <= number
            and states[told.number] != "undone"
            and told.sheet.kind == kind
            and told.sheet.taken_on <= as_of
        ]
        return sorted(found, key=lambda told: (told.sheet.taken_on, told.number))

    def home(self, called: str, number: int) -> str:
        register = REGISTER if self.live("homes", number, EVER) else {}
        return register.get(called.lower(), called.lower())

    def staff(self, number: int, as_of: date) -> dict[str, Version]:
        """Everybody ever on a register, by key, as the last to have them did."""
        by_origin: dict[tuple[str, str], Version] = {}
        for seq, told in enumerate(self.live("staff", number, as_of)):
            sheet = told.sheet
            keys = {
                row: f"{self.home(sheet.called(row.home), number)}|{row.ref}"
                for row in sheet.rows
            }
            named = {key for row, key in keys.items() if row.fate != UNREADABLE}
            covers = [self.home(sheet.called(home), number) for home in sheet.covers]
            if not any(row.fate == UNREADABLE for row in sheet.rows):
                for (origin, key), version in by_origin.items():
                    is_covered = not covers or version.home in covers
                    if origin == sheet.profile and is_covered and key not in named:
                        version.gone_on = version.gone_on or sheet.taken_on
            for row, key in keys.items():
                if row.fate == GOOD:
                    home = key.split("|")[0]
                    version = Version(seq, told.tag, home)
                    by_origin[sheet.profile, key] = version
        best: dict[str, Version] = {}
        for (_, key), version in by_origin.items():
            rank = (version.gone_on or date.max, version.seq)
            if key not in best or rank > (best[key].gone_on or date.max, best[key].seq):
                best[key] = version
        return best

    def incidents(self, number: int) -> dict[str, tuple[str, date]]:
        """What stands of each incident, and the day it was first told of."""
        newest: dict[str, tuple[str, date]] = {}
        for told in self.live("incidents", number, EVER):
            for row in told.sheet.rows:
                if row.fate == GOOD:
                    first = newest.get(row.ref, ("", told.sheet.taken_on))[1]
                    newest[row.ref] = (told.tag, first)
        return newest


# ---- The store: the same, through the real import


@contextmanager
def fresh(new_store: Path) -> Iterator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(new_store, Path(folder) / "store.duckdb")
        store = open_store(f"duckdb:///{path}")
        yield store, Path(folder)
        store.close()


class Run:
    """A history as it unfolds: every step is told to the store and to the model."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.model = store, folder, Model()
        self.sent: dict[int, Sent] = {}

    @property
    def number(self) -> int:
        return self.model.told[-1].number if self.model.told else 0

    def take(self, step: Any) -> None:
        if isinstance(step, Sheet):
            self.bring(step, step.write(self.folder, f"v{self.number + 1}"))
        elif self.model.told:
            what, place = step
            told = self.model.told[place % len(self.model.told)]
            self.undo(told) if what == "undo" else self.again(told)

    def bring(self, sheet: Sheet, sent: Sent) -> None:
        report = import_file(self.store, sent, readings_later=True)
        number = self.number + 1
        assert (report.state, report.arrival) == ("accepted", number), report.message
        self.model.told.append(Told(number, number, "accepted", sheet, sent.path.stem))
        self.sent[number] = sent

    def undo(self, told: Told) -> None:
        becomes = "restored" if told.state == "undone" else "undone"
        now = [t.state for t in self.model.told if t.target == told.target][-1]
        if (now == "undone") == (becomes == "undone"):
            with pytest.raises(StoreError, match="already"):
                undo(self.store, told.number, "a test", "tester")
            return
        report = undo(self.store, told.number, "a test", "tester")
        assert report.arrival == self.number + 1
        self.model.told.append(replace(told, number=self.number + 1, state=becomes))

    def again(self, told: Told) -> None:
        """The same file once more: nothing happens, unless it was withdrawn."""
        sent = self.sent[told.target]
        tags = [t for t in self.sent if self.sent[t].path == sent.path]
        now = {t.target: t.state for t in self.model.told}
        if all(now[tag] == "undone" for tag in tags):
            self.bring(told.sheet, sent)
        else:
            report = import_file(self.store, sent, readings_later=True)
            assert (report.state, report.arrival in tags) == ("already_in", True)
            assert newest(self.store) == self.number

    def known(self, number: int | None = None) -> dict[str, Any]:
        """All that is known at a number, on each of the days."""
        with self.store.reading(EVERYTHING, number) as cursor:
            return known(cursor)


def newest(store: Store) -> int:
    with store.reading() as cursor:
        return cursor.execute("select max(number) from moment").fetchone()[0]


def known(cursor: Cursor) -> dict[str, list[dict[str, Any]]]:
    """Every row on each of the days, all columns but the number it arrived under."""
    return {
        name: rows(
            cursor.execute(
                f"""
                select days.day, known.* exclude (arrival)
                from (select unnest($days::date[]) as day) as days,
                    lateral (select * from {name}(days.day)) as known
                order by days.day, known.row_key
                """,
                {"days": DAYS},
            )
        )
        for name in ("known_staff", "ever_staff", "known_incidents")
    }


def check_against_model(shown: dict[str, Any], model: Model, number: int) -> None:
    register = {"1-1", "1-2"} if model.live("homes", number, EVER) else set()
    ever = {day: model.staff(number, day) for day in DAYS}
    assert {
        (row["day"], row["row_key"]): (row["job_role"], row["home_key"], row["home"])
        for row in shown["known_staff"]
    } == {
        (day, key): (v.tag, v.home, v.home if v.home in register else "unmatched")
        for day in DAYS
        for key, v in ever[day].items()
        if v.gone_on is None
    }
    assert {
        (row["day"], row["row_key"]): (row["job_role"], row["gone_on"])
        for row in shown["ever_staff"]
    } == {
        (day, key): (v.tag, v.gone_on) for day in DAYS for key, v in ever[day].items()
    }
    assert {
        (row["day"], row["row_key"]): (row["title"], row["first_sent_on"])
        for row in shown["known_incidents"]
    } == {
        (day, key): version
        for day in DAYS
        for key, version in model.incidents(number).items()
    }


# ---- The properties


@pytest.mark.parametrize("history", BY_RULE.values(), ids=BY_RULE)
def test_each_rule_by_a_history_of_its_own(new_store: Path, history: list[Any]) -> None:
    check_history(new_store, history)


@settings(bounded, max_examples=16)
@given(st.lists(steps, min_size=3, max_size=7))
def test_every_history_is_known_as_the_rules_say_and_can_be_shown_again(
    new_store: Path, history: list[Any]
) -> None:
    """No refused row flatters, a file again changes nothing, no moment is lost."""
    check_history(new_store, history)


def check_history(new_store: Path, history: list[Any]) -> None:
    with fresh(new_store) as (store, folder):
        run, shown = Run(store, folder), {}
        for step in history:
            run.take(step)
            shown[run.number] = run.known()
            check_against_model(shown[run.number], run.model, run.number)
        for number, rows_then in shown.items():
            assert run.known(number) == rows_then


@settings(bounded, max_examples=8)
@given(
    st.lists(sheets, min_size=2, max_size=5, unique_by=lambda s: (s.kind, s.taken_on)),
    st.randoms(use_true_random=False),
)
def test_every_order_of_arrival_ends_in_the_same_facts(
    new_store: Path, files: list[Sheet], rng: Any
) -> None:
    files = [HOMES, *files]
    order = list(range(len(files)))
    rng.shuffle(order)
    ends = []
    for each in (range(len(files)), order):
        with fresh(new_store) as (store, folder):
            for at in each:
                sent = files[at].write(folder, f"v{at}")
                report = import_file(store, sent, readings_later=True)
                assert report.state == "accepted", report.message
            with store.reading(EVERYTHING) as cursor:
                ends.append(known(cursor))
    assert ends[0] == ends[1]


@settings(bounded, max_examples=6)
@given(st.lists(steps, min_size=2, max_size=4), places)
def test_to_undo_an_undo_is_as_if_neither_had_been(
    new_store: Path, history: list[Any], place: int
) -> None:
    with fresh(new_store) as (store, folder):
        run = Run(store, folder)
        for step in [HOMES, *history]:
            run.take(step)
        last = {told.target: told for told in run.model.told}
        told = list(last.values())[place % len(last)]
        before, number = run.known(), run.number
        done = undo(store, told.number, "a test", "tester")
        without = run.known()
        undo(store, done.arrival or 0, "a test", "tester")
        assert run.known() == before == run.known(number)
        assert run.known(done.arrival) == without


@settings(bounded, max_examples=8)
@given(st.lists(steps, min_size=2, max_size=5))
def test_what_is_kept_ready_is_what_the_cases_come_to(
    new_store: Path, history: list[Any]
) -> None:
    """Each arrival recomputes only the months it touched: no other may have changed."""
    with fresh(new_store) as (store, folder), pytest.MonkeyPatch.context() as patched:
        run = Run(store, folder)
        patched.setattr(readings, "forget", readings_at_once)
        for step in history:
            run.take(step)
        with store.maintaining() as cursor:
            kept = kept_ready(cursor)
            readings.refresh(cursor, None, None, arrivals.datetime.now(arrivals.UTC))
            assert kept_ready(cursor) == kept or not run.model.told


def readings_at_once(cursor: Cursor, kind: str, from_day: date | None) -> None:
    """In place of `forget`: what a single import does."""
    now = arrivals.datetime.now(arrivals.UTC)
    readings.refresh(cursor, kind, from_day, now)


def kept_ready(cursor: Cursor) -> list[tuple[Any, ...]]:
    return cursor.execute("select * from reading order by all").fetchall()


# ---- A freeze in the middle of an import


def test_a_reader_keeps_the_snapshot_it_began_with(
    new_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Sheet("template_staff", DAYS[0], (Row("elm", "s1"),))
    two = Sheet("template_staff", DAYS[1], (Row("elm", "s1"), Row("elm", "s2")))
    written, go_on = threading.Event(), threading.Event()

    def pause(*_: object) -> None:
        """Everything is written and nothing committed."""
        written.set()
        assert go_on.wait(timeout=60)

    with fresh(new_store) as (store, folder):
        import_file(store, one.write(folder, "one"))
        monkeypatch.setattr(readings, "refresh", pause)
        importing = threading.Thread(
            target=import_file, args=(store, two.write(folder, "two"))
        )
        with store.reading(EVERYTHING) as before:
            importing.start()
            assert written.wait(timeout=60)
            with store.reading(EVERYTHING) as during:
                assert people(before) == people(during) == ["s1"]
                go_on.set()
                importing.join(timeout=60)
                with store.reading(EVERYTHING) as after:
                    assert people(after) == ["s1", "s2"]
                assert people(before) == people(during) == ["s1"]


def test_readers_meet_whole_files_only(new_store: Path) -> None:
    """Each file replaces the register by another of one person more."""
    sizes: set[int] = set()
    stop = threading.Event()

    def read(store: Store) -> None:
        while not stop.is_set():
            with store.reading(EVERYTHING) as cursor:
                first, second = people(cursor), people(cursor)
                assert first == second
                sizes.add(len(first))

    with fresh(new_store) as (store, folder):
        readers = [threading.Thread(target=read, args=(store,)) for _ in range(2)]
        for reader in readers:
            reader.start()
        for n, day in enumerate(DAYS, start=1):
            several = tuple(Row("elm", f"s{at}") for at in range(100 * n))
            sheet = Sheet("template_staff", day, several)
            import_file(store, sheet.write(folder, f"f{n}"), readings_later=True)
        stop.set()
        for reader in readers:
            reader.join(timeout=60)
    assert sizes <= {100 * n for n in range(len(DAYS) + 1)}
    assert len(sizes) > 1


def people(cursor: Cursor) -> list[str]:
    found = cursor.execute("select staff_ref from known_staff(?) order by all", [EVER])
    return [row[0] for row in found.fetchall()]
