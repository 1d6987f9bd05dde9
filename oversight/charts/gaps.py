"""What does the chart of rare events show: the days between one and the next?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from oversight.charts import figures, scales
from oversight.charts.accounts import days_in_words, whose
from oversight.charts.chart import (
    HOLLOW,
    MARK_WORDS,
    ChartKind,
    ChartSpec,
    Label,
    Limits,
    Mark,
    Note,
    Point,
)
from oversight.charts.lines import MARKS, runs_of
from oversight.charts.sentences import sentence_of
from oversight.signals import spc
from oversight.verdicts.judgement import Gaps, Judged
from oversight.verdicts.sentences import day_in_words

SELF_EVIDENT: Final = (Mark.MONTH, Mark.RUNNING)


def gaps_spec(
    judged: Judged,
    gaps: Gaps,
    names: Mapping[str, str],
    notes: Sequence[tuple[date, str]],
) -> ChartSpec:
    """One point an event, at the days since the event before it; the last still runs.

    `notes` are drawn at the first event on or after their day.
    """
    points = tuple(_points(gaps))
    days = [point.day for point in points]
    limits = tuple(runs_of(gaps.chart, days))
    drawn = [p.value for p in points] + [
        line for run in limits for line in (run.mean, run.lower, run.upper)
    ]
    labels = tuple(_labels(limits))
    headline = sentence_of(judged)
    period = f"{figures.short_day(days[0])} to {figures.short_day(days[-1])}"
    subtitle = (
        f"{judged.measure.title}, days between one and the next, "
        f"{whose(tuple(names.values()))}, {period}"
    )
    return ChartSpec(
        kind=ChartKind.GAPS,
        measure=judged.measure.id,
        title=judged.measure.title,
        headline=headline,
        subtitle=subtitle,
        source=" ".join(_account(judged, gaps, points)),
        alternative=_alternative(judged, headline, points, labels),
        unit="",
        points=points,
        limits=limits,
        targets=(),
        labels=labels,
        notes=tuple(_notes(days, notes)),
        axis=scales.count_axis([value for value in drawn if value is not None]),
        latest=len(points) - 1,
    )


def _points(gaps: Gaps) -> Iterator[Point]:
    has_limits = gaps.chart.latest is not None
    is_running = gaps.since > 0
    last = len(gaps.chart.points) - 1
    for place, point in enumerate(gaps.chart.points):
        value = point.value or 0.0
        runs = is_running and place == last
        mark = _mark(point, runs, has_limits)
        shown = days_in_words(round(value))
        said = (
            f"{day_in_words(point.date)}: {shown} since the last, still running"
            if runs
            else f"{day_in_words(point.date)}: {shown} after the one before"
        )
        yield Point(
            day=point.date,
            value=value,
            met=0,
            total=0 if runs else 1,
            mark=mark,
            is_part=runs,
            is_known=mark is not Mark.DOUBTFUL,
            label=figures.short_day(point.date),
            shown=shown,
            words=said if mark in SELF_EVIDENT else f"{said}; {MARK_WORDS[mark]}",
        )


def _mark(point: spc.JudgedPoint, runs: bool, has_limits: bool) -> Mark:
    if runs:
        return Mark.RUNNING
    if point.ghost:
        return Mark.DOUBTFUL
    return MARKS[point.point_type] if has_limits else Mark.MONTH


def _labels(limits: Sequence[Limits]) -> Iterator[Label]:
    if not limits or limits[-1].mean is None:
        return
    run, mean = limits[-1], limits[-1].mean
    # Not the plain mean: that of the gaps evened out, and turned back into days.
    yield Label("average", mean, f"Average {days_in_words(round(mean))}")
    for role, line in (("upper", run.upper), ("lower", run.lower)):
        if line is not None and line != mean:
            shown = days_in_words(round(line))
            yield Label(role, line, f"{role.capitalize()} limit {shown}")


def _notes(days: Sequence[date], notes: Sequence[tuple[date, str]]) -> Iterator[Note]:
    for day, words in notes:
        place = next((i for i, each in enumerate(days) if each >= day), None)
        if place is not None and day >= days[0]:
            yield Note(place, figures.short_day(day), words)


def _account(judged: Judged, gaps: Gaps, points: Sequence[Point]) -> Iterator[str]:
    day = judged.data_to
    yield f"Data to {figures.short_day(day)}." if day else "No source speaks yet."
    many = f"{gaps.events} events"
    if gaps.days < gaps.events:
        yield f"Events of one day count as one: {many} on {gaps.days} days."
    else:
        yield f"{many.capitalize()}, each on a day of its own."
    doubtful = [p.label for p in points if p.mark is Mark.DOUBTFUL]
    if doubtful:
        yield (
            f"Hollow, never judged: {len(doubtful)} gaps in which an event may be "
            "missing."
        )
    if gaps.since > 0:
        yield "The gap still running is hollow and not judged."
    if gaps.chart.latest is not None:
        yield "Limits are those of a T chart; a longer gap is fewer events."
        yield from (figures.in_short_days(note) for note in gaps.chart.notes)


def _alternative(
    judged: Judged, headline: str, points: Sequence[Point], labels: Sequence[Label]
) -> str:
    ended = [point for point in points if point.mark not in HOLLOW]
    said = [f"{judged.measure.title}.", f"{headline}."]
    gaps = f"{len(points)} gap{'' if len(points) == 1 else 's'}"
    said.append(
        f"Chart of {gaps} between events, {points[0].label} to {points[-1].label}."
    )
    if labels:
        said.append(f"{'; '.join(label.words for label in labels)}.")
    special = [
        point.words for point in ended if point.mark not in (Mark.NORMAL, Mark.MONTH)
    ]
    if special:
        said.append(f"Marked: {'. '.join(special)}.")
    said.append(f"Last: {points[-1].words}.")
    return " ".join(said)
