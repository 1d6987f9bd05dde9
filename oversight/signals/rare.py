"""What are the limits for proportions, rates, counts and the gaps between rare events?

`limits` gives the p, p', u, u', c, g, t, i and i' charts of qicharts2 0.8.1, and the
tests hold it to that package's results. `judge_gaps` is the t chart of NHS England's
Making Data Count query, with its rules and variation icon.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import fsum, inf, isfinite, pi, sqrt
from statistics import median
from typing import Final, Literal, get_args

from oversight.signals import spc, xmr

Kind = Literal["p", "pp", "u", "up", "c", "g", "t", "i", "ip"]

SIGMA: Final = 1.128  # the mean moving range of a normal process, in sigmas
POWER: Final = 3.6  # gaps between chance events, to the power 1/3.6, are nearly normal
SIZED: Final = ("p", "pp", "u", "up", "ip")
NO_GAP: Final = (
    "Time between events must be greater than zero; {}. Count events of one day as one."
)


@dataclass(frozen=True)
class RarePoint:
    """A plotted value, its centre, three- and two-sigma limits; None is missing."""

    value: float | None
    centre: float
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    outside: bool = False


def limits(
    kind: Kind,
    counts: Sequence[float],
    sizes: Sequence[float] | None = None,
    *,
    freeze: int | None = None,
    screen: bool = False,
) -> list[RarePoint]:
    """Limits for counts, of these sizes where the kind is a proportion or a rate.

    `freeze` is how many points set the limits (all when None); `screen` leaves outlying
    moving ranges out. A size of 0 has no value and no limits. Limits of p and u charts
    are not to be relied on where fewer than about 5 cases are expected a point.

    Raises SeriesError for numbers that cannot be such counts and sizes.
    """
    n = list(sizes or []) if kind in SIZED else [1.0] * len(counts)
    _check(kind, counts, n, freeze)
    power = POWER if kind == "t" else 1.0
    y = [count ** (1 / power) for count in counts]
    values = [a / size if size else None for a, size in zip(y, n, strict=True)]
    centre = float(sum(map(Fraction, y[:freeze])) / sum(map(Fraction, n[:freeze])))
    shown = median(counts[:freeze]) if kind == "g" else centre**power
    sigmas = _sigmas(kind, values, n, centre, freeze, screen)
    points = []
    for count, value, sigma in zip(counts, values, sigmas, strict=True):
        plotted = count if kind == "t" else value
        if value is None or sigma is None:
            points.append(RarePoint(plotted, shown))
            continue
        lines = [_within(kind, centre + k * sigma) for k in (-3, 3, -2, 2)]
        lower, upper, near_lower, near_upper = (line**power for line in lines)
        points.append(
            RarePoint(
                plotted,
                shown,
                lower=lower,
                upper=upper,
                near_lower=near_lower,
                near_upper=near_upper,
                outside=not lines[0] <= value <= lines[1],
            )
        )
    return points


def _within(kind: Kind, line: float) -> float:
    """A limit, no further out than such a value can be."""
    lowest = -inf if kind in ("i", "ip") else 0.0
    highest = 1.0 if kind in ("p", "pp") else inf
    return min(max(line, lowest), highest)


def _sigmas(
    kind: Kind,
    values: Sequence[float | None],
    sizes: Sequence[float],
    centre: float,
    freeze: int | None,
    screen: bool,
) -> list[float | None]:
    """Each point's standard deviation: by chance alone, or by the moving ranges."""
    chance = {
        "p": centre * (1 - centre),
        "u": centre,
        "c": centre,
        "g": centre * (centre + 1),
    }.get(kind[0], 1.0)
    by_chance = [sqrt(chance / size) if size else None for size in sizes]
    if kind in ("p", "u", "c", "g"):
        return by_chance
    if kind == "ip":
        factor, ranges = sqrt(pi / 2), _paired_ranges(values[:freeze], sizes[:freeze])
    else:  # Laney's p' and u', and i and t, whose standard deviation by chance is 1
        z = [
            None if value is None or not sigma else (value - centre) / sigma
            for value, sigma in zip(values, by_chance, strict=True)
        ]
        factor, ranges = 1 / SIGMA, xmr.moving_ranges(z[:freeze])
    known = [r for r in ranges if r is not None]
    spread = xmr.mean(known)
    if screen and spread is not None:
        bound = xmr.SCREEN * spread
        spread = xmr.mean(r for r in known if r < bound)
    return [
        None if sigma is None or spread is None else sigma * spread * factor
        for sigma in by_chance
    ]


