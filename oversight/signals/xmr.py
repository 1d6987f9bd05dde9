"""What are the limits of a series, and which of its points break a rule?

XmR ("individuals and moving range") arithmetic on plain lists. A row is a place in the
list, None is a missing value, and the profiles `mdc` and `nhsr` are those of `spc.py`.
"""

import statistics
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Values = Sequence[float | None]
Marks = dict[int, set[int]]  # row -> the sides a rule fires on: +1 high, -1 low

LIMIT: Final = 2.66  # not 3/1.128 = 2.65957: both published tools round it
NEAR: Final = 2 * (LIMIT / 3)
SCREEN: Final = 3.267  # a moving range over this many means is an outlier (Nelson 1982)
RUN: Final = 7  # points in a shift or a trend


@dataclass(frozen=True)
class Line:
    """A segment's average and mean moving range; None where they cannot be known.

    `collapsed` says that screening would have left no width, and so was not used.
    """

    mean: float | None = None
    spread: float | None = None
    collapsed: bool = False

    def band(self, width: float) -> tuple[float, float] | None:
        """The lines so many mean moving ranges below and above the average."""
        if self.mean is None or self.spread is None:
            return None
        return self.mean - width * self.spread, self.mean + width * self.spread


@dataclass(frozen=True)
class Place:
    """Where a value lies: beyond a limit, its side of the average, near a limit."""

    outside: bool | None
    side: int | None
    near: bool | None


UNKNOWN: Final = Place(None, None, None)


def mean(values: Iterable[float]) -> float | None:
    """The exactly rounded average; None of nothing.

    One that is off in its last digit puts a constant series above or below itself, and
    so outside its own limits. An exact sum does not prevent it: 13 times 0.03, over 13,
    is not 0.03 (`math.fsum`, `statistics.fmean`).
    """
    known = list(values)
    return float(statistics.mean(known)) if known else None


def moving_ranges(values: Values) -> list[float | None]:
    """Each value's distance from the one before it; None where either is missing."""
    return [
        None if before is None or value is None else abs(value - before)
        for before, value in pairwise([None, *values])
    ]


def line(values: Values, profile: str, screen: bool, keep_collapsed: bool) -> Line:
    """The average and spread of a segment, from the values its limits rest on.

    Screening drops outlying moving ranges, once. Where it would leave no spread though
    there is some, it is not used: an almost constant series would be all signal. And a
    constant series has a spread of 0, which `nhsr` calls undefined when it screens.
    `keep_collapsed` does both as the references do.
    """
    known = [value for value in values if value is not None]
    ranges = moving_ranges(values)
    whole = Line(mean(known), mean(r for r in ranges if r is not None))
    if not screen or whole.spread is None:
        return whole
    screened = _screened(values, ranges, SCREEN * whole.spread, profile)
    if screened.spread or keep_collapsed:
        return screened
    if whole.spread > 0:
        return Line(whole.mean, whole.spread, collapsed=True)
    return whole if len(set(known)) == 1 else screened


def _screened(values: Values, ranges: Values, bound: float, profile: str) -> Line:
    """R keeps ranges below the bound; the NHS query up to it, and drops the points."""
    if profile == "nhsr":
        kept = [r for r in ranges if r is not None and r < bound]
        return Line(mean(v for v in values if v is not None), mean(kept))
    pairs = zip(values, ranges, strict=True)
    stay = [(value, r) for value, r in pairs if r is None or r <= bound]
    return Line(
        mean(value for value, _ in stay if value is not None),
        mean(r for _, r in stay if r is not None),
    )


def sign(value: float, other: float) -> int:
    """+1, 0 or -1 as the value is above, on or below the other."""
    return (value > other) - (value < other)


def place(value: float, on: Line) -> Place:
    """Where a value lies. Exactly on a limit is inside it; on a near line, not near."""
    side = None if on.mean is None else sign(value, on.mean)
    limits, near = on.band(LIMIT), on.band(NEAR)
    if limits is None or near is None:
        return Place(None, side, None)
    beyond = not limits[0] <= value <= limits[1]
    return Place(beyond, side, not beyond and not near[0] <= value <= near[1])


