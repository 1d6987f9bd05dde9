"""What a measure's chart shows, and that it outlives a freeze unchanged."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.charts import scales
from oversight.charts.chart import HOLLOW, ChartKind, ChartSpec, Mark
from oversight.charts.figures import line_in_figures
from oversight.charts.spec import spec_of
from tests.charts import made_up

EVERY = [spec_of(case, made_up.HOMES) for case in made_up.CASES.values()]
series = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(
        lambda pair: (min(pair), max(pair))
    ),
    min_size=2,
    max_size=36,
)


def spec(case: str, **more: object) -> ChartSpec:
    return spec_of(made_up.CASES[case], made_up.HOMES, **more)


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("improving, will miss", ChartKind.SPC),
        ("constant", ChartKind.SPC),
        ("too few", ChartKind.RUN),
        ("gap", ChartKind.RUN),
        ("none known", ChartKind.RUN),
        ("duty missed", ChartKind.DUTY),
        ("nothing", ChartKind.EMPTY),
    ],
)
def test_the_months_decide_the_kind_of_chart(case, kind):
    assert spec(case).kind is kind


def test_eleven_months_make_a_run_chart_and_twelve_make_limits():
    for months, kind in ((11, ChartKind.RUN), (12, ChartKind.SPC)):
        judged = made_up.judged(made_up.TRAINING, made_up.RISING[:months])
        assert spec_of(judged, made_up.HOMES).kind is kind


def test_a_run_chart_has_an_average_and_no_limits():
    labels = [label.role for label in spec("too few").labels]
    assert labels == ["target", "average"]


def test_a_legal_duty_has_no_limits_no_target_line_and_no_signal():
    duty = spec("duty missed")
    assert (duty.limits, duty.targets, duty.labels) == ((), (), ())
    assert {p.mark for p in duty.points if p.total} == {
        Mark.MISSED,
        Mark.KEPT,
        Mark.PART,
    }
    assert "not judged by statistics" in duty.source


def test_a_miss_in_hand_is_drawn_as_missed_though_the_month_is_in_doubt():
    judged = made_up.judged(made_up.DUTY, [(0, 1), (1, 1)], unknown=(0, 1))
    points = spec_of(judged, made_up.HOMES).points
    assert [point.mark for point in points] == [Mark.MISSED, Mark.DOUBTFUL]


def test_a_part_month_and_months_in_doubt_are_hollow_and_never_judged():
    points = spec("months in doubt").points
    assert [point.mark for point in points[20:]] == [Mark.DOUBTFUL] * 4
    assert spec("one special cause, part month").points[-1].mark is Mark.PART


def test_the_value_written_is_that_of_the_latest_month_judged():
    doubted = spec("months in doubt")
    assert doubted.points[doubted.latest].label == "Jul 2026"
    none_known = spec("none known")  # then of the last there is
    assert none_known.latest == 23


def test_the_subtitle_names_measure_unit_homes_and_period():
    case = made_up.CASES["improving, will miss"]
    assert spec_of(case, made_up.HOMES).subtitle == (
        "Staff in date with information governance training, % at each month’s end, "
        "all homes in view, Nov 2024 to Oct 2026"
    )
    assert ", Elm House, Nov" in spec_of(case, {"H1": "Elm House"}).subtitle
    two = {"H1": "Oak Lodge", "H2": "Elm House"}
    assert ", Elm House and Oak Lodge, Nov" in spec_of(case, two).subtitle


def test_the_source_line_says_how_far_what_is_hollow_and_where_the_axis_starts():
    assert spec("months in doubt").source == (
        "Data to 22 Nov 2026. Hollow, never judged: Aug 2026 to Nov 2026 (not fully "
        "known). Axis starts at 75%."
    )
    silent = replace(made_up.CASES["constant"], data_to=None)
    assert spec_of(silent, made_up.HOMES).source.startswith("No source speaks yet.")
    assert "nothing fell due (6 months)" in spec("months without cases").source
    assert "Axis starts" not in spec("getting worse").source


def test_a_provisional_target_is_called_so():
    target = replace(made_up.target(95), provisional=True)
    measure = replace(made_up.TRAINING, targets=(target,))
    drawn = spec_of(made_up.judged(measure, made_up.RISING), made_up.HOMES)
    assert "The target is provisional." in drawn.source


def test_a_target_that_moved_is_drawn_from_the_month_of_its_change():
    moved = spec("target moved")
    runs = [(aim.first, aim.last, aim.value) for aim in moved.targets]
    assert runs == [(0, 7, 80), (8, 35, 95)]  # July 2024 is the ninth month
    assert moved.labels[0].words == "Target 95%"


def test_a_target_not_yet_in_force_is_not_drawn():
    later = replace(made_up.target(95), since=date(2027, 1, 1))
    measure = replace(made_up.TRAINING, targets=(later,))
    drawn = spec_of(made_up.judged(measure, made_up.RISING), made_up.HOMES)
    assert drawn.targets == ()
    assert "Target" not in drawn.alternative


def test_limits_that_no_value_can_reach_are_neither_drawn_nor_named():
    gappy = spec("months without cases")
    assert gappy.limits[-1].upper > 100
    assert "upper" not in {label.role for label in gappy.labels}
    assert gappy.axis[-1] == 100


def test_limits_without_width_are_named_once():
    assert [label.words for label in spec("constant").labels] == [
        "Target 95%",
        "Average 100%",
    ]


def test_notes_are_tied_to_their_month_and_others_are_left_out():
    notes = [(date(2026, 4, 3), "e-learning opened"), (date(2020, 1, 1), "too old")]
    (note,) = spec("improving, will miss", notes=notes).notes
    assert spec("improving, will miss").points[note.place].label == "Apr 2026"


def test_the_alternative_text_tells_finding_lines_marks_and_latest():
    assert spec("improving, will miss").alternative == (
        "Staff in date with information governance training. Improving, but will not "
        "reach 95% without further change. Chart of 24 months, Nov 2024 to Oct 2026. "
        "Target 95%; Average 84%; Upper limit 88.6%; Lower limit 79%. Marked: Apr 2026 "
        "to Oct 2026 (improvement). Last: October 2026: 89%, 889 of 1,000; improvement."
    )


@pytest.mark.parametrize(
    ("line", "values", "shown"),
    [
        (12.2, [5, 9, 15], "12"),
        (12.7, [5, 9, 13], "12.7"),  # 13 lies beyond a limit that would round to it
        (12.96, [5, 9, 13], "12.96"),
        (95.4, [95.2], "95.4"),
        (88.0, [88.0], "88"),
    ],
)
def test_a_line_is_whole_unless_a_value_would_change_sides(line, values, shown):
    assert line_in_figures(line, "%", values) == f"{shown}%"


@pytest.mark.parametrize("made", EVERY)
def test_a_spec_comes_back_from_json_as_it_was(made):
    text = made.to_json()
    assert ChartSpec.from_json(text) == made
    assert ChartSpec.from_json(text).to_json() == text


@given(series, st.integers(0, 100))
def test_any_months_make_a_spec_that_comes_back_as_it_was(rows, aim):
    measure = replace(made_up.CANDOUR, targets=(made_up.target(aim),))
    made = spec_of(made_up.judged(measure, rows, made_up.AS_OF), made_up.HOMES)
    assert ChartSpec.from_json(made.to_json()) == made


@given(series)
def test_the_special_causes_are_those_of_the_arithmetic(rows):
    judged = made_up.judged(made_up.CANDOUR, rows, made_up.AS_OF, unknown=(1,))
    made = spec_of(judged, made_up.HOMES)
    types = {p.date: p.point_type for p in judged.chart.points} if judged.chart else {}
    for point in made.points:
        if point.mark in (Mark.IMPROVEMENT, Mark.CONCERN):
            assert types[point.day] == f"special_cause_{point.mark}"
        elif point.mark is Mark.NORMAL:
            assert types[point.day] == "common_cause"
        assert (point.mark in HOLLOW) == (point.is_part or not point.is_known)


@given(st.lists(st.floats(0, 100), max_size=30))
def test_a_percentage_axis_holds_its_values_and_stays_within_0_and_100(values):
    axis = scales.percent_axis(values)
    assert 0 <= axis[0] < axis[-1] <= 100
    assert all(axis[0] <= value <= axis[-1] for value in values)
    assert 3 <= len(axis) <= scales.MOST_STEPS + 1
    assert axis[-1] - axis[0] >= scales.LEAST_SPAN


@given(st.lists(st.floats(0, 1e9), max_size=30))
def test_an_axis_of_counts_starts_at_0_and_has_whole_steps(values):
    axis = scales.count_axis(values)
    assert axis[0] == 0
    assert all(value <= axis[-1] for value in values)
    assert all(step == math.floor(step) for step in axis)
    assert 3 <= len(axis) <= scales.MOST_STEPS + 2


@pytest.mark.parametrize(
    ("months", "named"),
    [
        (3, ["Aug 2026", "Sep", "Oct"]),
        (9, ["Apr 2026", "Jul", "Oct"]),
        (14, ["Oct 2025", "Jan 2026", "Apr", "Jul", "Oct"]),
        (48, ["Jan 2023", "Jan 2024", "Jan 2025", "Jan 2026"]),
    ],
)
def test_months_are_named_by_quarter_with_the_year_below(months, named):
    days = made_up.month_ends(made_up.MONTH_END, months)
    ticks = scales.month_ticks(days)
    assert [f"{month} {year}".strip() for _, month, year in ticks] == named
