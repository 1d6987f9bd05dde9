"""What is judged on a day, for a reader: readings and freshness -> verdicts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from oversight import ahead, resets
from oversight.definitions import reads_of
from oversight.measures import all_measures, happenings
from oversight.prepared import prepare, prepare_ground, release
from oversight.promises import Direction, Kind, Measure, Window
from oversight.readings import (
    MonthPoint,
    Reading,
    Sums,
    kept,
    month_ends,
    reading_on,
    trend,
)
from oversight.resets import Reset
from oversight.signals import rare, spc
from oversight.statements import Stated, Statement, statements
from oversight.store import Cursor
from oversight.verdicts import freshness
from oversight.verdicts.sentences import day_in_words
from oversight.verdicts.status import Doubt, Evidence, Verdict, judge
from oversight.words import Assurance, Signal

TREND_MONTHS = 24
RARE_BELOW = 5  # a month: fewer are judged by the days between them
IMPROVES: dict[Direction, spc.Direction] = {
    Direction.HIGHER: "increase",
    Direction.LOWER: "decrease",
    Direction.NEUTRAL: "neutral",
}
GAPS_IMPROVE: dict[Direction, spc.Direction] = {
    Direction.HIGHER: "increase",
    Direction.LOWER: "increase",
    Direction.NEUTRAL: "neutral",
}


@dataclass(frozen=True)
class Gaps:
    """The days between rare events: judged, and how many events of how many days."""

    chart: spc.Chart  # the last point is the gap still running, never judged
    events: int
    days: int
    since: int  # days since the last


@dataclass(frozen=True)
class Judged:
    """One measure on one day: its verdict, homes and months, how far its data go.

    A measure of rare events is judged by its gaps and has no chart of its months.
    """

    verdict: Verdict
    by_home: tuple[Reading, ...]
    months: tuple[MonthPoint, ...]
    chart: spc.Chart | None  # none where too little is known to draw one
    assurance: Assurance | None
    data_to: date | None
    gaps: Gaps | None = None
    resets: tuple[Reset, ...] = ()  # where its limits start afresh, by date

    @property
    def measure(self) -> Measure:
        return self.verdict.measure


@dataclass(frozen=True)
class Sources:
    """What every kind's sources say of each month-end and of the day itself."""

    names: dict[str, str]
    heard: dict[str, dict[date, list[freshness.Heard]]]
    resets: dict[str, tuple[Reset, ...]]  # by measure
    acted: frozenset[str] = (
        frozenset()
    )  # measures with an action in date, by id or name

    def doubts(self, kinds: Sequence[str], day: date) -> tuple[Doubt, ...]:
        found = [
            doubt
            for kind in kinds
            for doubt in freshness.doubts_of(kind, day, self.heard[kind][day])
        ]
        return tuple(replace(d, homes=tuple(map(self.name, d.homes))) for d in found)

    def data_to(self, kinds: Sequence[str], day: date) -> date | None:
        """The day up to which all of the kinds speak; None when one never did."""
        ages = [h.data_to for kind in kinds for h in self.heard[kind][day]]
        known = [age for age in ages if age is not None]
        return min(known) if ages and len(known) == len(ages) else None

    def name(self, home: str) -> str:
        return self.names.get(home, home)


def judge_all(cursor: Cursor, as_of: date) -> list[Judged]:
    """Every measure in force on a day, in the order of strands and ids."""
    with judging(cursor, as_of) as judged:
        return judged


@contextmanager
def judging(cursor: Cursor, as_of: date) -> Iterator[list[Judged]]:
    """As judge_all; within, what the measures rest on is still worked out for the day.

    So that more can be asked about that day, and about no other, at little cost.
    """
    measures = [
        m for m in all_measures().values() if m.retired is None or m.retired > as_of
    ]
    confirmed = statements(cursor, Stated.TARGET_CONFIRMED, as_of)
    measures = [with_confirmed_target(m, confirmed.get(m.id)) for m in measures]
    days = month_ends(as_of, TREND_MONTHS)
    prepare_ground(cursor, days)
    sources = read_sources(cursor, measures, as_of)
    # Later days are asked about before the cursor answers for these alone.
    release(cursor)
    falls_out = _fall_out_on(cursor, measures, as_of, sources)
    prepare_ground(cursor, days)
    ready = kept(cursor, measures, days)
    # What is not ready of any of them is worked out for all of them at once.
    missing = {as_of} | {
        day for m in measures for day in days if day not in ready.get(m.name, {})
    }
    prepare(cursor, sorted(missing), [m.name for m in measures])
    yield [
        _judge(
            cursor,
            m,
            as_of,
            sources,
            TREND_MONTHS,
            falls_out.get(m.name),
            ready.get(m.name, {}),
        )
        for m in measures
    ]
    release(cursor)


