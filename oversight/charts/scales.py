"""Where do an axis start and end, and which of its steps and months are named?"""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10
from typing import Final

from oversight.charts.chart import ChartKind, ChartSpec

HUNDRED: Final = 100.0
LEAST_SPAN: Final = 10.0  # in points of a percentage: a wobble is not drawn as a cliff
HEADROOM: Final = 1.5  # points: no line lies on the rim, unless it is 0 or 100%
NEARLY_ZERO: Final = 25.0  # an axis that would start here may as well start at 0
LEAST_TOP: Final = 4.0  # of an axis of counts, so that its steps stay whole
MOST_STEPS: Final = 6
MOST_EVENTS: Final = 9  # named below a chart of gaps


def percent_axis(values: Sequence[float]) -> tuple[float, ...]:
    """The named steps of a percentage axis, which may start above 0."""
    low, high = min(values, default=0.0), max(values, default=HUNDRED)
    room = max(LEAST_SPAN - (high - low), 0.0)
    high = min(high + max(room / 2, HEADROOM), HUNDRED)
    low = max(min(low - HEADROOM, high - LEAST_SPAN), 0.0)
    if low <= NEARLY_ZERO:
        low, high = 0.0, max(high, LEAST_SPAN)
    step = next(s for s in (2, 5, 10, 20, 25, 50) if _steps(low, high, s) <= MOST_STEPS)
    first, last = floor(low / step), ceil(high / step)
    return tuple(float(step * n) for n in range(first, last + 1))


def count_axis(values: Sequence[float]) -> tuple[float, ...]:
    """The named steps of an axis of counts or days, which starts at 0."""
    top = max(LEAST_TOP, 1.06 * max(values, default=0.0))
    size = 10 ** floor(log10(top / MOST_STEPS)) if top > MOST_STEPS else 1
    step = next(s * size for s in (1, 2, 5, 10) if top / (s * size) <= MOST_STEPS)
    return tuple(float(step * n) for n in range(ceil(top / step) + 1))


def ticks_of(spec: ChartSpec) -> tuple[tuple[int, str, str], ...]:
    """(place, name, year or nothing) of the months, or of the events, to name."""
    days = [point.day for point in spec.points]
    return event_ticks(days) if spec.kind is ChartKind.GAPS else month_ticks(days)


def event_ticks(days: Sequence[date]) -> tuple[tuple[int, str, str], ...]:
    """(place, day, year where it is another) of some events, the last among them.

    Events stand side by side, however far apart their days.
    """
    every = ceil(len(days) / MOST_EVENTS) or 1
    named = [
        place for place in range(len(days)) if (len(days) - 1 - place) % every == 0
    ]
    return tuple(
        (
            place,
            f"{days[place].day} {days[place]:%b}",
            f"{days[place]:%Y}"
            if k == 0 or days[place].year != days[named[k - 1]].year
            else "",
        )
        for k, place in enumerate(named)
    )


def month_ticks(days: Sequence[date]) -> tuple[tuple[int, str, str], ...]:
    """(place, month, year or nothing) of the months to name."""
    every = 1 if len(days) <= 8 else 3 if len(days) <= 36 else 12
    named = [(i, day) for i, day in enumerate(days) if (day.month - 1) % every == 0]
    return tuple(
        (i, f"{day:%b}", f"{day:%Y}" if day.month == 1 or k == 0 else "")
        for k, (i, day) in enumerate(named)
    )


def _steps(low: float, high: float, step: float) -> int:
    return ceil(high / step) - floor(low / step)
