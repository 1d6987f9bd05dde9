"""Which marks and which runs of limits does a judged series have?"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from oversight.charts.chart import Limits, Mark
from oversight.signals import spc

MARKS: Final = {
    "special_cause_improvement": Mark.IMPROVEMENT,
    "special_cause_concern": Mark.CONCERN,
    "special_cause_neutral_high": Mark.NEUTRAL,
    "special_cause_neutral_low": Mark.NEUTRAL,
    "common_cause": Mark.NORMAL,
}


def runs_of(chart: spc.Chart, days: Sequence[date]) -> Iterator[Limits]:
    """Runs of places under the same lines, each up to where the next begins.

    days: of each place of the picture; a place without a value is in no run of its own.
    """
    places = {day: place for place, day in enumerate(days)}
    runs = [
        (*lines, [places[point.date] for point in run])
        for lines, run in groupby(
            chart.points, lambda p: (p.mean, p.lpl, p.upl, p.segment)
        )
    ]
    starts = [inside[0] for *_, inside in runs[1:]]
    ends = [start - 1 for start in starts] + [runs[-1][-1][-1]]
    for (mean, lower, upper, segment, inside), end in zip(runs, ends, strict=True):
        yield Limits(inside[0], end, mean, lower, upper, segment)
