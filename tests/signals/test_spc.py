"""Special causes and icons: two tools reproduced, then each rule by itself."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oversight.signals import spc, xmr
from oversight.signals.spc import Chart, JudgedPoint, Point, SeriesError, judge
from oversight.words import Assurance, Signal
from tests import reference

ORACLE = "statistics/oracle"
AS_REFERENCE = {"min_points": 0, "keep_collapsed_limits": True}


def series(drawn: str) -> list[Point]:
    """Months from January 2024: `7 . 9g` is 7, a missing value, and 9 as a ghost."""
    return [
        Point(month(i), None if word == "." else float(word.rstrip("g")), "g" in word)
        for i, word in enumerate(drawn.split())
    ]


def month(i: int) -> date:
    return date(2024 + i // 12, i % 12 + 1, 1)


def every(chart: Chart, field: str) -> list[object]:
    return [getattr(point, field) for point in chart.points]


def flagged(chart: Chart, field: str) -> list[int]:
    return [i for i, found in enumerate(every(chart, field)) if found]


# The two reference tools


def is_same(got: object, wanted: str) -> bool:
    """A cell of the reference: empty is missing, a number is equal to 1 in 10^9."""
    if got is None or wanted == "":
        return got is None and wanted == ""
    if isinstance(got, str):
        return got == wanted
    return math.isclose(float(got), float(wanted), rel_tol=1e-9)


def differences(
    points: tuple[JudgedPoint, ...], wanted: list[dict[str, str]], names: dict[str, str]
) -> Iterator[str]:
    for point, row in zip(points, wanted, strict=True):
        for field, column in names.items():
            if not is_same(getattr(point, field), row[column]):
                got = getattr(point, field)
                yield f"{point.date} {field}: wanted {row[column]!r}, got {got!r}"


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def days(cell: str) -> list[date]:
    return [date.fromisoformat(day) for day in cell.split(";") if day]


ALIKE = "value mean lpl upl trend two_of_three point_type".split()
R_FIELDS = {name: name for name in ALIKE} | {
    "outside_limits": "outside_limits",
    "relative_to_mean": "relative_to_mean",
    "close_to_limits": "close_to_limits",
    "shift": "shift7",
    "trend": "trend7",
    "special_cause_type": "special_cause_type",
    "segment": "rebase_group",
}
MDC_FIELDS = {name: name for name in ALIKE} | {
    "outside_limits": "single_point",
    "shift": "shift",
    "ghost": "ghost",
    "segment": "partition",
}
R_INPUTS = reference.by("case_id", "facet", file=f"{ORACLE}/spc_inputs.csv")
R_POINTS = reference.by("case_id", "facet", file=f"{ORACLE}/spc_points.csv")
R_ICONS = reference.by("case_id", "facet", file=f"{ORACLE}/spc_icons.csv")
R_CASES = {row["case_id"]: row for row in reference.rows(f"{ORACLE}/spc_cases.csv")}


def as_r_does(case: dict[str, str], facet: str) -> Chart:
    """The chart of one facet; what R takes by facet is JSON, with nothing for some."""
    target, rebase = case["target"], case["rebase"]
    by_facet = json.loads(rebase).get(facet, "") if rebase.startswith("{") else rebase
    changes = json.loads(target) if target.startswith("{") else None
    aim = number(target) if changes is None else changes.get(facet, [])
    return judge(
        [
            Point(date.fromisoformat(row["date"]), number(row["value"]))
            for row in R_INPUTS[case["case_id"], facet]
        ],
        direction=case["improvement_direction"],
        target=aim,
        rebase=days(by_facet),
        fix_after=number(case["fix_after_n_points"]),
        profile="nhsr",
        screen=case["screen_outliers"] == "TRUE",
        **AS_REFERENCE,
    )


@pytest.mark.parametrize(
    "key",
    [pytest.param(key, id=" ".join(key)) for key in R_INPUTS] or [reference.ABSENT],
)
def test_the_r_package_is_reproduced(key):
    reference.require(ORACLE)
    case = R_CASES[key[0]]
    if case["kind"] == "error":
        with pytest.raises(SeriesError, match=r"\w+ .+\."):
            as_r_does(case, key[1])
        return
    chart = as_r_does(case, key[1])
    if case["r_error"]:  # R stops at a missing value; we say that there is no trend
        assert {p.special_cause_type for p in chart.points if p.value is None} == {
            "Common Cause"
        }
        return
    assert list(differences(chart.points, R_POINTS[key], R_FIELDS)) == []
    [icons] = R_ICONS[key]
    assert chart.variation_icon == icons["variation_icon"]
    assert (chart.assurance_icon or "") == icons["assurance_icon"]
    assert chart.latest.date.isoformat() == icons["latest_date"]
    if len({facet for name, facet in R_INPUTS if name == key[0]}) == 1:
        is_short = any("few points" in note for note in chart.notes)
        assert is_short == (case["r_short_group_warning"] == "TRUE")


MDC_POINTS = reference.by("case_id", file=f"{ORACLE}/mdc_points.csv")
MDC_ASSURANCE = {"": None, "consistent_pass": "pass", "consistent_fail": "fail"}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["case_id"])
        for case in reference.rows(f"{ORACLE}/mdc_cases.csv")
    ]
    or [reference.ABSENT],
)
def test_the_nhs_query_is_reproduced(case):
    reference.require(ORACLE)
    wanted = MDC_POINTS[case["case_id"],]
    points = [
        Point(
            date.fromisoformat(row["date"]), number(row["value"]), row["ghost"] == "1"
        )
        for row in wanted
    ]
    asked = {
        "direction": case["improvement_direction"],
        "target": number(case["target"]),
        "rebase": days(case["recalc_dates"]),
        "conflict": case["conflict_rule"],
    }
    chart = judge(points, **asked, **AS_REFERENCE)
    assert list(differences(chart.points, wanted, MDC_FIELDS)) == []
    assert chart.latest.point_type == case["latest_point_type"]
    assurance = case["assurance_type"]
    assert chart.assurance_icon == MDC_ASSURANCE.get(assurance, assurance)
    is_shown = judge(points, **asked, min_points=15).variation_icon is not None
    assert is_shown == (case["icons_shown_15"] == "1")


def test_the_reference_sets_are_whole():
    reference.require(ORACLE)
    answered = {key for key in R_INPUTS if not R_CASES[key[0]]["r_error"]}
    assert set(R_POINTS) == set(R_ICONS) == answered
    assert len(R_CASES) >= 222
    assert len(MDC_POINTS) >= 163


# Limits

# Twelve points about 25 whose moving ranges are all 50: limits at 25 ± 133.
BASELINE = "50 0 " * 6
UPPER = 25 + xmr.LIMIT * 50
NEAR = 25 + xmr.NEAR * 50


def after_baseline(drawn: str, **asked) -> Chart:
    return judge(series(BASELINE + drawn), fix_after=12, **asked)


def test_limits_are_2_66_mean_moving_ranges_from_the_average():
    chart = judge(series("10 12 11 13"), min_points=0)
    [last] = chart.points[3:]
    assert (last.mean, last.lpl, last.upl) == (
        11.5,
        pytest.approx(11.5 - 2.66 * 5 / 3),
        pytest.approx(11.5 + 2.66 * 5 / 3),
    )


@pytest.mark.parametrize("profile", ["mdc", "nhsr"])
@pytest.mark.parametrize(
    ("value", "outside", "close"),
    [
        (UPPER, False, True),
        (math.nextafter(UPPER, 999), True, False),
        (NEAR, False, False),
        (math.nextafter(NEAR, 999), False, True),
        (50 - UPPER, False, True),
        (math.nextafter(50 - UPPER, -999), True, False),
    ],
)
def test_a_point_exactly_on_a_line_is_inside_it(value, outside, close, profile):
    last = after_baseline(repr(value), profile=profile).points[-1]
    assert (last.outside_limits, last.close_to_limits) == (outside, close)


@given(st.integers(0, 10_000), st.integers(2, 60), st.sampled_from(["mdc", "nhsr"]))
def test_a_constant_series_is_on_its_average_and_says_so(hundredths, count, profile):
    value = hundredths / 100
    drawn = f"{value} " * count
    chart = judge(series(drawn), profile=profile, target=value - 1, min_points=0)
    assert {(p.mean, p.lpl, p.upl) for p in chart.points} == {(value, value, value)}
    assert {p.special_cause_type for p in chart.points} == {"Common Cause"}
    assert chart.assurance_icon == "pass"
    assert "no variation yet" in chart.notes[0]


def test_a_constant_series_has_no_limits_where_the_r_package_screens():
    chart = judge(series("7 7 7"), profile="nhsr", target=1, **AS_REFERENCE)
    assert every(chart, "lpl") == every(chart, "outside_limits") == [None] * 3
    assert chart.assurance_icon == "inconsistent"
    assert spc.assurance(chart) is None


ALMOST_CONSTANT = "100 " * 10 + "96 " + "100 " * 5


@pytest.mark.parametrize("profile", ["mdc", "nhsr"])
def test_screening_that_would_leave_no_width_is_not_used_and_says_so(profile):
    chart = judge(series(ALMOST_CONSTANT), profile=profile, screen=True, target=99)
    unscreened = judge(
        series(ALMOST_CONSTANT), profile=profile, screen=False, target=99
    )
    assert chart.points == unscreened.points
    assert flagged(chart, "outside_limits") == [10]
    assert "screening would leave limits of no width" in chart.notes[0]
    assert not any("screening" in note for note in unscreened.notes)


def test_the_references_let_screening_collapse_the_limits():
    chart = judge(series(ALMOST_CONSTANT), profile="nhsr", **AS_REFERENCE)
    assert chart.variation_icon == "improvement_high"
    assert {(p.lpl, p.upl) for p in chart.points} == {(99.75, 99.75)}


def test_screening_drops_an_outlier_from_the_average_in_mdc_only():
    drawn = series("10 12 10 12 10 12 10 12 10 12 10 12 10 90")
    mdc = judge(drawn, profile="mdc", screen=True).points[0]
    nhsr = judge(drawn, profile="nhsr", screen=True).points[0]
    assert mdc.mean == sum([10, 12] * 6 + [10]) / 13
    assert nhsr.mean == sum([10, 12] * 6 + [10, 90]) / 14
    assert mdc.upl - mdc.mean == pytest.approx(2.66 * 2)
    assert nhsr.upl - nhsr.mean == pytest.approx(2.66 * 2)


@pytest.mark.parametrize(("profile", "kept"), [("mdc", True), ("nhsr", False)])
def test_a_moving_range_exactly_on_the_bound_is_kept_in_mdc_only(profile, kept):
    # Ranges 0, 0 and b: b is on its bound when 3.267 times their mean is b.
    ranges = [1.0] * 3
    bound = xmr.SCREEN * xmr.mean(ranges)
    screened = xmr._screened(
        [0.0, 1.0, 0.0, bound], [None, 1.0, 1.0, bound], bound, profile
    )
    assert screened.spread == (xmr.mean([1.0, 1.0, bound]) if kept else 1.0)


def test_no_screening_is_the_habit_of_mdc_and_screening_that_of_nhsr():
    drawn = series("10 12 10 12 10 12 10 12 10 12 10 12 10 90")
    for profile, habit in [("mdc", False), ("nhsr", True)]:
        asked = judge(drawn, profile=profile, screen=habit)
        assert judge(drawn, profile=profile) == asked
        assert judge(drawn, profile=profile, screen=not habit) != asked


# Rules


@pytest.mark.parametrize("profile", ["mdc", "nhsr"])
@pytest.mark.parametrize(
    ("drawn", "rows"),
    [
        ("26 30 26 30 26 30", []),
        ("26 30 26 30 26 30 26", [0, 1, 2, 3, 4, 5, 6]),
        ("26 30 26 30 26 30 26 30", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("24 20 24 20 24 20 24", [0, 1, 2, 3, 4, 5, 6]),
        ("26 30 26 25 26 30 26 30", []),  # on the average
        ("26 30 26 24 26 30 26 30", []),
        ("26 30 26 . 26 30 26 30", []),
    ],
)
def test_seven_on_one_side_are_a_shift(drawn, rows, profile):
    chart = judge(series("25 " * 12 + drawn), fix_after=12, profile=profile)
    assert flagged(chart, "shift") == [12 + row for row in rows]


@pytest.mark.parametrize("profile", ["mdc", "nhsr"])
@pytest.mark.parametrize(
    ("drawn", "rows"),
    [
        ("1 2 3 4 5 6", []),
        ("1 2 3 4 5 6 7", [0, 1, 2, 3, 4, 5, 6]),
        ("7 6 5 4 3 2 1", [0, 1, 2, 3, 4, 5, 6]),
        ("1 2 3 4 4 5 6 7", []),
        ("1 2 3 4 . 5 6 7", []),
        ("9 1 2 3 4 5 6 7 1", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_seven_that_each_rise_or_each_fall_are_a_trend(drawn, rows, profile):
    chart = judge(series(drawn), profile=profile, min_points=0)
    assert flagged(chart, "trend") == rows


@pytest.mark.parametrize("profile", ["mdc", "nhsr"])
@pytest.mark.parametrize(
    ("drawn", "rows"),
    [
        ("120 30 120", [0, 2]),
        ("120 120 30", [0, 1]),
        ("30 120 120", [1, 2]),
        ("120 120 120", [0, 1, 2]),
        ("120 24 120", []),  # the third is on the other side
        ("120 25 120", []),  # or on the average
        ("120 . 120", []),
        ("120 30 30 120", []),
        ("120 999 120", [0, 2]),  # beyond the limits: the third, but not one of two
        ("999 120 999", []),
        ("-70 20 -70", [0, 2]),
        ("120 120", []),
    ],
)
def test_two_near_a_limit_of_three_on_its_side_are_flagged(drawn, rows, profile):
    chart = after_baseline(drawn, profile=profile)
    assert flagged(chart, "two_of_three") == [12 + row for row in rows]


def test_the_first_rule_that_fires_names_the_point():
    chart = after_baseline("26 27 120 130 140 150 999", profile="nhsr")
    assert every(chart, "special_cause_type")[12:] == [
        *["7 Point Trend (Increasing)"] * 6,
        "Above UCL",
    ]


def test_r_calls_the_end_of_a_rise_decreasing_when_another_rise_follows():
    chart = judge(
        series("1 2 3 4 5 6 7 1.5 2.5 3.5 4.5 5.5 6.5 7.5"),
        profile="nhsr",
        screen=False,
    )
    trends = [
        cause.endswith("(Decreasing)") for cause in every(chart, "special_cause_type")
    ]
    assert [i for i, falls in enumerate(trends) if falls] == [6]


@pytest.mark.parametrize(
    ("direction", "conflict", "point_type", "cause"),
    [
        ("increase", "concern", "special_cause_concern", "7 Points Below CL"),
        (
            "increase",
            "improvement",
            "special_cause_improvement",
            RISING := "7 Point Trend (Increasing)",
        ),
        ("decrease", "concern", "special_cause_concern", RISING),
        ("decrease", "improvement", "special_cause_improvement", "7 Points Below CL"),
        ("neutral", "concern", "special_cause_neutral_high", RISING),
        ("neutral", "improvement", "special_cause_neutral_high", RISING),
    ],
)
def test_a_rise_below_the_average_is_what_the_conflict_rule_says(
    direction, conflict, point_type, cause
):
    chart = after_baseline("1 2 3 4 5 6 7", direction=direction, conflict=conflict)
    last = chart.points[-1]
    assert (last.point_type, last.special_cause_type) == (point_type, cause)


def test_the_conflict_rule_means_nothing_in_nhsr_where_the_trend_wins():
    asked = {"direction": "increase", "profile": "nhsr"}
    for conflict in ["concern", "improvement"]:
        chart = after_baseline("1 2 3 4 5 6 7", conflict=conflict, **asked)
        assert chart.points[-1].point_type == "special_cause_improvement"


# Resets, baselines and ghosts


def test_a_reset_starts_afresh_with_the_point_on_its_date():
    chart = judge(series("1 3 1 3 11 13 11"), rebase=[month(4)], min_points=0)
    assert (
        every(chart, "mean")
        == [2, 2, 2, 2, pytest.approx(35 / 3)] + [pytest.approx(35 / 3)] * 2
    )
    assert every(chart, "segment") == [0, 0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(("profile", "crosses"), [("mdc", True), ("nhsr", False)])
def test_a_trend_runs_over_a_reset_in_mdc_only(profile, crosses):
    chart = judge(
        series("1 2 3 4 5 6 7"), rebase=[month(3)], profile=profile, min_points=0
    )
    assert flagged(chart, "trend") == (list(range(7)) if crosses else [])


def test_a_reset_on_a_date_without_a_point_is_ignored_and_said_to_be():
    drawn = series("1 3 " * 10)
    chart = judge(drawn, rebase=[date(2024, 2, 2)])
    assert chart.points == judge(drawn).points
    assert chart.notes == (
        "Nothing is dated 2024-02-02, so no limits start afresh there.",
    )


def test_a_baseline_lends_its_limits_until_the_next_reset_in_mdc():
    drawn = series(BASELINE + "60 70 " * 2 + "5 6 " * 6 + "90")
    chart = judge(drawn, fix_after=12, rebase=[month(16)])
    assert every(chart, "mean") == [25] * 16 + [(11 * 6 + 90) / 13] * 13


def test_every_segment_has_its_own_baseline_in_nhsr():
    drawn = series(BASELINE + "60 70 " * 2 + "5 6 " * 6 + "90")
    chart = judge(drawn, fix_after=12, rebase=[month(16)], profile="nhsr")
    assert every(chart, "mean") == [25] * 16 + [5.5] * 13


@pytest.mark.parametrize(("profile", "rows"), [("mdc", []), ("nhsr", range(9, 16))])
def test_a_shift_runs_over_the_end_of_a_baseline_in_nhsr_only(profile, rows):
    drawn = series("0 50 0 50 0 50 0 50 0 30 30 30" + " 30" * 4)
    chart = judge(drawn, fix_after=12, profile=profile)
    assert flagged(chart, "shift") == list(rows)


def test_a_fraction_of_points_is_the_points_numbered_up_to_it():
    drawn = series(BASELINE + "60 70 60 70")
    for profile in ["mdc", "nhsr"]:
        assert judge(drawn, fix_after=12.9, profile=profile) == judge(
            drawn, fix_after=12, profile=profile
        )


def test_a_moving_range_reaches_over_a_ghost_but_not_over_a_missing_value():
    over_ghost = judge(series("1 99g 4 1"), min_points=0).points[0]
    over_missing = judge(series("1 . 4 1"), min_points=0).points[0]
    assert over_ghost.upl - over_ghost.mean == pytest.approx(2.66 * 3)
    assert over_missing.upl - over_missing.mean == pytest.approx(2.66 * 3)
    further = judge(series("1 99g 9 8"), min_points=0).points[0]
    assert further.upl - further.mean == pytest.approx(2.66 * (8 + 1) / 2)
    further = judge(series("1 . 9 8"), min_points=0).points[0]
    assert further.upl - further.mean == pytest.approx(2.66 * 1)


def test_a_ghost_is_drawn_within_the_limits_and_never_judged():
    ghost = after_baseline("999g").points[-1]
    assert (ghost.ghost, ghost.value, ghost.mean, ghost.upl) == (True, 999, 25, UPPER)
    assert (ghost.special_cause_type, ghost.point_type) == (
        "Common Cause",
        "common_cause",
    )


# The icons


@pytest.mark.parametrize(
    ("last", "direction", "icon", "signal"),
    [
        ("30", "increase", "common_cause", Signal.NORMAL),
        ("999", "increase", "improvement_high", Signal.IMPROVEMENT),
        ("999", "decrease", "concern_high", Signal.CONCERN),
        ("999", "neutral", "neutral_high", Signal.NEUTRAL),
        ("-999", "increase", "concern_low", Signal.CONCERN),
        ("-999", "decrease", "improvement_low", Signal.IMPROVEMENT),
        ("-999", "neutral", "neutral_low", Signal.NEUTRAL),
        ("999 30", "increase", "common_cause", Signal.NORMAL),
        ("999 30g", "increase", "improvement_high", Signal.IMPROVEMENT),
    ],
)
def test_the_variation_icon_is_that_of_the_latest_point(last, direction, icon, signal):
    for profile in ["mdc", "nhsr"]:
        chart = after_baseline(last, direction=direction, profile=profile)
        assert (chart.variation_icon, spc.signal(chart)) == (icon, signal)


def test_high_or_low_comes_from_the_direction_and_not_from_the_point():
    chart = after_baseline("1 2 3 4 5 6 7", conflict="improvement")
    assert chart.points[-1].relative_to_mean == -1
    assert chart.variation_icon == "improvement_high"


LOWER = 50 - UPPER


@pytest.mark.parametrize(
    ("profile", "target", "increase", "decrease"),
    [
        ("mdc", UPPER + 1, "fail", "pass"),
        ("mdc", UPPER, "fail", "pass"),
        ("mdc", UPPER - 1, "inconsistent", "inconsistent"),
        ("mdc", LOWER + 1, "inconsistent", "inconsistent"),
        ("mdc", LOWER, "pass", "fail"),
        ("nhsr", UPPER + 1, "fail", "pass"),
        ("nhsr", UPPER, "inconsistent", "inconsistent"),
        ("nhsr", LOWER, "inconsistent", "inconsistent"),
        ("nhsr", LOWER - 1, "pass", "fail"),
    ],
)
def test_assurance_is_where_the_target_lies_of_the_limits(
    profile, target, increase, decrease
):
    for direction, icon in [("increase", increase), ("decrease", decrease)]:
        chart = after_baseline(
            "30", direction=direction, target=target, profile=profile
        )
        assert chart.assurance_icon == icon
        assert spc.assurance(chart) is Assurance(icon)


def test_there_is_no_assurance_without_a_target_or_a_direction():
    for asked in [{"target": None}, {"target": 5, "direction": "neutral"}]:
        chart = after_baseline("30", **asked)
        assert chart.assurance_icon is None
        assert spc.assurance(chart) is None


@pytest.mark.parametrize(
    ("changes", "icon"),
    [
        ([(month(0), 999)], "fail"),
        ([(month(0), 999), (month(12), 30)], "inconsistent"),
        ([(month(12), 30), (month(0), 999)], "inconsistent"),
        ([(month(0), 999), (month(13), 30)], "fail"),  # not yet in force
        ([(month(13), 30)], None),
        ([(month(0), 999), (month(5), None)], None),  # withdrawn
        ([], None),
    ],
)
def test_the_target_is_the_one_in_force_at_the_latest_point(changes, icon):
    assert after_baseline("30", target=changes).assurance_icon == icon


# Too few, early, missing


def test_too_few_points_make_a_run_chart():
    for profile in ["mdc", "nhsr"]:
        few = judge(series("1 2 3 4 5 6 7 8 9 10 99"), target=5, profile=profile)
        enough = judge(series("1 2 3 4 5 6 7 8 9 10 99 12"), target=5, profile=profile)
        assert few.notes == ("Too few months to judge: 11 of the 12 needed.",)
        assert (few.variation_icon, few.assurance_icon) == (None, None)
        assert spc.signal(few) is Signal.TOO_FEW
        assert {(p.lpl, p.upl, p.point_type) for p in few.points} == {
            (None, None, "common_cause")
        }
        assert None not in every(few, "mean")
        assert enough.variation_icon is not None
        assert None not in every(enough, "lpl")


def test_ghosts_and_missing_values_do_not_count_towards_enough():
    assert judge(series("1 2 3 4 5 6 7 8 9 10 11 12g")).variation_icon is None
    assert judge(series("1 2 3 4 5 6 7 8 9 10 11 .")).variation_icon is None


@pytest.mark.parametrize(("count", "early"), [(12, True), (19, True), (20, False)])
def test_limits_are_early_until_they_rest_on_twenty_points(count, early):
    chart = judge(series(" ".join(["1 3"] * 10)[: 2 * count - 1]))
    assert any(note.startswith("Early limits") for note in chart.notes) == early


@pytest.mark.parametrize(("profile", "enough"), [("mdc", 12), ("nhsr", 13)])
def test_a_segment_of_few_points_is_pointed_out(profile, enough):
    for count in [enough - 1, enough]:
        chart = judge(
            series("1 3 " * 10 + "2 4 " * 10)[: 20 + count],
            rebase=[month(20)],
            profile=profile,
        )
        few = f"From {month(20)}: the limits rest on few points ({count})."
        assert (few in chart.notes) == (count < enough)


def test_a_missing_latest_value_is_passed_over_in_mdc_and_normal_in_nhsr():
    mdc = after_baseline("999 .")
    nhsr = after_baseline("999 .", profile="nhsr")
    assert (mdc.variation_icon, mdc.latest.value) == ("improvement_high", 999)
    assert (nhsr.variation_icon, nhsr.latest.value) == ("common_cause", None)
    for chart in [mdc, nhsr]:
        assert f"The latest point, {month(13)}, has no value." in chart.notes


def test_a_segment_too_new_for_limits_gives_no_assurance():
    chart = judge(series("1 3 " * 6 + "9"), rebase=[month(12)], target=5)
    assert chart.points[-1].lpl is None
    assert chart.assurance_icon == "inconsistent"
    assert spc.assurance(chart) is None


def test_what_cannot_be_said_is_missing_in_nhsr_and_no_in_mdc():
    drawn = series(BASELINE + ".")
    names = ["outside_limits", "close_to_limits", "shift", "two_of_three"]
    nhsr = judge(drawn, profile="nhsr").points[-1]
    mdc = judge(drawn, profile="mdc").points[-1]
    assert [getattr(nhsr, name) for name in names] == [None] * 4
    assert [getattr(mdc, name) for name in names] == [False] * 4
    assert (nhsr.relative_to_mean, mdc.relative_to_mean) == (None, None)


@pytest.mark.parametrize(
    ("drawn", "unsure"), [("1 9 1 9 9", []), ("1 9 1 9 9 9", [15, 16, 17])]
)
def test_two_of_three_cannot_be_said_in_nhsr_without_limits(drawn, unsure):
    # No two neighbours among the first twelve, so an average and no limits.
    chart = judge(
        series("1 . 3 . 5 . 1 . 3 . 5 . " + drawn),
        fix_after=12,
        profile="nhsr",
        min_points=0,
    )
    clear_of_the_gap = every(chart, "two_of_three")[14:]
    assert [14 + i for i, flag in enumerate(clear_of_the_gap) if flag is None] == unsure


# What is refused, and what is given


@pytest.mark.parametrize(
    ("drawn", "asked", "sentence"),
    [
        ("", {}, "There is nothing to judge"),
        ("1 2", {"fix_after": 11.9}, "12 points or more; got 11.9"),
        ("1 2", {"fix_after": math.nan}, "12 points or more; got nan"),
        ("1 2", {"target": math.nan}, "plain number; got nan"),
        ("1 2", {"target": [(month(0), math.inf)]}, "plain number; got inf"),
        (
            "1 2",
            {"direction": "up"},
            "direction must be one of increase, decrease, neu",
        ),
        ("1 2", {"profile": "r"}, "profile must be one of mdc, nhsr; got 'r'"),
        (
            "1 2",
            {"conflict": "none"},
            "conflict rule must be one of concern, improvement",
        ),
        ("1 inf", {}, "2024-02-01: a value must be a number or missing; got inf"),
        ("1 1e301", {}, "2024-02-01: a value must be a number or missing; got 1e"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_a_sentence(drawn, asked, sentence):
    with pytest.raises(SeriesError, match=sentence):
        judge(series(drawn), **asked)


def test_a_date_given_twice_is_refused():
    with pytest.raises(SeriesError, match="Duplicate rows found: 2024-01-01"):
        judge([*series("1 2"), Point(month(0), 5.0)])


def test_a_value_that_is_no_number_is_refused_and_nan_is_missing():
    with pytest.raises(SeriesError, match=r"2024-01-01: a value .* got 'ten'"):
        judge([Point(month(0), "ten")])
    chart = judge([Point(month(0), math.nan), Point(month(1), 3)], min_points=0)
    assert every(chart, "value") == [None, 3]


def test_a_record_has_the_fields_of_the_references_and_flags_of_0_and_1():
    assert spc.record(after_baseline("999").points[-1]) == {
        "date": "2025-01-01",
        "value": 999.0,
        "mean": 25.0,
        "lpl": LOWER,
        "upl": UPPER,
        "outside_limits": 1,
        "relative_to_mean": 1,
        "close_to_limits": 0,
        "shift": 0,
        "trend": 0,
        "two_of_three": 0,
        "special_cause_type": "Above UCL",
        "point_type": "special_cause_improvement",
    }
    assert type(spc.record(after_baseline("9").points[-1])["shift"]) is int


# Properties

PROFILES = st.sampled_from(["mdc", "nhsr"])
WHOLE = st.lists(st.integers(-20, 20), min_size=1, max_size=40)
LEVELS = st.lists(st.integers(-2, 2), min_size=1, max_size=40)  # ties and runs
CELLS = st.one_of(st.none(), st.integers(-9, 9), st.integers(-2, 2))
GAPPED = st.lists(CELLS, min_size=1, max_size=40)


def of(values: list[float | None]) -> list[Point]:
    return [Point(month(i), value) for i, value in enumerate(values)]


def found(chart: Chart) -> list[tuple[object, ...]]:
    """What the rules say of each point, without any number that scales or shifts."""
    names = "outside_limits relative_to_mean close_to_limits shift trend two_of_three"
    return [
        (*(getattr(p, name) for name in names.split()), p.special_cause_type)
        for p in chart.points
    ]


def is_clear_of_its_lines(chart: Chart) -> bool:
    """No value so near a line that a last digit could put it on the other side."""
    for point in chart.points:
        if point.value is None or point.lpl is None:
            continue
        width = point.upl - point.mean
        for line in [
            point.lpl,
            point.upl,
            *(point.mean + k * width for k in (-2 / 3, 2 / 3)),
        ]:
            if 0 < abs(point.value - line) < 1e-6 or (
                point.value == line != point.mean
            ):
                return False
    return True


@given(st.data(), GAPPED, PROFILES)
def test_the_order_of_the_points_does_not_matter(data, values, profile):
    points = of(values)
    mixed = data.draw(st.permutations(points))
    asked = {"profile": profile, "min_points": 0, "rebase": [month(7)]}
    assert judge(mixed, **asked) == judge(points, **asked)


@given(st.one_of(WHOLE, LEVELS), st.integers(-30, 30), PROFILES)
def test_a_change_of_unit_changes_no_signal(values, power, profile):
    scale = 2.0**power  # exact, so that every tie stays a tie
    plain = judge(of(values), profile=profile, min_points=0)
    scaled = judge(of([v * scale for v in values]), profile=profile, min_points=0)
    assert found(scaled) == found(plain)
    for a, b in zip(plain.points, scaled.points, strict=True):
        assert (a.mean * scale, a.lpl and a.lpl * scale) == (b.mean, b.lpl)


@given(st.one_of(WHOLE, LEVELS), st.integers(-1000, 1000), PROFILES)
def test_a_change_of_level_changes_no_signal(values, by, profile):
    plain = judge(of(values), profile=profile, min_points=0)
    assume(is_clear_of_its_lines(plain))
    raised = judge(of([v + by for v in values]), profile=profile, min_points=0)
    assert found(raised) == found(plain)


@given(st.one_of(WHOLE, LEVELS), PROFILES)
def test_less_is_to_decrease_what_more_is_to_increase(values, profile):
    # R calls a tie within two trends decreasing, whichever way is better.
    assume(profile == "mdc" or all(a != b for a, b in pairwise(values)))
    up = judge(
        of(values), direction="increase", profile=profile, target=3, min_points=0
    )
    down = judge(
        of([-v for v in values]),
        direction="decrease",
        profile=profile,
        target=-3,
        min_points=0,
    )
    assert every(up, "point_type") == every(down, "point_type")
    assert up.assurance_icon == down.assurance_icon
    assert spc.signal(up) == spc.signal(down)


@given(st.one_of(WHOLE, LEVELS))
def test_what_improves_one_way_is_a_concern_the_other_way(values):
    up = judge(of(values), direction="increase", conflict="improvement", min_points=0)
    down = judge(of(values), direction="decrease", conflict="concern", min_points=0)
    turned = {"improvement": "concern", "concern": "improvement"}
    for a, b in zip(up.points, down.points, strict=True):
        kind = a.point_type.removeprefix("special_cause_")
        assert b.point_type.removeprefix("special_cause_") == turned.get(kind, kind)
        assert a.special_cause_type == b.special_cause_type


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), min_size=1), PROFILES)
def test_ghosts_take_no_part(drawn, profile):
    points = [
        Point(date(2024, 1, 1) + timedelta(days=i), value, ghost)
        for i, (value, ghost) in enumerate(drawn)
    ]
    live = [point for point in points if not point.ghost]
    assume(live)
    asked = {"profile": profile, "min_points": 0, "target": 2, "fix_after": 12}
    with_ghosts, without = judge(points, **asked), judge(live, **asked)
    assert tuple(p for p in with_ghosts.points if not p.ghost) == without.points
    assert {p.point_type for p in with_ghosts.points if p.ghost} <= {"common_cause"}
    assert (with_ghosts.variation_icon, with_ghosts.assurance_icon) == (
        without.variation_icon,
        without.assurance_icon,
    )


@given(GAPPED, st.integers(0, 39), st.booleans())
def test_nothing_crosses_a_reset_in_nhsr(values, at, is_fixed):
    asked = {
        "profile": "nhsr",
        "min_points": 0,
        "fix_after": 12 if is_fixed else None,
    }
    points = of(values)
    whole = judge(points, rebase=[month(at)], **asked)
    parts = [part for part in (points[:at], points[at:]) if part]
    apart = [point for part in parts for point in judge(part, **asked).points]
    assert [replace(point, segment=0) for point in whole.points] == apart


@given(GAPPED, st.integers(0, 39))
def test_only_a_trend_crosses_a_reset_in_mdc(values, at):
    points = of(values)
    whole = judge(points, rebase=[month(at)], min_points=0)
    parts = [part for part in (points[:at], points[at:]) if part]
    apart = [p for part in parts for p in judge(part, min_points=0).points]
    unsaid = {"trend": False, "special_cause_type": "", "point_type": "", "segment": 0}
    assert [replace(p, **unsaid) for p in whole.points] == [
        replace(p, **unsaid) for p in apart
    ]


def runs(signs: list[int | None], least: int) -> set[int]:
    """Places in a whole run of one sign at least so long: the rule said another way."""
    places: set[int] = set()
    for sign, run in groupby(enumerate(signs), key=lambda pair: pair[1]):
        members = [i for i, _ in run]
        if sign and len(members) >= least:
            places.update(members)
    return places


@given(GAPPED, PROFILES)
def test_a_shift_is_every_run_of_seven_or_more(values, profile):
    chart = judge(of(values), profile=profile, min_points=0)
    sides = every(chart, "relative_to_mean")
    assert set(flagged(chart, "shift")) == runs(sides, 7)


@given(GAPPED, PROFILES)
def test_a_trend_is_every_run_of_six_or_more_steps_one_way(values, profile):
    chart = judge(of(values), profile=profile, min_points=0)
    steps = [
        None if a is None or b is None else (b > a) - (b < a)
        for a, b in pairwise(values)
    ]
    climbs = runs(steps, 6)
    assert set(flagged(chart, "trend")) == climbs | {i + 1 for i in climbs}


@given(GAPPED, PROFILES)
def test_a_missing_value_is_never_part_of_a_signal(values, profile):
    chart = judge(of(values), profile=profile, min_points=0)
    missing = [p for p in chart.points if p.value is None]
    assert {p.special_cause_type for p in missing} <= {"Common Cause"}
    assert not any(
        p.outside_limits or p.shift or p.trend or p.two_of_three for p in missing
    )


@given(GAPPED, PROFILES, st.booleans(), st.booleans())
def test_limits_hold_the_average_and_collapse_only_where_nothing_varies(
    values, profile, screen, keep
):
    chart = judge(
        of(values),
        profile=profile,
        screen=screen,
        keep_collapsed_limits=keep,
        min_points=0,
    )
    for point in chart.points:
        if point.lpl is not None:
            assert point.lpl <= point.mean <= point.upl
            if not keep and point.lpl == point.upl:
                apart = [abs(a - b) for a, b in pairwise(values) if None not in (a, b)]
                assert set(apart) == {0}
