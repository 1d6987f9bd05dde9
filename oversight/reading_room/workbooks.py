"""An Excel workbook -> its sheets, each rows of cells as a person sees them.

Its parts are looked at before any is unpacked: what unpacks to more than a workbook of
records ever holds, or what holds what Excel never writes, is refused.
"""

import posixpath
import re
import warnings
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet._reader import WorkSheetParser

from oversight.reading_room.books import Workbook, WorkbookSheet
from oversight.reading_room.excel_cells import NumberFormats, shown
from oversight.reading_room.readers import (
    HEADINGS_WITHIN,
    FileRefused,
    Row,
)

LARGEST = 256 << 20  # bytes, all parts unpacked: some two million cells of text
LARGEST_IN_MEMORY = 64 << 20  # of a part that has to be held whole
MOST_PARTS = 2_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 1_024
MOST_MERGED = 1_000
CHUNK = 1 << 20
# A definition of entities, in any encoding: Excel writes none, and a few lines of them
# can unfold to gigabytes.
DEFINITION = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T|E\0?N\0?T\0?I)", re.IGNORECASE)
MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
SAVE_AS = "Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def why_no_workbook(path: Path) -> str | None:
    """What a file is that looks like a workbook and is none that is read here."""
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            file.seek(0)
            if any(ENCRYPTED in part for part in _overlapping(file)):
                return (
                    "is protected by a password, so nobody can read it here. Open it"
                    " with the password, remove that (File, Info, Protect Workbook),"
                    " and save it again"
                )
            return f"is of the old kind (.xls, or another of its time). {SAVE_AS}"
    if not zipfile.is_zipfile(path):
        return "is damaged: it begins like a workbook and ends early. Export it again"
    return None


def read_workbook(path: Path, name: str) -> Workbook:
    """The sheets of a workbook; FileRefused where it is another kind of file."""
    if (why := why_no_workbook(path)) is not None:
        raise FileRefused(f"{name} {why}. Nothing was loaded.")
    with _reading(name):
        with zipfile.ZipFile(path) as archive:
            _check_kind(archive, name)
            _check_parts(archive, name)
        return _sheets(path, name)


def _overlapping(file: Any) -> Iterator[bytes]:
    tail = b""
    while chunk := file.read(CHUNK):
        yield tail + chunk
        tail = chunk[-64:]


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """A damaged workbook breaks its reader in any way: one sentence for all of them."""
    try:
        yield
    except FileRefused:
        raise
    except Exception as fault:
        raise FileRefused(
            f"{name} is damaged or is no Excel workbook, whatever its name says"
            f" ({type(fault).__name__}). Nothing was loaded. {SAVE_AS}."
        ) from fault


def _check_kind(archive: zipfile.ZipFile, name: str) -> None:
    parts = set(archive.namelist())
    said = None
    if "mimetype" in parts or "content.xml" in parts:
        said = f"is an OpenDocument file (.ods). {SAVE_AS}"
    elif "xl/workbook.bin" in parts:
        said = f"is a binary workbook (.xlsb). {SAVE_AS}"
    elif "xl/vbaProject.bin" in parts:
        said = (
            "is a workbook with macros (.xlsm), which are programs: wanted one without."
            f" {SAVE_AS}"
        )
    elif not any(part.startswith("xl/") for part in parts):
        said = "is a document or an archive, and no workbook. Save the table as CSV"
    elif any(part.flag_bits & 1 for part in archive.infolist()):
        said = "is protected by a password. Save it again without one"
    if said:
        raise FileRefused(f"{name} {said}. Nothing was loaded.")


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    held = max(
        (p.file_size for p in parts if not p.filename.startswith("xl/worksheets/")),
        default=0,
    )
    if len(parts) > MOST_PARTS or whole > LARGEST or held > LARGEST_IN_MEMORY:
        raise FileRefused(
            f"{name} unpacks to {whole >> 20:,} MB in {len(parts):,} parts: wanted a"
            f" workbook of at most {LARGEST >> 20} MB unpacked. Nothing was loaded."
            " Save the sheet as CSV, which may be as long as you like."
        )
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(part) as file:
            if any(DEFINITION.search(piece) for piece in _overlapping(file)):
                raise FileRefused(
                    f"{name} holds definitions of entities ({part.filename}), which"
                    " Excel never writes and which can unfold without end. Nothing was"
                    f" loaded. {SAVE_AS}."
                )


