"""What leaves the room: checked rows and findings as Parquet, and what they came to."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oversight.reading_room.cells import HEADINGS_AGAIN
from oversight.reading_room.findings import text
from oversight.reading_room.sheets_joined import NEXT_SHEET
from oversight.sources import Source
from oversight.store import Cursor
from oversight.store.connecting import parquet_options

IN_A_SHEET = "sheet “"  # how the reason of a finding in a workbook begins


# What such columns hold is foreseen: a file that plans ahead has not seen so far.
FORESEEN = re.compile(r"(^|_)(due|planned|ends|expires|until|period)_?")


@dataclass(frozen=True)
class Checked:
    """What one file came to; its rows and findings are Parquet beside `out`."""

    rows_read: int
    rows_refused: int
    rows_repeated: int
    keys_unreadable: int
    newest_day: date | None  # in any date or time of the rows that stand
    out: Path
    sha256: str


def leave(
    room: Cursor, source: Source, out: Path, sheets: Sequence[str] = ()
) -> Checked:
    """The rows of `keyed` that stand or are held, the findings, and the counts."""
    shape = dict(row[:2] for row in room.execute("describe keyed").fetchall())
    # Of a refused row its key is kept, so that its previous version stays, and no more.
    cells = ", ".join(
        f'case when refused.row is null then keyed."{name}" end as "{name}"'
        for name in shape
        if name not in ("row", "row_key", "row_hash")
    )
    room.execute(
        f"""
        create temp table refused as
        select distinct row from finding where severity = 'refused';

        copy (
            select keyed.row, {cells}, {_kept_key(source)},
                refused.row is not null as is_held
            from keyed
            left join refused on refused.row = keyed.row
            where keyed.row_key is not null
                and keyed.row not in (select row from repeated where is_same)
            order by keyed.row
        ) to {text(str(rows_of(out)))} ({parquet_options()})
        """
    )
    leave_findings(room, out, sheets)
    counted = room.execute(
        f"""
        select
            (select count(*) from sent) + (select count(*) from misshapen),
            (select count(*) from refused),
            (select count(*) from repeated where is_same),
            (select count(*) from keyed where row_key is null)
            + (select count(*) from misshapen where got <> ?),
            (
                select {newest_of(shape)}
                from keyed where row not in (select row from refused)
            )
        """,
        [HEADINGS_AGAIN],
    ).fetchone()
    assert counted is not None
    read, refused, repeated, unreadable, newest = counted
    return Checked(read, refused, repeated, unreadable, newest, out, kept_sha256(out))


def _kept_key(source: Source) -> str:
    # An event is compared by what it says: its key and hash would take more room than
    # the event does.
    if source.delivers == "events":
        return (
            "case when refused.row is not null then keyed.row_key end as row_key,"
            " '' as row_hash"
        )
    return "keyed.row_key, keyed.row_hash"


def leave_findings(room: Cursor, out: Path, sheets: Sequence[str] = ()) -> None:
    """The table `finding` as Parquet, each finding said in a sentence.

    sheets: of a workbook, by their titles, in the order in which they were read.
    """
    where = place_said(sheets)
    room.execute(
        f"""
        copy (
            select row, heading as column_name, value, severity,
                {where}case when heading = '' then '' else heading || ': ' end
                || 'wanted ' || wanted || '; got '
                || case
                    when heading = '' then value
                    else coalesce('"' || left(value, 60) || '"', 'nothing')
                end || '.' as reason
            from finding
            order by row, severity, heading
        ) to {text(str(findings_of(out)))} ({parquet_options()})
        """
    )


def place_said(sheets: Sequence[str], row: str = "row") -> str:
    """SQL, before a reason: in which sheet and row of a workbook; else nothing."""
    if not sheets:
        return ""
    titles = ", ".join(map(text, sheets))
    return (
        f"'{IN_A_SHEET}' || [{titles}][{row} // {NEXT_SHEET} + 1] || '”, row '"
        f" || ({row} % {NEXT_SHEET})::varchar || ': ' || "
    )


def newest_of(shape: dict[str, str]) -> str:
    """SQL: the newest day in any column of a table; shape: its columns and types."""
    days = [
        f'max("{name}")'
        for name, type_ in shape.items()
        if type_ == "DATE" and not FORESEEN.search(name)
    ]
    times = [
        f'uk_day(max("{name}"))'
        for name, type_ in shape.items()
        if type_ == "TIMESTAMP WITH TIME ZONE"
    ]
    return f"greatest({', '.join([*days, *times, 'null::date', 'null::date'])})"


def kept_sha256(out: Path) -> str:
    """One hash over what is kept of an arrival: its rows, then its findings."""
    sha256 = hashlib.sha256()
    for path in (rows_of(out), findings_of(out)):
        sha256.update(path.read_bytes())
    return sha256.hexdigest()


def rows_of(out: Path) -> Path:
    """The checked rows of an arrival."""
    return out.with_name(out.name + ".rows.parquet")


def findings_of(out: Path) -> Path:
    """What was found about the rows of an arrival."""
    return out.with_name(out.name + ".findings.parquet")
