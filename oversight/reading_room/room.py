"""Where files from outside are judged: a DuckDB in memory that opens none of them.

A sheet goes in as text in its kind's own columns, is judged row by row by the kind's
SQL, and leaves as checked Parquet plus a list of findings, in the one folder that can
be reached from there.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from oversight.headers import in_order, read_folder
from oversight.reading_room import date_forms, progress
from oversight.reading_room.cells import HEADINGS_AGAIN, Misshapen, read_rows
from oversight.reading_room.findings import (
    add_repeats,
    create_finding,
    create_keyed,
    heading_of,
    text,
)
from oversight.reading_room.profiles import Profile
from oversight.reading_room.readers import FileRefused, Sheet
from oversight.reading_room.recognition import Recognised
from oversight.sources import Source, all_sources
from oversight.store import ROOT
from oversight.store.connecting import load_key, parquet_options
from oversight.store.keys import Key, key_set

BATCH = 20_000


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


def fact_columns(source: Source) -> list[tuple[str, str]]:
    """The columns of a kind's fact table and their types, as its own SQL gives them."""
    with _room(None) as room:
        _create_sent(room, source)
        _set_day_and_dates(room, date(2000, 1, 1), "YYYY-MM-DD")
        shape = room.execute(f"describe {source.definition.sql}").fetchall()
    return [(row[0], row[1]) for row in shape if row[0] not in ("row", "findings")]


def check(
    sheet: Sheet,
    recognised: Recognised,
    taken_on: date,
    home_names: Sequence[str],
    out: Path,
    mark: str = "",
) -> Checked:
    """Judges every row of a recognised sheet by its kind's SQL.

    home_names: what --home said, and what else that home is called; the first fills a
    blank home, and rows of another home are refused.
    out: where the checked rows go; nothing outside its folder can be touched from here.
    mark: tells a lone row from its likes, where a kind has rows that agree on the key.
    """
    profile, source = recognised.profile, recognised.source
    try:
        with _room(out) as room:
            _set_day_and_dates(room, taken_on, profile.dates)
            _load(room, sheet, recognised, home_names[0] if home_names else None)
            date_forms.check_way_round(room, sheet.name, profile, source)
            room.execute(f"create temp table judged as {source.definition.sql}")
            room.execute(create_finding(profile, source))
            if home_names:
                _refuse_other_homes(room, profile, home_names)
            room.execute(create_keyed(source, mark))
            room.execute(add_repeats(profile, source))
            return _leave(room, out)
    except duckdb.OutOfMemoryException:
        raise FileRefused(
            f"{sheet.name} is too big to be checked at once on this machine:"
            " wanted a file that fits its memory. Divide it, and import the parts."
        ) from None


