"""What do the tables of clocks, bank holidays and the breach grid say?"""

import csv
from datetime import date
from functools import cache

from oversight.clocks.due_dates import Calendar
from oversight.clocks.rules import Counts, Rule
from oversight.grid import Cell
from oversight.store import ROOT

REFERENCE = ROOT / "data" / "reference"


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
    """What SQL is given of the tables: `bank_holiday(day)`, null in a year not listed.

    The store reads no files, so the list is written into the macro, as literals because
    DuckDB 1.5 builds any other list anew for every day that a lambda asks about.
    """
    known = calendar()
    listed = ", ".join(f"date '{day}'" for day in sorted(known.holidays))
    return {
        "bank_holiday": f"""
        create or replace macro bank_holiday(day) as case
            when year(day) between {known.years[0]} and {known.years[-1]}
                then day::date in ({listed})
        end"""
    }


@cache
def rows(name: str) -> list[dict[str, str]]:
    """A table of data/reference as it stands: one dict a row, by its headings."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


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
