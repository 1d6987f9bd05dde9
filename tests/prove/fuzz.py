"""Thousands of spoilt files: no traceback, no half arrival, no row unaccounted for.

A failure names its seed: `python -m tests.prove.fuzz SEED` brings that file alone.
"""

import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from oversight import integrity
from oversight.definitions import open_store
from tests.fuzz import bring
from tests.prove import Line

TITLE = "Files spoilt by chance"
FILES, A_STORE = 20_000, 1_000  # a store holds the arrivals of so many


def prove(size: float, _only: str = "") -> Iterator[Line]:
    """Every seed once, and the store verified after each thousand."""
    count = max(300, round(FILES * size))
    states: Counter[str] = Counter()
    faults: list[str] = []
    unsound: list[str] = []
    for first in range(0, count, A_STORE):
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(open_store(f"duckdb:///{Path(folder) / 'store.duckdb'}")) as store,
        ):
            for seed in range(first, min(first + A_STORE, count)):
                try:
                    report = bring(store, Path(folder), seed)
                    states[report.state] += 1
                    states["rows"] += report.rows_read
                    states["rows refused"] += report.rows_refused
                except Exception:  # noqa: BLE001 - what it was is the finding
                    last = traceback.format_exc().strip().splitlines()[-1]
                    faults.append(f"seed {seed}: {last[:120]}")
            checks = integrity.verify(store)
            unsound += [c.name for c in checks if not c.ok]
    yield Line(
        "spoilt files of every kind and format, imported",
        count,
        f"{states['accepted']:,} accepted, {states['refused']:,} refused with a"
        f" sentence, {states['already_in']:,} in already; of {states['rows']:,} rows"
        f" {states['rows refused']:,} refused, all accounted for; {len(faults)} faults"
        + "".join(f"; {fault}" for fault in faults[:5]),
        not faults,
    )
    yield Line(
        "stores verified after a thousand files each",
        -(-count // A_STORE),
        "not sound: " + ", ".join(unsound) if unsound else "all sound",
        not unsound,
    )


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory() as alone,
        closing(open_store(f"duckdb:///{Path(alone) / 'store.duckdb'}")) as one,
    ):
        print(bring(one, Path(alone), int(sys.argv[1])))
