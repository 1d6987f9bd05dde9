"""A sender's row -> the same row in a kind's own columns, still as text."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from oversight.reading_room.excel_cells import CellFault, Mixture, Typed, as_wanted
from oversight.reading_room.findings import DATE, TIME
from oversight.reading_room.mapping import AS_INSTANT, UTC, place, place_of
from oversight.reading_room.profiles import Column, Profile, says_utc
from oversight.reading_room.readers import FileRefused, Row, Sheet
from oversight.reading_room.recognition import Recognised
from oversight.sources import SourceColumn

HEADINGS_AGAIN = "the headings once more"
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
    mixtures = _mixtures(recognised)
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
            for at, mixture in mixtures.items():
                mixture.see(row.cells[at])
            try:
                yield row.number, tuple(read(row) for read in readers)
            except CellFault as fault:
                yield Misshapen(row.number, fault.wanted, fault.got)
    for mixture in mixtures.values():
        if mixture.is_damaged:
            raise FileRefused(mixture.refusal(sheet.name))


def _mixtures(recognised: Recognised) -> dict[int, Mixture]:
    """The columns of days, by their place."""
    headings = recognised.heading_row.cells
    days = {c.name for c in recognised.source.columns if c.wanted in (DATE, TIME)}
    places = {
        c.heading: place(c, headings)
        for c in recognised.profile.columns
        if c.name in days and c.heading
    }
    return {at: Mixture(name) for name, at in places.items() if at is not None}


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
    at = place(column, headings)
    if column is None or at is None:
        return lambda row: None
    is_utc = wanted.wanted == TIME and says_utc(headings[at])
    places = [at, place_of(column.instead, headings)]
    clean = _cleaner(profile.missing)

    def read_cell(row: Row) -> str | None:
        found = (
            _one_of_many(
                clean(_text(row.cells[p], wanted, headings[p], profile)), column
            )
            for p in places
            if p is not None
        )
        cell = next((cell for cell in map(clean, found) if cell is not None), None)
        if cell is None:
            return None
        cell = _taken(cell, column)
        parts = cell.split(column.split) if column.split else [cell]
        said = ";".join(_in_our_words(part.strip(), column) for part in parts)
        return said + (UTC if is_utc else "") if said else None

    return read_cell


def _text(cell: str, wanted: SourceColumn, heading: str, profile: Profile) -> str:
    if isinstance(cell, Typed):
        return as_wanted(cell, wanted, heading, profile)
    return cell


def _cleaner(missing: tuple[str, ...]) -> Callable[[str | None], str | None]:
    nothing = {word.casefold() for word in missing} | {""}

    def clean(cell: str | None) -> str | None:
        cell = (cell or "").strip()
        return None if cell.casefold() in nothing else cell

    return clean


def _one_of_many(cell: str | None, column: Column) -> str | None:
    """What stands under a key of a cell that holds JSON."""
    if column.key is None or cell is None:
        return cell
    try:
        found = json.loads(cell, parse_float=str, parse_int=str)[column.key]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if isinstance(found, str) or found is None:
        return found
    return json.dumps(found, separators=(",", ":"), ensure_ascii=False)


def _taken(cell: str, column: Column) -> str:
    if column.take and (found := re.search(column.take, cell)) and found[1]:
        cell = found[1]
    if column.time:
        with suppress(ValueError):
            at = datetime.strptime(cell, column.time)  # noqa: DTZ007 - its zone is UTC
            return at.strftime(AS_INSTANT)
    return cell


def _in_our_words(cell: str, column: Column) -> str:
    if not column.values:
        return cell
    return column.values.get(cell.casefold(), column.other or cell)


def _reference(profile: Profile, headings: tuple[str, ...]) -> Reader:
    """For rows with no number: known by what they say, and by which of their likes."""
    used = [place(column, headings) for column in profile.columns]
    places = [at for at in used if at is not None]
    seen: Counter[str] = Counter()

    def read(row: Row) -> str:
        said = json.dumps([row.cells[at].strip() for at in places], ensure_ascii=False)
        short = hashlib.sha256(said.encode()).hexdigest()[:12]
        seen[short] += 1
        return f"{profile.name}-{short}-{seen[short]}"

    return read
