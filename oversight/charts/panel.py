"""What does a picture say that is no line through months? Boxes, dots, lines, words.

One frozen family for bars, stacked statuses, funnels, the icon grid, clocks and what is
ahead. A kind is one builder that makes a Panel; both renderers draw any Panel, so that
a new kind cannot look different on paper. Everything lies in the units of two axes, but
for margins, which are px; colours are the names of tokens.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from oversight.charts.chart import ChartKind, Mark

Anchor = Literal["start", "middle", "end"]
LEFT: Final = 150.0  # px for the names of rows
RIGHT: Final = 150.0  # px for what is said at the end of a row


@dataclass(frozen=True)
class Tick:
    """A named place on an axis; a new line in its words begins a line."""

    value: float
    words: str


@dataclass(frozen=True)
class Axis:
    """From the left, or the bottom, to the other end; of rows, from many to 0."""

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()
    is_ruled: bool = False  # a line across at each tick
    title: str = ""


@dataclass(frozen=True)
class Box:
    """A filled rectangle. `flag` is what it stands for, `words` what hovering says."""

    x0: float
    x1: float
    y0: float
    y1: float
    fill: str
    edge: str
    flag: str
    words: str = ""
    edge_width: float = 1.0


@dataclass(frozen=True)
class Dot:
    """A shape at a place."""

    x: float
    y: float
    mark: Mark
    words: str


@dataclass(frozen=True)
class Line:
    """A line through corners, by what it is: a limit, an average, today."""

    role: str
    corners: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.5
    dash: tuple[int, ...] = ()  # px drawn, px left out, …


@dataclass(frozen=True)
class Text:
    """Words in one line, their middle so many px right of and below a place."""

    x: float
    y: float
    words: str
    colour: str = "ink2"
    anchor: Anchor = "start"
    dx: float = 0.0
    dy: float = 0.0
    size: float = 12.5
    is_bold: bool = False


@dataclass(frozen=True)
class Panel:
    """One picture, its words, and the table that says the same."""

    kind: ChartKind
    title: str
    headline: str
    subtitle: str
    source: str
    alternative: str
    x: Axis
    y: Axis
    height: float  # px of the plot
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()  # columns of the table that hold numbers
    boxes: tuple[Box, ...] = ()
    dots: tuple[Dot, ...] = ()
    lines: tuple[Line, ...] = ()
    texts: tuple[Text, ...] = ()
    key: tuple[tuple[Mark, str], ...] = ()  # what the shapes of dots mean
    left: float = LEFT
    right: float = RIGHT

    def to_json(self) -> str:
        """The panel as one JSON document, the same bytes for the same panel."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Panel":
        """The panel that `to_json` wrote."""
        read: dict[str, Any] = json.loads(text)
        read["kind"] = ChartKind(read["kind"])
        read["x"], read["y"] = _axis(read["x"]), _axis(read["y"])
        read["heads"], read["numeric"] = tuple(read["heads"]), tuple(read["numeric"])
        read["rows"] = tuple(map(tuple, read["rows"]))
        read["key"] = tuple((Mark(mark), word) for mark, word in read["key"])
        for field, part in PARTS.items():
            read[field] = tuple(part(**row) for row in read[field])
        return cls(**read)


def _axis(row: dict[str, Any]) -> Axis:
    return Axis(**row | {"ticks": tuple(Tick(**tick) for tick in row["ticks"])})


def _dot(**row: Any) -> Dot:
    return Dot(**row | {"mark": Mark(row["mark"])})


def _line(**row: Any) -> Line:
    corners = tuple((x, y) for x, y in row["corners"])
    return Line(**row | {"corners": corners, "dash": tuple(row["dash"])})


PARTS: Final[Mapping[str, Any]] = {
    "boxes": Box,
    "dots": _dot,
    "lines": _line,
    "texts": Text,
}


def row_axis(names: Sequence[str]) -> Axis:
    """An axis of rows from the top, each one unit high and named at its middle."""
    ticks = tuple(Tick(row + 0.5, name) for row, name in enumerate(names))
    return Axis(float(max(len(names), 1)), 0.0, ticks)
