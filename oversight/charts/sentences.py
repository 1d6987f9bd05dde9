"""What does a chart show, in one sentence of plain English?

The sentence speaks of the latest month that was judged. Its first half is the signal,
its second what the limits say of the target; both are checked against that month, for
limits can promise what the latest month has just broken.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from oversight.promises import Direction, Kind, Measure, Window
from oversight.readings import MonthPoint
from oversight.signals import spc
from oversight.verdicts.judgement import Gaps, Judged
from oversight.words import Assurance, Signal


class Cause(Enum):
    """Which rule named the latest month."""

    ONCE = "outside a limit, and nothing else"
    LEVEL = "on one side of its average for too long to be chance"
    TREND = "seven months one way"


@dataclass(frozen=True)
class Latest:
    """The latest month judged, as a sentence needs it."""

    month: str
    cause: Cause | None  # none for normal variation
    is_high: bool  # the side that cause is on
    target: str | None  # in force in that month
    is_met: bool


@dataclass(frozen=True)
class _Verbs:
    reach: str
    meet: str
    meets: str
    met: str
    miss: str
    missed: str


UP: Final = _Verbs("reach", "meet", "meets", "met", "miss", "missed")
DOWN: Final = _Verbs(
    "come down to", "keep to", "keeps to", "kept to", "go over", "went over"
)


def sentence_of(judged: Judged) -> str:
    """The finding of one measure's chart, without a full stop."""
    measure, chart = judged.measure, judged.chart
    if is_duty(judged):
        return _of_duty(measure, judged.months)
    if judged.gaps is not None:
        return f"{_since(judged.gaps.since)} since the last{_how_often(judged.gaps)}"
    if measure.kind is Kind.GAP:
        days = judged.verdict.evidence.days_since
        return "None on record" if days is None else f"{_since(days)} since the last"
    if chart is None:
        some = any(month.value is not None for month in judged.months)
        return (
            "No month is known well enough to judge"
            if some
            else "Nothing fell due in these months"
        )
    if chart.latest is None:
        return chart.notes[0].removesuffix(".")
    signal = judged.verdict.evidence.signal
    said = finding(
        signal, judged.assurance, _latest(measure, chart.latest), measure.direction
    )
    if not any(m.day > chart.latest.date and _is_lost(m) for m in judged.months):
        return said
    return f"{said} (judged up to {month_in_words(chart.latest.date)})"


def how_often(signal: Signal, cause: Cause | None, is_high: bool) -> str:
    """What the gaps between rare events say of how often they happen."""
    length = "longer" if is_high else "shorter"
    if cause is None or signal in (Signal.NORMAL, Signal.TOO_FEW, Signal.NOT_JUDGED):
        return "no real change in how often it happens"
    if cause is Cause.ONCE:
        return f"the gap before it was {length} than chance allows"
    return f"it happens {'less' if is_high else 'more'} often than it did"


def finding(
    signal: Signal, assurance: Assurance | None, latest: Latest, direction: Direction
) -> str:
    """The signal and what the limits promise: "Improving, but will not reach 95% …"."""
    verbs = DOWN if direction is Direction.LOWER else UP
    return _change(signal, latest) + _outlook(signal, assurance, latest, verbs)


def is_duty(judged: Judged) -> bool:
    """Whether the law is in force on the day judged: its chart has no limits."""
    return judged.measure.is_duty_on(judged.verdict.evidence.as_of)


def month_in_words(day: date) -> str:
    """A month in prose: October 2026."""
    return f"{day:%B %Y}"


def _is_lost(month: MonthPoint) -> bool:
    """A month that is over, and whose sources cannot be relied on."""
    return not month.is_part and not month.is_known


def _latest(measure: Measure, point: spc.JudgedPoint) -> Latest:
    target = measure.target_on(point.date)
    cause, is_high = _cause_of(point)
    return Latest(
        month=month_in_words(point.date),
        cause=cause,
        is_high=is_high,
        target=target.words if target else None,
        is_met=not measure.misses(target, point.value),
    )


