"""What table says the same as a picture? Every picture has one, from the same spec."""

from dataclasses import dataclass

from oversight.charts.chart import MARK_WORDS, ChartKind, ChartSpec, Mark, Point
from oversight.charts.panel import Panel


@dataclass(frozen=True)
class Table:
    """Headings and rows of plain text; `numeric` are the columns of numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...]


def table_of(spec: ChartSpec | Panel) -> Table:
    """The table twin: of months and events the newest first, else as it is drawn."""
    if isinstance(spec, Panel):
        return Table(spec.heads, spec.rows, spec.numeric)
    lines = [_lines_at(spec, place) for place in range(len(spec.points))]
    rows = [
        (*_figures(spec, point), *line, _said(spec, place))
        for place, (point, line) in enumerate(zip(spec.points, lines, strict=True))
    ]
    heads = ("Average", "Lower limit", "Upper limit", "Target")
    # A column that no month has anything in says nothing.
    first = len(_heads(spec))
    kept = [at for at in range(4) if any(line[at] != "–" for line in lines)]
    columns = [*range(first), *(first + at for at in kept), first + 4]
    return Table(
        (*_heads(spec), *(heads[at] for at in kept), "Judged as"),
        tuple(tuple(row[at] for at in columns) for row in reversed(rows)),
        tuple(range(1, first + len(kept))),
    )


def _heads(spec: ChartSpec) -> tuple[str, ...]:
    if spec.kind is ChartKind.GAPS:
        return ("Happened", "Since the one before")
    return ("Month", "Met", "Of", "Missed" if spec.kind is ChartKind.DUTY else "Value")


def _figures(spec: ChartSpec, point: Point) -> tuple[str, ...]:
    shown = point.shown or "–"
    if spec.kind is ChartKind.GAPS:
        return point.label, shown
    return point.label, f"{point.met:,}", f"{point.total:,}", shown


def _lines_at(spec: ChartSpec, place: int) -> tuple[str, str, str, str]:
    """Average, limits and target over one month; limits as they are, never clipped."""
    run = next((r for r in spec.limits if r.first <= place <= r.last), None)
    aim = next((a.value for a in spec.targets if a.first <= place <= a.last), None)
    lines = (run.mean, run.lower, run.upper) if run else (None, None, None)
    mean, lower, upper = (_number(line, spec.unit) for line in lines)
    return mean, lower, upper, _number(aim, spec.unit, exact=True)


def _number(value: float | None, unit: str, exact: bool = False) -> str:
    if value is None:
        return "–"
    return f"{value:g}{unit}" if exact else f"{value:,.1f}{unit}"


def _said(spec: ChartSpec, place: int) -> str:
    """What the mark says, then every note of that month, limits reset among them."""
    point = spec.points[place]
    if point.value is None:
        said = "nothing fell due"
    elif point.mark is Mark.MONTH:
        said = "not judged"
    elif point.mark is Mark.PART:
        said = "part month: not judged"
    elif point.mark is Mark.DOUBTFUL:
        said = "not fully known: not judged"
    else:
        said = MARK_WORDS[point.mark]
    notes = [f"{n.label}: {n.words}" for n in spec.notes if n.place == place]
    return "; ".join([said, *notes])
