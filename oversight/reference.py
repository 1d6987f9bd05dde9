"""What do the tables under data/reference say, and how sure is each row?

A table is found by listing: `<name>.csv` is `rows("<name>")` here and
`reference_<name>()` in SQL. A row of confidence C is nobody's confirmed fact, and is
shown only with the mark that says so.
"""

import csv
from datetime import date
from functools import cache

from oversight.clocks.due_dates import Calendar
from oversight.clocks.rules import Counts, Rule
from oversight.grid import Cell
from oversight.store import ROOT

REFERENCE = ROOT / "data" / "reference"
UNVERIFIED = "unverified reference"
# What a heading says of the cells below it; any other column is text, "1.10" and all.
WHOLE = {
    "asc_wds_id",
    "bulk_upload_code",
    "extension_months",
    "introduced",
    "length",
    "no",
    "order",
    "period_years",
    "rank",
    "score",
}
DAYS = {"day", "in_force_from"}
# The column that a reader sees first, and so the one that bears the mark.
TITLES = (
    "short_wording",
    "title",
    "short_title",
    "record_type",
    "statement",
    "policy_term",
    "dimension",
    "label",
    "category",
    "item",
    "name",
    "promise",
    "finding",
    "rule",
    "band",
)


@cache
def clock_rules() -> dict[str, Rule]:
    """The statutory clocks by their code, in the order of the table."""
    return {row["code"]: _rule(row) for row in rows("statutory_clocks")}


@cache
def calendar() -> Calendar:
    """The bank holidays of England; those marked A are published, the rest foreseen."""
    listed = rows("bank_holidays")
    days = {date.fromisoformat(row["day"]): row["confidence"] for row in listed}
    published = max(day for day, confidence in days.items() if confidence == "A")
    years = range(min(days).year, max(days).year + 1)
    # A year is published whole: after its last holiday no other comes.
    return Calendar(frozenset(days), years, published.replace(month=12, day=31))


@cache
def breach_grid() -> dict[tuple[int, int], Cell]:
    """The cells of the grid by severity and likelihood, each from 1 to 5."""
    return {
        (int(row["severity"]), int(row["likelihood"])): _cell(row)
        for row in rows("breach_grid")
    }


def macros() -> dict[str, str]:
    """What SQL is given of the tables: `reference_<name>()` of each of them, with the
    mark of its rows, and `bank_holiday(day)`, null in a year not listed.

    The store reads no files, so the tables are written into the macros; holidays as one
    text, because the rules of a due day ask it in many places: a list of literals is
    planned anew in each, and took ten times as long as the answer.
    """
    known = calendar()
    listed = " ".join(str(day) for day in sorted(known.holidays))
    holiday = f"""
        create or replace macro bank_holiday(day) as case
            when year(day) between {known.years[0]} and {known.years[-1]}
                then contains('{listed}', day::date::varchar)
        end"""
    return {
        "bank_holiday": holiday,
        **{f"reference_{name}": _macro(name) for name in tables()},
    }


@cache
def tables() -> tuple[str, ...]:
    """The tables there are, by name."""
    return tuple(path.stem for path in sorted(REFERENCE.glob("*.csv")))


def mark(confidence: str) -> str:
    """What must stand beside a row when it is shown; nothing where it is confirmed."""
    return UNVERIFIED if confidence == "C" else ""


def marked(words: str, confidence: str) -> str:
    """Words of a row as a reader may see them: with their mark, where they need one."""
    return f"{words} ({UNVERIFIED})" if mark(confidence) else words


@cache
def shown(name: str) -> tuple[dict[str, str], ...]:
    """A table to be read by people: what each row is called bears the row's mark."""
    title = title_of(name)
    return tuple(
        row | {title: marked(row[title], row.get("confidence", ""))}
        for row in rows(name)
    )


def title_of(name: str) -> str:
    """The column that says what a row of a table is."""
    return next(title for title in TITLES if title in rows(name)[0])


@cache
def rows(name: str) -> list[dict[str, str]]:
    """A table of data/reference as it stands: one dict a row, by its headings."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _macro(name: str) -> str:
    listed = rows(name)
    headings = list(listed[0])
    cells = (", ".join(_literal(row[h]) for h in headings) for row in listed)
    columns = ", ".join(f'"{heading}"' for heading in headings)
    typed = ", ".join(f'"{h}"::{_type(h)} as "{h}"' for h in headings)
    is_unsure = "confidence = 'C'" if "confidence" in headings else "false"
    return f"""
        create or replace macro reference_{name}() as table
        select {typed}, case when {is_unsure} then '{UNVERIFIED}' end as mark
        from (values ({"), (".join(cells)})) as listed({columns})"""


def _literal(cell: str) -> str:
    return "'" + cell.replace("'", "''") + "'" if cell else "null"


def _type(heading: str) -> str:
    if heading in WHOLE:
        return "integer"
    return "date" if heading in DAYS else "varchar"


def _rule(row: dict[str, str]) -> Rule:
    since = row["in_force_from"]
    return Rule(
        code=row["code"],
        name=row["name"],
        starts=row["starts"],
        length=int(row["length"] or 0),
        counts=Counts(row["counts"]),
        unit=row["unit"],
        rolls=row["rolls_to_working_day"].startswith("Y"),
        has_pauses=row["pauses"] == "Y",
        extension_months=int(row["extension_months"] or 0),
        applies=row["applies_to_private_provider"],
        confidence=row["confidence"],
        source=row["source"],
        in_force_from=date.fromisoformat(since) if since else None,
    )


def _cell(row: dict[str, str]) -> Cell:
    return Cell(
        severity=row["severity_label"],
        likelihood=row["likelihood_label"],
        score=int(row["score"]),
        band=row["band"],
        notify_ico=row["notify_ico"] == "Y",
        notify_national=row["notify_dhsc"] == "Y",
        confidence=row["confidence"],
    )
