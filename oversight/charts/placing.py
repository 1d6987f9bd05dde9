"""Where does each part of a chart lie, in pixels, so that no two words overlap?

Both renderers ask here, so screen and paper place alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Final, NamedTuple

from oversight.charts.chart import ChartSpec
from oversight.charts.frame import Frame, text_width, wrapped

LABEL_GAP: Final = 16.0  # px between the middles of two labels of 12.5 px
NOTE_WIDTHS: Final = (170.0, 110.0)  # px: the second where the first covers something
WORDS_OVER_WORDS: Final = 100  # times as bad as words over a line
OVER_THE_EDGE: Final = 1_000_000.0  # worse than anything within


class Box(NamedTuple):
    """A rectangle of text."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The area shared, in square pixels."""
        if not self.touches(other):
            return 0.0
        wide = min(self.right, other.right) - max(self.left, other.left)
        return wide * (min(self.bottom, other.bottom) - max(self.top, other.top))

    def touches(self, other: "Box") -> bool:
        """Whether any is shared; asked hundreds of times a picture."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class PlacedNote:
    """A note's lines, the corner where they begin, and the point they are tied to."""

    lines: tuple[str, ...]
    box: Box
    x: float
    y: float
    is_left: bool  # the text stands to the left of its leader
    is_at_reset: bool = False  # beside the dotted line where limits start afresh

    @property
    def is_beside(self) -> bool:
        """Level with its point, or at a line of its own: no leader is needed."""
        return self.is_at_reset or self.box.top < self.y < self.box.bottom

    @property
    def middle(self) -> float:
        """Of the text, from top to bottom."""
        return (self.box.top + self.box.bottom) / 2

    @property
    def leader_end(self) -> float:
        """The far edge of the text, up or down from the point."""
        return self.box.bottom if self.box.top > self.y else self.box.top


def push_apart(wanted: Sequence[float], low: float, high: float) -> list[float]:
    """Places as near the wanted ones as can be, LABEL_GAP apart and between the ends.

    Neighbours too close share out the distance they are moved. Where all cannot fit
    between the ends they stay apart, and run over the far end.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[list[float]] = []  # [sum of starts, how many]
    for rank, i in enumerate(order):
        blocks.append([wanted[i] - rank * LABEL_GAP, 1])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    starts = [_mean(block) for block in blocks for _ in range(int(block[1]))]
    room = high - (len(order) - 1) * LABEL_GAP
    placed = [0.0] * len(order)
    for rank, (i, start) in enumerate(zip(order, starts, strict=True)):
        placed[i] = max(min(start, room), low) + rank * LABEL_GAP
    return placed


def label_heights(spec: ChartSpec, frame: Frame) -> list[float]:
    """How high each line's name stands at the right edge."""
    wanted = [frame.y(label.value) for label in spec.labels]
    return push_apart(wanted, frame.top, frame.top + frame.height)


def height_of(spec: ChartSpec, place: int) -> float:
    """A month's value; the foot of the axis where it has none."""
    value = spec.points[place].value
    return spec.axis[0] if value is None else value


def is_latest_above(spec: ChartSpec, frame: Frame) -> bool:
    """Whether the latest value is written above its point rather than below."""
    taken = list(_obstacles(spec, frame))
    above, below = (latest_box(spec, frame, side) for side in (True, False))
    return _cost(above, taken) <= _cost(below, taken)


def latest_box(spec: ChartSpec, frame: Frame, above: bool) -> Box:
    """The room that the figures of the latest value take, above or below its point."""
    place = spec.latest or 0
    x, y = frame.x(place), frame.y(height_of(spec, place))
    half = text_width(spec.points[place].shown, 15) / 2
    top = y - 23 if above else y + 11
    return Box(x - half, top, x + half, top + 12)


