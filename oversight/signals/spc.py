"""Is a number really changing? Special causes and the two icons of an XmR chart.

Two named profiles follow two published tools, and differ where the tools differ: `mdc`
is what NHS England's Making Data Count query does, `nhsr` the R package NHSRplotthedots
0.2.2. Reference results of both hold this arithmetic in the tests.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import accumulate, groupby, pairwise
from math import floor, inf, isfinite, isnan
from typing import Final, Literal, get_args

from oversight import words
from oversight.signals import xmr

Direction = Literal["increase", "decrease", "neutral"]
Profile = Literal["mdc", "nhsr"]
Conflict = Literal["concern", "improvement"]
Target = float | Sequence[tuple[date, float | None]] | None

MINIMUM: Final = 12  # fewer make a run chart; the NHS tools ask for 12 to 15
SETTLED: Final = 20  # limits that rest on fewer points are "early limits"
SHORT: Final = {"mdc": 12, "nhsr": 13}  # the R package warns of exactly 12 as well
LARGEST: Final = 1e300  # the sum of a series of anything larger overflows

# The first rule that fires names the point; its side (+1 high, -1 low) colours it.
CAUSES: Final = {
    "outside": {1: "Above UCL", -1: "Below LCL"},
    "trend": {1: "7 Point Trend (Increasing)", -1: "7 Point Trend (Decreasing)"},
    "two_of_three": {1: "2 in 3 Above CL", -1: "2 in 3 Below CL"},
    "shift": {1: "7 Points Above CL", -1: "7 Points Below CL"},
}


class SeriesError(Exception):
    """A series or setting that cannot be judged; shown to people as it stands."""


@dataclass(frozen=True)
class Point:
    """One period; a ghost (a part month, a known oddity) is drawn and never judged."""

    date: date
    value: float | None
    ghost: bool = False


@dataclass(frozen=True)
class JudgedPoint:
    """A point, its limits, and what each rule found; None is "cannot be said".

    `relative_to_mean` is +1, 0 or -1; `segment` counts the resets of limits so far.
    """

    date: date
    value: float | None
    mean: float | None
    lpl: float | None
    upl: float | None
    outside_limits: bool | None
    relative_to_mean: int | None
    close_to_limits: bool | None
    shift: bool | None
    trend: bool
    two_of_three: bool | None
    special_cause_type: str
    point_type: str
    ghost: bool
    segment: int


@dataclass(frozen=True)
class Chart:
    """The points by date, the one the icons speak of, the icons, and what to say."""

    points: tuple[JudgedPoint, ...]
    latest: JudgedPoint | None
    variation_icon: str | None
    assurance_icon: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Settings:
    direction: Direction
    target: Target
    resets: frozenset[date]
    fix_after: float | None
    profile: Profile
    screen: bool
    conflict: Conflict
    keep_collapsed: bool


@dataclass(frozen=True)
class _Segment:
    """Rows under one set of limits: all, those judged, those the limits rest on."""

    number: int
    rows: list[int]
    live: list[int]
    basis: list[int]
    line: xmr.Line


def judge(
    points: Iterable[Point],
    *,
    direction: Direction = "increase",
    target: Target = None,
    rebase: Iterable[date] = (),
    fix_after: float | None = None,
    profile: Profile = "mdc",
    screen: bool | None = None,
    conflict: Conflict = "concern",
    min_points: int = MINIMUM,
    keep_collapsed_limits: bool = False,
) -> Chart:
    """Judge a series, its points in any order and one a date.

    `target` is a number, or its changes as (from date, number). `rebase` has the dates
    from which limits start afresh. `fix_after` is how many points of a segment set its
    limits (in `mdc` of the first segment only: the baseline). `screen` leaves outlying
    moving ranges out; None is the profile's habit: `nhsr` does, `mdc` does not.
    `conflict` names, in `mdc`, a point that both improves and concerns.
    `keep_collapsed_limits` is for comparison with the references.

    Raises SeriesError for an empty series, a date given twice or a wrong setting.
    """
    how = _Settings(
        direction=direction,
        target=target,
        resets=frozenset(rebase),
        fix_after=fix_after,
        profile=profile,
        screen=profile == "nhsr" if screen is None else screen,
        conflict=conflict,
        keep_collapsed=keep_collapsed_limits,
    )
    _check(how)
    rows = _in_order(points)
    segments = _segments(rows, how)
    live = [row for segment in segments for row in segment.live]
    values = {row: value for row in live if (value := rows[row].value) is not None}
    enough = len(values) >= min_points
    judged = tuple(_judged(rows, segments, values, how, enough))
    if not enough:
        few = f"Too few months to judge: {len(values)} of the {min_points} needed."
        return Chart(judged, None, None, None, (few,))
    # R speaks of the last row, even when its value is missing.
    speaking = live if profile == "nhsr" else list(values)
    latest = judged[speaking[-1]] if speaking else None
    return Chart(
        points=judged,
        latest=latest,
        variation_icon=_variation(latest, direction) if latest else None,
        assurance_icon=_assurance(latest, how) if latest else None,
        notes=tuple(_notes(rows, segments, how)),
    )


def signal(chart: Chart) -> words.Signal:
    """What the variation icon says of the latest point; no icon is too few points."""
    if chart.variation_icon is None:
        return words.Signal.TOO_FEW
    return {
        "improvement": words.Signal.IMPROVEMENT,
        "concern": words.Signal.CONCERN,
        "neutral": words.Signal.NEUTRAL,
        "common": words.Signal.NORMAL,
    }[chart.variation_icon.partition("_")[0]]


def assurance(chart: Chart) -> words.Assurance | None:
    """Whether the target can be relied on; None without a target or without limits.

    Where a segment is too new to have limits the references draw "hit or miss". Nothing
    is known there, so a verdict is told nothing.
    """
    if chart.assurance_icon is None or chart.latest is None or chart.latest.lpl is None:
        return None
    return words.Assurance(chart.assurance_icon)


def record(point: JudgedPoint) -> dict[str, object]:
    """A point as the reference results write it: flags as 0 and 1, the date in ISO."""
    row = {k: int(v) if isinstance(v, bool) else v for k, v in asdict(point).items()}
    del row["ghost"], row["segment"]
    return row | {"date": point.date.isoformat()}


def _check(how: _Settings) -> None:
    for name, given, kind in (
        ("direction", how.direction, Direction),
        ("profile", how.profile, Profile),
        ("conflict rule", how.conflict, Conflict),
    ):
        if given not in get_args(kind):
            wanted = ", ".join(get_args(kind))
            raise SeriesError(f"The {name} must be one of {wanted}; got {given!r}.")
    if how.fix_after is not None and not how.fix_after >= MINIMUM:
        raise SeriesError(
            f"Limits can be fixed after {MINIMUM} points or more; got {how.fix_after}. "
            "Give a larger number, or leave it out."
        )
    changes = how.target if isinstance(how.target, Sequence) else [(None, how.target)]
    for _, aim in changes:
        if aim is not None and not isfinite(aim):
            raise SeriesError(f"A target must be a plain number; got {aim}.")


def _in_order(points: Iterable[Point]) -> list[Point]:
    """The points by date, with None for every kind of missing value."""
    rows = sorted(points, key=lambda point: point.date)
    if not rows:
        raise SeriesError("There is nothing to judge; give a date and a value.")
    for before, point in pairwise(rows):
        if before.date == point.date:
            raise SeriesError(
                f"Duplicate rows found: {point.date} is there more than once; keep one."
            )
    return [Point(point.date, _number(point), bool(point.ghost)) for point in rows]


def _number(point: Point) -> float | None:
    try:
        value = None if point.value is None else float(point.value)
    except (TypeError, ValueError, OverflowError):
        value = inf
    if value is None or isnan(value):
        return None
    if abs(value) > LARGEST:
        raise SeriesError(
            f"{point.date}: a value must be a number or missing; got {point.value!r}."
        )
    return value


def _segments(rows: Sequence[Point], how: _Settings) -> list[_Segment]:
    """Cut at the resets; ghosts are not judged, and no limit rests on them."""
    numbers = list(accumulate(int(row.date in how.resets) for row in rows))
    segments: list[_Segment] = []
    for number, members in groupby(range(len(rows)), key=numbers.__getitem__):
        inside = list(members)
        live = [row for row in inside if not rows[row].ghost]
        baseline = how.fix_after if how.profile == "nhsr" or not segments else None
        # The R package takes a fraction too: rows numbered up to it count.
        fixed = len(live) if baseline is None else floor(min(baseline, len(live)))
        basis = live[:fixed]
        values = [rows[row].value for row in basis]
        line = xmr.line(values, how.profile, how.screen, how.keep_collapsed)
        if how.profile == "mdc" and fixed < len(live):
            # The baseline is a partition of its own, and lends the next its limits.
            end = inside.index(basis[-1]) + 1
            segments.append(_Segment(number, inside[:end], basis, basis, line))
            inside, live = inside[end:], live[fixed:]
        segments.append(_Segment(number, inside, live, basis, line))
    return segments


def _judged(
    rows: Sequence[Point],
    segments: Sequence[_Segment],
    values: Mapping[int, float],
    how: _Settings,
    enough: bool,
) -> Iterator[JudgedPoint]:
    """Every row with its limits and rules; a run chart has an average and neither."""
    trends = _trends(segments, values, how)
    for segment in segments:
        live = segment.live
        line = segment.line if enough else xmr.Line(segment.line.mean)
        places = {row: xmr.place(values[row], line) for row in live if row in values}
        marks: dict[str, xmr.Marks] = {}
        unsure: dict[str, set[int]] = {}
        if enough:
            marks = {
                "outside": xmr.outside(places),
                "trend": trends,
                "two_of_three": xmr.two_of_three(live, places),
                "shift": xmr.shift(live, places),
            }
        if enough and how.profile == "nhsr":
            unsure = {
                "two_of_three": xmr.unsure_of_two_of_three(live, places),
                "shift": xmr.unsure_of_shift(live, places),
            }
        for row in segment.rows:
            yield _point(
                rows[row],
                segment.number,
                line,
                places.get(row, xmr.UNKNOWN),
                {rule: found[row] for rule, found in marks.items() if row in found},
                {rule for rule, found in unsure.items() if row in found},
                how,
            )


def _trends(
    segments: Sequence[_Segment], values: Mapping[int, float], how: _Settings
) -> xmr.Marks:
    """Trends run over resets in `mdc`; within a segment, one way a point, in `nhsr`."""
    if how.profile == "mdc":
        return xmr.trend([row for segment in segments for row in segment.live], values)
    found: xmr.Marks = {}
    for segment in segments:
        marks = xmr.trend(segment.live, values)
        found |= xmr.one_way(marks, segment.live, values)
    return found


def _point(
    point: Point,
    segment: int,
    line: xmr.Line,
    place: xmr.Place,
    fired: Mapping[str, set[int]],
    unsure: set[str],
    how: _Settings,
) -> JudgedPoint:
    # What cannot be said is missing in R, and 0 in the NHS query.
    blank = None if how.profile == "nhsr" else False
    lpl, upl = line.band(xmr.LIMIT) or (None, None)
    cause, side = _cause(fired, how)
    return JudgedPoint(
        date=point.date,
        value=point.value,
        mean=line.mean,
        lpl=lpl,
        upl=upl,
        outside_limits=blank if place.outside is None else place.outside,
        relative_to_mean=place.side,
        close_to_limits=blank if place.near is None else place.near,
        shift=_flag("shift", fired, unsure),
        trend="trend" in fired,
        two_of_three=_flag("two_of_three", fired, unsure),
        special_cause_type=cause,
        point_type=_point_type(side, how.direction),
        ghost=point.ghost,
        segment=segment,
    )


def _flag(rule: str, fired: Mapping[str, set[int]], unsure: set[str]) -> bool | None:
    return True if rule in fired else None if rule in unsure else False


def _cause(fired: Mapping[str, set[int]], how: _Settings) -> tuple[str, int]:
    """The rule that names a point, and its side; 0 for common cause.

    Where both sides fire R takes the first rule. The NHS query takes the side that is
    the concern, or the improvement, as set; and the high one when neither is either.
    """
    found = [
        (name, side)
        for rule, names in CAUSES.items()
        for side, name in names.items()
        if side in fired.get(rule, ())
    ]
    if not found:
        return "Common Cause", 0
    up = how.direction == "increase"
    high = how.direction == "neutral" or up == (how.conflict == "improvement")
    wanted = [cause for cause in found if (cause[1] > 0) == high]
    return (wanted if wanted and how.profile == "mdc" else found)[0]


def _point_type(side: int, direction: Direction) -> str:
    if side == 0:
        return "common_cause"
    if direction == "neutral":
        return f"special_cause_neutral_{'high' if side > 0 else 'low'}"
    good = (side > 0) == (direction == "increase")
    return f"special_cause_{'improvement' if good else 'concern'}"


def _variation(latest: JudgedPoint, direction: Direction) -> str:
    """The icon's name: high or low by the direction, whichever side the point is on."""
    kind = latest.point_type.removeprefix("special_cause_")
    if kind not in ("improvement", "concern"):
        return kind
    high = (kind == "improvement") == (direction == "increase")
    return f"{kind}_{'high' if high else 'low'}"


