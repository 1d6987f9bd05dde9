"""Does the queue find whom it should, and leave the busy alone? Over ten seeds."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from oversight import arrivals
from oversight.access.queue import queue
from oversight.arrivals import Sent
from oversight.definitions import open_store
from oversight.store import EVERYTHING, Store
from tests.access.planted import HOMES, TODAY, Planted, plant
from tests.conftest import write_drawn
from tests.proofs.made_events import homes, send
from tests.prove import Line

TITLE = "Who comes out on top of the queue of access"
SEEDS, TOP = 10, 20


def prove(size: float, only: str = "") -> Iterator[Line]:
    """Recall among the first, false people there, and the busy among them."""
    seeds = max(1, round(SEEDS * size))
    planted = found = false = busy = on_top = 0
    for seed in range(seeds):
        made = plant(seed)
        top = _queue(made)
        people = set(top[:TOP])
        planted += len(made.guilty)
        found += len(people & made.guilty)
        false += len(people - made.guilty)
        busy += len(people & made.busy)
        on_top += len(set(top[: len(made.guilty)]) & made.guilty)
    recall = found / planted
    yield Line(
        f"leaver, browser, shared log-in and bulk look-up in the top {TOP}",
        seeds,
        f"recall {recall:.2f} ({found} of {planted}); {on_top} stood first of all",
        recall >= 0.95,
    )
    yield Line(
        f"people in the top {TOP} who did nothing",
        seeds,
        f"{false} beside {found} true ones, {busy} of them merely busy",
        false <= found and busy == 0,
    )


def _queue(made: Planted) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with closing(open_store(f"duckdb:///{path / 'store.duckdb'}")) as store:
            send(store, "homes", homes(list(HOMES)))
            for kind in made.rows:
                _tell(store, path / f"{kind}.csv", kind, made)
            with store.reading(EVERYTHING) as cursor:
                return [one.person for one in queue(cursor, TODAY)]


def _tell(store: Store, path: Path, kind: str, made: Planted) -> None:
    write_drawn(path, kind, made.drawn(kind))
    sent = Sent(path, "tester", kind, profile=f"template_{kind}", taken_on=TODAY)
    report = arrivals.import_file(store, sent, readings_later=True)
    assert (report.state, report.rows_refused) == ("accepted", 0), report.message
