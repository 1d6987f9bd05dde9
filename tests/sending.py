"""Sends a file as somebody would, and sees everything that the store then holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oversight import arrivals
from oversight.arrivals import Report, Sent
from oversight.store import EVERYTHING, Store

# What a refused file must leave as it was; the journal alone says that it came.
KEPT = ("arrival", "arrival_cover", "held", "refusal", "reading", "reading_ready")


@dataclass(frozen=True)
class Finding:
    """One line of `refusals`."""

    row: int
    column: str
    value: str | None
    severity: str
    reason: str


def send(
    store: Store, path: Path, content: bytes | str | None = None, **said: Any
) -> Report:
    """Writes a file, when its content is given, and imports it.

    What came of it must add up, whatever it is. `said` goes to `Sent` as it stands.
    """
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    dry_run = said.pop("dry_run", False)
    sent = Sent(path, "tester", **said)
    report = arrivals.import_file(store, sent, dry_run=dry_run, readings_later=True)
    assert report.rows_read == (
        report.rows_accepted + report.rows_unchanged + report.rows_refused
    )
    assert report.rows_warned <= report.rows_accepted
    assert (report.arrival is None) == (dry_run or report.state == "refused")
    assert not list((store.kept / "arriving").iterdir())
    return report


def findings(store: Store, report: Report) -> list[Finding]:
    """What `refusals` lists of an arrival, by row."""
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute(
            """
            select row, column_name, value, severity, reason from refusal
            where arrival = ? order by row, severity, column_name
            """,
            [report.arrival],
        ).fetchall()
    warned = {row[0] for row in found if row[3] == "warned"}
    refused = {row[0] for row in found if row[3] == "refused"}
    assert (len(warned), len(refused)) == (report.rows_warned, report.rows_refused)
    assert not warned & refused
    return [Finding(*row) for row in found]


def facts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a file may change."""
    with store.reading(EVERYTHING) as cursor:
        tables = cursor.execute(
            "select table_name from information_schema.tables"
            " where table_catalog = 'store' and table_type = 'BASE TABLE'"
        ).fetchall()
        names = [n for (n,) in tables if n.startswith("fact_") or n in KEPT]
        return {
            n: sorted(map(str, cursor.execute(f"from {n}").fetchall())) for n in names
        }