def place_notes(spec: ChartSpec, frame: Frame) -> tuple[PlacedNote, ...]:
    """Each note where it covers least: of several places round its point, the first."""
    lines, words = list(_obstacles(spec, frame)), []
    if spec.latest is not None:
        words.append(latest_box(spec, frame, is_latest_above(spec, frame)))
    placed, afresh = [], resets_of(spec)
    for note in spec.notes:
        is_at_reset = note.place in afresh
        x = frame.x(note.place - 0.5 * is_at_reset)
        y = frame.y(height_of(spec, note.place))
        said = f"{note.label}: {note.words}"
        tried = []
        for width in NOTE_WIDTHS:
            written = tuple(wrapped(said, width))
            tries = list(_tries(written, x, y))
            inside = [one for one in tries if _is_inside(one, frame)]
            # Over the edge is better than not said, where none lies inside.
            cost, box = _least(inside or tries, lines, words)
            tried.append((cost + OVER_THE_EDGE * (not inside), written, box))
            if not tried[-1][0]:
                break
        _, written, box = min(tried, key=lambda each: each[0])
        placed.append(PlacedNote(written, box, x, y, box.left < x, is_at_reset))
        words.append(box)
    return tuple(placed)


def resets_of(spec: ChartSpec) -> list[int]:
    """The places at whose beginning limits start afresh: a dotted line stands there."""
    return [
        after.first
        for before, after in pairwise(spec.limits)
        if after.segment != before.segment
    ]


def _least(
    tries: Sequence[Box], lines: Sequence[Box], words: Sequence[Box]
) -> tuple[float, Box]:
    """The first that covers nothing, else the one that covers least, and how much."""
    left = min(tried.left for tried in tries)
    right = max(tried.right for tried in tries)
    near = [box for box in lines if box.left < right and box.right > left]
    costs: list[float] = []
    for tried in tries:
        costs.append(_cost(tried, near) + WORDS_OVER_WORDS * _cost(tried, words))
        if costs[-1] == 0:
            return 0.0, tried
    least = min(costs)
    return least, tries[costs.index(least)]


def _tries(lines: tuple[str, ...], x: float, y: float) -> Iterator[Box]:
    """Beside the point, then under and over it, further and further off."""
    wide, high = max(map(text_width, lines)), LABEL_GAP * len(lines)
    tops = [y - high / 2]
    for off in range(20, 200, 5):
        tops += [y + off, y - off - high]
    for top in tops:
        gap = 14 if top == tops[0] else 6
        for left in (x + gap, x - gap - wide):
            yield Box(left, top, left + wide, top + high)


def _is_inside(box: Box, frame: Frame) -> bool:
    return (
        box.left >= frame.left
        and box.right <= frame.left + frame.width
        and box.top >= frame.top
        and box.bottom <= frame.top + frame.height
    )


def _obstacles(spec: ChartSpec, frame: Frame) -> Iterator[Box]:
    """The data line in short pieces, and the lines across."""
    drawn: list[tuple[float, float] | None] = [
        None if point.value is None else (frame.x(place), frame.y(point.value))
        for place, point in enumerate(spec.points)
    ]
    yield from (_around(corner, 8) for corner in drawn if corner)
    for start, end in pairwise(drawn):
        if start is None or end is None:
            continue
        wide, high = end[0] - start[0], end[1] - start[1]
        pieces = int(hypot(wide, high) / 10) + 1
        for share in (piece / pieces for piece in range(1, pieces)):
            yield _around((start[0] + wide * share, start[1] + high * share), 5)
    for place in resets_of(spec):
        x = frame.x(place - 0.5)
        yield Box(x - 1, frame.top, x + 1, frame.top + frame.height)
    for label in spec.labels:
        y = frame.y(label.value)
        yield Box(frame.left, y - 1, frame.left + frame.width, y + 1)


def _around(middle: tuple[float, float], reach: float) -> Box:
    x, y = middle
    return Box(x - reach, y - reach, x + reach, y + reach)


def _cost(box: Box, obstacles: Sequence[Box]) -> float:
    """The area covered; written out, for it is asked thousands of times a chart."""
    left, top, right, bottom = box
    covered = 0.0
    for from_x, from_y, to_x, to_y in obstacles:
        if from_x < right and to_x > left and from_y < bottom and to_y > top:
            wide = (min(to_x, right)) - (max(from_x, left))
            high = (min(to_y, bottom)) - (max(from_y, top))
            covered += wide * high
    return covered


def _mean(block: Sequence[float]) -> float:
    return block[0] / block[1]
