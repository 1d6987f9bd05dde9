"""Where files from outside are read: a separate in-memory DuckDB that sees one file only.

A sheet goes in as text, is put into a kind's own columns by its profile, is judged row by
row by the kind's SQL, and leaves as checked Parquet plus a list of findings.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from oversight.headers import in_order, read_folder
from oversight.profiles import Column, Profile, Recognised, fold
from oversight.readers import FileRefused, Sheet
from oversight.sources import Source
from oversight.store import ROOT

BATCH = 20_000
FORMATS = {
    "YYYY-MM-DD": (r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"),
    "DD/MM/YYYY": (r"\d{2}/\d{2}/\d{4}", "%d/%m/%Y"),
    "MM/DD/YYYY": (r"\d{2}/\d{2}/\d{4}", "%m/%d/%Y"),
    "YYYYMMDD": (r"\d{8}", "%Y%m%d"),
}
OTHER_WAY_ROUND = {"DD/MM/YYYY": "MM/DD/YYYY", "MM/DD/YYYY": "DD/MM/YYYY"}


@dataclass(frozen=True)
class Checked:
    """What one file came to; the rows and findings themselves are Parquet beside `out`."""

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
        room.execute(f"create table sent ({_declared(source)})")
        _set_day_and_dates(room, date(2000, 1, 1), "YYYY-MM-DD")
        shape = room.execute(f"describe {source.definition.sql}").fetchall()
    return [(row[0], row[1]) for row in shape if row[0] not in ("row", "findings")]


def check(
    sheet: Sheet, recognised: Recognised, taken_on: date, home: str | None, out: Path
) -> Checked:
    """Reads a recognised sheet and judges every row by its kind's SQL.

    home: what --home said; fills a blank home and refuses the rows of another.
    out: where the checked rows go; nothing else on the disk can be touched from here.
    """
    profile, source = recognised.profile, recognised.source
    with _room(out) as room:
        _set_day_and_dates(room, taken_on, profile.dates)
        _load(room, sheet, recognised)
        room.execute(f"create table sent as {_mapping(profile, source, home)}")
        _refuse_dates_the_other_way_round(room, profile, source)
        room.execute(f"create table judged as {source.definition.sql}")
        room.execute(_findings(profile, source, home))
        room.execute(_keyed(source))
        room.execute(_repeats(source))
        return _leave(room, out)


@contextmanager
def _room(out: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    room = duckdb.connect(":memory:")
    try:
        if out is not None:
            paths = f"{_text(str(rows_of(out)))}, {_text(str(findings_of(out)))}"
            room.execute(f"set allowed_paths = [{paths}]")
        room.execute("set global timezone = 'UTC'")
        room.execute("set enable_external_access = false")
        room.execute("set lock_configuration = true")
        definitions = [
            *read_folder(ROOT / "queries" / "cells"),
            *(d for d in read_folder(ROOT / "queries" / "rules") if d.name in _ROOM_RULES),
        ]
        for definition in in_order(definitions):
            room.execute(definition.sql)
        yield room
    finally:
        room.close()


# The rules that need no store: those that the cells are read by.
_ROOM_RULES = ("fold", "uk_time", "uk_day")


def _set_day_and_dates(
    room: duckdb.DuckDBPyConnection, taken_on: date, dates: str
) -> None:
    shape, form = FORMATS[dates]
    room.execute("set variable taken_on = ?::date", [taken_on])
    room.execute("set variable date_shape = ?", [shape])
    room.execute("set variable date_format = ?", [form])


def _declared(source: Source) -> str:
    return "row bigint, " + ", ".join(f'"{c.name}" varchar' for c in source.columns)


def _load(
    room: duckdb.DuckDBPyConnection, sheet: Sheet, recognised: Recognised
) -> None:
    """The mapped columns of the sheet as text, c0, c1, …: what is dropped never gets in."""
    places = [fold(cell) for cell in recognised.heading_row.cells]
    wanted = [
        places.index(fold(heading)) if fold(heading) in places else None
        for heading in recognised.profile.headings
    ]
    width = len(places)
    names = [f"c{at}" for at in range(len(wanted))]
    columns = "".join(f", {name} varchar" for name in names)
    room.execute(f"create table raw (row bigint, cells integer{columns})")
    batch: list[list[Any]] = []

    def put() -> None:
        if batch:
            arrow = pa.table(
                [pa.array(column) for column in zip(*batch, strict=True)],
                schema=pa.schema(
                    [("row", pa.int64()), ("cells", pa.int32())]
                    + [(name, pa.string()) for name in names]
                ),
            )
            room.register("arrow", arrow)
            room.execute("insert into raw select * from arrow")
            room.unregister("arrow")
            batch.clear()

    for row in sheet.rows():
        if row.number <= recognised.heading_row.number:
            continue
        cells = row.cells
        # Cells left empty beyond the last heading are no fault: spreadsheets add them.
        over = any(cell.strip() for cell in cells[width:])
        batch.append(
            [row.number, len(cells) if over or len(cells) < width else width]
            + [cells[p] if p is not None and p < len(cells) else None for p in wanted]
        )
        if len(batch) == BATCH:
            put()
    put()
    room.execute("set variable width = ?", [width])
    if not room.execute("select 1 from raw limit 1").fetchone():
        raise FileRefused(
            f"{sheet.path.name} has headings and no rows below them. If there is nothing"
            " to report, say so with a nil return; otherwise export it again."
        )


def _mapping(profile: Profile, source: Source, home: str | None) -> str:
    """The select that turns c0, c1, … into the kind's own columns."""
    by_name = {column.name: column for column in profile.columns}
    headed = {
        column.name: f"c{at}"
        for at, column in enumerate(c for c in profile.columns if c.heading is not None)
    }
    everything = ", ".join(headed.values()) or "''"
    parts = []
    for wanted in source.columns:
        column = by_name.get(wanted.name)
        parts.append(
            f'{_cell(column, headed.get(wanted.name), profile, everything)} as "{wanted.name}"'
            if wanted.name != "home" or home is None
            else f"coalesce({_cell(column, headed.get('home'), profile, everything)},"
            f' {_text(home)}) as "home"'
        )
    return f"select row, cells, {', '.join(parts)} from raw"


