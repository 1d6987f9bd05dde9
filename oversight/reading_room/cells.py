"""A sender's row -> the same row in a kind's own columns, still as text."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from oversight.reading_room.profiles import Column, Profile, fold, says_utc
from oversight.reading_room.readers import Row, Sheet
from oversight.reading_room.recognition import Recognised
from oversight.sources import SourceColumn

HEADINGS_AGAIN = "the headings once more"
UTC = "Z"  # how a cell says to the kind's SQL that its time is UTC
Cells = tuple[str | None, ...]
Reader = Callable[[Row], str | None]


@dataclass(frozen=True)
class Misshapen:
    """A row that cannot be read at all: what was wanted of it, and what came."""

    row: int
    wanted: str
    got: str


def read_rows(
    sheet: Sheet, recognised: Recognised, home: str | None
) -> Iterator[tuple[int, Cells] | Misshapen]:
    """The rows below the headings: their number, and cells in the order of the source.

    What is mapped to nothing gets no further than here. home: fills a blank home.
    """
    headings = recognised.heading_row
    readers = _readers(recognised, home)
    width = _width(headings)
    for row in sheet.rows():
        if row.number <= headings.number:
            continue
        if row.cells == headings.cells:
            yield Misshapen(row.number, "a record", HEADINGS_AGAIN)
        elif _width(row) > len(headings.cells) or len(row.cells) < width:
            came = max(_width(row), min(len(row.cells), width))
            wanted = f"{width} cells, as the headings have"
            yield Misshapen(row.number, wanted, f"{came} cells")
        else:
            yield row.number, tuple(read(row) for read in readers)


def _width(row: Row) -> int:
    # Up to the last cell that is not empty: spreadsheets add empty ones at the end.
    return max((at for at, cell in enumerate(row.cells, 1) if cell.strip()), default=0)


def _readers(recognised: Recognised, home: str | None) -> list[Reader]:
    profile, headings = recognised.profile, recognised.heading_row.cells
    by_name = {column.name: column for column in profile.columns}
    readers = []
    for wanted in recognised.source.columns:
        reader = _reader(by_name.get(wanted.name), wanted, profile, headings)
        is_home = wanted.name == "home" and home is not None
        readers.append(_or(reader, home) if is_home else reader)
    return readers


def _or(reader: Reader, instead: str | None) -> Reader:
    return lambda row: reader(row) or instead


def _reader(
    column: Column | None,
    wanted: SourceColumn,
    profile: Profile,
    headings: tuple[str, ...],
) -> Reader:
    if column is not None and column.always is not None:
        return lambda row: column.always
    if column is not None and column.from_content:
        return _reference(profile, headings)
    at = _place(column, headings)
    if column is None or at is None:
        return lambda row: None
    is_utc = wanted.wanted == "a UK time" and says_utc(headings[at])
    return _cell_reader(column, at, profile.missing, UTC if is_utc else "")


def _cell_reader(column: Column, at: int, missing: tuple[str, ...], end: str) -> Reader:
    nothing = {word.casefold() for word in missing} | {""}

    def read(row: Row) -> str | None:
        cell = row.cells[at].strip()
        if cell.casefold() in nothing:
            return None
        parts = cell.split(column.split) if column.split else [cell]
        return ";".join(_in_our_words(part.strip(), column) for part in parts) + end

    return read


def _in_our_words(cell: str, column: Column) -> str:
    return column.values.get(cell.casefold(), cell) if column.values else cell


def _place(column: Column | None, headings: tuple[str, ...]) -> int | None:
    folded = [fold(cell) for cell in headings]
    if column is None or column.heading is None or fold(column.heading) not in folded:
        return None
    return folded.index(fold(column.heading))


def _reference(profile: Profile, headings: tuple[str, ...]) -> Reader:
    """For rows with no number: known by what they say, and by which of their likes."""
    used = [_place(column, headings) for column in profile.columns]
    places = [at for at in used if at is not None]
    seen: Counter[str] = Counter()

    def read(row: Row) -> str:
        said = json.dumps([row.cells[at].strip() for at in places], ensure_ascii=False)
        short = hashlib.sha256(said.encode()).hexdigest()[:12]
        seen[short] += 1
        return f"{profile.name}-{short}-{seen[short]}"

    return read
