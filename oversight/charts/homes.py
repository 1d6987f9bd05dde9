"""Which picture compares the homes of one measure, honestly about their size?"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from oversight.charts import figures
from oversight.charts.bars import by_home
from oversight.charts.funnel import funnel
from oversight.charts.panel import Panel
from oversight.charts.sentences import is_duty
from oversight.promises import Direction, Kind, Window
from oversight.readings import Reading
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import listed

LEAST: Final = 2  # homes: one alone has nothing to be compared with


def homes_of(judged: Judged, names: Mapping[str, str]) -> Panel | None:
    """Shares as a funnel, numbers and what a duty missed as bars; None where neither.

    names: of the homes to be compared; cases of no home on the register are left out.
    """
    measure = judged.measure
    readings = [r for r in judged.by_home if r.home in names]
    doubtful = {home for d in judged.verdict.evidence.doubts for home in d.homes}
    known = [r for r in readings if r.total and names[r.home] not in doubtful]
    if len(known) < LEAST or measure.kind is Kind.GAP:
        return None
    day = judged.data_to
    source = f"Data to {figures.short_day(day)}." if day else "No source speaks yet."
    if is_duty(judged):
        counts = _counts(readings, names, is_volume=False)
        title = f"Missed: {measure.title}"
        return by_home(title, counts, _period(judged), source, "missed", doubtful)
    if measure.kind is Kind.COUNT:
        is_volume = measure.direction is Direction.NEUTRAL
        counts = _counts(readings, names, is_volume)
        period = _period(judged)
        return by_home(measure.title, counts, period, source, doubtful=doubtful)
    if out := sorted(doubtful & set(names.values())):
        source += f" Left out, not fully known: {listed(out)}."
    homes = [(names[r.home], r.met, r.total) for r in known]
    return funnel(measure.title, homes, _period(judged), source)


def _counts(
    readings: Sequence[Reading], names: Mapping[str, str], is_volume: bool
) -> dict[str, int]:
    return {names[r.home]: r.total if is_volume else r.total - r.met for r in readings}


def _period(judged: Judged) -> str:
    """The window that the readings speak of, in short."""
    as_of, window = judged.verdict.evidence.as_of, judged.measure.window
    if window is Window.YEAR:
        return f"12 months to {figures.short_day(as_of)}"
    if window is Window.MONTH:
        ended = as_of + timedelta(days=1)
        return figures.short_month(ended.replace(day=1) - timedelta(days=1))
    return figures.short_day(as_of)