def _cell(
    column: Column | None, place: str | None, profile: Profile, everything: str
) -> str:
    if column is None:
        return "null::varchar"
    if column.always is not None:
        return _text(column.always)
    if column.from_content:
        # No number of its own: known by what it says, and by which of its likes it is.
        said = f"md5(to_json([{everything}])::varchar)"
        return (
            f"'{profile.name}-' || left({said}, 12) || '-' ||"
            f" row_number() over (partition by {said} order by row)"
        )
    missing = ", ".join(_text(word.casefold()) for word in profile.missing if word)
    cell = f"nullif(trim({place}), '')"
    if missing:
        cell = f"case when lower({cell}) in ({missing}) then null else {cell} end"
    if column.split is not None:
        parts = f"string_split({cell}, {_text(column.split)})"
        each = _worded("trim(part)", column)
        return f"array_to_string(list_transform({parts}, lambda part: {each}), ';')"
    return _worded(f"({cell})", column)


def _worded(cell: str, column: Column) -> str:
    if not column.values:
        return cell
    words = " ".join(
        f"when {_text(sent)} then {_text(ours)}" for sent, ours in column.values.items()
    )
    return f"case lower({cell}) {words} else {cell} end"


def _refuse_dates_the_other_way_round(
    room: duckdb.DuckDBPyConnection, profile: Profile, source: Source
) -> None:
    """A whole column that only makes sense with day and month swapped stops the file."""
    other = OTHER_WAY_ROUND.get(profile.dates)
    if other is None:
        return
    headings = {column.name: column.heading for column in profile.columns}
    for column in source.columns:
        if headings.get(column.name) is None or not column.wanted.startswith(
            ("a date", "a UK time")
        ):
            continue
        found = room.execute(
            f"""
            select
                count(*) filter (as_date("{column.name}") is null),
                count(*) filter (try_strptime("{column.name}", ?) is null),
                count(*),
                min("{column.name}") filter (as_date("{column.name}") is null)
            from sent
            where regexp_full_match("{column.name}", getvariable('date_shape'))
            """,
            [FORMATS[other][1]],
        ).fetchone()
        if found and found[0] >= 2 and found[1] == 0:
            raise FileRefused(
                f"column {headings[column.name]}: {found[0]} of {found[2]} dates cannot be"
                f" {profile.dates} (such as {found[3]}) and all of them can be {other}, so"
                " day and month stand the other way round. Nothing was loaded: the rest"
                " would have been read wrongly. Export the file with dates as"
                f" {profile.dates}, or use a profile that says {other}."
            )


def _findings(profile: Profile, source: Source, home: str | None) -> str:
    """One row a finding, from four questions: enough cells, needed, readable, sensible."""
    headings = {c.name: c.heading or c.name for c in profile.columns}
    parts = [
        """
        select row, '' as column_name, cells::varchar as value, 'refused' as severity,
            getvariable('width') || ' cells, as the headings have' as wanted
        from sent where cells <> getvariable('width')
        """
    ]
    for column in source.columns:
        name = column.name
        if column.is_needed:
            parts.append(
                f"""
                select row, {_text(name)}, null, 'refused', {_text(column.wanted)}
                from sent where "{name}" is null and cells = getvariable('width')
                """
            )
        wanted = column.wanted
        if wanted in ("a date", "a UK time"):
            wanted += f" as {profile.dates}" + (" HH:MM" if wanted == "a UK time" else "")
        parts.append(
            f"""
            select sent.row, {_text(name)}, sent."{name}", 'refused', {_text(wanted)}
            from sent inner join judged on judged.row = sent.row
            where sent."{name}" is not null and judged."{name}" is null
                and sent.cells = getvariable('width')
            """
        )
        parts.append(
            # A spreadsheet runs a cell that starts so; here it is text and stays text.
            f"""
            select row, {_text(name)}, "{name}", 'warned', 'text that is no formula'
            from sent where regexp_matches("{name}", '^[=@]|^[+-][^0-9]')
            """
        )
    if home is not None:
        parts.append(
            f"""
            select row, 'home', "home", 'refused', {_text(f"a row of {home}")}
            from sent where fold("home") <> fold({_text(home)})
            """
        )
    parts.append(
        """
        select found.row, finding.column_name,
            json_extract_string(to_json(sent), '$."' || finding.column_name || '"'),
            finding.severity, finding.wanted
        from (select row, unnest(findings) as finding from judged) as found
        inner join sent on sent.row = found.row
        where finding is not null and sent.cells = getvariable('width')
        """
    )
    named = " ".join(f"when {_text(n)} then {_text(h)}" for n, h in headings.items())
    return f"""
        create table finding as
        select row, column_name, value, severity, wanted,
            case column_name {named} else column_name end as heading
        from ({" union all ".join(parts)})
    """


