"""How fast do files come in? Ratios to what DuckDB alone needs for the same file.

Each import is a process of its own, so that the most memory it held is its own.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from oversight import arrivals
from oversight.arrivals import Sent
from oversight.definitions import open_store
from oversight.headers import in_order, read_folder
from oversight.store import ROOT
from tests.bench import Line
from tests.proofs.made_events import DAYS, HOMES, RULES, events, home_ref

TITLE = "Imports"
ROWS, LONG = 1_000_000, 10_000_000
WHOLE = 0.3  # of the rate of a bare read
MEMORY = 1_024  # MB
AGAIN = 0.02  # of the time of the first import


def bench(size: float) -> Iterator[Line]:
    """CSV and NDJSON against a bare read, the same file again, and a long one."""
    count = max(20_000, round(ROWS * size))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, ending in (("a log as CSV", "csv"), ("FHIR as NDJSON", "ndjson")):
            path = made(folder / f"log.{ending}", count)
            bare = bare_read(path)
            ours = import_apart(path)
            ratio = bare / ours["seconds"]
            yield Line(
                f"{what}: bare read over import, checked and rolled up",
                f"{count:,} rows: {bare:.2f} s and {ours['seconds']:.2f} s",
                f"{ratio:.2f}, wanted at least {WHOLE}",
                ratio >= WHOLE,
            )
            again = ours["again"] / ours["seconds"]
            yield Line(
                f"{what}: the same file again over the first time",
                f"{ours['again']:.3f} s",
                f"{again:.3f}, wanted below {AGAIN}",
                again < AGAIN,
            )
        count = max(20_000, round(LONG * size))
        ours = import_apart(made(folder / "long.csv", count))
        yield Line(
            "a long log as CSV: the most memory held",
            f"{count:,} rows in {ours['seconds']:.0f} s",
            f"{ours['memory']:.0f} MB, wanted at most {MEMORY}",
            ours["memory"] <= MEMORY,
        )


def made(path: Path, count: int) -> Path:
    """A made-up log of so many rows, about; in the format that its name says."""
    room = duckdb.connect()
    room.execute("set timezone = 'UTC'")
    rules = read_folder(ROOT / "queries" / "rules")
    for definition in in_order(rule for rule in rules if rule.name in RULES):
        room.execute(definition.sql)
    rows = events(0, DAYS, max(1, count // DAYS))
    at = "strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%gZ')"
    if path.suffix == ".csv":
        asked = f"""
            select event_id, system, home, {at} as occurred_at, actor_login, actor_kind,
                staff_ref, event_type, outcome, resident_ref
            from ({rows})
        """
        room.execute(f"copy ({asked}) to '{path}' (header)")
    else:
        asked = f"""
            select 'AuditEvent' as "resourceType", event_id as id, {at} as recorded,
                {{'code': 'rest'}} as type, [{{'code': 'read'}}] as subtype,
                'R' as action, '0' as outcome,
                [{{
                    'requestor': true,
                    'type': {{'coding': [{{'code': 'humanuser'}}]}},
                    'who': {{'identifier': {{'value': actor_login}}}},
                    'network': {{'address': '192.0.2.7', 'type': '2'}}
                }}] as agent,
                {{'site': home, 'observer': {{'display': system}}}} as source,
                [{{
                    'what': {{'reference': 'Patient/' || coalesce(resident_ref, 'R0')}}
                }}] as entity
            from ({rows})
        """
        room.execute(f"copy ({asked}) to '{path}' (format json)")
    room.close()
    return path


def bare_read(path: Path) -> float:
    """Seconds that DuckDB alone needs to read a file into a table of a file."""
    reader = "read_csv" if path.suffix == ".csv" else "read_json"
    with duckdb.connect(path.with_suffix(".bare")) as store:
        began = time.perf_counter()
        store.execute(f"create table log as from {reader}('{path}')")
        store.execute("checkpoint")
        return time.perf_counter() - began


def import_apart(path: Path) -> dict[str, float]:
    """What an import took, by a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.imports", str(path)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
    )
    found: dict[str, float] = json.loads(said.stdout)
    return found


def _import(path: Path) -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(f"duckdb:///{Path(folder) / 'store.duckdb'}")) as store,
    ):
        homes = Path(folder) / "homes.csv"
        lines = [f"{home_ref(n)},{name} House" for n, name in enumerate(HOMES)]
        homes.write_text("\n".join(["home_ref,name", *lines]))
        arrivals.import_file(store, Sent(homes, "bench"))
        taken = []
        for state in ("accepted", "already_in"):
            began = time.perf_counter()
            report = arrivals.import_file(store, Sent(path, "bench"))
            taken.append(time.perf_counter() - began)
            assert (report.state, report.rows_refused) == (state, 0), report.message
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": taken[0], "again": taken[1], "memory": held}


if __name__ == "__main__":
    print(json.dumps(_import(Path(sys.argv[1]))))
