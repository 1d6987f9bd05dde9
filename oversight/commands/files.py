"""Files in, and what became of them: import, undo, refusals, kinds, rows."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from oversight import arrivals, keeping
from oversight.arrivals import Report, Sent
from oversight.commands import progress
from oversight.commands.common import (
    DAY,
    LARGEST,
    NUMBER,
    TIME,
    answer,
    as_of_option,
    day,
    home_option,
    in_utc,
    json_option,
    known_at_option,
    opened,
    person_option,
    plain,
    reading,
    says_no,
    store_option,
    table,
)
from oversight.reading_room import templates
from oversight.reading_room.leaving import IN_A_SHEET
from oversight.reading_room.profiles import all_profiles
from oversight.sources import Source, all_sources
from oversight.store import EVERYTHING
from oversight.store import rows as rows_in

SHOWN = 20  # of the newest arrivals, to a person


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", help="The kind of record; recognised when not told.")
@click.option("--profile", help="The saved mapping to read it by.")
@click.option(
    "--home", help="The home that sent it: fills blanks, refuses other homes."
)
@click.option("--covers", multiple=True, help="A home it speaks for; may be repeated.")
@click.option("--taken-on", type=DAY, help="The day the file was taken.")
@click.option("--known-at", type=TIME, help="Rebuilds history in order.")
@click.option("--dry-run", is_flag=True, help="Checks everything and keeps nothing.")
@store_option
@json_option
@person_option
@says_no
def import_(
    files: tuple[Path, ...],
    kind: str | None,
    profile: str | None,
    home: str | None,
    covers: tuple[str, ...],
    taken_on: datetime | None,
    known_at: datetime | None,
    dry_run: bool,
    address: str | None,
    as_json: bool,
    person: str,
) -> None:
    """Import files, one transaction each."""
    sent = [
        Sent(
            path,
            person,
            kind,
            profile,
            home,
            covers,
            taken_on.date() if taken_on else None,
            in_utc(known_at) if known_at else None,
        )
        for path in files
    ]
    with opened(address) as store, progress.told():
        if dry_run:
            reports = [arrivals.import_file(store, one, dry_run=True) for one in sent]
        elif len(sent) == 1:
            reports = [arrivals.import_file(store, sent[0])]
        else:
            reports = list(arrivals.import_files(store, sent))
    _answer_reports(reports, as_json)


@click.command()
@click.argument("arrival", type=NUMBER)
@click.option("--why", required=True, help="The reason; it is kept.")
@store_option
@json_option
@person_option
@says_no
def undo(
    arrival: int, why: str, address: str | None, as_json: bool, person: str
) -> None:
    """Withdraw an arrival by another; undo that one to bring it back."""
    with opened(address) as store:
        reports = [arrivals.undo(store, arrival, why, person)]
    _answer_reports(reports, as_json)


@click.command()
@click.option("--arrival", type=NUMBER, help="One arrival only.")
@store_option
@json_option
@says_no
def refusals(arrival: int | None, address: str | None, as_json: bool) -> None:
    """Why rows were refused or warned about."""
    with reading(address) as cursor:
        if arrival is not None:
            arrivals.find_arrival(cursor, arrival)
        cursor.execute(
            """
            select refusal.arrival, arrival.file_name as file,
                line_of(refusal.row) as row,
                refusal.column_name as column, refusal.value, refusal.severity,
                refusal.reason
            from refusal
            inner join arrival on arrival.number = refusal.arrival
            where ? is null or refusal.arrival = ?
            order by refusal.arrival, refusal.row, refusal.severity, refusal.column_name
            """,
            [arrival, arrival],
        )
        found = rows_in(cursor)
    answer(found, as_json, lambda: "\n".join(map(_refusal, found)) or "None.")


@click.command()
@click.option("--template", help="Write the empty and the example files of this kind.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder they are written to."
)
@json_option
@says_no
def kinds(template: str | None, out: Path | None, as_json: bool) -> None:
    """What can be imported; with --template and --out, the files to fill in."""
    if (template is None) != (out is None):
        raise click.UsageError("Give --template KIND and --out FOLDER together.")
    if template is not None and out is not None:
        written = _write_template(template, out)
        answer(written, as_json, lambda: "\n".join(map(str, written)))
        return
    profiles = all_profiles().values()
    found: list[dict[str, Any]] = [
        {
            "kind": source.kind,
            "delivers": source.delivers,
            "needs": [c.name for c in source.columns if c.is_needed],
            "optional": [c.name for c in source.columns if not c.is_needed],
            "files": [
                f"{p.name}: {p.title}" for p in profiles if p.kind == source.kind
            ],
            "freshness_days": source.freshness_days,
        }
        for source in all_sources().values()
    ]
    answer(found, as_json, lambda: table([_joined(row) for row in found]))


def _write_template(kind: str, out: Path) -> list[str]:
    """The files of a kind in a folder, which is made; a file that is there stays."""
    made = templates.files(_source(kind))
    there = [name for name in made if (out / name).exists()]
    if there:
        raise FileExistsError(
            f"{out / there[0]} is there already and may be filled in. Wanted a folder"
            " without it: name another, or move that file away."
        )
    out.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (out / name).write_bytes(content)
    return [str(out / name) for name in made]


def _source(kind: str) -> Source:
    if kind not in all_sources():
        raise LookupError(
            f"There is no kind {kind!r}. There are: {', '.join(all_sources())}."
        )
    return all_sources()[kind]


@click.command()
@click.argument("kind")
@as_of_option
@known_at_option
@home_option
@click.option("--limit", type=NUMBER, help="At most so many rows.")
@store_option
@json_option
@says_no
def rows(
    kind: str,
    as_of: datetime | None,
    known_at: datetime | None,
    home: str | None,
    limit: int | None,
    address: str | None,
    as_json: bool,
) -> None:
    """The facts of a kind as known."""
    key = ", ".join(f'"{name}"' for name in _source(kind).key)
    with reading(address, known_at, home) as cursor:
        cursor.execute(
            "select columns(lambda name: name <> 'row_hash')"
            f" from known_{kind}(?::date) order by {key}, arrival, row limit ?",
            [day(as_of), limit or LARGEST],
        )
        found = rows_in(cursor)
    answer(found, as_json, lambda: table(found))


@click.command()
@store_option
@json_option
@says_no
def status(address: str | None, as_json: bool) -> None:
    """What is in the store, how old, how big, on which version."""
    with opened(address) as store, store.reading(EVERYTHING) as cursor:
        cursor.execute(
            """
            select kind, count(*) as arrivals, max(taken_on) as newest,
                sum(rows_read)::bigint as rows
            from arrival
            where state = 'accepted'
                and number not in (
                    select target from arrival
                    group by target having arg_max(state, number) = 'undone'
                )
            group by kind order by kind
            """
        )
        kinds = rows_in(cursor)
        cursor.execute(
            """
            select number as arrival, file_name as file, kind, state, target, taken_on
            from arrival order by number
            """
        )
        listed = rows_in(cursor)
        stands = keeping.standing(store, cursor)
    found = {**stands, "kinds": kinds, "arrivals": listed}
    about = "\n".join(f"{name:<16} {plain(value)}" for name, value in stands.items())
    answer(
        found,
        as_json,
        lambda: f"{about}\n\n{table(kinds)}\n\n{table(listed[-SHOWN:])}",
    )


def _answer_reports(reports: list[Report], as_json: bool) -> None:
    words = [f"{r.state}: {_said(r)}" for r in reports]
    answer([plain(r) for r in reports], as_json, lambda: "\n".join(words))
    if any(report.state == "refused" for report in reports):
        for report in reports:
            if as_json and report.state == "refused":
                click.echo(report.message, err=True)
        sys.exit(1)


def _said(report: Report) -> str:
    if not report.rows_refused or report.arrival is None:
        return report.message
    return f"{report.message} `refusals --arrival {report.arrival}` lists them all."


def _refusal(found: dict[str, Any]) -> str:
    where = f"{found['arrival']} {found['file']}"
    if not found["reason"].startswith(IN_A_SHEET):
        where += f", row {found['row']}"
    return f"{where} {found['severity']}: {found['reason']}"


def _joined(row: dict[str, Any]) -> dict[str, Any]:
    return {n: ", ".join(v) if isinstance(v, list) else v for n, v in row.items()}
