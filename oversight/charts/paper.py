"""How is a chart drawn on paper: one SVG, its text still text?

Only from the spec, and laid out by `placing` as the screen is. No CSS variables, no
scripts and no outside fonts, so that any SVG reader draws the same.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from oversight.charts import placing, scales
from oversight.charts.chart import (
    MARK_WORDS,
    Aim,
    ChartKind,
    ChartSpec,
    Limits,
    Mark,
    Point,
    is_possible,
    key_of,
)
from oversight.charts.frame import (
    Frame,
    dotted_pairs,
    frame_of,
    solid_runs,
)
from oversight.charts.marks import LABEL_PAINT, Paint, point_shape
from oversight.charts.panel import Panel
from oversight.charts.panel_paper import panel_svg
from oversight.charts.sheet import key, sheet_of, svg_of
from oversight.charts.svg import joined, level, rect, text, upright
from oversight.charts.tokens import Theme, tokens

LEFT: Final = 46
RIGHT: Final = 122
UNNAMED: Final = 16  # on the right, where no line has a name
LINES: Final = (
    ("lower", "limit", 1.5, "7 4"),
    ("upper", "limit", 1.5, "7 4"),
    ("mean", "mean", 1.8, ""),
)


def to_svg(
    spec: ChartSpec | Panel,
    theme: Theme = "light",
    width: int = 900,
    height: int = 420,
) -> str:
    """The chart with its headline, subtitle, key and source line, as one SVG.

    A panel is as high as its rows ask for, whatever the height given.
    """
    if isinstance(spec, Panel):
        return panel_svg(spec, theme, width)
    paint = tokens(theme).__getitem__
    sheet = sheet_of(spec.headline, spec.subtitle, spec.source, width)
    top, bottom = sheet.top + 46, 42 + sheet.foot
    right = RIGHT if spec.labels else UNNAMED
    frame = frame_of(spec, LEFT, top, width - LEFT - right, height - top - bottom)
    entries = [(mark, MARK_WORDS[mark]) for mark in key_of(spec.points)]
    parts = [
        *sheet.words(height, paint),
        *key(entries, top - 31, paint),
        *_bands(spec, frame, paint),
        *_axes(spec, frame, paint),
        *_lines(spec, frame, paint),
        *_labels(spec, frame, paint),
        *_months(spec, frame, paint),
    ]
    return svg_of(parts, (width, height), (spec.headline, spec.alternative), paint)


def _bands(spec: ChartSpec, frame: Frame, paint: Paint) -> Iterator[str]:
    for run in spec.limits:
        if run.upper is None:
            continue
        left, right = _ends(frame, run)
        lower = frame.low if run.lower is None else run.lower
        bottom = frame.y(max(lower, frame.low))
        top = frame.y(min(run.upper, frame.high))
        yield rect(left, top, right - left, bottom - top, paint("band"))


def _axes(spec: ChartSpec, frame: Frame, paint: Paint) -> Iterator[str]:
    ends, floor = (frame.left, frame.left + frame.width), frame.top + frame.height
    for step in spec.axis:
        y = frame.y(step)
        yield level("grid", ends, y, paint("grid"), 1, "")
        words = f"{step:,g}{spec.unit}"
        yield text(words, frame.left - 8, y + 4.3, paint("ink2"), anchor="end")
    yield level("axis", ends, floor, paint("limit"), 1, "")
    for place, month, year in scales.ticks_of(spec):
        x = frame.x(place)
        yield upright(x, (floor, floor + 5), paint("limit"), 1)
        yield text(month, x, floor + 18, paint("ink2"), anchor="middle")
        yield text(year, x, floor + 33, paint("ink2"), anchor="middle")


def _lines(spec: ChartSpec, frame: Frame, paint: Paint) -> Iterator[str]:
    """Limits, average and target, and a dotted upright where limits start afresh."""
    for name, token, width, dash in LINES:
        for run in spec.limits:
            value = getattr(run, name)
            if is_possible(value, spec.unit):
                y = frame.y(value)
                yield level(name, _ends(frame, run), y, paint(token), width, dash)
    for aim in spec.targets:
        y = frame.y(aim.value)
        yield level("target", _ends(frame, aim), y, paint("target"), 2, "10 4 2 4")
    for place in placing.resets_of(spec):
        ends = frame.top, frame.top + frame.height
        yield upright(frame.x(place - 0.5), ends, paint("limit"), 1.5, "2 3")


def _labels(spec: ChartSpec, frame: Frame, paint: Paint) -> Iterator[str]:
    heights = placing.label_heights(spec, frame)
    for label, y in zip(spec.labels, heights, strict=True):
        colour = paint(LABEL_PAINT.get(label.role, "ink2"))
        x = frame.left + frame.width + 10
        yield text(label.words, x, y + 4.3, colour, bold=label.role == "target")


def _months(spec: ChartSpec, frame: Frame, paint: Paint) -> Iterator[str]:
    """The line, each month's shape with its words, the notes and the latest value."""
    if spec.kind is ChartKind.EMPTY:
        middle = frame.left + frame.width / 2, frame.top + frame.height / 2
        yield text(spec.headline, *middle, paint("ink2"), size=15, anchor="middle")
        return
    if spec.kind is not ChartKind.DUTY:
        for run in solid_runs(spec.points):
            yield joined(_corners(spec, frame, run), paint("line"), 1.8)
        for pair in dotted_pairs(spec.points):
            yield joined(_corners(spec, frame, pair), paint("line"), 1.8, "2 4")
    yield from _notes(spec, frame, paint)
    for place, point in enumerate(spec.points):
        if point.value is not None:
            drawn = _mark(point, point.value, frame, frame.x(place), paint)
            title = f"<title>{escape(point.words)}</title>"
            data = f'data-month="{point.day}" data-mark="{point.mark}"'
            yield f"<g {data}>{title}{drawn}</g>"
    if spec.latest is not None:
        yield _latest(spec, spec.points[spec.latest], frame, paint)


