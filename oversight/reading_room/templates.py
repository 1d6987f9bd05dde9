"""What does an empty file of a kind look like, and a filled one? Made from its source.

The columns, the words to choose from and the example are the source's own, so that a
template cannot ask for anything else than what is then read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from oversight.sources import Source, SourceColumn

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

BLANK = "-"  # an example whose cell is left empty
RECORDS, WANTED, LISTS = "Records", "What is wanted", "Lists"
FILLABLE = 2_000  # rows that are ready to be filled in
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # the same bytes whenever it is made
YES_NO = ("yes", "no")
DAY_FORM, TIME_FORM = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
# What Excel bears at most: of a message's title and of its text.
TITLE_WIDTH, MESSAGE_WIDTH = 32, 255


def files(source: Source) -> dict[str, bytes]:
    """Every file of a kind by its name: empty and with the example, CSV and Excel."""
    return {
        f"{source.kind}.csv": as_csv(source, is_filled=False),
        f"{source.kind}-example.csv": as_csv(source, is_filled=True),
        f"{source.kind}.xlsx": as_workbook(source, is_filled=False),
        f"{source.kind}-example.xlsx": as_workbook(source, is_filled=True),
    }


def as_csv(source: Source, *, is_filled: bool) -> bytes:
    """The headings, and one example row below them; UTF-8 as spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in source.columns)
    if is_filled:
        writer.writerow(map(example, source.columns))
    return out.getvalue().encode("utf-8-sig")


def as_workbook(source: Source, *, is_filled: bool) -> bytes:
    """A workbook to fill: cells of the right type, lists to choose from, and a sheet
    that says of each column what is wanted.
    """
    import xlsxwriter  # only who asks for a workbook needs what writes it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": source.title, "created": MADE})
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "needed": book.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#FFF2CC"}
            ),
            "text": book.add_format({"num_format": "@"}),
            "day": book.add_format({"num_format": DAY_FORM}),
            "time": book.add_format({"num_format": TIME_FORM}),
            "whole": book.add_format({"num_format": "0"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        records = book.add_worksheet(RECORDS)
        _explain(book.add_worksheet(WANTED), source, looks)
        lists = book.add_worksheet(LISTS)
        _to_fill(records, lists, source.columns, looks)
        if is_filled:
            for at, column in enumerate(source.columns):
                _put(records, 1, at, column, looks)
    return out.getvalue()


def example(column: SourceColumn) -> str:
    """The example as a cell has it: what is blank in the end is blank here."""
    return "" if column.example == BLANK else column.example


def choices(column: SourceColumn) -> tuple[str, ...]:
    """The words of which a cell holds one; none where it holds what it likes."""
    if column.wanted == "yes or no":
        return YES_NO
    said = column.wanted.removeprefix("one of: ")
    return tuple(said.split(", ")) if said != column.wanted else ()


def _to_fill(
    records: Worksheet,
    lists: Worksheet,
    columns: Sequence[SourceColumn],
    looks: dict[str, Format],
) -> None:
    """Headings, what a cell may hold, and the lists behind them on their own sheet."""
    records.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        look = looks["needed" if column.is_needed else "head"]
        records.write_string(0, at, column.name, look)
        width = max(len(column.name), len(column.example), 12) + 2
        records.set_column(at, at, min(width, 40), looks[_look(column)])
        words = choices(column)
        for row, word in enumerate(words):
            lists.write_string(row, at, word)
        records.data_validation(1, at, FILLABLE, at, _rule(column, at, len(words)))
    lists.hide()
    # A code that is made of digits is text and is meant to be.
    records.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _cell(at: int, row: int) -> str:
    """A cell as formulas name it: column 0, row 1 is $A$1; 26 is AA."""
    letters = chr(ord("A") + at % 26)
    return f"${chr(ord('@') + at // 26) if at >= 26 else ''}{letters}${row}"


def _rule(column: SourceColumn, at: int, words: int) -> dict[str, object]:
    said = f"{column.meaning}. Wanted: {column.wanted}."
    rule: dict[str, object] = {
        "input_title": column.name[:TITLE_WIDTH],
        "input_message": said[:MESSAGE_WIDTH],
        "validate": "any",
    }
    wrong = {
        "error_title": column.name[:TITLE_WIDTH],
        "error_message": f"Wanted {column.wanted}."[:MESSAGE_WIDTH],
    }
    if words:
        source = f"={LISTS}!{_cell(at, 1)}:{_cell(at, words)}"
        return rule | wrong | {"validate": "list", "source": source}
    if _look(column) in ("day", "time"):
        bounds = {"criteria": ">=", "value": date(1900, 1, 1)}
        return rule | wrong | {"validate": "date"} | bounds
    if _look(column) == "whole":
        return rule | wrong | {"validate": "integer", "criteria": ">=", "value": 0}
    return rule


def _explain(sheet: Worksheet, source: Source, looks: dict[str, Format]) -> None:
    """Per column: is it needed, what is wanted, an example, what it is."""
    headings = ("Column", "Needed", "What is wanted", "Example", "What it is")
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading, looks["head"])
    for row, column in enumerate(source.columns, start=1):
        said = (
            column.name,
            "yes" if column.is_needed else "no",
            column.wanted,
            example(column),
            column.meaning,
        )
        for at, words in enumerate(said):
            sheet.write_string(row, at, words, looks["wrapped"])
    for at, width in enumerate((26, 8, 44, 28, 60)):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 1)


def _put(
    sheet: Worksheet,
    row: int,
    at: int,
    column: SourceColumn,
    looks: dict[str, Format],
) -> None:
    """One example cell: a real date, a number that is counted with, or text."""
    cell, look = example(column), _look(column)
    if not cell:
        return
    if look in ("day", "time"):
        sheet.write_datetime(row, at, datetime.fromisoformat(cell), looks[look])
    elif look == "whole" and cell.isdigit():
        sheet.write_number(row, at, int(cell), looks[look])
    else:
        sheet.write_string(row, at, cell, looks["text"])


def _look(column: SourceColumn) -> str:
    if column.wanted == "a date":
        return "day"
    if column.wanted == "a UK time":
        return "time"
    # Months may also be "none": such a column is text with digits in it.
    is_whole = column.wanted.startswith("a whole number") and "or none" not in (
        column.wanted
    )
    return "whole" if is_whole else "text"
