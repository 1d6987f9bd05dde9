"""What does it cost to write under a key? Prints a table; asserts nothing.

    OVERSIGHT_EVENTS=1000000 .venv/bin/python -m tests.bench.at_rest

The same rows arrive, are asked about and are backed up, in the clear and under a key,
in turn, so that the ratio means something on any machine.
"""

import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from oversight import keeping
from oversight.definitions import open_store
from oversight.store import EVERYTHING, Store
from oversight.store.keys import KEY
from tests.proofs.made_events import DAYS, HOMES, events, homes, prepare

EVENTS = int(os.environ.get("OVERSIGHT_EVENTS", "1000000"))
TIMES = 3


def run() -> list[dict[str, Any]]:
    """One row a step: seconds in the clear and under a key, the middle of some."""
    found: dict[str, dict[bool, list[float]]] = {}
    for _ in range(TIMES):
        for is_encrypted in (False, True):
            os.environ.pop(KEY, None)
            if is_encrypted:
                os.environ[KEY] = secrets.token_urlsafe(32)
            for what, taken in _measure().items():
                found.setdefault(what, {}).setdefault(is_encrypted, []).append(taken)
    os.environ.pop(KEY, None)
    return [_row(what, taken) for what, taken in found.items()]


def _row(what: str, taken: dict[bool, list[float]]) -> dict[str, Any]:
    clear, shut = (statistics.median(taken[key]) for key in (False, True))
    return {
        "section": "at rest",
        "what": f"{what}, {EVENTS:,} events",
        "clear_s": round(clear, 2),
        "encrypted_s": round(shut, 2),
        "ratio": round(shut / clear, 2),
    }


def _measure() -> dict[str, float]:
    taken = {}

    def timed(what: str, do: Callable[[], object]) -> None:
        began = time.perf_counter()
        do()
        taken[what] = time.perf_counter() - began

    with tempfile.TemporaryDirectory() as folder:
        address = f"duckdb:///{Path(folder) / 'store.duckdb'}"
        with closing(open_store(address)) as store:
            prepare(store, "homes", homes([f"{name} House" for name in HOMES]))()
            rows = events(0, DAYS, max(1, EVENTS // DAYS))
            timed("arriving", prepare(store, "access_events", rows))
        with closing(open_store(address)) as store:
            timed("asking, cold", lambda: _ask(store))
            timed("asking again", lambda: _ask(store))
            file = Path(folder) / "a.backup"
            timed("backing up and trying it", lambda: keeping.backup(store, file, "b"))
    return taken


def _ask(store: Store) -> None:
    with store.reading(EVERYTHING) as cursor:
        cursor.execute(
            "select home, count(distinct resident_ref), max(occurred_at)"
            " from access_events(date '9999-12-31') group by home"
        ).fetchall()


if __name__ == "__main__":
    for row in run():
        print(row)
