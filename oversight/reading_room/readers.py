"""A file as sent -> sheets: numbered rows of cells, one for each way to divide it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from oversight.reading_room import progress

# A line this long is never a row of a register; reading on would only eat memory.
LONGEST_LINE = 1_000_000
# A spreadsheet holds at most 32,767 characters a cell; this is what `csv` allows.
LONGEST_CELL = 131_072
# Title rows may stand above the headings (the ASC-WDS Excel report has two).
HEADINGS_WITHIN = 20
DELIMITERS = ",;\t|"
CHUNK = 1 << 20
TOLD_EVERY = 10_000  # rows, of how far it is
LINE_END = re.compile(r"\r\n|\r|\n")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NO_TEXT = (b"PK\x05\x06", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
# What `csv` says, and what is meant.
FAULTS = {
    "unexpected end of data": "a quotation mark is opened there and never closed",
    "expected after": "a quotation mark stands in the middle of a quoted cell",
    "field larger than": (
        f"it has a cell of more than {LONGEST_CELL:,} characters; most often a"
        " quotation mark is opened there and never closed"
    ),
}


class FileRefused(Exception):
    """The whole file is refused: what was wanted, what came, what to do next."""


@dataclass(frozen=True)
class Row:
    """One row: its number as a person counts it (the first is 1), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A file read with one delimiter; its first rows are what it is recognised by."""

    path: Path
    name: str  # what the sender calls it; the path is that of our own copy
    encoding: str
    delimiter: str
    top: tuple[Row, ...]
    fault: FileRefused | None  # why the top ends early

    @property
    def width(self) -> int:
        """The most cells in any of the first rows."""
        return max((len(row.cells) for row in self.top), default=0)

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank, in order; FileRefused at the first bad one."""
        return _rows(self.path, self.name, self.encoding, self.delimiter)


def read_sheets(path: Path, name: str) -> list[Sheet]:
    """The sheets a CSV file may be, the widest first; the sender calls it `name`.

    What divides the cells is found out later, by the headings: a cell of text may hold
    more semicolons than its row has commas.
    """
    encoding = _encoding(path, name)
    sheets = [_sheet(path, name, encoding, delimiter) for delimiter in DELIMITERS]
    if any(not sheet.top and not sheet.fault for sheet in sheets):
        raise FileRefused(
            f"{name} is empty: wanted a row of headings and rows below it. Export it"
            " again, and open it once to see that it holds something."
        )
    return sorted(sheets, key=lambda sheet: sheet.width, reverse=True)


def _sheet(path: Path, name: str, encoding: str, delimiter: str) -> Sheet:
    top, fault = [], None
    rows = _rows(path, name, encoding, delimiter)
    try:
        for row in takewhile(lambda row: row.number <= HEADINGS_WITHIN, rows):
            top.append(row)  # noqa: PERF402 - what came before a fault is kept
    except FileRefused as refusal:
        fault = refusal
    return Sheet(path, name, encoding, delimiter, tuple(top), fault)


def _encoding(path: Path, name: str) -> str:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(NO_TEXT):
        raise FileRefused(
            f"{name} is not a table, whatever its name says: it is a document, a"
            " picture or an archive. Open it, and save the table as CSV."
        )
    likely = ("utf-16",) if start.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in likely:
        try:
            check_lines(path, name, encoding)
            return encoding
        except UnicodeError:
            continue
    raise FileRefused(
        f"{name} is not text: wanted a CSV file in UTF-8, UTF-16 or Windows-1252, and"
        " some of its characters are in none of them. Export it again as CSV UTF-8."
    )


def check_lines(path: Path, name: str, encoding: str) -> None:
    """Reads a file a megabyte at a time: is it text, in lines of a fit length?"""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, length = 1, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            if _is_plain(text, length):
                line += text.count("\n") + text.count("\r") - text.count("\r\n")
                length = len(text) - text.rfind("\n") - 1
                continue
            for at, part in enumerate(LINE_END.split(text)):
                if at:
                    line, length = line + 1, 0
                length += len(part)
                _check_line(name, line, length, part)
    decoder.decode(b"", final=True)


def _is_plain(text: str, length: int) -> bool:
    """Whether a glance is enough: no NUL, and a line end in every stretch.

    length: of the line that the text goes on with.
    """
    half = LONGEST_LINE // 2
    starts = range(0, len(text), half)
    return (
        "\0" not in text
        and length < half
        and all(text.find("\n", at, at + half) >= 0 for at in starts)
    )


def _check_line(name: str, line: int, length: int, part: str) -> None:
    if "\0" in part:
        raise FileRefused(
            f"{name}, line {line} holds a NUL character: it is a binary file, or"
            " Unicode text with nothing to say so. Wanted text; save it as CSV UTF-8."
        )
    if length > LONGEST_LINE:
        raise FileRefused(
            f"{name}, line {line} is longer than {LONGEST_LINE:,} characters: that is"
            " no row of a register. Export it again with one record a line."
        )


def _rows(path: Path, name: str, encoding: str, delimiter: str) -> Iterator[Row]:
    with (
        path.open("rb") as raw,
        io.TextIOWrapper(raw, encoding, newline="") as file,
    ):
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        size = max(path.stat().st_size, 1)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if number % TOLD_EVERY == 0:
                    progress.tell(share=raw.tell() / size)
                if any(cell.strip() for cell in cells):
                    yield Row(number, tuple(cells))
        except csv.Error as fault:
            raise FileRefused(
                f"{name}, row {number + 1} cannot be read: {_meant(fault)}. Nothing was"
                " loaded, because what follows it cannot be told apart. Mend that row,"
                " or export the file again."
            ) from None


def _meant(fault: csv.Error) -> str:
    said = str(fault)
    return next((words for part, words in FAULTS.items() if part in said), said)