def _sheets(path: Path, name: str) -> Workbook:
    sheets, passed_over = [], []
    with _opened(path) as book:
        titles = [(s.title, s.sheet_state) for s in book.worksheets]
        others = [s.title for s in book.chartsheets]
    for title, state in titles:
        if state != "visible":
            passed_over.append(f"“{title}” (hidden)")
            continue
        with closing(sheet_rows(path, name, title)) as rows:
            top = list(takewhile(lambda row: row.number <= HEADINGS_WITHIN, rows))
        if top:
            sheets.append(
                WorkbookSheet(path, name, "", "", tuple(top), None, title=title)
            )
    passed_over += [f"“{title}” (a chart)" for title in others]
    if not sheets:
        raise FileRefused(
            f"{name} has no visible sheet that holds anything in its first"
            f" {HEADINGS_WITHIN} rows: wanted a row of headings and rows below it."
        )
    return Workbook(name, tuple(sheets), tuple(passed_over))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    # Given as a file: by a name openpyxl would judge it by its ending.
    with path.open("rb") as file:
        with warnings.catch_warnings():
            # What openpyxl leaves out (pictures, rules for input) is not read here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's own, which takes a formula with no result for an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA) is not None:
            cell["data_type"] = "f"
        return cell


@dataclass
class Merged:
    """Cells merged over several rows: what stands in the first, stands in all.

    ends: by their first row, their column and last row. carried: by row and column,
    what stands there from above.
    """

    ends: dict[int, list[tuple[int, int]]]
    carried: dict[int, dict[int, str]]


FORMULA = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"


def sheet_rows(path: Path, name: str, title: str) -> Generator[Row]:
    """Every row of a sheet that is not blank; FileRefused where it is damaged."""
    with _reading(name), _opened(path) as book:
        sheet = book[title]
        formats = NumberFormats(book)
        merged = _merged(path, sheet)
        with sheet._get_source() as source:
            parser = _Parser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                if number > MOST_ROWS:
                    raise FileRefused(
                        f"{name}, sheet “{title}” says that it has a row {number:,}:"
                        f" a sheet ends at {MOST_ROWS:,}. {SAVE_AS}."
                    )
                row = _row(name, title, number, cells, formats, merged)
                if any(cell.strip() for cell in row.cells):
                    yield row


def _row(
    name: str,
    title: str,
    number: int,
    cells: list[dict[str, Any]],
    formats: NumberFormats,
    merged: Merged,
) -> Row:
    found = {cell["column"]: shown(cell, formats) for cell in cells}
    found = {at: cell for at, cell in found.items() if cell}
    for column, last in merged.ends.get(number, []):
        for below in range(number + 1, last + 1):
            merged.carried.setdefault(below, {})[column] = found.get(column, "")
    found = {**merged.carried.pop(number, {}), **found}
    width = max(found, default=0)
    if width > MOST_COLUMNS:
        raise FileRefused(
            f"{name}, sheet “{title}”, row {number} has a cell in column {width:,}:"
            f" wanted at most {MOST_COLUMNS:,} columns. {SAVE_AS}."
        )
    return Row(number, tuple(found.get(at, "") for at in range(1, width + 1)))


def _merged(path: Path, sheet: Any) -> Merged:
    found = set()
    inside = posixpath.normpath(str(sheet._worksheet_path)).lstrip("/")
    with zipfile.ZipFile(path) as archive, archive.open(inside) as file:
        for piece in _overlapping(file):
            for column, first, last in MERGED.findall(piece):
                found.add((int(first), _number(column), int(last)))
    ends: dict[int, list[tuple[int, int]]] = {}
    for first, at, last in sorted(found)[:MOST_MERGED]:
        ends.setdefault(first, []).append((at, min(last, first + MOST_MERGED)))
    return Merged(ends, {})


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