def outside(places: Mapping[int, Place]) -> Marks:
    """Rows beyond a limit."""
    return {row: {at.side} for row, at in places.items() if at.outside and at.side}


def shift(rows: Sequence[int], places: Mapping[int, Place]) -> Marks:
    """Rows in seven or more on one side of the average; one on it breaks the run."""
    marks: Marks = defaultdict(set)
    for window in _windows(rows, RUN, places):
        _mark(marks, window, {places[row].side for row in window})
    return marks


def trend(rows: Sequence[int], values: Mapping[int, float]) -> Marks:
    """Rows in seven or more that each rise, or each fall; a tie breaks the run.

    A peak can end a rise and begin a fall, and then has both sides.
    """
    marks: Marks = defaultdict(set)
    for window in _windows(rows, RUN, values):
        steps = {sign(values[after], values[row]) for row, after in pairwise(window)}
        _mark(marks, window, steps)
    return marks


def two_of_three(rows: Sequence[int], places: Mapping[int, Place]) -> Marks:
    """The near rows where three run on one side and two of them are near its limit.

    Points beyond the limits do not count towards the two, but may be the third.
    """
    marks: Marks = defaultdict(set)
    for window in _windows(rows, 3, places):
        near = [row for row in window if places[row].near]
        if len(near) >= 2:
            _mark(marks, near, {places[row].side for row in window})
    return marks


def one_way(marks: Marks, rows: Sequence[int], values: Mapping[int, float]) -> Marks:
    """Trend marks as R reads them: each row's way to the next row, if that is in one.

    The last row of a trend keeps the way it came. So a peak is decreasing; and so is
    the end of a rise after which, with a drop or a tie, another rise begins.
    """
    ways: Marks = {}
    for i, row in enumerate(rows):
        if row in marks:
            ahead = i + 1 < len(rows) and rows[i + 1] in marks
            first, second = (row, rows[i + 1]) if ahead else (rows[i - 1], row)
            ways[row] = {1 if values[second] > values[first] else -1}
    return ways


def unsure_of_shift(rows: Sequence[int], places: Mapping[int, Place]) -> set[int]:
    """Rows where R cannot say, for a missing value, whether they are in a shift."""
    sides = [places.get(row, UNKNOWN).side for row in rows]
    unsure: set[int] = set()
    for end, side in enumerate(sides):
        before = sides[max(0, end - RUN + 1) : end]
        may_be = len(before) == RUN - 1 and side != 0 and set(before) <= {side, None}
        if side is None or (may_be and None in before):
            unsure.update(rows[max(0, end - RUN + 1) : end + 1])
    return unsure


def unsure_of_two_of_three(
    rows: Sequence[int], places: Mapping[int, Place]
) -> set[int]:
    """Rows where R cannot say, for a missing value or limit, whether two are near."""
    unsure: set[int] = set()
    for start in range(-2, len(rows)):  # R looks over the edges, and sees no side there
        window = rows[max(0, start) : start + 3]
        at = [places.get(row, UNKNOWN) for row in window]
        sides, near = {p.side for p in at}, {p.near for p in at}
        one_side = len(window) == 3 and sides in ({1}, {-1})
        if None in sides or (None in near and one_side):
            unsure.update(
                r for r, p in zip(window, at, strict=True) if p.near is not False
            )
    return unsure


def _windows(
    rows: Sequence[int], size: int, known: Container[int]
) -> Iterator[Sequence[int]]:
    """Every stretch of so many neighbouring rows that holds no missing value."""
    for start in range(len(rows) - size + 1):
        window = rows[start : start + size]
        if all(row in known for row in window):
            yield window


def _mark(marks: Marks, rows: Iterable[int], sides: AbstractSet[int | None]) -> None:
    """Mark the rows when they all lie, or all move, to one side."""
    for side in (1, -1):
        if sides == {side}:
            for row in rows:
                marks[row].add(side)
