"""Nothing lost: backup, restore, rebuild, accept-loss, journal."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from oversight import journal, keeping
from oversight.commands.common import (
    TIME,
    answer,
    in_utc,
    json_option,
    opened,
    person_option,
    says_no,
    store_option,
    table,
)
from oversight.keeping import Summary
from oversight.store import EVERYTHING

FILE = click.Path(path_type=Path)
SHOWN = 50  # of the newest entries, to a person


@click.command()
@click.argument("file", type=FILE)
@store_option
@json_option
@person_option
@says_no
def backup(file: Path, address: str | None, as_json: bool, person: str) -> None:
    """Write everything into one FILE, and try it by restoring it elsewhere.

    Encrypted when a key is set (OVERSIGHT_KEY_FILE or OVERSIGHT_KEY).
    """
    with opened(address) as store:
        made = keeping.backup(store, file, person)
    _answer(made, as_json, f"{file} holds")


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Keeps aside the store that is there.")
@store_option
@json_option
@person_option
@says_no
def restore(
    file: Path, replace: bool, address: str | None, as_json: bool, person: str
) -> None:
    """Put a backup in the store's place, once it is known to be sound."""
    made = keeping.restore(address, file, person, replace=replace)
    _answer(made, as_json, "The store holds")


@click.command()
@store_option
@json_option
@person_option
@says_no
def rebuild(address: str | None, as_json: bool, person: str) -> None:
    """Make the store anew from what was kept of each arrival, and the journal."""
    _answer(keeping.rebuild(address, person), as_json, "The store, made anew, holds")


@click.command("accept-loss")
@click.option("--why", required=True, help="The reason; it is kept.")
@store_option
@json_option
@person_option
@says_no
def accept_loss(why: str, address: str | None, as_json: bool, person: str) -> None:
    """Let a store that has lost its newest moments be written to again."""
    with opened(address) as store:
        lost = journal.accept_loss(store, person, why)
    answer(lost, as_json, lambda: "It is in the journal; the store may be used again.")


@click.command("journal")
@click.option("--since", type=TIME, help="Entries from then on (UTC, or with a zone).")
@click.option("--until", type=TIME, help="Entries before then.")
@click.option("--person", "who", help="What one person did.")
@click.option("--what", help="Entries of one kind, as 'file imported'.")
@click.option("--out", type=FILE, help="A CSV file of all of it, seals included.")
@store_option
@json_option
@says_no
def show_journal(
    since: datetime | None,
    until: datetime | None,
    who: str | None,
    what: str | None,
    out: Path | None,
    address: str | None,
    as_json: bool,
) -> None:
    """What people did here, in order."""
    with opened(address) as store, store.reading(EVERYTHING) as cursor:
        found: list[dict[str, Any]] = [
            {
                "number": entry.number,
                "at": entry.known_at,
                "person": entry.person,
                "what": entry.what,
                "about": json.loads(entry.about),
                "previous_sha256": entry.previous_sha256,
                "sha256": entry.sha256,
            }
            for entry in journal.entries(
                cursor,
                since=in_utc(since) if since else None,
                until=in_utc(until) if until else None,
                person=who,
                what=what,
            )
        ]
    if out is not None:
        _write(out, found)
    shown = [{**row, "about": json.dumps(row["about"])} for row in found[-SHOWN:]]
    columns = ("number", "at", "person", "what", "about")
    answer(
        found, as_json, lambda: table([{n: row[n] for n in columns} for row in shown])
    )


def _write(out: Path, found: list[dict[str, Any]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(found[0] if found else ["number"])
        for row in found:
            about = json.dumps(row["about"], sort_keys=True, ensure_ascii=False)
            cells = {**row, "at": row["at"].isoformat(), "about": about}
            writer.writerow(_plain(str(cell)) for cell in cells.values())


def _plain(cell: str) -> str:
    # A spreadsheet takes such a cell for a formula, and somebody may have named one.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _answer(made: Summary, as_json: bool, begin: str) -> None:
    found = {
        "sha256": made.sha256,
        "arrivals": made.arrivals,
        "journal_head": made.journal_head,
    }
    if as_json:
        for note in made.notes:
            click.echo(note, err=True)
    words = [
        f"{begin} {made.arrivals} arrivals; the journal's last seal is"
        f" {made.journal_head or 'none'}. SHA-256 {made.sha256}.",
        *made.notes,
    ]
    answer(found, as_json, lambda: "\n".join(words))
