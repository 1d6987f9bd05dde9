"""A workbook as its sheets; what reads them is loaded when there is one to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from oversight.reading_room.readers import Row, Sheet


@dataclass(frozen=True)
class WorkbookSheet(Sheet):
    """One sheet; its title is what stands on its tab."""

    title: str

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank; FileRefused where the sheet is damaged."""
        reader = import_module("oversight.reading_room.workbooks")
        rows: Iterator[Row] = reader.sheet_rows(self.path, self.name, self.title)
        return rows


@dataclass(frozen=True)
class Workbook:
    """The visible sheets that hold something, and what was passed over, and why."""

    name: str
    sheets: tuple[WorkbookSheet, ...]
    passed_over: tuple[str, ...]
