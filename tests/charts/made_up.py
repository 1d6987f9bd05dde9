"""Made-up measures and months for chart tests: a row of (met, total), oldest first."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from oversight.promises import Direction, Kind, Measure, Source, Target, Window
from oversight.readings import MonthPoint, month_ends
from oversight.resets import Reset
from oversight.signals import spc
from oversight.verdicts.judgement import Judged, chart_of, gaps_of
from oversight.verdicts.status import Evidence, judge
from oversight.words import Signal, Strand

AS_OF = date(2026, 11, 22)  # in a month that is not over
MONTH_END = date(2026, 10, 31)
HOMES = {
    "H1": "Elm House",
    "H2": "Oak Lodge",
    "H3": "Maple Court",
    "H4": "Alder Grange",
}
Rows = Sequence[tuple[int, int]]


def target(value: float, unit: str = "%", source: Source = Source.COMPANY) -> Target:
    reference = "UK GDPR art. 33(1)" if source is Source.LAW else ""
    return Target(value, unit, date.min, source, reference, provisional=False)


TRAINING = Measure(
    id="S01",
    name="staff_trained_in_ig",
    title="Staff in date with information governance training",
    strand=Strand.SECURITY,
    clauses=("3.1g",),
    question="Is everybody in date?",
    kind=Kind.STATE,
    window=Window.DAY,
    duty=False,
    direction=Direction.HIGHER,
    targets=(target(95),),
    owner="IG lead",
    reads=("training",),
    so_what="It matters.",
)
CANDOUR = replace(
    TRAINING,
    id="O01",
    title="Duty of candour: told in person within ten working days",
    kind=Kind.FLOW,
    window=Window.YEAR,
    targets=(target(90),),
)
DUTY = replace(
    CANDOUR,
    id="L11",
    title="Breaches reported to the ICO within 72 hours",
    duty=True,
    targets=(target(100, source=Source.LAW),),
)
VOLUME = replace(
    TRAINING,
    id="S05",
    title="Incidents and near misses reported",
    kind=Kind.COUNT,
    window=Window.MONTH,
    direction=Direction.NEUTRAL,
    targets=(),
)
LOG_INS = replace(
    VOLUME,
    id="S09",
    title="Shared log-ins found",
    direction=Direction.LOWER,
    targets=(target(0, ""),),
)
GAP = replace(
    TRAINING,
    id="S20",
    title="Days without a serious breach",
    kind=Kind.GAP,
    targets=(target(90, "days"),),
)


def judged(
    measure: Measure,
    rows: Rows,
    as_of: date = MONTH_END,
    unknown: Collection[int] = (),
    days_since: int | None = None,
    happened: Sequence[date] = (),
    resets: Sequence[Reset] = (),
) -> Judged:
    """A measure judged on these months; the places in `unknown` are in doubt.

    happened: the days of rare events, where they are to be judged by their gaps.
    """
    days = month_ends(as_of, len(rows))
    months = [
        MonthPoint(
            day,
            met,
            total,
            measure.value(met, total, days_since),
            is_part=as_of != MONTH_END and day == as_of,
            is_known=place not in unknown,
        )
        for place, (day, (met, total)) in enumerate(zip(days, rows, strict=True))
    ]
    gaps = gaps_of(measure, months, happened, resets)
    chart = None if gaps else chart_of(measure, months, resets)
    judged_by = gaps.chart if gaps else chart
    signal = spc.signal(judged_by) if judged_by else Signal.TOO_FEW
    met, total = (sum(column) for column in zip(*rows[-12:], strict=True))
    evidence = Evidence(as_of, met, total, signal, days_since=days_since)
    return Judged(
        judge(measure, evidence),
        (),
        tuple(months),
        chart,
        spc.assurance(judged_by) if judged_by else None,
        as_of,
        gaps,
        tuple(resets),
    )


def percents(*values: float) -> Rows:
    """Months of 1,000 cases."""
    return [(round(10 * value), 1000) for value in values]


def counts(*values: int) -> Rows:
    """Months of so many cases, none of them met."""
    return [(0, value) for value in values]


RISING = percents(
    *(83.1, 81, 84.2, 82.3, 80.6, 83.9, 82.8, 81.2, 84, 82.1, 80.9, 83.3),
    *(82, 84.1, 81.7, 83, 82.2, 85.4, 86.9, 86.1, 87.8, 87.2, 88.6, 88.9),
)
SPIKE = counts(
    *(5, 7, 4, 6, 8, 5, 6, 4, 7, 5, 6, 8, 5, 4, 6, 7, 5, 6, 4, 6, 7, 5, 15, 9)
)
RARE = [
    *[(1, 1), (0, 0), (2, 2), (1, 1), (0, 0), (3, 3), (0, 0), (1, 1), (0, 0), (2, 3)],
    *[(1, 1), (0, 0), (0, 0), (1, 1), (2, 2), (0, 1), (1, 1), (0, 0), (2, 2), (1, 1)],
    *[(0, 0), (1, 3), (1, 1), (1, 1)],
]
GAPPY = [
    *[(3, 3), (0, 0), (4, 5), (5, 5), (0, 0), (2, 3), (4, 4), (3, 3), (0, 0), (5, 6)],
    *[(4, 4), (3, 3), (4, 5), (0, 0), (0, 0), (6, 6), (4, 4), (5, 5), (3, 4), (4, 4)],
    *[(0, 0), (5, 5), (4, 4), (2, 2)],
]
BREACHES = replace(
    VOLUME,
    id="S06",
    title="Personal-data breaches",
    direction=Direction.LOWER,
    targets=(target(0, ""),),
)
GAPS = (21, 34, 9, 48, 17, 26, 40, 12, 55, 30, 22, 61, 0, 38, 26, 44, 70, 31, 190)
MOVED_TARGET = replace(
    TRAINING, targets=(target(80), replace(target(95), since=date(2024, 7, 1)))
)

RARE_DAYS = [
    date(2024, 11, 9) + timedelta(days=sum(GAPS[:event])) for event in range(len(GAPS))
]
# Limits that were set afresh when the level had changed for good.
RESET = Reset("S01", date(2025, 12, 5), "two new homes joined", "A. Grey")
MOVED = percents(
    *(74, 76.1, 73, 75.4, 77, 74.8, 75.5, 76.2, 74.4, 75, 76.6, 74.1),
    *(86, 84.1, 87.7, 85, 86.2, 85.4, 88.9, 86.1, 84.8, 87.2, 85.6, 86.9),
)

# One of each kind of picture that a board may be shown.
CASES = {
    "improving, will miss": judged(TRAINING, RISING),
    "one special cause, part month": judged(VOLUME, SPIKE, AS_OF),
    "months in doubt": judged(TRAINING, RISING, AS_OF, unknown=(20, 21, 22, 23)),
    "duty missed": judged(DUTY, RARE, AS_OF),
    "duty kept": judged(DUTY, [(1, 1)] * 24),
    "too few": judged(CANDOUR, [(0, 0)] * 18 + [(1, 1), (1, 2)] * 3, AS_OF),
    "constant": judged(TRAINING, [(945, 945)] * 24, AS_OF),
    "zero counts": judged(LOG_INS, counts(*[0] * 24), AS_OF),
    "months without cases": judged(CANDOUR, GAPPY, AS_OF),
    "getting worse": judged(LOG_INS, counts(*[2, 1, 3] * 5, *range(2, 11))),
    "target moved": judged(MOVED_TARGET, [*RISING[:12], *RISING]),
    "gap": judged(GAP, [(0, 0)] * 24, AS_OF, days_since=65),
    "rare events": judged(BREACHES, counts(*[1] * 24), AS_OF, happened=RARE_DAYS),
    "rare, months in doubt": judged(
        BREACHES, counts(*[1] * 24), AS_OF, unknown=(7, 8), happened=RARE_DAYS
    ),
    "rare, too few": judged(
        GAP, [(0, 0)] * 24, AS_OF, happened=[date(2026, 3, 2), date(2026, 9, 18)]
    ),
    "limits reset": judged(TRAINING, MOVED, AS_OF, resets=[RESET]),
    "nothing": judged(CANDOUR, [(0, 0)] * 24),
    "none known": judged(TRAINING, RISING, unknown=range(24)),
}
