"""How is a panel drawn on paper?"""

from collections.abc import Iterator
from html import escape
from typing import Final, NamedTuple

from oversight.charts.marks import Paint, point_shape
from oversight.charts.panel import Axis, Box, Line, Panel, Text
from oversight.charts.sheet import key, sheet_of, svg_of
from oversight.charts.svg import joined, level, text, upright
from oversight.charts.tokens import Theme, tokens

KEY: Final = 30  # px
TICKS: Final = 22
TITLE: Final = 18
ROW_LINE: Final = 15.0  # px a line of a name of two lines


class Plot(NamedTuple):
    """The plot's rectangle, and the axes that it shows."""

    left: float
    top: float
    width: float
    height: float
    across: Axis
    up: Axis

    def x(self, value: float) -> float:
        share = (value - self.across.low) / (self.across.high - self.across.low)
        return self.left + self.width * share

    def y(self, value: float) -> float:
        share = (value - self.up.low) / (self.up.high - self.up.low)
        return self.top + self.height * (1 - share)


def panel_svg(panel: Panel, theme: Theme, width: int) -> str:
    """The panel with its words, as one SVG as high as its rows ask for."""
    paint = tokens(theme).__getitem__
    sheet = sheet_of(panel.headline, panel.subtitle, panel.source, width)
    top = sheet.top + 12 + KEY * bool(panel.key)
    below = TICKS * bool(panel.x.ticks) + TITLE * bool(panel.x.title) + 10
    height = round(top + panel.height + below + sheet.foot + 8)
    wide = width - panel.left - panel.right
    plot = Plot(panel.left, top, wide, panel.height, panel.x, panel.y)
    parts = [
        *sheet.words(height, paint),
        *key(panel.key, sheet.top + 14, paint),
        f'<g data-plot="{plot.left:g} {plot.top:g} {plot.width:g} {plot.height:g}">',
        *_axes(plot, paint),
        *(_box(box, plot, paint) for box in panel.boxes),
        *(_line(line, plot, paint) for line in panel.lines),
        *_dots(panel, plot, paint),
        *(_text(words, plot, paint) for words in panel.texts),
        "</g>",
    ]
    return svg_of(parts, (width, height), (panel.headline, panel.alternative), paint)


def _axes(plot: Plot, paint: Paint) -> Iterator[str]:
    ends, floor = (plot.left, plot.left + plot.width), plot.top + plot.height
    for tick in plot.up.ticks:
        y = plot.y(tick.value)
        if plot.up.is_ruled:
            yield level("grid", ends, y, paint("grid"), 1, "")
        lines = tick.words.split("\n")
        first = y + 4.3 - ROW_LINE * (len(lines) - 1) / 2
        colour = paint("ink2" if plot.up.is_ruled else "ink")
        for row, words in enumerate(lines):
            at = first + ROW_LINE * row
            yield text(words, plot.left - 8, at, colour, anchor="end")
    for tick in plot.across.ticks:
        x = plot.x(tick.value)
        if plot.across.is_ruled:
            yield upright(x, (plot.top, floor), paint("grid"), 1)
        yield text(tick.words, x, floor + 17, paint("ink2"), anchor="middle")
    if plot.across.ticks:
        yield level("axis", ends, floor, paint("limit"), 1, "")
    if plot.across.title:
        middle, y = plot.left + plot.width / 2, floor + TICKS + 13
        yield text(plot.across.title, middle, y, paint("ink2"), anchor="middle")


def _box(box: Box, plot: Plot, paint: Paint) -> str:
    left, right = sorted((plot.x(box.x0), plot.x(box.x1)))
    top, bottom = sorted((plot.y(box.y0), plot.y(box.y1)))
    title = f"<title>{escape(box.words)}</title>" if box.words else ""
    return (
        f'<rect data-flag="{escape(box.flag)}" x="{left:.2f}" y="{top:.2f}" '
        f'width="{right - left:.2f}" height="{bottom - top:.2f}" '
        f'fill="{paint(box.fill)}" stroke="{paint(box.edge)}" '
        f'stroke-width="{box.edge_width:g}">{title}</rect>'
    )


def _line(line: Line, plot: Plot, paint: Paint) -> str:
    corners = [(plot.x(x), plot.y(y)) for x, y in line.corners]
    dash = " ".join(map(str, line.dash))
    drawn = joined(corners, paint(line.colour), line.width, dash)
    return f'<g data-line="{escape(line.role)}">{drawn}</g>'


def _dots(panel: Panel, plot: Plot, paint: Paint) -> Iterator[str]:
    for dot in panel.dots:
        shape = point_shape(dot.mark, plot.x(dot.x), plot.y(dot.y), 4.8, paint)
        title = f"<title>{escape(dot.words)}</title>"
        yield f'<g data-mark="{dot.mark}">{title}{shape}</g>'


def _text(words: Text, plot: Plot, paint: Paint) -> str:
    x, y = plot.x(words.x) + words.dx, plot.y(words.y) + words.dy
    return text(
        words.words,
        x,
        y + words.size * 0.345,
        paint(words.colour),
        size=words.size,
        anchor=words.anchor,
        bold=words.is_bold,
    )
