"""Thirty readers while millions of rows arrive, and thousands of sessions on end."""

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from oversight import journal
from oversight.definitions import open_store
from oversight.measures import all_measures
from oversight.readings import reading_on
from oversight.store import EVERYTHING, Store
from tests.proofs.made_events import DAYS, HOMES, events, homes, prepare, rota
from tests.prove import Line

TITLE = "Readers while rows arrive, and a long day"
EVENTS, READERS, SESSIONS = 10_000_000, 30, 20_000
IDLE = 10.0  # seconds of reading while nothing arrives
PAUSE = 0.2  # seconds a reader looks at what came
BEFORE = 20  # events a day that are there before
EVER = date(9999, 12, 31)
DAY = date(2026, 11, 1)


def prove(size: float, only: str = "") -> Iterator[Line]:
    """Both in one store, in this process, as in the dashboard."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        with closing(open_store(f"duckdb:///{path}")) as store:
            prepare(store, "homes", homes([f"{name} House" for name in HOMES]))()
            prepare(store, "rota", rota(-1, DAYS, "true"))()
            prepare(store, "access_events", events(0, DAYS - 400, BEFORE))()
            yield from _arriving(store, round(EVENTS * size))
            yield from _long_day(store, max(200, round(SESSIONS * size)))


class _Reader(threading.Thread):
    """Asks the same over and over; every answer must be one of the whole ones."""

    def __init__(self, store: Store, stop: threading.Event):
        super().__init__(daemon=True)
        self.store, self.stop = store, stop
        self.taken: list[float] = []
        self.seen: set[tuple[int, int, int]] = set()
        self.failed: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            began = time.perf_counter()
            try:
                with self.store.reading(EVERYTHING) as cursor:
                    self.seen.add(_ask(cursor))
            except Exception as fault:  # noqa: BLE001
                self.failed.append(repr(fault))
                return
            self.taken.append(time.perf_counter() - began)
            self.stop.wait(PAUSE)


def _ask(cursor: object) -> tuple[int, int, int]:
    """What is rolled up, by home and by person, and the moment it is known at."""
    row = cursor.execute(  # type: ignore[attr-defined]
        """
        select
            (select sum(events) from access_by_home_day(?::date)),
            (select sum(events) from access_by_person_day(?::date)),
            getvariable('known_number')
        """,
        [EVER, EVER],
    ).fetchone()
    return int(row[0] or 0), int(row[1] or 0), int(row[2])


def _read(store: Store, until: object) -> list[_Reader]:
    stop = threading.Event()
    readers = [_Reader(store, stop) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    until()  # type: ignore[operator]
    stop.set()
    for reader in readers:
        reader.join()
    return readers


def _p95(readers: list[_Reader]) -> float:
    taken = [each for reader in readers for each in reader.taken]
    return statistics.quantiles(taken, n=20)[-1] * 1000


def _arriving(store: Store, count: int) -> Iterator[Line]:
    idle = _p95(_read(store, lambda: time.sleep(IDLE)))
    # The reading room works in this process too, but on its own: what is timed here is
    # the transaction that takes the rows in.
    take_in = prepare(
        store, "access_events", events(DAYS - 400, DAYS, max(1, count // 400))
    )
    with store.reading(EVERYTHING) as cursor:
        before = _ask(cursor)
    began = time.perf_counter()
    readers = _read(store, take_in)
    took = time.perf_counter() - began
    with store.reading(EVERYTHING) as cursor:
        after = _ask(cursor)
    seen = {each for reader in readers for each in reader.seen}
    failed = [each for reader in readers for each in reader.failed]
    wrong = seen - {before, after}
    busy = _p95(readers)
    asked = sum(len(reader.taken) for reader in readers)
    yield Line(
        f"answers to {READERS} readers while rows arrive",
        asked,
        f"{count:,} rows in {took:.0f} s: {len(wrong)} answers wrong or half,"
        f" {len(failed)} failed" + (f": {failed[0]}" if failed else ""),
        not wrong and not failed,
    )
    yield Line(
        "the slowest twentieth of them (p95)",
        asked,
        f"{busy:.0f} ms; {idle:.0f} ms when nothing arrives: {busy / idle:.1f} times",
        busy <= 2 * idle,
    )


def _long_day(store: Store, sessions: int) -> Iterator[Line]:
    """Sessions one after the other: a few measures, a note in the journal."""
    measures = [m for m in all_measures().values() if "access_events" not in m.reads]
    sizes = []
    for n in range(sessions):
        with store.reading(EVERYTHING) as cursor:
            reading_on(cursor, measures[n % len(measures)], DAY)
        journal.note(store, "reader", "page viewed", {"rows": n})
        if n % max(1, sessions // 20) == 0:
            sizes.append(_memory())
    # The first fifth fills what is kept ready for reuse; from then on it must be flat.
    first, last = statistics.median(sizes[4:8]), statistics.median(sizes[-4:])
    written = journal.write_down(store)
    with store.reading(EVERYTHING) as cursor:
        row = cursor.execute(
            "select count(*) from journal where what = 'page viewed'"
        ).fetchone()
    noted = int(row[0]) if row else written
    yield Line(
        "sessions, each reading a measure and noted in the journal",
        sessions,
        f"{noted:,} noted; memory {first:.0f} MB after a fifth, {last:.0f} MB at the"
        " end",
        noted == sessions and last <= first * 1.1,
    )


def _memory() -> float:
    """MB that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
