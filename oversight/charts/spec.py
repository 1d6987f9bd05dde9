"""What does the chart of one judged measure show?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from oversight.charts import figures, scales
from oversight.charts.accounts import (
    account_of,
    alternative_of,
    reset_notes,
    subtitle_of,
)
from oversight.charts.chart import (
    HOLLOW,
    MARK_WORDS,
    Aim,
    ChartKind,
    ChartSpec,
    Label,
    Limits,
    Mark,
    Note,
    Point,
    is_possible,
)
from oversight.charts.gaps import gaps_spec
from oversight.charts.lines import MARKS, runs_of
from oversight.charts.sentences import is_duty, month_in_words, sentence_of
from oversight.promises import Measure
from oversight.readings import MonthPoint
from oversight.verdicts.judgement import Judged

__all__ = ["ChartSpec", "spec_of"]

SELF_EVIDENT: Final = (Mark.MONTH, Mark.MISSED, Mark.KEPT)  # the figures say it


def spec_of(
    judged: Judged, names: Mapping[str, str], notes: Sequence[tuple[date, str]] = ()
) -> ChartSpec:
    """The chart of one measure, for the homes named (by reference) and no others.

    `notes` are what people wrote, each of a day; one outside the months is left out.
    """
    notes = [*reset_notes(judged), *notes]
    if judged.gaps is not None:
        return gaps_spec(judged, judged.gaps, names, notes)
    kind = kind_of(judged)
    is_percent = judged.measure.kind in figures.PER_CENT and kind is not ChartKind.DUTY
    unit = "%" if is_percent else ""
    points = tuple(_points(judged, kind))
    limits = tuple(_limits(judged, kind, points))
    targets = tuple(_targets(judged.measure, points, kind))
    lines = [line for run in limits for line in (run.mean, run.lower, run.upper)]
    drawn = [point.value for point in points] + lines + [aim.value for aim in targets]
    possible = [value for value in drawn if is_possible(value, unit)]
    axis = scales.percent_axis(possible) if is_percent else scales.count_axis(possible)
    headline = sentence_of(judged)
    labels = tuple(_labels(judged, points, limits, unit))
    return ChartSpec(
        kind=kind,
        measure=judged.measure.id,
        title=judged.measure.title,
        headline=headline,
        subtitle=subtitle_of(judged, kind, points, tuple(names.values())),
        source=account_of(judged, kind, points, axis),
        alternative=alternative_of(judged, headline, points, labels),
        unit=unit,
        points=points,
        limits=limits,
        targets=targets,
        labels=labels,
        notes=tuple(_notes(points, notes)),
        axis=axis,
        latest=_latest(points, kind),
    )


def kind_of(judged: Judged) -> ChartKind:
    """What the months of a measure, or its rare events, can bear."""
    if judged.gaps is not None:
        return ChartKind.GAPS
    if all(month.value is None for month in judged.months):
        return ChartKind.EMPTY
    if is_duty(judged):
        return ChartKind.DUTY
    judgeable = judged.chart is not None and judged.chart.latest is not None
    return ChartKind.SPC if judgeable else ChartKind.RUN


def _points(judged: Judged, kind: ChartKind) -> Iterator[Point]:
    measure, is_missed = judged.measure, kind is ChartKind.DUTY
    types = {p.date: p.point_type for p in judged.chart.points} if judged.chart else {}
    for month in judged.months:
        mark = _mark(month, kind, types.get(month.day, ""))
        said = f"{month_in_words(month.day)}: "
        said += figures.value_in_words(measure, month, is_missed)
        tells = month.value is not None and mark not in SELF_EVIDENT
        missed = month.total - month.met if month.total else None
        target = measure.target_on(month.day)
        yield Point(
            day=month.day,
            value=missed if is_missed else month.value,
            met=month.met,
            total=month.total,
            mark=mark,
            is_part=month.is_part,
            is_known=month.is_known,
            label=figures.short_month(month.day),
            shown=f"{missed}"
            if is_missed
            else figures.value_in_figures(measure, month, target),
            words=f"{said}; {MARK_WORDS[mark]}" if tells else said,
        )


def _mark(month: MonthPoint, kind: ChartKind, judged_as: str) -> Mark:
    if kind is ChartKind.DUTY and month.met < month.total:
        return Mark.MISSED
    if not month.is_known:
        return Mark.DOUBTFUL
    if month.is_part:
        return Mark.PART
    if kind is ChartKind.DUTY:
        return Mark.KEPT
    return MARKS.get(judged_as, Mark.MONTH) if kind is ChartKind.SPC else Mark.MONTH


def _limits(
    judged: Judged, kind: ChartKind, points: Sequence[Point]
) -> Iterator[Limits]:
    if judged.chart is not None and kind in (ChartKind.SPC, ChartKind.RUN):
        yield from runs_of(judged.chart, [point.day for point in points])


def _targets(
    measure: Measure, points: Sequence[Point], kind: ChartKind
) -> Iterator[Aim]:
    if kind not in (ChartKind.SPC, ChartKind.RUN):
        return
    for target, run in groupby(
        enumerate(points), lambda placed: measure.target_on(placed[1].day)
    ):
        places = [place for place, _ in run]
        if target is not None:
            yield Aim(places[0], places[-1], target.value)


def _labels(
    judged: Judged, points: Sequence[Point], limits: Sequence[Limits], unit: str
) -> Iterator[Label]:
    """The lines in force at the right edge, by name; impossible limits have none."""
    target = judged.measure.target_on(points[-1].day)
    if target and kind_of(judged) in (ChartKind.SPC, ChartKind.RUN):
        yield Label("target", target.value, f"Target {target.words}")
    mean = limits[-1].mean if limits else None
    if mean is None:
        return
    both = ("upper", limits[-1].upper), ("lower", limits[-1].lower)
    bounds = [line for _, line in both if line is not None]
    ends = [0.0, 100.0] if unit else [0.0]
    average = figures.line_in_figures(mean, unit, [*bounds, *ends])
    yield Label("average", mean, f"Average {average}")
    values = [p.value for p in points if p.mark not in HOLLOW]
    beside = [round(v) if unit else v for v in values if v is not None]
    beside += [mean, *([target.value] if target else [])]
    for role, line in both:
        if is_possible(line, unit) and line != mean:
            shown = figures.line_in_figures(line, unit, beside)
            yield Label(role, line, f"{role.capitalize()} limit {shown}")


def _notes(
    points: Sequence[Point], notes: Sequence[tuple[date, str]]
) -> Iterator[Note]:
    places = {point.label: place for place, point in enumerate(points)}
    for day, words in notes:
        if (place := places.get(figures.short_month(day))) is not None:
            yield Note(place, points[place].label, words)


def _latest(points: Sequence[Point], kind: ChartKind) -> int | None:
    """The last month judged, else the last of all; a duty's bars say their own."""
    if kind is ChartKind.DUTY:
        return None
    drawn = [place for place, point in enumerate(points) if point.value is not None]
    judged = [place for place in drawn if points[place].mark not in HOLLOW]
    return max(judged or drawn, default=None)
