"""How does a chart look in a table's row: the shape of two years, without words?"""

from html import escape
from itertools import chain
from typing import Final

from oversight.charts.chart import SPECIAL, ChartKind, ChartSpec, Mark, is_possible
from oversight.charts.frame import Frame, dotted_pairs, frame_of, solid_runs
from oversight.charts.marks import point_shape
from oversight.charts.tokens import css_paint

EDGE: Final = 4  # px left free all round, so that no mark is cut


def sparkline(
    spec: ChartSpec, width: float = 124, height: float = 32, alone: bool = False
) -> str:
    """Inline SVG for a page: band, target, line, special causes and the last month.

    Hidden from screen readers, since the row's words say it; `alone` names it instead.
    """
    frame = _frame(spec, width, height)
    draw = _bars if spec.kind is ChartKind.DUTY else _line
    body = draw(spec, frame) if spec.kind is not ChartKind.EMPTY else ""
    words = escape(spec.alternative)
    named = f'role="img" aria-label="{words}"' if alone else 'aria-hidden="true"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" '
        f'{named} style="vertical-align:middle">'
        f"{body}</svg>"
    )


def _frame(spec: ChartSpec, width: float, height: float) -> Frame:
    """As tight as what is drawn: a sparkline has no axis to read a value off."""
    lines = [label.value for label in spec.labels]
    values = [p.value for p in spec.points if p.value is not None] + lines
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low == high:
        low, high = low - 1, high + 1
    if spec.kind is ChartKind.DUTY:
        low, high = 0.0, max(high, 3.0)
    inside = frame_of(spec, EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE)
    return Frame(
        inside.left, inside.top, inside.width, inside.height, inside.months, low, high
    )


def _line(spec: ChartSpec, frame: Frame) -> str:
    drawn = [place for place, p in enumerate(spec.points) if p.value is not None]
    special = [p for p in drawn[:-1] if spec.points[p].mark in SPECIAL]
    runs, pairs = solid_runs(spec.points), dotted_pairs(spec.points)
    alone = set(drawn) - set(chain(*runs, *pairs))
    return "".join(
        chain(
            _bands(spec, frame),
            _targets(spec, frame),
            (_path(spec, frame, run, "") for run in runs),
            (_path(spec, frame, pair, ' stroke-dasharray="1.5 2"') for pair in pairs),
            (_shape(spec, frame, place, 1.6) for place in sorted(alone)),
            (_shape(spec, frame, place, 2.4) for place in special),
            [_last(spec, frame, drawn[-1])],
        )
    )


def _bars(spec: ChartSpec, frame: Frame) -> str:
    """A duty: a bar for what was missed, a dot for each month kept in full."""
    floor, parts = frame.y(0), []
    for place, point in enumerate(spec.points):
        if point.value is None:
            continue
        if point.mark is Mark.MISSED:
            x, y = frame.x(place) - 1.6, frame.y(point.value)
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="3.2" height="{floor - y:.1f}" '
                f'fill="{css_paint("bad")}"/>'
            )
        else:
            parts.append(_shape(spec, frame, place, 1.6))
    return "".join(parts)


def _bands(spec: ChartSpec, frame: Frame) -> list[str]:
    bands = []
    for run in spec.limits:
        if run.upper is None:
            continue
        left, right = frame.x(run.first - 0.5), frame.x(run.last + 0.5)
        lower = frame.y(run.lower if is_possible(run.lower, spec.unit) else frame.low)
        upper = frame.y(run.upper if is_possible(run.upper, spec.unit) else frame.high)
        lower, upper = min(lower, frame.y(frame.low)), max(upper, frame.y(frame.high))
        bands.append(
            f'<rect x="{left:.1f}" y="{upper:.1f}" width="{right - left:.1f}" '
            f'height="{max(lower - upper, 1):.1f}" fill="{css_paint("grid")}"/>'
        )
    return bands


def _targets(spec: ChartSpec, frame: Frame) -> list[str]:
    return [
        f'<path d="M{frame.x(aim.first - 0.5):.1f} {frame.y(aim.value):.1f}'
        f'H{frame.x(aim.last + 0.5):.1f}" stroke="{css_paint("target")}" '
        'stroke-width="1.4" stroke-dasharray="6 2 1.5 2"/>'
        for aim in spec.targets
        if frame.low <= aim.value <= frame.high
    ]


def _path(
    spec: ChartSpec, frame: Frame, places: list[int] | tuple[int, int], dash: str
) -> str:
    corners = " ".join(
        f"{frame.x(place):.1f},{frame.y(spec.points[place].value or 0.0):.1f}"
        for place in places
    )
    return (
        f'<polyline points="{corners}" fill="none" stroke="{css_paint("line")}" '
        f'stroke-width="1.4" stroke-linejoin="round"{dash}/>'
    )


def _shape(spec: ChartSpec, frame: Frame, place: int, size: float) -> str:
    point = spec.points[place]
    return point_shape(
        point.mark, frame.x(place), frame.y(point.value or 0.0), size, css_paint
    )


def _last(spec: ChartSpec, frame: Frame, place: int) -> str:
    """The last month: its own shape when it is special or hollow, else a dark dot."""
    if spec.points[place].mark not in (Mark.NORMAL, Mark.MONTH):
        return _shape(spec, frame, place, 2.6)
    x, y = frame.x(place), frame.y(spec.points[place].value or 0.0)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{css_paint("ink")}"/>'