def _assurance(latest: JudgedPoint, how: _Settings) -> str | None:
    """pass, fail or inconsistent ("hit or miss") by the limits at the latest point.

    A target exactly on a limit is sure to be met, or missed, in `mdc`; not in `nhsr`.
    """
    aim = _aim(how.target, latest.date)
    if how.direction == "neutral" or how.target is None:
        return None
    if aim is None and how.profile == "mdc":
        return None
    if aim is None or latest.lpl is None or latest.upl is None:
        return "inconsistent"
    mdc = how.profile == "mdc"
    below = aim <= latest.lpl if mdc else aim < latest.lpl
    above = aim >= latest.upl if mdc else aim > latest.upl
    good, bad = (below, above) if how.direction == "increase" else (above, below)
    return "pass" if good else "fail" if bad else "inconsistent"


def _aim(target: Target, day: date) -> float | None:
    """The target in force on a day: of its changes so far, the latest."""
    if not isinstance(target, Sequence):
        return target
    changes = [change for change in target if change[0] <= day]
    return max(changes, key=lambda change: change[0])[1] if changes else None


def _notes(
    rows: Sequence[Point], segments: Sequence[_Segment], how: _Settings
) -> Iterator[str]:
    """What a reader must know before trusting the limits, a sentence each."""
    for day in sorted(how.resets - {row.date for row in rows}):
        yield f"Nothing is dated {day}, so no limits start afresh there."
    for segment in segments:
        line, since = segment.line, f"From {rows[segment.rows[0]].date}"
        if line.collapsed:
            yield (
                f"{since}: screening would leave limits of no width, so every moving "
                "range was kept."
            )
        if line.spread == 0 and len({rows[row].value for row in segment.basis}) == 1:
            yield f"{since}: no variation yet, so the limits have no width."
        wide = len(segment.live if how.profile == "nhsr" else segment.basis)
        if wide < SHORT[how.profile]:
            yield f"{since}: the limits rest on few points ({wide})."
    basis = len(segments[-1].basis)
    if MINIMUM <= basis < SETTLED:
        yield f"Early limits: they rest on {basis} points, and settle by {SETTLED}."
    last = next((row for row in reversed(rows) if not row.ghost), None)
    if last is not None and last.value is None:
        yield f"The latest point, {last.date}, has no value."
