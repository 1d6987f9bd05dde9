"""Made-up measures and months for chart tests: a row of (met, total), oldest first."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from oversight.promises import Direction, Kind, Measure, Source, Target, Window
from oversight.readings import MonthPoint, month_ends
from oversight.signals import spc
from oversight.verdicts.judgement import IMPROVES, Judged
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
) -> Judged:
    """A measure judged on these months; the places in `unknown` are in doubt."""
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
    points = [
        spc.Point(m.day, m.value, ghost=m.is_part or not m.is_known)
        for m in months
        if m.value is not None
    ]
    chart = None
    if any(not point.ghost for point in points) and measure.kind is not Kind.GAP:
        aims = [(aim.since, aim.value) for aim in measure.targets] or None
        chart = spc.judge(points, direction=IMPROVES[measure.direction], target=aims)
    signal = spc.signal(chart) if chart else Signal.TOO_FEW
    met, total = (sum(column) for column in zip(*rows[-12:], strict=True))
    evidence = Evidence(as_of, met, total, signal, days_since=days_since)
    return Judged(
        judge(measure, evidence),
        (),
        tuple(months),
        chart,
        spc.assurance(chart) if chart else None,
        as_of,
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
MOVED_TARGET = replace(
    TRAINING, targets=(target(80), replace(target(95), since=date(2024, 7, 1)))
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
    "nothing": judged(CANDOUR, [(0, 0)] * 24),
    "none known": judged(TRAINING, RISING, unknown=range(24)),
}