@contextmanager
def _room(out: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor of its own: its tables and variables are temporary, and go with it."""
    room = _building(None if out is None else out.parent, key_set()).cursor()
    try:
        yield room
    finally:
        room.close()


@lru_cache(maxsize=2)
def _building(folder: Path | None, key: Key | None) -> duckdb.DuckDBPyConnection:
    # Kept for the next file: making it takes longer than judging a small one.
    building = duckdb.connect(":memory:")
    if folder is not None:
        building.execute(f"set allowed_directories = [{text(str(folder))}]")
    # What is being read is written nowhere else, not even when memory is short.
    building.execute("set temp_directory = ''")
    building.execute("set global timezone = 'UTC'")
    if key is not None:
        load_key(building, key)
    building.execute("set enable_external_access = false")
    building.execute("set lock_configuration = true")
    definitions = [
        *read_folder(ROOT / "queries" / "cells"),
        *(d for d in read_folder(ROOT / "queries" / "rules") if d.name in _ROOM_RULES),
    ]
    for definition in in_order(definitions):
        building.execute(definition.sql)
    return building


# The rules that need no store: those that the cells are read by.
_ROOM_RULES = ("fold", "uk_time", "uk_day")


def _set_day_and_dates(
    room: duckdb.DuckDBPyConnection, taken_on: date, dates: str
) -> None:
    said = {"taken_on": taken_on, "kinds": _kinds(), **date_forms.variables(dates)}
    for name, value in said.items():
        room.execute(f"set variable {name} = ?", [value])


def _kinds() -> list[str]:
    """The kinds of which a home can have nothing to report."""
    return [s.kind for s in all_sources().values() if s.delivers != "snapshot"]


def _create_sent(room: duckdb.DuckDBPyConnection, source: Source) -> None:
    cells = ", ".join(f'"{column.name}" varchar' for column in source.columns)
    room.execute(f"create temp table sent (row bigint, {cells})")


def _load(
    room: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    recognised: Recognised,
    home: str | None,
) -> None:
    """The sheet as text in the kind's columns: what is dropped never gets in."""
    _create_sent(room, recognised.source)
    room.execute(
        "create temp table misshapen (row bigint, wanted varchar, got varchar)"
    )
    count = 0
    batches: dict[str, list[tuple[Any, ...]]] = {"sent": [], "misshapen": []}
    for count, row in enumerate(read_rows(sheet, recognised, home), start=1):
        if isinstance(row, Misshapen):
            batches["misshapen"].append((row.row, row.wanted, row.got))
        else:
            batches["sent"].append((row[0], *row[1]))
        if count % BATCH == 0:
            _put(room, batches)
            progress.tell(rows=count)
    _put(room, batches)
    progress.tell(progress.CHECKING, rows=count)
    if not count:
        raise FileRefused(
            f"{sheet.name} has headings and no rows below them. If there is"
            " nothing to report, say so with a nil return; otherwise export it again."
        )


def _put(
    room: duckdb.DuckDBPyConnection, batches: dict[str, list[tuple[Any, ...]]]
) -> None:
    """Each batch into its table: a number and then text; the batches are left empty."""
    for table, batch in batches.items():
        if not batch:
            continue
        numbers, *cells = zip(*batch, strict=True)
        arrays = [
            pa.array(numbers, pa.int64()),
            *(pa.array(c, pa.string()) for c in cells),
        ]
        room.register(
            "batch", pa.table(arrays, [f"c{at}" for at in range(len(arrays))])
        )
        room.execute(f"insert into {table} select * from batch")
        room.unregister("batch")
        batch.clear()


def _refuse_other_homes(
    room: duckdb.DuckDBPyConnection, profile: Profile, home_names: Sequence[str]
) -> None:
    room.execute(
        """
        insert into finding
        select row, ?, home, 'refused', 'a row of ' || ?
        from sent
        where fold(home) not in (select fold(unnest(?::varchar[])))
        """,
        [heading_of(profile, "home"), home_names[0], list(home_names)],
    )


def _leave(room: duckdb.DuckDBPyConnection, out: Path) -> Checked:
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
            select keyed.row, {cells}, keyed.row_key, keyed.row_hash,
                refused.row is not null as is_held
            from keyed
            left join refused on refused.row = keyed.row
            where keyed.row_key is not null
                and keyed.row not in (select row from repeated where is_same)
            order by keyed.row
        ) to {text(str(rows_of(out)))} ({parquet_options()});

        copy (
            select row, heading as column_name, value, severity,
                case when heading = '' then '' else heading || ': ' end
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
    counted = room.execute(
        f"""
        select
            (select count(*) from sent) + (select count(*) from misshapen),
            (select count(*) from refused),
            (select count(*) from repeated where is_same),
            (select count(*) from keyed where row_key is null)
            + (select count(*) from misshapen where got <> ?),
            (
                select greatest({", ".join(_days(shape))})
                from keyed where row not in (select row from refused)
            )
        """,
        [HEADINGS_AGAIN],
    ).fetchone()
    assert counted is not None
    read, refused, repeated, unreadable, newest = counted
    return Checked(read, refused, repeated, unreadable, newest, out, kept_sha256(out))


# What such columns hold is foreseen: a file that plans ahead has not seen so far.
FORESEEN = re.compile(r"(^|_)(due|planned|ends|expires|until|period)_?")


def _days(shape: dict[str, str]) -> list[str]:
    days = [
        f'max("{name}")'
        for name, type_ in shape.items()
        if type_ == "DATE" and not FORESEEN.search(name)
    ]
    times = [
        f'max(uk_day("{name}"))'
        for name, type_ in shape.items()
        if type_ == "TIMESTAMP WITH TIME ZONE"
    ]
    return [*days, *times, "null::date", "null::date"]


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
