"""Where on a picture do a month and a value lie, and which months does a line join?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from oversight.charts.chart import HOLLOW, ChartSpec, Point

NARROW: Final = frozenset("fijlrtI .,:;'’()|-")
BROAD: Final = frozenset("mwMW%–")


@dataclass(frozen=True)
class Frame:
    """The plot's rectangle, and what it shows: months by place, values by axis."""

    left: float
    top: float
    width: float
    height: float
    months: int
    low: float
    high: float

    def x(self, place: float) -> float:
        """Half a month is left free at either end."""
        return self.left + self.width * (place + 0.5) / self.months

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.top + self.height * (1 - share)


def text_width(text: str, size: float = 12.5) -> float:
    """About how wide Source Sans writes a text, in px, on the wide side."""
    ems = sum(0.3 if c in NARROW else 0.82 if c in BROAD else 0.54 for c in text)
    return size * ems


def frame_of(
    spec: ChartSpec, left: float, top: float, width: float, height: float
) -> Frame:
    """The frame of a spec's months and axis in such a rectangle."""
    low, high = spec.axis[0], spec.axis[-1]
    return Frame(left, top, width, height, max(len(spec.points), 1), low, high)


def solid_runs(points: Sequence[Point]) -> list[list[int]]:
    """Places joined by the line: months side by side, both judged."""
    runs: list[list[int]] = []
    for place, point in enumerate(points):
        if point.value is None or point.mark in HOLLOW:
            continue
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if len(run) > 1]


def dotted_pairs(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Places joined by dots: months side by side, one of them hollow."""
    return [
        (a, b)
        for a, b in pairwise(range(len(points)))
        if points[a].value is not None and points[b].value is not None
        if points[a].mark in HOLLOW or points[b].mark in HOLLOW
    ]


def wrapped(text: str, width: float, size: float = 12.5) -> Iterator[str]:
    """The text in lines no wider than so many px, a longer word on its own line."""
    line = ""
    for word in text.split():
        if line and text_width(f"{line} {word}", size) > width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line
