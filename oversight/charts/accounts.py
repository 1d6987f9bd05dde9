"""What is said round a chart: what it measures, how far to trust it, what it shows?"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from textwrap import shorten
from typing import Final

from oversight.charts import figures
from oversight.charts.chart import (
    HOLLOW,
    MARK_WORDS,
    SPECIAL,
    ChartKind,
    Label,
    Mark,
    Point,
)
from oversight.charts.sentences import is_duty
from oversight.promises import Kind
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import listed

UNITS: Final = {
    Kind.STATE: "% at each month’s end",
    Kind.FLOW: "% of each month’s cases",
    Kind.RATIO: "% of what each month’s checks found",
    Kind.COUNT: "number each month",
    Kind.GAP: "days since the last, at each month’s end",
}
NAMED_HOMES: Final = 3
LONGEST_WHY: Final = 80  # characters of a reason that a note holds


def subtitle_of(
    judged: Judged, kind: ChartKind, points: Sequence[Point], homes: Sequence[str]
) -> str:
    """Measure, unit, population and period."""
    unit = UNITS[judged.measure.kind]
    if kind is ChartKind.DUTY:
        unit = "cases missed each month"
    period = f"{points[0].label} to {points[-1].label}"
    return f"{judged.measure.title}, {unit}, {whose(homes)}, {period}"


def whose(homes: Sequence[str]) -> str:
    """The homes by name when they are few."""
    few = 0 < len(homes) <= NAMED_HOMES
    return listed(sorted(homes)) if few else "all homes in view"


def reset_notes(judged: Judged) -> list[tuple[date, str]]:
    """Where limits start afresh, why and by whom: it stays visible in the chart."""
    return [
        (reset.day, f"limits reset, {_in_short(reset.why)} ({reset.person})")
        for reset in judged.resets
        if reset.day > judged.months[0].day and not is_duty(judged)
    ]


def _in_short(why: str) -> str:
    """As much of a reason as a chart has room for; the page has the whole."""
    return shorten(why.rstrip("."), LONGEST_WHY, placeholder="…")


def account_of(
    judged: Judged, kind: ChartKind, points: Sequence[Point], axis: Sequence[float]
) -> str:
    """The line under a chart: how far its data go, and what a reader might mistake."""
    return " ".join(_account(judged, kind, points, axis))


def _account(
    judged: Judged, kind: ChartKind, points: Sequence[Point], axis: Sequence[float]
) -> Iterator[str]:
    day = judged.data_to
    yield f"Data to {figures.short_day(day)}." if day else "No source speaks yet."
    if kind is ChartKind.DUTY:
        yield "A legal duty is not judged by statistics: one miss is a breach."
    if hollow := runs_in_words(points, HOLLOW):
        yield f"Hollow{'' if kind is ChartKind.DUTY else ', never judged'}: {hollow}."
    lost = [p for p in points if p.mark is Mark.MISSED and not p.is_known]
    if lost:
        yield f"There may be more: {listed([p.label for p in lost])} not fully known."
    without = sum(point.value is None for point in points)
    if without and judged.measure.kind is not Kind.GAP:
        yield f"No mark: nothing fell due ({_months(without)})."
    target = judged.measure.target_on(points[-1].day)
    if target and target.provisional:
        yield "The target is provisional."
    if kind is ChartKind.SPC and judged.chart:
        yield from map(figures.in_short_months, judged.chart.notes)
    if axis[0] > 0:
        yield f"Axis starts at {axis[0]:g}%."


def alternative_of(
    judged: Judged, headline: str, points: Sequence[Point], labels: Sequence[Label]
) -> str:
    """The chart for who cannot see it: finding, span, lines, special causes, latest."""
    drawn = [point for point in points if point.value is not None]
    said = [f"{judged.measure.title}.", f"{headline}."]
    if not drawn:
        return " ".join(said)
    said.append(
        f"Chart of {_months(len(drawn))}, {drawn[0].label} to {drawn[-1].label}."
    )
    if labels:
        said.append(f"{'; '.join(label.words for label in labels)}.")
    if special := runs_in_words(points, (*SPECIAL, Mark.MISSED)):
        said.append(f"Marked: {special}.")
    said.append(f"Last: {drawn[-1].words}.")
    return " ".join(said)


def runs_in_words(points: Sequence[Point], marks: Sequence[Mark]) -> str:
    """Runs of months with one of these marks: "Sep to Oct 2026 (not fully known)"."""
    drawn = [point for point in points if point.value is not None]
    said = []
    for mark, run in groupby(drawn, lambda point: point.mark):
        if mark in marks:
            first, *_, last = [*run] * 2
            span = first.label if first is last else f"{first.label} to {last.label}"
            said.append(f"{span} ({MARK_WORDS[mark]})")
    return ", ".join(said)


def _months(count: int) -> str:
    return f"{count} month{'' if count == 1 else 's'}"


def days_in_words(days: int) -> str:
    """A number of days: "1 day", "65 days"."""
    return f"{days:,} day{'' if days == 1 else 's'}"