def _paired_ranges(
    values: Sequence[float | None], sizes: Sequence[float]
) -> list[float | None]:
    """Moving ranges, each against the sizes of its two points (Taylor's i')."""
    pairs = zip(xmr.moving_ranges(values)[1:], pairwise(sizes), strict=True)
    return [None if r is None else r / sqrt(1 / a + 1 / b) for r, (a, b) in pairs]


def gaps(days: Iterable[date]) -> list[spc.Point]:
    """Days since the event before, for each event but the first.

    Events of one day are one: a gap of no days has no place on a t chart.
    """
    return [
        spc.Point(day, (day - before).days)
        for before, day in pairwise(sorted(set(days)))
    ]


def gaps_to(
    days: Iterable[date], as_of: date, doubtful: Iterable[tuple[date, date]] = ()
) -> list[spc.Point]:
    """The gaps between events, then the one still running, which is never judged.

    doubtful: spans (first, last day) in which an event may be missing; a gap that
    reaches into one is drawn and not judged. No running gap on the day of an event.
    """
    spans, known = list(doubtful), [day for day in days if day <= as_of]
    points = [
        replace(point, ghost=_reaches_into(point, spans)) for point in gaps(known)
    ]
    if known and max(known) < as_of:
        points.append(spc.Point(as_of, (as_of - max(known)).days, ghost=True))
    return points


def _reaches_into(gap: spc.Point, spans: Iterable[tuple[date, date]]) -> bool:
    before = gap.date - timedelta(days=gap.value or 0)
    return any(first <= gap.date and last > before for first, last in spans)


def judge_gaps(
    points: Iterable[spc.Point],
    *,
    direction: spc.Direction = "increase",
    rebase: Iterable[date] = (),
    conflict: spc.Conflict = "concern",
    min_points: int = spc.MINIMUM,
) -> spc.Chart:
    """Judge the days between rare events; longer is better unless told otherwise.

    The XmR of the gaps to the power 1/3.6, its limits turned back into days. A lower
    limit below nothing is None. There is no target on a t chart, so no assurance icon.
    Raises SeriesError as `spc.judge` does, and for a gap of no days.
    """
    given = list(points)
    for point in given:
        if point.value is not None and point.value <= 0:
            raise spc.SeriesError(NO_GAP.format(f"{point.date} has {point.value}"))
    days = {point.date: point.value for point in given}
    chart = spc.judge(
        [replace(point, value=_evened(point.value)) for point in given],
        direction=direction,
        rebase=rebase,
        conflict=conflict,
        min_points=min_points,
    )

    def back(judged: spc.JudgedPoint) -> spc.JudgedPoint:
        return replace(
            judged,
            value=days[judged.date],
            mean=_in_days(judged.mean),
            lpl=_in_days(judged.lpl),
            upl=_in_days(judged.upl),
        )

    latest = back(chart.latest) if chart.latest else None
    points_in_days = tuple(map(back, chart.points))
    notes = tuple(
        note.replace("Too few months", "Too few gaps") for note in chart.notes
    )
    return replace(chart, points=points_in_days, latest=latest, notes=notes)


def _evened(gap: float | None) -> float | None:
    return None if gap is None else gap ** (1 / POWER)


def _in_days(line: float | None) -> float | None:
    return None if line is None or line < 0 else line**POWER


def _check(
    kind: str, counts: Sequence[float], sizes: Sequence[float], freeze: int | None
) -> None:
    """Refuse what has no such chart, saying which point."""
    if kind not in get_args(Kind):
        wanted = ", ".join(get_args(Kind))
        raise spc.SeriesError(f"The chart must be one of {wanted}; got {kind!r}.")
    if len(counts) != len(sizes):
        raise spc.SeriesError(
            f"Each count needs a size; got {len(counts)} counts and {len(sizes)} sizes."
        )
    for i, (count, size) in enumerate(zip(counts, sizes, strict=True), start=1):
        if not (isfinite(count) and isfinite(size) and size >= 0):
            raise spc.SeriesError(f"Point {i}: {count} of {size} is not a count.")
        if kind == "t" and count <= 0:
            raise spc.SeriesError(NO_GAP.format(f"point {i} has {count}"))
        if kind not in ("i", "ip") and count < 0:
            raise spc.SeriesError(f"Point {i}: a count cannot be below 0; got {count}.")
        if kind in ("p", "pp") and count > size:
            raise spc.SeriesError(f"Point {i}: {count} cases are more than all {size}.")
    if (freeze is not None and freeze < 1) or not fsum(sizes[:freeze]):
        raise spc.SeriesError(
            "No points to draw limits from; give one of a size above 0."
        )
