"""A file as sent -> a sheet: a heading row and numbered rows of cells, or why not."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A line this long is never a row of a register; reading on would only eat memory.
LONGEST_LINE = 1_000_000
# Title rows may stand above the headings (the ASC-WDS Excel report has two).
HEADINGS_WITHIN = 20
DELIMITERS = ",;\t|"
CHUNK = 1 << 20


class FileRefused(Exception):
    """The whole file is refused; the sentence says what was wanted, what came, what next."""


@dataclass(frozen=True)
class Row:
    """One row: its number as a person counts it (the first line is 1), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A file that can be read: how it is written, and its first rows to recognise it by."""

    path: Path
    encoding: str
    delimiter: str
    top: tuple[Row, ...]

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank, in the file's order."""
        return _rows(self.path, self.encoding, self.delimiter)


def read_sheet(path: Path, name: str) -> Sheet:
    """Finds out how a CSV file is written; `name` is what the sender calls it."""
    encoding = _encoding(path, name)
    delimiter = _delimiter(path, encoding)
    top = []
    for row in _rows(path, encoding, delimiter):
        if row.number > HEADINGS_WITHIN:
            break
        top.append(row)
    if not top:
        raise FileRefused(
            f"{name} is empty: wanted a row of headings and rows below it. Export it"
            " again, and open it once to see that it holds something."
        )
    return Sheet(path, encoding, delimiter, tuple(top))


def _encoding(path: Path, name: str) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _check_lines(path, name, "utf-16")
        return "utf-16"
    if start.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise FileRefused(
            f"{name} is not a CSV file: it is a workbook, a document or an archive."
            " Open it, and save the sheet as CSV."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            _check_lines(path, name, encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    raise FileRefused(
        f"{name} is not text: wanted a CSV file in UTF-8, UTF-16 or Windows-1252."
        " Export it again as CSV."
    )


def _check_lines(path: Path, name: str, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, length = 1, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            if "\0" in text:
                raise FileRefused(
                    f"{name} is not a text file: it holds binary data. Wanted a CSV file;"
                    " export it again as CSV."
                )
            lines = text.split("\n")
            length += len(lines[0])
            for following in lines[1:]:
                _check_length(name, line, length)
                line, length = line + 1, len(following)
            _check_length(name, line, length)
    decoder.decode(b"", final=True)


def _check_length(name: str, line: int, length: int) -> None:
    if length > LONGEST_LINE:
        raise FileRefused(
            f"{name}, line {line} is longer than {LONGEST_LINE:,} characters: that is no"
            " row of a register. Export it again with one record a line."
        )


def _delimiter(path: Path, encoding: str) -> str:
    """The delimiter that gives the most cells in the widest of the first rows."""

    def width(delimiter: str) -> int:
        widest = 0
        try:
            for row in _rows(path, encoding, delimiter):
                if row.number > HEADINGS_WITHIN:
                    break
                widest = max(widest, len(row.cells))
        except FileRefused:
            return 0
        return widest

    return max(DELIMITERS, key=width)


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):  # noqa: B007
                if any(cell.strip() for cell in cells):
                    yield Row(number, tuple(cells))
        except csv.Error as fault:
            raise FileRefused(
                f"{path.name}, row {number + 1} (line {reader.line_num}) cannot be read:"
                f" {fault}. Most often a quotation mark is opened and not closed. Mend"
                " that row or export the file again; nothing of it was loaded."
            ) from None