def _mark(point: Point, value: float, frame: Frame, x: float, paint: Paint) -> str:
    y, bad = frame.y(value), paint("bad")
    if point.mark is not Mark.MISSED:
        return point_shape(point.mark, x, y, 4.8, paint)
    wide, high = 0.5 * frame.width / frame.months, frame.top + frame.height - y
    shown = text(point.shown, x, y - 5, bad, size=15, anchor="middle", bold=True)
    return rect(x - wide / 2, y, wide, high, bad) + shown


def _latest(spec: ChartSpec, point: Point, frame: Frame, paint: Paint) -> str:
    box = placing.latest_box(spec, frame, placing.is_latest_above(spec, frame))
    x, y = (box.left + box.right) / 2, box.bottom - 1
    return text(point.shown, x, y, paint("ink"), size=15, anchor="middle", bold=True)


def _notes(spec: ChartSpec, frame: Frame, paint: Paint) -> Iterator[str]:
    for put in placing.place_notes(spec, frame):
        if not put.is_beside:
            yield upright(put.x, (put.y, put.leader_end), paint("limit"), 1.2)
        x, anchor = (put.box.right, "end") if put.is_left else (put.box.left, "start")
        for row, line in enumerate(put.lines):
            y = put.box.top + placing.LABEL_GAP * row + 12
            yield text(line, x, y, paint("ink2"), anchor=anchor)


def _ends(frame: Frame, run: Limits | Aim) -> tuple[float, float]:
    """A run of months on the picture, half a month longer at either end."""
    return frame.x(run.first - 0.5), frame.x(run.last + 0.5)


def _corners(
    spec: ChartSpec, frame: Frame, places: Sequence[int]
) -> Iterator[tuple[float, float]]:
    for place in places:
        yield frame.x(place), frame.y(placing.height_of(spec, place))
