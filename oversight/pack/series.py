"""What series does a native chart have, in slides and in workbooks alike?

The value is one line; each line of the chart and each kind of mark is a series of its
own, so that the key explains the shapes and no program has to colour single points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from oversight.charts.chart import (
    HOLLOW,
    MARK_WORDS,
    ChartKind,
    ChartSpec,
    Mark,
    is_possible,
    key_of,
)

# Of a mark: the shape that both programs have, its colour by token.
SHAPES: Final = {
    Mark.IMPROVEMENT: ("diamond", "signal_good"),
    Mark.CONCERN: ("triangle", "signal_bad"),
    Mark.NEUTRAL: ("square", "signal_neutral"),
    Mark.NORMAL: ("circle", "common"),
    Mark.MISSED: ("square", "bad"),
    Mark.KEPT: ("circle", "good"),
    Mark.PART: ("circle", "border"),
    Mark.RUNNING: ("circle", "border"),
    Mark.DOUBTFUL: ("circle", "border"),
}
LINES: Final = (
    ("Average", "mean", "mean", "solid"),
    ("Upper limit", "upper", "limit", "dash"),
    ("Lower limit", "lower", "limit", "dash"),
)


@dataclass(frozen=True)
class Series:
    """One series, a value or a gap a month: a line, columns, or marks alone."""

    name: str
    values: tuple[float | None, ...]
    colour: str  # a token
    dash: str = "solid"  # of the line; none where only marks are drawn
    shape: str = "none"  # of the marks

    @property
    def is_marks(self) -> bool:
        return self.dash == "none"


def is_columns(spec: ChartSpec) -> bool:
    """Whether the months are columns: of a duty, what was missed."""
    return spec.kind is ChartKind.DUTY


def series_of(spec: ChartSpec) -> tuple[Series, ...]:
    """The value, the lines that there are, and the marks that are drawn."""
    return tuple(_series(spec))


def _series(spec: ChartSpec) -> Iterator[Series]:
    values = tuple(point.value for point in spec.points)
    if is_columns(spec):
        yield Series("Missed", values, "bad")
        return
    # A hollow month is joined to nothing: it has only its mark.
    joined = tuple(None if p.mark in HOLLOW else p.value for p in spec.points)
    yield Series("Value", joined, "line")
    for name, field, colour, dash in LINES:
        line: list[float | None] = [None] * len(values)
        for run in spec.limits:
            value = getattr(run, field)
            if is_possible(value, spec.unit):
                line[run.first : run.last + 1] = [value] * (run.last + 1 - run.first)
        if any(value is not None for value in line):
            yield Series(name, tuple(line), colour, dash)
    if spec.targets:
        aims: list[float | None] = [None] * len(values)
        for aim in spec.targets:
            aims[aim.first : aim.last + 1] = [aim.value] * (aim.last + 1 - aim.first)
        yield Series("Target", tuple(aims), "target", "dash_dot")
    for mark in key_of(spec.points):
        shape, colour = SHAPES[mark]
        marks = tuple(p.value if p.mark is mark else None for p in spec.points)
        name = MARK_WORDS[mark].capitalize()
        yield Series(name, marks, colour, "none", shape)
