"""How long do a freeze and its four papers take, of the made-up company?"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from oversight import arrivals, demo, pack
from oversight.arrivals import Sent
from oversight.definitions import open_store
from oversight.pack import Audience
from oversight.review import freeze, record
from oversight.store import Store
from tests.bench import Line

TITLE = "Papers of a review"
DAY = date(2026, 11, 22)
FREEZE_S, PAPERS_S, PDF_BYTES = 3.0, 4.0, 2_000_000
HOMES, MONTHS = 8, 36


def bench(size: float) -> Iterator[Line]:
    """The demo company frozen, and its papers for the group, cold and warm."""
    with tempfile.TemporaryDirectory() as folder:
        months = max(12, round(MONTHS * size))
        store = _company(Path(folder), months)
        try:
            yield from _lines(store, f"{HOMES} homes, {months} months")
        finally:
            store.close()


def _lines(store: Store, of: str) -> Iterator[Line]:
    period = date(2025, 12, 1), DAY
    made = record.plan(store, "bench", period, date(2026, 12, 8), "The chair")
    frozen, took = _timed(lambda: freeze.freeze(store, made.id, "bench"))
    yield Line("freeze", of, f"{took:.1f} s", took <= FREEZE_S)
    again, _ = _timed(lambda: freeze.recheck(store, frozen))
    yield Line(
        "asked again: the same bytes", of, f"{again.same_bytes}", again.same_bytes
    )
    sizes: dict[str, int] = {}
    whole = 0.0
    for name in pack.FORMATS:
        body, took = _timed(
            lambda name=name: pack.body(store, frozen, Audience.GROUP, name)
        )
        sizes[name], whole = len(body), whole + took
        yield Line(f"{name}, cold", of, f"{took:.2f} s, {len(body):,} bytes", True)
    yield Line("four papers together", of, f"{whole:.1f} s", whole <= PAPERS_S)
    is_small = sizes["pdf"] <= PDF_BYTES
    yield Line("size of the PDF", of, f"{sizes['pdf']:,} bytes", is_small)


def _company(folder: Path, months: int) -> Store:
    store = open_store(f"duckdb:///{folder / 'company.duckdb'}")
    files = demo.write_company(folder / "files", homes=HOMES, months=months, as_of=DAY)
    sent = [
        Sent(
            file.path,
            "bench",
            file.kind,
            home=file.home,
            covers=file.covers,
            taken_on=file.taken_on,
            known_at=file.known_at,
        )
        for file in files
    ]
    reports = list(arrivals.import_files(store, sent))
    assert {report.state for report in reports} == {"accepted"}
    return store


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = perf_counter()
    done = work()
    return done, perf_counter() - start
