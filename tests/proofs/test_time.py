"""Proof 1: what is known depends on which files arrived, never on how they did.

Random histories go through the real import and are compared with a model of the rules
in plain dicts: files of two systems that call the homes by different names, each whole
for the company or for some homes, with rows refused; logs with corrections;
withdrawals, and withdrawals of those; a register of homes that comes at any time.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from oversight import readings
from oversight.arrivals import Sent, import_file, undo
from oversight.definitions import open_store
from oversight.store import EVERYTHING, Cursor, Store, StoreError, rows
from tests.chance import examples
from tests.proofs.made_files import (
    BY_RULE,
    DAYS,
    EVER,
    GOOD,
    HOMES,
    REFUSED,
    UNREADABLE,
    Row,
    Sheet,
)
from tests.proofs.rules_of_time import Model, Told

pytestmark = pytest.mark.queries

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

# Histories are short and costly: a failing one is shown as it was found.
bounded = settings(
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# ---- A history as the store has it, through the real import


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


@settings(bounded, max_examples=examples(6))
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


@settings(bounded, max_examples=examples(3))
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


@settings(bounded, max_examples=examples(3))
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


@settings(bounded, max_examples=examples(3))
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
            # What no arrival has touched is not ready, and is computed when asked for.
            ready = set(
                cursor.execute(
                    "select measure, month_end from reading_ready"
                ).fetchall()
            )
            readings.refresh(cursor, None, None, datetime.now(UTC))
            again = [row for row in kept_ready(cursor) if row[:2] in ready]
            assert again == kept or not run.model.told


def readings_at_once(cursor: Cursor, kind: str, from_day: date | None) -> None:
    """In place of `forget`: what a single import does."""
    now = datetime.now(UTC)
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
                assert seen(before) == seen(during) == (["s1"], [1])
                go_on.set()
                importing.join(timeout=60)
                with store.reading(EVERYTHING) as after:
                    assert seen(after) == (["s1", "s2"], [1, 2])
                assert seen(before) == seen(during) == (["s1"], [1])


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


def seen(cursor: Cursor) -> tuple[list[str], list[int]]:
    """Who is known, and the moments there are, which no known-at keeps out."""
    found = cursor.execute("select number from moment order by number").fetchall()
    return people(cursor), [row[0] for row in found]
