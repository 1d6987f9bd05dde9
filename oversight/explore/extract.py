"""What the SQL box is handed of a kind: an extract that names nobody, as Parquet.

Free text is left out. Staff stand by the pseudonym they have on every page, residents
by another; what looks like a number, a telephone or an address of a person is masked in
every word. It is made within the reader's scope, day and knowledge, and kept in memory
alone, so that nothing lies on a disk which a key is to protect.
"""

import io
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from oversight import disclosure, pseudonyms, roles
from oversight.disclosure import Mask
from oversight.explore.columns import Column, Sort, columns_of
from oversight.reader import Reader
from oversight.sources import all_sources
from oversight.store import last_moment

MOST: Final = 200_000  # rows of a kind; of a longer log the newest
BATCH: Final = 20_000
KEPT: Final = 12  # extracts in memory
RESIDENT: Final = "resident-"


@dataclass(frozen=True)
class Told:
    """A column of an extract: its name, what it holds, what it means."""

    name: str
    holds: str
    meaning: str


def schema(kind: str) -> list[Told]:
    """The columns that the extract of a kind has."""
    return [
        Told(column.name, _holds(column), column.source.meaning)
        for column in _columns(kind)
    ]


def is_empty(reader: Reader) -> bool:
    """Whether nothing has come in that could be asked about."""
    with reader.reading() as cursor:
        return not cursor.execute("select 1 from arrival limit 1").fetchall()


def parquet_of(reader: Reader, kind: str) -> bytes:
    """The extract of a kind as this reader may have it."""
    roles.check_may_ask_in_sql(reader.person.role)
    with reader.reading() as cursor:
        number = last_moment(cursor)[0]
    key = (id(reader.store), number, reader.known, reader.as_of, reader.scope, kind)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _made(reader, kind)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


_lock = Lock()
_kept: OrderedDict[object, bytes] = OrderedDict()


def _columns(kind: str) -> list[Column]:
    return [one for one in columns_of(kind).values() if one.sort is not Sort.TEXT]


def _holds(column: Column) -> str:
    if column.source.is_person:
        return "a pseudonym"
    if _is_resident(column):
        return "a pseudonym of a resident"
    return column.source.wanted


def _is_resident(column: Column) -> bool:
    return "resident" in column.name and column.sort in (Sort.WORD, Sort.SEVERAL)


def _made(reader: Reader, kind: str) -> bytes:
    columns = _columns(kind)
    names = ", ".join(f'"{one.name}"' for one in columns)
    source = all_sources()[kind]
    newest = f"{source.happened_day} desc nulls last," if source.happened else ""
    mask = pseudonyms.mask_of(reader.store)
    out = io.BytesIO()
    with reader.reading() as cursor:
        cursor.execute(
            f"""
            select {names} from known_{kind}(?::date)
            order by {newest} arrival desc, row
            limit {MOST}
            """,
            [reader.as_of],
        )
        batches = cursor.to_arrow_reader(BATCH)
        writer: pq.ParquetWriter | None = None
        for batch in batches:
            table = _masked(pa.Table.from_batches([batch]), columns, mask)
            if writer is None:
                writer = pq.ParquetWriter(out, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is None:
            empty = _masked(batches.schema.empty_table(), columns, mask)
            writer = pq.ParquetWriter(out, empty.schema, compression="zstd")
        writer.close()
    return out.getvalue()


def _masked(table: Any, columns: list[Column], mask: Mask) -> Any:
    made = {}
    for at, column in enumerate(columns):
        values = table.column(at)
        say = _say(column, mask)
        if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
            said = {one: say(one) for one in values.unique().to_pylist() if one}
            made[column.name] = pa.array(
                [said.get(one, one) for one in values.to_pylist()], pa.string()
            )
        elif pa.types.is_list(values.type):
            made[column.name] = pa.array(
                [
                    None if several is None else [say(one) for one in several]
                    for several in values.to_pylist()
                ],
                pa.list_(pa.string()),
            )
        else:
            made[column.name] = values
    return pa.table(made)


def _say(column: Column, mask: Mask) -> Callable[[str], str]:
    """How a word of a column is told."""
    if column.source.is_person:
        return mask.person
    if _is_resident(column):
        return lambda said: (
            RESIDENT
            + mask.person(f"resident {said}").removeprefix(disclosure.PSEUDONYM)
        )
    return lambda said: mask.reference(disclosure.masked(said))
