"""Where files from outside are judged: a DuckDB in memory that opens none of them.

A sheet goes in as text in its kind's own columns, is judged row by row by the kind's
SQL, and leaves as checked Parquet plus a list of findings, in the one folder that can
be reached from there.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from oversight.headers import in_order, read_folder
from oversight.reading_room import date_forms, progress
from oversight.reading_room.by_pieces import check_pieces
from oversight.reading_room.cells import Misshapen, read_rows
from oversight.reading_room.documents import Documents
from oversight.reading_room.findings import (
    add_repeats,
    refuse_other_homes,
    select_findings,
    select_keyed,
    text,
)
from oversight.reading_room.leaving import Checked, leave
from oversight.reading_room.mapping import can_map
from oversight.reading_room.pieces import Irregular, csv_pieces, used_places
from oversight.reading_room.readers import FileRefused, Sheet
from oversight.reading_room.recognition import Recognised
from oversight.sources import Source, all_sources
from oversight.store import ROOT
from oversight.store.connecting import load_key
from oversight.store.keys import Key, key_set

BATCH = 20_000


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
    try:
        if isinstance(sheet, Documents):
            return _check_in_pieces(sheet, recognised, taken_on, home_names, out)
        if _is_plain(recognised):
            with suppress(Irregular):
                return _check_in_pieces(sheet, recognised, taken_on, home_names, out)
        return _check_row_by_row(sheet, recognised, taken_on, home_names, out, mark)
    except duckdb.OutOfMemoryException:
        raise FileRefused(
            f"{sheet.name} is too big to be checked at once on this machine:"
            " wanted a file that fits its memory. Divide it, and import the parts."
        ) from None


def _is_plain(recognised: Recognised) -> bool:
    is_log = recognised.source.delivers == "events"
    return is_log and not recognised.sheets and can_map(recognised)


def _check_in_pieces(
    sheet: Sheet,
    recognised: Recognised,
    taken_on: date,
    home_names: Sequence[str],
    out: Path,
) -> Checked:
    """The fast road, for long logs: Irregular where a file is not plain enough."""
    with _room(out) as room:
        _set_day_and_dates(room, taken_on, recognised.profile.dates)
        pieces = (
            sheet.pieces()
            if isinstance(sheet, Documents)
            else csv_pieces(sheet, recognised.heading_row, used_places(recognised))
        )
        return check_pieces(room, sheet.name, pieces, recognised, home_names, out)


def _check_row_by_row(
    sheet: Sheet,
    recognised: Recognised,
    taken_on: date,
    home_names: Sequence[str],
    out: Path,
    mark: str,
) -> Checked:
    """The slow road, for everything: its sentences say what is wrong, and where."""
    profile, source = recognised.profile, recognised.source
    with _room(out) as room:
        _set_day_and_dates(room, taken_on, profile.dates)
        _load(room, sheet, recognised, home_names[0] if home_names else None)
        date_forms.check_way_round(room, sheet.name, profile, source)
        room.execute(f"create temp table judged as {source.definition.sql}")
        findings = select_findings(profile, source)
        room.execute(f"create temp table finding as {findings}")
        if home_names:
            refuse_other_homes(room, profile, home_names)
        room.execute(f"create temp table keyed as {select_keyed(source, mark=mark)}")
        room.execute(add_repeats(profile, source))
        return leave(room, source, out, recognised.sheets)


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