def with_confirmed_target(measure: Measure, said: Statement | None) -> Measure:
    """A measure whose provisional target an IG lead has confirmed, value and all.

    A target that was changed since is provisional again.
    """
    if said is None:
        return measure
    targets = tuple(
        replace(target, provisional=False, reference=_confirmed(said))
        if target.provisional and target.words == said.detail
        else target
        for target in measure.targets
    )
    return replace(measure, targets=targets)


def _confirmed(said: Statement) -> str:
    return f"confirmed by {said.person} on {day_in_words(said.said_on)}"


def judge_one(
    cursor: Cursor,
    measure: Measure,
    as_of: date,
    sources: Sources,
    length: int = TREND_MONTHS,
) -> Judged:
    """One measure: its reading today, its trend, its signal, and what is in doubt."""
    falls_out = _fall_out_on(cursor, [measure], as_of, sources)
    release(cursor)
    return _judge(cursor, measure, as_of, sources, length, falls_out.get(measure.name))


def _judge(
    cursor: Cursor,
    measure: Measure,
    as_of: date,
    sources: Sources,
    length: int,
    falls_out_on: date | None,
    ready: Mapping[date, Sums] | None = None,
) -> Judged:
    kinds = kinds_of(measure)
    by_home = reading_on(cursor, measure, as_of)
    months = trend(cursor, measure, as_of, length, by_home, ready)
    months = [replace(m, is_known=not sources.doubts(kinds, m.day)) for m in months]
    afresh = sources.resets.get(measure.id, ())
    rare_days = (
        happenings(cursor, measure, *span(months)) if is_rare(measure, months) else []
    )
    gaps = gaps_of(measure, months, rare_days, afresh)
    chart = None if gaps else chart_of(measure, months, afresh)
    judged_by = gaps.chart if gaps else chart
    missed = [r.last_missed for r in by_home if r.last_missed]
    doubts = sources.doubts(kinds, as_of)
    evidence = Evidence(
        as_of=as_of,
        met=sum(r.met for r in by_home),
        total=sum(r.total for r in by_home),
        unknown=sum(r.unknown for r in by_home),
        signal=_signal(measure, judged_by, as_of),
        doubts=doubts,
        falls_out=falls_out_on is not None,
        falls_out_on=falls_out_on,
        action_in_date=bool(sources.acted & {measure.id.lower(), measure.name}),
        days_since=(as_of - max(missed)).days if missed else None,
    )
    return Judged(
        judge(measure, evidence),
        tuple(by_home),
        tuple(months),
        chart,
        spc.assurance(judged_by) if judged_by else None,
        sources.data_to(kinds, as_of),
        gaps,
        afresh,
    )


def read_sources(
    cursor: Cursor,
    measures: Sequence[Measure],
    as_of: date,
    length: int = TREND_MONTHS,
) -> Sources:
    """How far every kind the measures rest on speaks, on each day to be drawn."""
    days = month_ends(as_of, length)
    kinds = sorted({kind for measure in measures for kind in kinds_of(measure)})
    return Sources(
        home_names(cursor),
        {kind: freshness.heard_on(cursor, kind, days) for kind in kinds},
        resets.in_force(cursor),
        _acted(cursor, as_of),
    )


def _acted(cursor: Cursor, as_of: date) -> frozenset[str]:
    """The measures that an open action, not yet late, is to move."""
    found = cursor.execute(
        """
        select distinct fold(measure)
        from actions($as_of::date)
        where is_open and due_on >= $as_of::date and measure is not null
        """,
        {"as_of": as_of},
    ).fetchall()
    return frozenset(measure for (measure,) in found)


