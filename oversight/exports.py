"""A table as a file that says of itself what it is: whose homes, which day, how many.

What is exported is what was shown, so that no role takes away more than it saw. Every
export has a reference, which stands in its first lines and in the journal.
"""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from oversight import roles
from oversight.clocks.uk_time import UK
from oversight.reader import Reader
from oversight.store import known_moment
from oversight.trust.exports import harmless
from oversight.verdicts.sentences import day_in_words
from oversight.words import EVERY_HOME, ROLE_WORDS

EXPORTED: Final = "exported"  # what the journal calls it
REFERENCE_LETTERS: Final = 10
SHEET: Final = "Table"
WIDEST: Final = 60  # letters of a column in a workbook
DAY_FORM: Final = "d mmm yyyy"


@dataclass(frozen=True)
class Export:
    """One table with its account. about: a label and what is said, a line each."""

    reference: str
    about: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def export(
    reader: Reader,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    filters: Mapping[str, str] | None = None,
) -> Export:
    """The table with its account, told of in the journal.

    rows: as they were shown. filters: what narrowed them beside home and day.
    """
    roles.check_may_see_figures(reader.person.role)
    made_at = datetime.now(UTC)
    company, is_made_up = reader.company()
    with reader.reading() as cursor:
        number, known_at = known_moment(cursor)
    narrowed = "; ".join(f"{name}: {said}" for name, said in (filters or {}).items())
    about = [
        ("Table", title),
        ("Company", f"{company} (made-up data)" if is_made_up else company),
        ("Homes", _homes(reader)),
        ("As at", day_in_words(reader.as_of)),
        ("Known at", f"{_moment(known_at)} (moment {number})"),
        ("Filters", narrowed or "none"),
        ("Rows", f"{len(rows):,}"),
        (
            "Taken by",
            f"{reader.person.name}, {ROLE_WORDS[reader.person.role]},"
            f" {_moment(made_at)}",
        ),
    ]
    reference = _reference(about, heads, rows, made_at)
    if reader.tell is not None:
        told = {
            "reference": reference,
            "table": title,
            "homes": list(reader.scope),
            "as_of": reader.as_of.isoformat(),
            "filters": narrowed,
            "rows": len(rows),
        }
        reader.tell(reader.person.name, EXPORTED, told)
    return Export(
        reference,
        (("Reference", reference), *about),
        tuple(heads),
        tuple(tuple(row) for row in rows),
    )


def as_csv(given: Export) -> bytes:
    """UTF-8 with the mark by which Excel knows it; every cell made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in (*given.about, (), given.heads, *given.rows):
        writer.writerow([harmless(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig", "replace")


def as_workbook(given: Export) -> bytes:
    """One sheet: the account, then the table, whose numbers and days stay such."""
    import xlsxwriter  # only who asks for a workbook needs what writes it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": DAY_FORM, "align": "left"})
        for at, (label, said) in enumerate(given.about):
            sheet.write_string(at, 0, label, bold)
            sheet.write_string(at, 1, harmless(said))
        top = len(given.about) + 1
        for column, head in enumerate(given.heads):
            sheet.write_string(top, column, harmless(head), bold)
            wide = max(len(str(row[column])) for row in (given.heads, *given.rows))
            sheet.set_column(column, column, min(wide + 2, WIDEST))
        for below, row in enumerate(given.rows, start=top + 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    sheet.write_number(below, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(below, column, _plain(cell), day)
                else:
                    sheet.write_string(below, column, harmless(cell))
        sheet.freeze_panes(top + 1, 0)
    return out.getvalue()


def _plain(day: date) -> datetime:
    """A day as a workbook wants it, which knows no zones."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def _homes(reader: Reader) -> str:
    names = reader.homes()
    if reader.home is not None:
        return names.get(reader.home, "none")
    if EVERY_HOME in reader.allowed:
        return "all homes"
    return ", ".join(names.values()) or "none"


def _moment(at: datetime) -> str:
    local = at.astimezone(UK)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def _reference(
    about: Sequence[tuple[str, str]],
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    at: datetime,
) -> str:
    said = repr((about, tuple(heads), [tuple(row) for row in rows], at.isoformat()))
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    return f"EXP-{digest[:REFERENCE_LETTERS].upper()}"