def _change(signal: Signal, latest: Latest) -> str:
    side = "Above" if latest.is_high else "Below"
    high = "Higher" if latest.is_high else "Lower"
    once = f"than normal in {latest.month}"
    said = {
        (Signal.IMPROVEMENT, Cause.ONCE): f"Better {once}",
        (Signal.IMPROVEMENT, Cause.LEVEL): "Improving",
        (Signal.IMPROVEMENT, Cause.TREND): "Improving",
        (Signal.CONCERN, Cause.ONCE): f"Worse {once}",
        # Not "getting worse": a run below the average may be on its way up.
        (Signal.CONCERN, Cause.LEVEL): "Worse than its average",
        (Signal.CONCERN, Cause.TREND): "Getting worse",
        (Signal.NEUTRAL, Cause.ONCE): f"{high} {once}",
        (Signal.NEUTRAL, Cause.LEVEL): f"{side} its average by more than chance",
        (Signal.NEUTRAL, Cause.TREND): "Rising" if latest.is_high else "Falling",
    }
    return said[signal, latest.cause] if latest.cause else "No real change"


def _outlook(
    signal: Signal, assurance: Assurance | None, latest: Latest, verbs: _Verbs
) -> str:
    """What the limits promise of the target, and where the latest month broke it."""
    aim = latest.target
    when = "that month" if latest.cause is Cause.ONCE else f"in {latest.month}"
    bad, good = signal is Signal.CONCERN, signal is Signal.IMPROVEMENT
    so = ", but" if good else ", and" if bad else ":"
    if aim is None or assurance is None:
        return ""
    if assurance is Assurance.HIT_OR_MISS:
        either = "still " if good else "" if bad else f"{verbs.meet} or "
        when = "some months" if good else "any month"
        chance = "" if good or bad else " by chance alone"
        return f"{so} may {either}{verbs.miss} {aim} in {when}{chance}"
    if assurance is Assurance.PASS:
        if not latest.is_met:
            return f"{', and' if bad else ', but'} {verbs.missed} {aim} {when}"
        if bad:
            return f", but still {verbs.meets} {aim}"
        return f"{', and' if good else ':'} can be relied on to {verbs.meet} {aim}"
    if latest.is_met:
        return f"{', and' if good else ', but'} {verbs.met} {aim} {when}, unusually"
    way = "without further change" if good else "as things are"
    return f"{so} will not {verbs.reach} {aim} {way}"


def _how_often(gaps: Gaps) -> str:
    latest = gaps.chart.latest
    if latest is None:
        return f"; {gaps.chart.notes[0][0].lower()}{gaps.chart.notes[0][1:-1]}"
    cause, is_high = _cause_of(latest)
    return f"; {how_often(spc.signal(gaps.chart), cause, is_high)}"


def _since(days: int) -> str:
    return f"{days:,} day{'' if days == 1 else 's'}"


def _cause_of(point: spc.JudgedPoint) -> tuple[Cause | None, bool]:
    """The rule that named a point, and whether it is on the high side."""
    named = point.special_cause_type
    is_high = "Above" in named or "Increasing" in named
    if named == "Common Cause":
        return None, is_high
    if "Trend" in named:
        return Cause.TREND, is_high
    is_lasting = point.shift or point.two_of_three
    return Cause.LEVEL if is_lasting else Cause.ONCE, is_high


def _of_duty(measure: Measure, months: tuple[MonthPoint, ...]) -> str:
    """Each miss counts, also in a month not fully known; a trend excuses none."""
    cases = [month for month in months if month.total]
    missed = [month for month in cases if month.met < month.total]
    if measure.window is Window.DAY:
        of, bad, each = len(cases), len(missed), "month ends"
    else:
        of = sum(month.total for month in cases)
        bad, each = of - sum(month.met for month in cases), "cases"
    if not cases:
        said = "Nothing fell due"
    elif missed:
        latest = month_in_words(missed[-1].day)
        said = f"Legal duty missed in {bad} of {of} {each}, latest {latest}"
        said += "; no trend excuses it"
    else:
        said = f"Legal duty kept in {f'all {of} {each}' if of > 1 else 'the one case'}"
    lost = sum(map(_is_lost, months))
    months_lost = f"{lost} month{'s' if lost > 1 else ''}"
    return f"{said} ({months_lost} not fully known)" if lost else said
