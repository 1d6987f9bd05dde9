"""The fast road through the room: a log judged a piece at a time, in bounded memory.

What leaves is what the slow road would leave. Each row of a log is judged alone; only
whether an event is told twice needs the whole file, and is asked of hashes at the end.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from oversight.reading_room import date_forms, progress
from oversight.reading_room.findings import (
    add_repeats,
    may_be_found,
    refuse_other_homes,
    select_findings,
    select_keyed,
    text,
)
from oversight.reading_room.leaving import (
    Checked,
    kept_sha256,
    leave_findings,
    newest_of,
    rows_of,
)
from oversight.reading_room.mapping import sent_sql
from oversight.reading_room.pieces import Irregular, Piece
from oversight.reading_room.readers import FileRefused
from oversight.reading_room.recognition import Recognised
from oversight.sources import Source
from oversight.store import Cursor
from oversight.store.connecting import parquet, parquet_options

NONE_FOUND = """
create or replace temp table {table} (
    row bigint, heading varchar, value varchar, severity varchar, wanted varchar
)
"""


def check_pieces(
    room: Cursor,
    file_name: str,
    pieces: Iterable[Piece],
    recognised: Recognised,
    home_names: Sequence[str],
    out: Path,
) -> Checked:
    """Judges every piece, in order, and leaves its rows; then the events told twice.

    home_names: as `check` has them.
    """
    source, home = recognised.source, home_names[0] if home_names else None
    room.execute(NONE_FOUND.format(table="told"))
    read, unreadable = 0, 0
    newest: list[date] = []
    hashes: list[pa.Table] = []
    parts: list[Path] = []
    for piece in pieces:
        _judge(room, file_name, piece, recognised, home)
        date_forms.check_way_round(room, file_name, recognised.profile, source)
        _find(room, recognised, home_names)
        read += piece.table.num_rows
        parts.append(rows_of(out).with_suffix(f".{len(parts)}.part"))
        _leave_part(room, source, parts[-1])
        hashes.append(_hashes(room, source))
        day, lost = _counted(room)
        newest += [day] if day else []
        unreadable += lost
        progress.tell(rows=read)
    if not parts:
        raise Irregular
    progress.tell(progress.CHECKING)
    _join(room, parts, rows_of(out))
    room.execute("create or replace temp table finding as from told")
    repeated = _settle_repeats(room, recognised, hashes, out)
    if repeated:
        newest = _newest_left(room, out)
    leave_findings(room, out)
    refused = room.execute(
        "select count(distinct row) from finding where severity = 'refused'"
    ).fetchone()
    assert refused is not None
    return Checked(
        read,
        refused[0],
        repeated,
        unreadable,
        max(newest, default=None),
        out,
        kept_sha256(out),
    )


def _judge(
    room: Cursor,
    file_name: str,
    piece: Piece,
    recognised: Recognised,
    home: str | None,
) -> None:
    """Fills `sent`, `judged`, and `suspect`: the rows that there may be findings of."""
    source = recognised.source
    room.execute(
        "create or replace temp table misshapen"
        " (row bigint, wanted varchar, got varchar)"
    )
    if piece.sql:
        _read_documents(room, file_name, piece, recognised)
    else:
        room.register("raw", piece.table)
    sent = sent_sql(recognised, home, piece.stray)
    room.execute(f"create or replace temp table sent as {sent}")
    room.execute(f"create or replace temp table judged as {source.definition.sql}")
    room.execute(
        f"""
        create or replace temp table suspect as
        select sent.row, sent.row is distinct from judged.row as is_moved
        from sent
        positional join judged
        where sent.row is distinct from judged.row or {may_be_found(source)}
        """
    )
    if not piece.sql:
        _check_plain(room, piece, recognised)


def _read_documents(
    room: Cursor, file_name: str, piece: Piece, recognised: Recognised
) -> None:
    """Fills `raw` from documents, and `misshapen` with what is none of the format."""
    marks = " and ".join(
        f"json_extract_string(text, {text(key)}) = {text(value)}"
        if value is not None
        else f"json_exists(text, {text(key)})"
        for key, value in piece.marks
    )
    names = recognised.heading_row.cells
    cells = ", ".join(f'"{name}" as c{at}' for at, name in enumerate(names))
    room.register("line", piece.table)
    room.execute(
        f"""
        create or replace temp table document as
        select row, text as body
        from (select row, case when json_valid(text) then text end as text from line)
        where {marks};

        insert into misshapen
        select row, 'one JSON record of the format on each line', 'something else'
        from line
        anti join document on document.row = line.row;

        create or replace temp table read as {piece.sql}
        """
    )
    room.unregister("line")
    if piece.versions:
        versions = ", ".join(map(text, piece.versions))
        other = room.execute(
            f"select version, min(row) from read where version not in ({versions})"
            " group by version order by 2 limit 1"
        ).fetchall()
        if other:
            version, record = other[0]
            raise FileRefused(
                f"{file_name}, record {record} is of the version {version}: wanted"
                f" {' or '.join(piece.versions)}. Nothing was loaded. Have the system"
                " export one of those."
            )
    room.execute(f"create or replace temp view raw as select row, {cells} from read")


def _check_plain(room: Cursor, piece: Piece, recognised: Recognised) -> None:
    """Irregular where there are blank rows, or the headings once more."""
    headings = recognised.heading_row.cells
    names = [name for name in piece.table.column_names if name != "row"]
    blank = " and ".join(f"trim({name}) = ''" for name in names)
    again = " and ".join(f"{name} = {text(headings[int(name[1:])])}" for name in names)
    odd = room.execute(
        f"""
        select
            (select count(*) from suspect where is_moved)
            + (
                select count(*) from raw
                where (({blank}) or ({again})) and row in (select row from suspect)
            )
        """
    ).fetchall()
    room.unregister("raw")
    if odd[0][0]:
        raise Irregular


def _find(room: Cursor, recognised: Recognised, home_names: Sequence[str]) -> None:
    """Fills `finding` for this piece, and adds it to `told`."""
    profile, source = recognised.profile, recognised.source
    found = select_findings(profile, source, "row in (select row from suspect)")
    room.execute(NONE_FOUND.format(table="finding"))
    room.execute(f"insert into finding {found}")
    if home_names:
        refuse_other_homes(room, profile, home_names)
    room.execute(
        """
        insert into told from finding;
        create or replace temp table refused as
        select distinct row from finding where severity = 'refused'
        """
    )


def _leave_part(room: Cursor, source: Source, part: Path) -> None:
    """The rows of a piece that leave the room; of a refused one, only its key."""
    lost = select_keyed(source, "judged semi join refused on refused.row = judged.row")
    room.execute(
        f"create or replace temp table held as select row, row_key from ({lost})"
    )
    left = """
        select judged.* exclude (findings), null::varchar as row_key, '' as row_hash,
            false as is_held
        from judged
    """
    if room.execute("from refused limit 1").fetchall():  # mostly there is none
        left += """
            anti join refused on refused.row = judged.row
            union all by name
            select row, row_key, '' as row_hash, true as is_held
            from held
            where row_key is not null
            order by row
        """
    room.execute(f"copy ({left}) to {text(str(part))} ({parquet_options()})")


def _join(room: Cursor, parts: Sequence[Path], whole: Path) -> None:
    if len(parts) == 1:
        parts[0].rename(whole)
        return
    names = ", ".join(text(str(part)) for part in parts)
    room.execute(
        f"copy (from {parquet(f'[{names}]')})"
        f" to {text(str(whole))} ({parquet_options()})"
    )
    for part in parts:
        part.unlink()


def _hashes(room: Cursor, source: Source) -> pa.Table:
    """The row numbers of the rows that stand (row), and of each key a hash (hash)."""
    key = ", ".join(f'fold("{name}"::varchar)' for name in source.key)
    return room.sql(
        f"select row, hash({key}) as hash from judged"
        " anti join refused on refused.row = judged.row"
    ).to_arrow_table()


def _counted(room: Cursor) -> tuple[date | None, int]:
    """The newest day of the rows that stand; how many rows do not say what they are."""
    shape = dict(row[:2] for row in room.execute("describe judged").fetchall())
    return room.execute(
        f"""
        select
            (
                select {newest_of(shape)}
                from judged anti join refused on refused.row = judged.row
            ),
            (select count(*) from refused)
            - (select count(*) from held where row_key is not null)
        """
    ).fetchall()[0]


def _settle_repeats(
    room: Cursor,
    recognised: Recognised,
    hashes: Sequence[pa.Table],
    out: Path,
) -> int:
    """Takes out events told twice, refuses those told otherwise; how many were alike.

    Only rows whose hash another row has are looked at closely: mostly there are none.
    """
    told = pa.concat_tables(hashes)
    if pc.count_distinct(told["hash"]).as_py() == told.num_rows:
        return 0
    counted = pc.value_counts(told["hash"])
    twice = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
    profile, source = recognised.profile, recognised.source
    alike = told.filter(pc.is_in(told["hash"], twice)).select(["row"])
    room.register("alike", alike)
    first = text(str(rows_of(out)))
    room.execute(
        f"""
        create or replace temp table judged as
        select sent.* exclude (row_key, row_hash, is_held), null as findings
        from {parquet(first)} as sent
        semi join alike on alike.row = sent.row;

        create or replace temp table sent as
        select row, "{source.key[0]}"::varchar as "{source.key[0]}" from judged;

        create or replace temp table keyed as {select_keyed(source)};
        {add_repeats(profile, source)}
        """
    )
    room.unregister("alike")
    _write_again(room, source, out)
    same = room.execute("select count(*) from repeated where is_same").fetchall()
    return int(same[0][0])


def _write_again(room: Cursor, source: Source, out: Path) -> None:
    """The rows once more, without what was told twice."""
    before = rows_of(out).with_suffix(".before.parquet")
    rows_of(out).rename(before)
    rows = parquet(text(str(before)))
    described = room.execute(f"describe from {rows}")
    kept = ("row", "row_key", "row_hash", "is_held")
    cells = ", ".join(
        f'case when repeated.row is null then sent."{row[0]}" end as "{row[0]}"'
        for row in described.fetchall()
        if row[0] not in kept
    )
    room.execute(
        f"""
        copy (
            select sent.row, {cells},
                coalesce(sent.row_key, keyed.row_key) as row_key, sent.row_hash,
                sent.is_held or repeated.row is not null as is_held
            from {rows} as sent
            left join repeated on repeated.row = sent.row
            left join keyed on keyed.row = sent.row and repeated.row is not null
            where not coalesce(repeated.is_same, false)
            order by sent.row
        ) to {text(str(rows_of(out)))} ({parquet_options()})
        """
    )
    before.unlink()


def _newest_left(room: Cursor, out: Path) -> list[date]:
    rows = parquet(text(str(rows_of(out))))
    shape = dict(row[:2] for row in room.execute(f"describe from {rows}").fetchall())
    found = room.execute(f"select {newest_of(shape)} from {rows} where not is_held")
    return [row[0] for row in found.fetchall() if row[0] is not None]
