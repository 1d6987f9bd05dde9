"""How long the rows of each kind are kept here, by which rule, and what is past it.

What is kept here is a copy for oversight and no care record: the record itself is kept
where it was written, under the schedule of the records policy.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from oversight.headers import DefinitionError
from oversight.sources import Source
from oversight.store import ROOT

SCHEDULE: Final = ROOT / "data" / "reference" / "retention.csv"
# `-- kept: 6 years (RT04)` in a source's header; without one, the company's own rule.
KEPT: Final = re.compile(r"(\d+) years(?: \((RT\d{2})\))?")
COMPANY_YEARS: Final = 6
COMPANY_RULE: Final = "the company's own rule"


@dataclass(frozen=True)
class Rule:
    """A period and the line of the records schedule it rests on, if on any."""

    years: int
    line: str  # RT… of the schedule, or ""
    confidence: str  # A confirmed, B in part, C not; the company's own is no fact

    @property
    def words(self) -> str:
        said = (
            f"{self.line}, {CONFIDENCE[self.confidence]}" if self.line else COMPANY_RULE
        )
        return f"{self.years} years ({said})"

    def cut_off(self, on: date) -> date:
        """The day before which nothing is kept any more, asked on a day."""
        try:
            return on.replace(year=on.year - self.years)
        except ValueError:  # 29 February
            return on.replace(year=on.year - self.years, day=28)


CONFIDENCE: Final = {"A": "confirmed", "B": "confirmed in part", "C": "not confirmed"}


def rule_of(source: Source) -> Rule:
    """How long the rows of a kind are kept here."""
    said = source.definition.one("kept", "")
    if not said:
        return Rule(COMPANY_YEARS, "", "")
    found = KEPT.fullmatch(said)
    if found is None or (found[2] and found[2] not in schedule()):
        raise DefinitionError(
            f"{source.definition.path}: wanted '-- kept: 6 years (RT04)', got {said!r}"
        )
    line = found[2] or ""
    return Rule(int(found[1]), line, schedule()[line] if line else "")


@cache
def schedule() -> dict[str, str]:
    """The confidence of every line of the records schedule, by its code."""
    with SCHEDULE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["confidence"] for row in csv.DictReader(file)}
