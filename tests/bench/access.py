"""How fast is the log of access at size? Prints a table; asserts nothing.

    OVERSIGHT_EVENTS=10000000 .venv/bin/python -m tests.bench.access [FOLDER]

What a page asks is put to the rollups and to a scan of the events in the same run, so
that the ratio means something on any machine. The store is made in FOLDER, default a
new one.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from oversight import arrivals
from oversight.arrivals import Report
from oversight.definitions import open_store
from oversight.store import EVERYTHING, Cursor, Store
from tests.proofs.made_events import (
    DAYS,
    HOMES,
    LAST_DAY,
    events,
    home_ref,
    homes,
    prepare,
    rota,
)

EVENTS = int(os.environ.get("OVERSIGHT_EVENTS", "10000000"))
A_DAY = max(50, EVENTS // DAYS)
EVER = f"date '{LAST_DAY}'"
CALLED = [f"{name} House" for name in HOMES]
UNROSTERED = "home_at = 2 and day between 700 and 730"

BEFORE = {
    days: f"day > date '{LAST_DAY - timedelta(days=days)}'" for days in (30, 90, 365)
}
# What pages ask; {rollup} is the rollup by its name, or the scan that it stands for.
PAGES = {
    "events by day and home, 90 days": (
        "access_by_home_day",
        "select day, home, sum(events) from {rollup}"
        f" where {BEFORE[90]} group by all",
    ),
    "events by month and home, 3 years": (
        "access_by_home_day",
        "select date_trunc('month', day), home, sum(events) from {rollup} group by all",
    ),
    "share at night by home, 12 months": (
        "access_by_home_day",
        "select home, sum(night_events) / sum(events) from {rollup}"
        f" where {BEFORE[365]} group by all",
    ),
    "busiest accounts, 30 days": (
        "access_by_person_day",
        "select home, actor_login, sum(events), max(residents) from {rollup}"
        f" where {BEFORE[30]} group by all order by 3 desc limit 20",
    ),
    "accounts by last use, ever": (
        "access_by_person_day",
        "select actor_login, max(last_at) from {rollup}"
        " group by all order by 2 limit 50",
    ),
    "queue: people by exceptions, 90 days": (
        "night_access_off_shift",
        f"select person, home, count(*) from {{rollup}} where {BEFORE[90]}"
        " group by all order by 3 desc limit 50",
    ),
    "one person's exceptions, newest 50": (
        "night_access_off_shift",
        "select * from {rollup} where person = 's7' order by occurred_at desc limit 50",
    ),
}


def main() -> None:
    """Makes the store, times what arrives and what is asked, and prints it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    store = open_store(f"duckdb:///{folder / 'bench.duckdb'}")
    print(
        f"{EVENTS:,} events, DuckDB {store.version}, {os.cpu_count()} cores,", end=" "
    )
    print(f"{platform.machine()}, Python {platform.python_version()}\n")
    arrive(store)
    size = store.path.stat().st_size
    print(f"\nthe store: {size / 1e6:,.0f} MB, {size / EVENTS:.1f} bytes an event\n")
    for scope, refs in (("all homes", EVERYTHING), ("one home", (home_ref(0),))):
        ask(store, scope, refs)
    resolve(store)
    store.close()


def arrive(store: Store) -> None:
    """Times each arrival: accepted, compared with what is there, and rolled up."""

    def sent(kind: str, rows: str) -> Callable[[], Callable[[], Report]]:
        return lambda: prepare(store, kind, rows)

    undone = 0
    third = DAYS // 3
    steps: dict[str, Callable[[], Callable[[], Report]]] = {
        "homes": sent("homes", homes([*CALLED[:7], "Old Willow House"])),
        "a rota of three years": sent("rota", rota(-1, DAYS, f"not ({UNROSTERED})")),
        "a year": sent("access_events", events(0, third, A_DAY)),
        "a second year": sent("access_events", events(third, 2 * third, A_DAY)),
        "a third year": sent("access_events", events(2 * third, DAYS - 1, A_DAY)),
        "a day": sent("access_events", events(DAYS - 1, DAYS, A_DAY)),
        "a week, all of it sent before": sent(
            "access_events", events(DAYS - 7, DAYS, A_DAY)
        ),
        "the day withdrawn": lambda: partial(
            arrivals.undo, store, undone, "bench", "bench"
        ),
        "a late rota of a month": sent("rota", rota(-1, DAYS, UNROSTERED)),
        "a home renamed, an eighth of all events": sent("homes", homes(CALLED)),
    }
    print(f"{'what arrives':<42}{'rows':>12}{'s':>8}")
    for name, step in steps.items():
        take_in = step()
        began = time.perf_counter()
        report = take_in()
        print(f"{name:<42}{report.rows_read:>12,}{time.perf_counter() - began:>8.2f}")
        undone = (report.arrival or 0) if name == "a day" else undone


def ask(store: Store, scope: str, refs: tuple[str, ...]) -> None:
    """Times what pages ask, of the rollup and of the scan it stands for."""
    print(
        f"{f'what a page asks, {scope} (ms)':<42}{'rollup':>10}{'scan':>10}{'ratio':>8}"
    )
    with store.reading(refs) as cursor:
        for name, (rollup, sql) in PAGES.items():
            ready = median(cursor, sql.format(rollup=f"{rollup}({EVER})"), 5)
            scan = median(cursor, sql.format(rollup=f"scan_{rollup}({EVER})"), 3)
            print(f"{name:<42}{ready:>10.1f}{scan:>10.0f}{scan / ready:>8.0f}")
        newest = f"select * from access_events({EVER}) where actor_login = 's7'"
        page = median(cursor, f"{newest} order by occurred_at desc limit 50", 3)
        print(f"{'one account, newest 50 events (no rollup)':<42}{'':>10}{page:>10.0f}")
        cursor.execute("set variable known_number = 4")
        found = median(cursor, f"select count(*) from exceptions_found({EVER})", 5)
        print(f"{'exceptions as found at an earlier time':<42}{found:>10.1f}\n")


def resolve(store: Store) -> None:
    """Times what it costs to call homes by their reference when events are read."""
    known, said = f"access_events({EVER})", "fact_access_events"
    counted = "select happened_on, home, count(*) from {} group by all"
    with store.reading(EVERYTHING) as cursor:
        by_reference = median(cursor, counted.format(known), 3)
        as_said = median(cursor, counted.format(said), 3)
    print(
        f"{'scan by day and home (ms)':<42}{'as known':>10}{'as sent':>10}{'ratio':>8}"
    )
    ratio = by_reference / as_said
    print(f"{'all events':<42}{by_reference:>10.0f}{as_said:>10.0f}{ratio:>8.1f}")


def median(cursor: Cursor, sql: str, times: int) -> float:
    """Milliseconds, the median of some runs after one that is not counted."""
    taken = []
    for _ in range(times + 1):
        began = time.perf_counter()
        cursor.execute(sql).fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[1:])


if __name__ == "__main__":
    main()