def kinds_of(measure: Measure) -> list[str]:
    """The kinds a measure rests on, the register of homes among them."""
    return freshness.known_kinds(sorted({*measure.reads, *reads_of(measure.name)}))


def home_names(cursor: Cursor) -> dict[str, str]:
    """The newest name of every home in scope that was ever on the register."""
    found = cursor.execute(
        """
        select home_ref, arg_max(name, live.seq)
        from fact_homes
        inner join live_arrival('homes', date '9999-12-31') as live
            on live.number = fact_homes.arrival
        where in_scope(home_ref)
        group by home_ref
        """
    ).fetchall()
    return dict(found)


def _fall_out_on(
    cursor: Cursor, measures: Sequence[Measure], as_of: date, sources: Sources
) -> dict[str, date | None]:
    """By measure, the day of its warning period on which it falls below its target.

    Of stocks alone, and of those that can be relied on.
    """
    warned = {
        measure.name: (measure.warning,)
        for measure in measures
        if measure.warning is not None
        and measure.target_on(as_of) is not None
        and not sources.doubts(kinds_of(measure), as_of)
    }
    asked = [measure for measure in measures if measure.name in warned]
    found = ahead.outlooks(cursor, asked, as_of, warned)
    return {
        measure.name: outlook.stops_on
        for measure, outlook in zip(asked, found, strict=True)
    }


def is_rare(measure: Measure, months: Sequence[MonthPoint]) -> bool:
    """Whether its events are so few that the days between them say more than counts.

    By the months that are over and known. A count of a stock has no events.
    """
    if measure.kind is Kind.GAP:
        return True
    if measure.kind is not Kind.COUNT or measure.window is Window.DAY:
        return False
    whole = [m.value for m in months if m.is_known and not m.is_part and m.value]
    known = sum(m.is_known and not m.is_part for m in months)
    return known > 0 and sum(whole) < RARE_BELOW * known


def gaps_of(
    measure: Measure,
    months: Sequence[MonthPoint],
    days: Sequence[date],
    afresh: Sequence[Reset] = (),
) -> Gaps | None:
    """The gaps between events on these days, one a case; None without any gap."""
    as_of = months[-1].day
    doubtful = [(m.day.replace(day=1), m.day) for m in months if not m.is_known]
    points = rare.gaps_to(days, as_of, doubtful)
    if len(set(days)) < 2 or measure.is_duty_on(as_of):
        return None
    chart = rare.judge_gaps(
        points,
        # A longer wait for what should be few is better.
        direction=GAPS_IMPROVE[measure.direction],
        rebase=_resets_on(afresh, [point.date for point in points]),
    )
    return Gaps(chart, len(days), len(set(days)), (as_of - max(days)).days)


def chart_of(
    measure: Measure, months: Sequence[MonthPoint], afresh: Sequence[Reset] = ()
) -> spc.Chart | None:
    """The months, judged; None where too little is known to draw a chart."""
    # A month that is not over or is in doubt is drawn, and never judged.
    points = [
        spc.Point(m.day, m.value, ghost=m.is_part or not m.is_known)
        for m in months
        if m.value is not None
    ]
    if not any(not point.ghost for point in points) or measure.kind is Kind.GAP:
        return None
    changes = [(target.since, target.value) for target in measure.targets]
    return spc.judge(
        points,
        direction=IMPROVES[measure.direction],
        target=changes or None,
        rebase=_resets_on(afresh, [point.date for point in points]),
    )


def span(months: Sequence[MonthPoint]) -> tuple[date, date]:
    """The first and the last day that the months speak of."""
    return months[0].day.replace(day=1), months[-1].day


def _resets_on(afresh: Iterable[Reset], days: Sequence[date]) -> list[date]:
    """Each reset as the first point that the new limits speak of, if one is older."""
    first = [next((day for day in days if day >= r.day), None) for r in afresh]
    return [day for day in first if day is not None and day != days[0]]


def _signal(measure: Measure, chart: spc.Chart | None, as_of: date) -> Signal:
    if measure.is_duty_on(as_of):
        return Signal.NOT_JUDGED
    return spc.signal(chart) if chart else Signal.TOO_FEW
