"""What is judged on a day, for a reader: readings and freshness -> verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from oversight import ahead
from oversight.definitions import reads_of
from oversight.measures import all_measures
from oversight.promises import Direction, Kind, Measure
from oversight.readings import MonthPoint, Reading, month_ends, reading_on, trend
from oversight.signals import spc
from oversight.store import Cursor
from oversight.verdicts import freshness
from oversight.verdicts.status import Doubt, Evidence, Verdict, judge
from oversight.words import Assurance, Signal

TREND_MONTHS = 24
IMPROVES: dict[Direction, spc.Direction] = {
    Direction.HIGHER: "increase",
    Direction.LOWER: "decrease",
    Direction.NEUTRAL: "neutral",
}


@dataclass(frozen=True)
class Judged:
    """One measure on one day: its verdict, homes and months, how far its data go."""

    verdict: Verdict
    by_home: tuple[Reading, ...]
    months: tuple[MonthPoint, ...]
    chart: spc.Chart | None  # none where too little is known to draw one
    assurance: Assurance | None
    data_to: date | None

    @property
    def measure(self) -> Measure:
        return self.verdict.measure


@dataclass(frozen=True)
class Sources:
    """What every kind's sources say of each month-end and of the day itself."""

    names: dict[str, str]
    heard: dict[str, dict[date, list[freshness.Heard]]]

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
    measures = [
        m for m in all_measures().values() if m.retired is None or m.retired > as_of
    ]
    sources = read_sources(cursor, measures, as_of)
    return [judge_one(cursor, measure, as_of, sources) for measure in measures]


def judge_one(
    cursor: Cursor,
    measure: Measure,
    as_of: date,
    sources: Sources,
    length: int = TREND_MONTHS,
) -> Judged:
    """One measure: its reading today, its trend, its signal, and what is in doubt."""
    kinds = kinds_of(measure)
    by_home = reading_on(cursor, measure, as_of)
    months = trend(cursor, measure, as_of, length, by_home)
    months = [replace(m, is_known=not sources.doubts(kinds, m.day)) for m in months]
    chart = _chart(measure, months)
    missed = [r.last_missed for r in by_home if r.last_missed]
    doubts = sources.doubts(kinds, as_of)
    falls_out_on = None if doubts else _falls_out_on(cursor, measure, as_of)
    evidence = Evidence(
        as_of=as_of,
        met=sum(r.met for r in by_home),
        total=sum(r.total for r in by_home),
        unknown=sum(r.unknown for r in by_home),
        signal=_signal(measure, chart, as_of),
        doubts=doubts,
        falls_out=falls_out_on is not None,
        falls_out_on=falls_out_on,
        days_since=(as_of - max(missed)).days if missed else None,
    )
    return Judged(
        judge(measure, evidence),
        tuple(by_home),
        tuple(months),
        chart,
        spc.assurance(chart) if chart else None,
        sources.data_to(kinds, as_of),
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
    )


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


def _falls_out_on(cursor: Cursor, measure: Measure, as_of: date) -> date | None:
    """The day of its warning period on which a stock falls below its target, if any."""
    if measure.warning is None or measure.target_on(as_of) is None:
        return None
    return ahead.falls_out_on(cursor, measure, as_of, measure.warning)


def _chart(measure: Measure, months: Sequence[MonthPoint]) -> spc.Chart | None:
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
    )


def _signal(measure: Measure, chart: spc.Chart | None, as_of: date) -> Signal:
    if measure.is_duty_on(as_of):
        return Signal.NOT_JUDGED
    return spc.signal(chart) if chart else Signal.TOO_FEW