def _keyed(source: Source) -> str:
    key = ", ".join(f'fold(judged."{name}"::varchar)' for name in source.key)
    readable = " and ".join(f'judged."{name}" is not null' for name in source.key)
    likes = f"row_number() over (partition by {key} order by judged.row)"
    numbered = f" || '#' || {likes}" if source.repeats else ""
    cells = ", ".join(f'judged."{column.name}"' for column in source.columns)
    return f"""
        create table keyed as
        select
            judged.* exclude (findings),
            case
                when {readable} and sent.cells = getvariable('width')
                    then concat_ws('|', {key}){numbered}
            end as row_key,
            md5(to_json([{", ".join(f"({c})::varchar" for c in cells.split(", "))}])) as row_hash
        from judged
        inner join sent on sent.row = judged.row
    """


def _repeats(source: Source) -> str:
    """The same row again changes nothing; another row under the same key is refused."""
    key = " and ".join(source.key)
    return f"""
        create table repeated as
        select keyed.row, keyed.row_key, first.row as first_row,
            keyed.row_hash = first.row_hash as is_same
        from keyed
        inner join (
            select row_key, arg_min(row, row) as row, arg_min(row_hash, row) as row_hash
            from keyed
            where row_key is not null
                and row not in (select row from finding where severity = 'refused')
            group by row_key
        ) as first on first.row_key = keyed.row_key and first.row < keyed.row
        where keyed.row not in (select row from finding where severity = 'refused');

        insert into finding
        select row, {_text(source.key[0])}, row_key, 'refused',
            'one row for each {key}; row ' || first_row || ' has given another already',
            {_text(source.key[0])}
        from repeated
        where not is_same;
    """


def _leave(room: duckdb.DuckDBPyConnection, out: Path) -> Checked:
    room.execute(
        f"""
        create table refused as select distinct row from finding where severity = 'refused';

        copy (
            select keyed.*, refused.row is not null as is_held
            from keyed
            left join refused on refused.row = keyed.row
            where keyed.row_key is not null
                and keyed.row not in (select row from repeated where is_same)
            order by keyed.row
        ) to {_text(str(rows_of(out)))} (format parquet);

        copy (
            select row, heading as column_name, value, severity,
                case when heading = '' then '' else heading || ': ' end
                || 'wanted ' || wanted || '; got '
                || coalesce('"' || left(value, 60) || '"', 'nothing') || '.' as reason
            from finding
            where severity = 'refused'
                or row not in (select row from repeated where is_same)
            order by row, severity, heading
        ) to {_text(str(findings_of(out)))} (format parquet)
        """
    )
    counted = room.execute(
        f"""
        select
            (select count(*) from sent),
            (select count(*) from refused),
            (select count(*) from repeated where is_same),
            (select count(*) from keyed where row_key is null),
            (
                select greatest({", ".join(_days(room)) or "null"})
                from keyed where row not in (select row from refused)
            )
        """
    ).fetchone()
    assert counted is not None
    sha256 = hashlib.sha256()
    for path in (rows_of(out), findings_of(out)):
        sha256.update(path.read_bytes())
    return Checked(*counted, out=out, sha256=sha256.hexdigest())


def _days(room: duckdb.DuckDBPyConnection) -> list[str]:
    shape = room.execute("describe keyed").fetchall()
    days = [f'max("{row[0]}")' for row in shape if row[1] == "DATE"]
    times = [
        f'max(uk_day("{row[0]}"))' for row in shape if row[1] == "TIMESTAMP WITH TIME ZONE"
    ]
    return [*days, *times, "null::date"]


def rows_of(out: Path) -> Path:
    """The checked rows of an arrival."""
    return out.with_name(out.name + ".rows.parquet")


def findings_of(out: Path) -> Path:
    """What was found about the rows of an arrival."""
    return out.with_name(out.name + ".findings.parquet")


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
