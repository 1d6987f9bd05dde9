"""Writes data/reference/bank_holidays.csv: the bank holidays of England."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import holidays

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
YEARS = range(2012, 2036)
# What GOV.UK has published is the law's own list; later years follow its pattern, and a
# proclamation can still change them.
PUBLISHED_TO = 2028
PUBLISHED = ("A", "GOV.UK list and the holidays package agree")
PATTERN = ("B", "holidays package: by rule, not yet published on GOV.UK")


def bank_holidays() -> Iterator[tuple[date, str, str, str]]:
    """Each as day, name, confidence and source; a weekend is no working day anyway."""
    england = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    for day, name in sorted(england.items()):
        if day.weekday() < 5:
            yield (day, name, *(PUBLISHED if day.year <= PUBLISHED_TO else PATTERN))


def main() -> None:
    """The whole file anew."""
    with (REFERENCE / "bank_holidays.csv").open(
        "w", encoding="utf-8", newline=""
    ) as to:
        writer = csv.writer(to, lineterminator="\n")
        writer.writerow(["day", "name", "confidence", "source"])
        writer.writerows(bank_holidays())


if __name__ == "__main__":
    main()
