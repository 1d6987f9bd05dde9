"""A plain CSV file in pieces, each a table of text: the fast road into the room.

What is not plain is Irregular, and the whole file takes the slow road, whose sentences
say what is wrong with it. Nothing is wrong with most irregular files: a quotation mark
in the middle of a cell is enough.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from oversight.reading_room import progress
from oversight.reading_room.mapping import SPACES, place
from oversight.reading_room.readers import LONGEST_CELL, Row, Sheet
from oversight.reading_room.recognition import Recognised

PIECE = 16 << 20  # bytes; what is made of one piece takes some ten times its size
WINDOW = LONGEST_CELL // 2  # with an end of line in each, no line is too long
WIDE_SPACES = [space.encode() for space in SPACES if not space.isascii()]
NARROW_SPACES = [space.encode() for space in SPACES if space not in " \r\n"]
NARROW_SPACES = [space for space in NARROW_SPACES if len(space) == 1]


class Irregular(Exception):
    """Not plain enough for the fast road; it says nothing against the file."""


@dataclass(frozen=True)
class Piece:
    """Some rows in a row: their number (row) and the cells that are read (c0, c1 …).

    stray: the spaces there may be about a cell. sql: of documents, which have row and
    text: what makes cells of them; marks and versions: as their format has them.
    """

    table: pa.Table
    stray: str
    sql: str = ""
    marks: tuple[tuple[str, str | None], ...] = ()
    versions: tuple[str, ...] = ()


def used_places(recognised: Recognised) -> list[int]:
    """The places of the columns that are read; of the others no cell is taken in."""
    headings = recognised.heading_row.cells
    places = {place(column, headings) for column in recognised.profile.columns}
    return sorted(at for at in places if at is not None)


def csv_pieces(sheet: Sheet, headings: Row, used: list[int]) -> Iterator[Piece]:
    """The rows below the headings; used: the places of the columns that are read."""
    if sheet.encoding != "utf-8-sig" or not used:
        raise Irregular
    delimiter = sheet.delimiter.encode()
    with sheet.path.open("rb") as file:
        _skip_headings(file, sheet, headings)
        number = headings.number
        size = sheet.path.stat().st_size
        for block in _blocks(file, delimiter):
            table = _table(block, sheet.delimiter, len(headings.cells), used, number)
            progress.tell(share=file.tell() / size)
            yield Piece(table, _stray(block, delimiter, table))
            number += table.num_rows


def _skip_headings(file: io.BufferedReader, sheet: Sheet, headings: Row) -> None:
    lines = [file.readline() for _ in range(headings.number)]
    try:
        last = lines[-1].decode("utf-8-sig")
        cells = next(csv.reader([last], delimiter=sheet.delimiter, strict=True))
    except (UnicodeError, csv.Error, StopIteration):
        raise Irregular from None
    # With a line end inside a cell above, lines and rows are not counted alike.
    if tuple(cells) != headings.cells or any(b"\r" in x.rstrip(b"\r\n") for x in lines):
        raise Irregular


def _blocks(file: io.BufferedReader, delimiter: bytes) -> Iterator[bytes]:
    """The rest of a file, divided where a row ends."""
    left = b""
    while chunk := file.read(PIECE):
        block = left + chunk
        end = _end_of_rows(block)
        if end == 0 and len(block) > 2 * PIECE:
            raise Irregular
        left = block[end:]
        if end:
            yield _checked(block[:end], delimiter)
    if left:
        yield _checked(left, delimiter)


def _end_of_rows(block: bytes) -> int:
    # A line end is the end of a row where no quotation mark is open before it.
    end = block.rfind(b"\n") + 1
    if b'"' not in block:
        return end
    open_marks = block.count(b'"', 0, end) % 2
    while end and open_marks:
        before = block.rfind(b"\n", 0, end - 1) + 1
        open_marks = (open_marks + block.count(b'"', before, end)) % 2
        end = before
    return end


def _checked(block: bytes, delimiter: bytes) -> bytes:
    if block.count(b"\r") != block.count(b"\r\n"):
        raise Irregular
    if b'"' in block and b'"' in _quoted(delimiter).sub(b"", b"\n" + block + b"\n"):
        raise Irregular  # a quotation mark that two readers may take differently
    for at in range(0, len(block) - WINDOW, WINDOW):
        if block.find(b"\n", at, at + WINDOW) < 0:
            raise Irregular
    return block


@cache
def _quoted(delimiter: bytes) -> re.Pattern[bytes]:
    """A cell in quotation marks, as it should be."""
    edge = rb"[%s\r\n]" % re.escape(delimiter)
    return re.compile(rb'(?<=%s)"[^"]*+(?:""[^"]*+)*+"(?=%s)' % (edge, edge))


def _table(
    block: bytes, delimiter: str, width: int, used: list[int], number: int
) -> pa.Table:
    names = [f"c{at}" for at in range(width)]
    is_quoted = b'"' in block
    read = names if is_quoted else [names[at] for at in used]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            arrow_csv.ReadOptions(column_names=names, block_size=8 << 20),
            arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=is_quoted,
                ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=read,
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        raise Irregular from None
    if is_quoted and any(
        (pc.max(pc.binary_length(cells)).as_py() or 0) > LONGEST_CELL
        for cells in table.columns
    ):
        raise Irregular
    numbers = pa.array(range(number + 1, number + 1 + table.num_rows), pa.int64())
    return table.add_column(0, "row", numbers)


def _stray(block: bytes, delimiter: bytes, table: pa.Table) -> str:
    """The spaces that may stand about a cell of a piece."""
    if any(space in block for space in NARROW_SPACES if space != delimiter):
        return SPACES
    if not block.isascii() and any(space in block for space in WIDE_SPACES):
        return SPACES
    if block.count(b"\n") + (not block.endswith(b"\n")) != table.num_rows:
        return SPACES  # line ends inside cells
    edges = (pc.starts_with, pc.ends_with)
    is_blank = (
        pc.any(edge(cells, " ")).as_py()
        for cells in table.columns[1:]
        for edge in edges
    )
    return " " if any(is_blank) else ""
