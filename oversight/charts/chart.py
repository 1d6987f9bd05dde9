"""What does one chart say? Everything either renderer may draw, and nothing else.

A spec is frozen with a review, so it holds words and numbers, never code or colours.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeGuard


class ChartKind(StrEnum):
    """Every kind of picture there is; of a measure, what its months can bear."""

    SPC = "spc"  # limits and special causes
    RUN = "run"  # too few months for either
    DUTY = "duty"  # a legal duty: what was missed, and no statistics
    EMPTY = "empty"  # no month has a value
    GAPS = "gaps"  # rare events: the days between one and the next
    # What follows is no line through points: panels, in `panel.py`.
    BARS = "bars"  # by home or cause
    STATUSES = "statuses"  # how many measures stand how, by strand
    FUNNEL = "funnel"  # homes beside each other, with their size
    GRID = "grid"  # measures by signal and assurance
    CLOCKS = "clocks"  # hours run of those the law gives
    AHEAD = "ahead"  # what falls due, by day


class Mark(StrEnum):
    """How a month is drawn: the first of these that is true of it."""

    MISSED = "missed"  # of a duty: in hand, however little is known of the rest
    DOUBTFUL = "doubtful"  # its sources cannot be relied on
    PART = "part"  # it is not over
    RUNNING = "running"  # of gaps: no event has ended it
    KEPT = "kept"  # of a duty
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"
    NORMAL = "normal"
    MONTH = "month"  # too few of them to say more


# In the order of a key.
MARK_WORDS: Final = {
    Mark.IMPROVEMENT: "improvement",
    Mark.CONCERN: "concern",
    Mark.NEUTRAL: "change",
    Mark.NORMAL: "normal variation",
    Mark.MONTH: "each month",
    Mark.MISSED: "missed",
    Mark.KEPT: "kept in full",
    Mark.PART: "part month",
    Mark.RUNNING: "still running",
    Mark.DOUBTFUL: "not fully known",
}
HOLLOW: Final = (
    Mark.DOUBTFUL,
    Mark.PART,
    Mark.RUNNING,
)  # drawn hollow, and never judged
SPECIAL: Final = (Mark.IMPROVEMENT, Mark.CONCERN, Mark.NEUTRAL)


@dataclass(frozen=True)
class Point:
    """One month, or one gap between events, named by the day that ended it.

    `value` is what is drawn: of a duty, the number of cases missed.
    """

    day: date
    value: float | None
    met: int
    total: int
    mark: Mark
    is_part: bool
    is_known: bool
    label: str  # "Oct 2026"
    shown: str  # "89%"
    words: str  # "October 2026: 89%, 282 of 315; improvement"


@dataclass(frozen=True)
class Limits:
    """One run of months, by place, under one average and one pair of limits."""

    first: int
    last: int
    mean: float | None
    lower: float | None
    upper: float | None
    segment: int  # how often the limits were set afresh before


@dataclass(frozen=True)
class Aim:
    """One run of months, by place, under one target."""

    first: int
    last: int
    value: float


@dataclass(frozen=True)
class Label:
    """The name of a line, at the right edge."""

    role: str  # target, average, upper or lower
    value: float
    words: str


@dataclass(frozen=True)
class Note:
    """What people wrote of one month, or of a day between events, by place."""

    place: int
    label: str  # "Apr 2026"
    words: str


@dataclass(frozen=True)
class ChartSpec:
    """One chart of one measure: its words, its points, its lines and its axis."""

    kind: ChartKind
    measure: str
    title: str
    headline: str
    subtitle: str
    source: str
    alternative: str
    unit: str  # after a number on the axis: "%" or nothing
    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    targets: tuple[Aim, ...]
    labels: tuple[Label, ...]
    notes: tuple[Note, ...]
    axis: tuple[float, ...]  # named steps; the first and the last are its ends
    latest: int | None  # the place of the month whose value is written beside it

    def to_json(self) -> str:
        """The spec as one JSON document, the same bytes for the same spec."""
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "ChartSpec":
        """The spec that `to_json` wrote."""
        read: dict[str, Any] = json.loads(text)
        read["kind"] = ChartKind(read["kind"])
        read["axis"] = tuple(read["axis"])
        read["points"] = tuple(map(_point, read["points"]))
        for field, part in PARTS.items():
            read[field] = tuple(part(**row) for row in read[field])
        return cls(**read)


PARTS: Final[Mapping[str, Any]] = {
    "limits": Limits,
    "targets": Aim,
    "labels": Label,
    "notes": Note,
}


def _point(row: dict[str, Any]) -> Point:
    return Point(
        **row | {"day": date.fromisoformat(row["day"]), "mark": Mark(row["mark"])}
    )


def is_possible(value: float | None, unit: str) -> TypeGuard[float]:
    """Whether there is such a value: a limit of -3 or of 104% is not drawn."""
    return value is not None and value >= 0 and (unit != "%" or value <= 100)


def key_of(points: Sequence[Point]) -> tuple[Mark, ...]:
    """The marks a key explains, in its order; a mere month needs no word."""
    drawn = {point.mark for point in points if point.value is not None}
    return tuple(mark for mark in MARK_WORDS if mark in drawn - {Mark.MONTH})
