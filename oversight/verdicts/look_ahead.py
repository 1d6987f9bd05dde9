"""When does each measure and strand stop being met if nothing is done?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from oversight.ahead import STEPS, Coming, Outlook, outlooks
from oversight.promises import Measure
from oversight.store import Cursor
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import day_in_words
from oversight.words import Status, Strand

# Only what holds today can stop holding.
HOLDS = (Status.MET, Status.AT_RISK, Status.NOTHING_DUE)


@dataclass(frozen=True)
class MeasureAhead:
    """One measure: the first day it is not met, and what falls due, soonest first."""

    measure: Measure
    status: Status  # today
    stops_on: date | None
    coming: tuple[Coming, ...]

    @property
    def sentence(self) -> str:
        """When it stops being met, or why no day can be given."""
        if self.stops_on is not None:
            return f"Stops being met on {day_in_words(self.stops_on)}."
        if self.status is Status.NOT_MET:
            return "Not met today."
        if self.status is Status.NOT_KNOWN:
            return "Not known today: no day can be given."
        if self.status is Status.FOR_INFORMATION:
            return "No target."
        if self.status is Status.AT_RISK:
            return f"At risk today; no date takes it away in {STEPS[-1]} days."
        return f"No date takes it away in {STEPS[-1]} days."


@dataclass(frozen=True)
class OwnerAhead:
    """What falls due for one owner: in each number of days, the earlier ones too."""

    owner: str
    counts: tuple[int, ...]  # as STEPS
    first_due: date


@dataclass(frozen=True)
class LookAhead:
    """The days to come on a day, by measure, strand and owner."""

    as_of: date
    measures: tuple[MeasureAhead, ...]

    def strand_stops_on(self, strand: Strand) -> date | None:
        """The first day on which a measure of the strand that holds today stops."""
        days = [m.stops_on for m in self.measures if m.measure.strand is strand]
        return min((day for day in days if day is not None), default=None)

    def owners(self) -> list[OwnerAhead]:
        """By owner, those with most to see to soon first."""
        due: dict[str, list[date]] = {}
        for one in self.measures:
            days = [each.due_on for each in one.coming]
            due.setdefault(one.measure.owner, []).extend(days)
        found = [
            OwnerAhead(owner, counts(days, self.as_of), min(days))
            for owner, days in due.items()
            if days
        ]
        return sorted(found, key=lambda each: ([-n for n in each.counts], each.owner))


def look_ahead(cursor: Cursor, judged: Sequence[Judged], as_of: date) -> LookAhead:
    """The days to come for every measure judged, the soonest to stop first."""
    asked = outlooks(cursor, [one.measure for one in judged], as_of)
    found = [_measure(*each) for each in zip(judged, asked, strict=True)]
    found.sort(key=lambda one: one.stops_on or date.max)
    return LookAhead(as_of, tuple(found))


def counts(days: Sequence[date], as_of: date) -> tuple[int, ...]:
    """How many of the days are within each of STEPS days after a day."""
    return tuple(
        sum(day <= as_of + timedelta(days=step) for day in days) for step in STEPS
    )


def _measure(judged: Judged, found: Outlook) -> MeasureAhead:
    status = judged.verdict.status
    stops_on = found.stops_on if status in HOLDS else None
    return MeasureAhead(judged.measure, status, stops_on, found.coming)
