"""Charts of proportions, rates, counts and rare events, held to qicharts2."""

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.signals import rare, spc
from oversight.signals.spc import Point, SeriesError
from tests import reference

ORACLE = "statistics/oracle"
CASES = reference.by("case_id", "chart", file=f"{ORACLE}/rare_oracle.csv")
COLUMNS = {
    "value": "plot_y",
    "centre": "cl",
    "lower": "lcl",
    "upper": "ucl",
    "near_lower": "lcl95",
    "near_upper": "ucl95",
    "outside": "sigma_signal",
}


def is_same(got: float | None, wanted: str) -> bool:
    if got is None or wanted == "":
        return got is None and wanted == ""
    return math.isclose(got, float(wanted), rel_tol=1e-9)


@pytest.mark.parametrize(
    "key", [pytest.param(key, id=key[0]) for key in CASES] or [reference.ABSENT]
)
def test_qicharts2_is_reproduced(key):
    reference.require(ORACLE)
    rows = CASES[key]
    counts = [float(row["input_y"]) for row in rows]
    sizes = [float(row["input_n"]) for row in rows if row["input_n"]]
    freeze, screen = rows[0]["freeze"], rows[0]["screened"] == "TRUE"
    asked = {"freeze": int(freeze) if freeze else None, "screen": screen}
    if rows[0]["r_error"]:
        with pytest.raises(SeriesError, match=rows[0]["r_error"]):
            rare.limits(key[1], counts, sizes, **asked)
        return
    points = rare.limits(key[1], counts, sizes or None, **asked)
    different = [
        f"point {row['idx']} {field}: wanted {row[column]}, got {getattr(point, field)}"
        for point, row in zip(points, rows, strict=True)
        for field, column in COLUMNS.items()
        if not is_same(getattr(point, field), row[column])
    ]
    assert different == []


def test_the_reference_set_is_whole():
    reference.require(ORACLE)
    assert len(CASES) >= 83
    assert {chart for _, chart in CASES} == set("p pp u up c g t i ip".split())


@pytest.mark.parametrize(
    ("kind", "counts", "sizes", "sentence"),
    [
        ("x", [1], None, "must be one of p, pp, u"),
        ("p", [1, 2], None, "Each count needs a size; got 2 counts and 0 sizes"),
        ("u", [1, 2], [5], "Each count needs a size; got 2 counts and 1 sizes"),
        ("p", [1, 6], [5, 5], "Point 2: 6 cases are more than all 5"),
        ("c", [1, -1], None, "Point 2: a count cannot be below 0; got -1"),
        ("c", [1, math.nan], None, "Point 2: nan of 1.0 is not a count"),
        ("u", [1, 1], [5, -5], "Point 2: 1 of -5 is not a count"),
        ("t", [3, 0], None, "greater than zero; point 2 has 0"),
        ("p", [0], [0], "No points to draw limits from"),
        ("c", [], None, "No points to draw limits from"),
    ],
)
def test_what_has_no_such_chart_is_refused_in_a_sentence(kind, counts, sizes, sentence):
    with pytest.raises(SeriesError, match=sentence):
        rare.limits(kind, counts, sizes)


def test_a_chart_cannot_be_frozen_before_its_first_point():
    with pytest.raises(SeriesError, match="No points to draw limits from"):
        rare.limits("c", [1, 2], freeze=0)


@given(st.sampled_from(["c", "g", "i", "t"]), st.integers(1, 500), st.integers(2, 40))
def test_a_constant_count_is_never_outside_its_limits(kind, count, points):
    assert not any(p.outside for p in rare.limits(kind, [count / 7] * points))


def test_events_of_one_day_are_one():
    days = [date(2026, 1, d) for d in (9, 1, 4, 4)]
    assert rare.gaps(days) == [Point(date(2026, 1, 4), 3), Point(date(2026, 1, 9), 5)]


GAPS = [Point(date(2026, 1, d + 1), gap) for d, gap in enumerate([9, 4, 16, 9] * 4)]


def test_a_t_chart_is_the_xmr_of_the_gaps_evened_out():
    chart = rare.judge_gaps(GAPS)
    evened = [gap.value ** (1 / 3.6) for gap in GAPS]
    average = sum(evened) / 16
    spread = sum(abs(b - a) for a, b in pairwise(evened)) / 15
    last = chart.points[-1]
    assert last.value == 9
    assert last.mean == pytest.approx(average**3.6)
    assert last.lpl == pytest.approx((average - 2.66 * spread) ** 3.6)
    assert last.upl == pytest.approx((average + 2.66 * spread) ** 3.6)
    assert (chart.latest, chart.assurance_icon) == (last, None)


def test_a_long_gap_is_an_improvement_and_short_ones_a_concern():
    long = rare.judge_gaps([*GAPS, Point(date(2026, 2, 1), 400)])
    short = [Point(date(2026, 2, d + 1), 3) for d in range(7)]
    assert long.variation_icon == "improvement_high"
    assert rare.judge_gaps([*GAPS, *short]).variation_icon == "concern_low"


def test_a_lower_limit_below_nothing_is_missing_and_a_gap_of_nothing_refused():
    wide = [Point(date(2026, 1, d + 1), gap) for d, gap in enumerate([1, 900] * 8)]
    assert {p.lpl for p in rare.judge_gaps(wide).points} == {None}
    with pytest.raises(SeriesError, match="2026-02-01 has 0"):
        rare.judge_gaps([*GAPS, Point(date(2026, 2, 1), 0)])


def test_too_few_gaps_make_a_run_chart():
    few = rare.judge_gaps(GAPS[: spc.MINIMUM - 1])
    assert (few.variation_icon, few.latest) == (None, None)
    assert {p.upl for p in few.points} == {None}
