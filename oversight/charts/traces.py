"""How are a chart's bands, lines and months drawn by Plotly?"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from oversight.charts.chart import (
    HOLLOW,
    MARK_WORDS,
    ChartKind,
    ChartSpec,
    Mark,
    Point,
    is_possible,
)
from oversight.charts.frame import dotted_pairs, solid_runs
from oversight.charts.marks import MARK_PAINT
from oversight.charts.placing import resets_of

Colours = Mapping[str, str]
Part = dict[str, Any]
Level = tuple[int, int, float]  # from a place, to a place, at a value

SYMBOLS: Final = {
    Mark.IMPROVEMENT: ("diamond", 12),
    Mark.CONCERN: ("triangle-up", 12),
    Mark.NEUTRAL: ("diamond", 11),
    Mark.MISSED: ("square", 9),
}
UNFILLED: Final = (Mark.NEUTRAL, *HOLLOW)


def bands(spec: ChartSpec, colours: Colours) -> list[Part]:
    """What is normal: the room between the limits, as far as values can lie there."""
    low, high = spec.axis[0], spec.axis[-1]
    return [
        {
            "type": "rect",
            "layer": "below",
            "x0": run.first - 0.5,
            "x1": run.last + 0.5,
            "y0": low if run.lower is None else max(run.lower, low),
            "y1": min(run.upper, high),
            "fillcolor": colours["band"],
            "line": {"width": 0},
        }
        for run in spec.limits
        if run.upper is not None
    ]


def resets(spec: ChartSpec, colours: Colours) -> list[Part]:
    """A dotted line where the limits were set afresh: it stays visible."""
    return [
        {
            "type": "line",
            "x0": place - 0.5,
            "x1": place - 0.5,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": colours["limit"], "width": 1.5, "dash": "dot"},
        }
        for place in resets_of(spec)
    ]


def lines(spec: ChartSpec, colours: Colours) -> list[Part]:
    """Limits, average and target, then the line through the months."""
    dashed = {"color": colours["limit"], "width": 1.5, "dash": "dash"}
    level = {"color": colours["mean"], "width": 1.8}
    aimed = {"color": colours["target"], "width": 2, "dash": "10px,4px,2px,4px"}
    through = {"color": colours["line"], "width": 1.8}
    targets = [(aim.first, aim.last, aim.value) for aim in spec.targets]
    found = [
        _line("Lower limit", _levels(_runs(spec, "lower")), dashed),
        _line("Upper limit", _levels(_runs(spec, "upper")), dashed),
        _line("Average", _levels(_runs(spec, "mean")), level),
        _line("Target", _levels(targets), aimed),
    ]
    if spec.kind is not ChartKind.DUTY:
        solid, dotted = solid_runs(spec.points), dotted_pairs(spec.points)
        found.append(_line("Judged", _joined(spec, solid), through))
        dots = through | {"dash": "2px,4px"}
        found.append(_line("Not judged", _joined(spec, dotted), dots))
    return [trace for trace in found if trace["x"]]


def marks(spec: ChartSpec, colours: Colours) -> list[Part]:
    """One trace a mark, named in its word."""
    placed = [(place, p) for place, p in enumerate(spec.points) if p.value is not None]
    traces = []
    for mark, word in MARK_WORDS.items():
        places = [place for place, point in placed if point.mark is mark]
        points = [spec.points[place] for place in places]
        if places:
            is_bar = mark is Mark.MISSED
            looks = _bar(points, colours) if is_bar else symbol_of(mark, colours)
            traces.append(_trace(word, places, points) | looks)
    return traces


def _trace(name: str, places: Sequence[int], points: Sequence[Point]) -> Part:
    return {
        "name": name,
        "x": places,
        "y": [point.value for point in points],
        "hovertext": [escape(point.words, quote=False) for point in points],
        "hoverinfo": "text",
        "customdata": [point.day.isoformat() for point in points],
        "cliponaxis": False,
    }


def _bar(points: Sequence[Point], colours: Colours) -> Part:
    return {
        "type": "bar",
        "width": 0.5,
        "marker": {"color": colours["bad"], "line": {"width": 0}},
        "text": [point.shown for point in points],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 15, "color": colours["bad"], "weight": 700},
    }


def symbol_of(mark: Mark, colours: Colours) -> Part:
    """How a trace of one mark looks: shape, size and colour."""
    symbol, size = SYMBOLS.get(mark, ("circle", 9))
    colour, card = colours[MARK_PAINT[mark]], colours["card"]
    fill, rim, width = (card, colour, 2) if mark in UNFILLED else (colour, card, 1.2)
    line = {"color": rim, "width": width}
    return {
        "type": "scatter",
        "mode": "markers",
        # Where sizes differ between points, Plotly would draw them at 0.7 opacity.
        "opacity": 1,
        "marker": {"symbol": symbol, "size": size, "color": fill, "line": line},
    }


def _runs(spec: ChartSpec, line: str) -> list[Level]:
    runs = [(run.first, run.last, getattr(run, line)) for run in spec.limits]
    return [run for run in runs if is_possible(run[2], spec.unit)]


def _levels(runs: Iterable[Level]) -> list[tuple[float, float] | None]:
    """Level lines, half a month longer at either end; None lifts the pen."""
    corners: list[tuple[float, float] | None] = []
    for first, last, value in runs:
        corners += [(first - 0.5, value), (last + 0.5, value), None]
    return corners[:-1]


def _joined(
    spec: ChartSpec, runs: Iterable[Sequence[int]]
) -> list[tuple[float, float] | None]:
    corners: list[tuple[float, float] | None] = []
    for run in runs:
        corners += [(place, spec.points[place].value or 0.0) for place in run]
        corners.append(None)
    return corners[:-1]


def _line(name: str, corners: Iterable[tuple[float, float] | None], line: Part) -> Part:
    both = [corner or (None, None) for corner in corners]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [x for x, _ in both],
        "y": [y for _, y in both],
        "line": line,
        "hoverinfo": "skip",
    }
