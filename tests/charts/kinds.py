"""One or more pictures of every kind there is, for the sweeps; a kind without fails."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from oversight.charts import ahead, bars, clocks, funnel, statuses
from oversight.charts.chart import ChartKind, ChartSpec
from oversight.charts.dues import Due
from oversight.charts.grid import grid_of
from oversight.charts.grid_panel import grid_panel
from oversight.charts.panel import Panel
from oversight.charts.spec import spec_of
from oversight.clocks.clock import run_clock
from oversight.clocks.rules import Events
from oversight.reference import calendar, clock_rules
from oversight.verdicts.judgement import Judged
from oversight.words import Strand
from tests.charts import made_up

NOTES = [(date(2026, 4, 3), "e-learning opened"), (date(2026, 9, 2), "a new provider")]
SOURCE = "Data to 22 Nov 2026."
PERIOD = "12 months to 22 Nov 2026"
TODAY = made_up.AS_OF
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def clock(
    name: str, began: float, done: float | None = None, *steps: tuple[float, str]
):
    """A breach clock that began so many hours ago and was done after so many."""
    start = NOON - timedelta(hours=began)
    met = None if done is None else start + timedelta(hours=done)
    rule = clock_rules()["BREACH"]
    run = run_clock(rule, Events(start, NOON, met), calendar())
    return clocks.Running(name, run, done is not None, steps)


def every_judged() -> list[Judged]:
    """The made-up measures in all four strands."""
    strands = list(Strand)
    found = []
    for at, judged in enumerate(made_up.CASES.values()):
        measure = replace(judged.measure, strand=strands[at * 7 % 4])
        found.append(replace(judged, verdict=replace(judged.verdict, measure=measure)))
    return found


HOMES = [
    ("Elm House", 40, 44),
    ("Oak Lodge", 31, 52),
    ("Maple Court", 78, 83),
    ("Alder Grange", 19, 21),
    ("Birch View", 3, 3),
    ("Cedar Rise", 60, 66),
    ("Hazel Bank", 114, 122),
]
CAUSES = {
    "Sent to the wrong person": 14,
    "Left unlocked or in view": 6,
    "Lost in the post": 3,
    "Record opened without need": 5,
    "Taken or lost device": 1,
}
CLOCKS = [
    clock("INC-0231", 31, None, (2, "risk scored")),
    clock("INC-0230", 79, None, (20, "risk scored")),
    clock("INC-0229", 90, 19, (3, "risk scored"), (19, "ICO told")),
    clock("INC-0228", 200, 80.5, (80.5, "ICO told")),
]
DUES = [
    Due("Records audit, Oak Lodge", date(2026, 11, 10), "IG lead"),
    Due("Encrypt laptops: action 14 of the last review", date(2026, 9, 1), "IT"),
    Due("Access request SAR-018", date(2026, 11, 28), "IG lead"),
    Due("Management review", date(2026, 12, 8), "Chair"),
    Due("Policy 090 review", date(2027, 1, 31), "IG lead"),
    Due("Toolkit submission", date(2027, 6, 30), "IG lead"),
]
COMING = [
    Due("INC-0231: tell the ICO, or record why not", date(2026, 11, 24)),
    Due(
        "Staff in date with training",
        date(2026, 11, 30),
        "HR lead",
        tuple(TODAY + timedelta(days=n * n // 9) for n in range(10, 32)),
    ),
    Due(
        "Risk assessments in date",
        date(2026, 12, 9),
        "IG lead",
        (date(2026, 12, 11), date(2027, 1, 20)),
        date(2026, 12, 12),
    ),
    Due("Policies in date", date(2027, 1, 8), "IG lead", (), date(2027, 1, 8)),
    *(Due(f"Measure {n:02}", date(2027, 2, 1), "IG lead") for n in range(25)),
]
FOUR_COLUMNS = (
    "improving, will miss",
    "getting worse",
    "constant",
    "too few",
    "months without cases",
    "rare events",
    "limits reset",
    "duty missed",
)
PANELS: dict[str, Panel] = {
    "bars by home": bars.by_home(
        "Incidents and near misses",
        {h: len(h) % 5 for h, _, _ in HOMES},
        PERIOD,
        SOURCE,
    ),
    "bars by cause": bars.by_cause("Incidents", CAUSES, PERIOD, SOURCE, "incidents"),
    "bars of nothing": bars.by_cause("Incidents", {}, PERIOD, SOURCE),
    "statuses": statuses.statuses(every_judged(), SOURCE),
    "statuses of nothing": statuses.statuses([], SOURCE),
    "funnel": funnel.funnel("Staff in date with training", HOMES, PERIOD, SOURCE),
    "funnel of a few": funnel.funnel("Letters", [("Elm", 1, 2)], PERIOD, SOURCE),
    "funnel of all met": funnel.funnel(
        "Letters", [("Elm", 20, 20), ("Oak", 7, 7)], PERIOD, SOURCE
    ),
    "grid": grid_panel(grid_of(every_judged()), SOURCE),
    "grid of four columns": grid_panel(
        grid_of([made_up.CASES[name] for name in FOUR_COLUMNS]), SOURCE, width=720
    ),
    "grid of nothing": grid_panel(grid_of([]), SOURCE),
    "clocks": clocks.clocks("Breaches", CLOCKS, 72, SOURCE),
    "no clocks": clocks.clocks("Breaches", [], 72, SOURCE),
    "ahead": ahead.ahead("What falls due", DUES, TODAY, SOURCE),
    "ahead of measures": ahead.ahead("What falls due", COMING, TODAY, SOURCE),
    "nothing ahead": ahead.ahead("What falls due", [], TODAY, SOURCE),
}
SERIES: dict[str, ChartSpec] = {
    name: spec_of(case, made_up.HOMES, NOTES) for name, case in made_up.CASES.items()
}
EVERY: Mapping[str, ChartSpec | Panel] = SERIES | PANELS
# The one of each kind that is kept as a picture.
GOLDEN: dict[ChartKind, ChartSpec | Panel] = {
    ChartKind.SPC: SERIES["limits reset"],
    ChartKind.RUN: SERIES["too few"],
    ChartKind.DUTY: SERIES["duty missed"],
    ChartKind.EMPTY: SERIES["nothing"],
    ChartKind.GAPS: SERIES["rare events"],
    ChartKind.BARS: PANELS["bars by cause"],
    ChartKind.STATUSES: PANELS["statuses"],
    ChartKind.FUNNEL: PANELS["funnel"],
    ChartKind.GRID: PANELS["grid of four columns"],
    ChartKind.CLOCKS: PANELS["clocks"],
    ChartKind.AHEAD: PANELS["ahead"],
}
