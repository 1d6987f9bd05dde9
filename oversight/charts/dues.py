"""What has a day to come, or had one that is past: the rows of what is ahead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from oversight.verdicts.look_ahead import LookAhead, MeasureAhead


@dataclass(frozen=True)
class Due:
    """One thing to be done by a day, and by whom; or several of one kind.

    day: the first. later: those after it, one for each. stops_on: the first day on
    which the measure is not met if nothing is done.
    """

    what: str
    day: date
    who: str = ""
    later: tuple[date, ...] = ()
    stops_on: date | None = None
    only_stops: bool = False  # nothing of it falls due: the day is that of stops_on

    @property
    def days(self) -> list[date]:
        """Every day on which something falls due, one for each."""
        return sorted((self.day, *self.later))


def dues_of(found: LookAhead) -> list[Due]:
    """A row for each measure of which something falls due, or which stops being met.

    A legal clock that runs is a case of its measure, and so is in that measure's row.
    """
    return list(_rows(found.measures))


def _rows(measures: Sequence[MeasureAhead]) -> Iterator[Due]:
    for one in measures:
        days = sorted(each.due_on for each in one.coming)
        only_stops = not days and one.stops_on is not None
        if one.stops_on is not None and only_stops:
            days = [one.stops_on]
        if days:
            first, *later = days
            measure = one.measure
            yield Due(
                measure.title,
                first,
                measure.owner,
                tuple(later),
                one.stops_on,
                only_stops,
            )
