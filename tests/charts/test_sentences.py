"""Every sentence of a chart, as a table; and none that its own figures belie."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.charts.sentences import Cause, Latest, finding, how_often, sentence_of
from oversight.promises import Direction
from oversight.words import Assurance, Signal
from tests.charts import made_up

LATEST = Latest("October 2026", None, is_high=False, target="95%", is_met=False)
CHANGES = ["once", "level", "trend"]
CAUSES = {"once": Cause.ONCE, "level": Cause.LEVEL, "trend": Cause.TREND, "": None}
EVERY_SENTENCE = """
    improvement      | level | pass         | met    | Improving, and can be relied on to meet 95%
    improvement      | level | pass         | missed | Improving, but missed 95% in October 2026
    improvement      | level | inconsistent | met    | Improving, but may still miss 95% in some months
    improvement      | level | inconsistent | missed | Improving, but may still miss 95% in some months
    improvement      | level | fail         | met    | Improving, and met 95% in October 2026, unusually
    improvement      | level | fail         | missed | Improving, but will not reach 95% without further change
    improvement      | level | -            | missed | Improving
    improvement      | trend | pass         | met    | Improving, and can be relied on to meet 95%
    improvement      | trend | pass         | missed | Improving, but missed 95% in October 2026
    improvement      | trend | inconsistent | met    | Improving, but may still miss 95% in some months
    improvement      | trend | inconsistent | missed | Improving, but may still miss 95% in some months
    improvement      | trend | fail         | met    | Improving, and met 95% in October 2026, unusually
    improvement      | trend | fail         | missed | Improving, but will not reach 95% without further change
    improvement      | trend | -            | missed | Improving
    improvement      | once  | pass         | met    | Better than normal in October 2026, and can be relied on to meet 95%
    improvement      | once  | pass         | missed | Better than normal in October 2026, but missed 95% that month
    improvement      | once  | inconsistent | met    | Better than normal in October 2026, but may still miss 95% in some months
    improvement      | once  | inconsistent | missed | Better than normal in October 2026, but may still miss 95% in some months
    improvement      | once  | fail         | met    | Better than normal in October 2026, and met 95% that month, unusually
    improvement      | once  | fail         | missed | Better than normal in October 2026, but will not reach 95% without further change
    improvement      | once  | -            | missed | Better than normal in October 2026
    concern          | level | pass         | met    | Worse than its average, but still meets 95%
    concern          | level | pass         | missed | Worse than its average, and missed 95% in October 2026
    concern          | level | inconsistent | met    | Worse than its average, and may miss 95% in any month
    concern          | level | inconsistent | missed | Worse than its average, and may miss 95% in any month
    concern          | level | fail         | met    | Worse than its average, but met 95% in October 2026, unusually
    concern          | level | fail         | missed | Worse than its average, and will not reach 95% as things are
    concern          | level | -            | missed | Worse than its average
    concern          | trend | pass         | met    | Getting worse, but still meets 95%
    concern          | trend | pass         | missed | Getting worse, and missed 95% in October 2026
    concern          | trend | inconsistent | met    | Getting worse, and may miss 95% in any month
    concern          | trend | inconsistent | missed | Getting worse, and may miss 95% in any month
    concern          | trend | fail         | met    | Getting worse, but met 95% in October 2026, unusually
    concern          | trend | fail         | missed | Getting worse, and will not reach 95% as things are
    concern          | trend | -            | missed | Getting worse
    concern          | once  | pass         | met    | Worse than normal in October 2026, but still meets 95%
    concern          | once  | pass         | missed | Worse than normal in October 2026, and missed 95% that month
    concern          | once  | inconsistent | met    | Worse than normal in October 2026, and may miss 95% in any month
    concern          | once  | inconsistent | missed | Worse than normal in October 2026, and may miss 95% in any month
    concern          | once  | fail         | met    | Worse than normal in October 2026, but met 95% that month, unusually
    concern          | once  | fail         | missed | Worse than normal in October 2026, and will not reach 95% as things are
    concern          | once  | -            | missed | Worse than normal in October 2026
    normal_variation |       | pass         | met    | No real change: can be relied on to meet 95%
    normal_variation |       | pass         | missed | No real change, but missed 95% in October 2026
    normal_variation |       | inconsistent | met    | No real change: may meet or miss 95% in any month by chance alone
    normal_variation |       | inconsistent | missed | No real change: may meet or miss 95% in any month by chance alone
    normal_variation |       | fail         | met    | No real change, but met 95% in October 2026, unusually
    normal_variation |       | fail         | missed | No real change: will not reach 95% as things are
    normal_variation |       | -            | missed | No real change
    neutral          | once  | -            | missed | Lower than normal in October 2026
    neutral          | level | -            | missed | Below its average by more than chance
    neutral          | trend | -            | missed | Falling
"""  # noqa: E501
ROWS = [
    [cell.strip() for cell in line.split("|")]
    for line in EVERY_SENTENCE.strip().splitlines()
]


@pytest.mark.parametrize(("signal", "cause", "assurance", "met", "sentence"), ROWS)
def test_each_signal_has_its_sentence(signal, cause, assurance, met, sentence):
    latest = replace(LATEST, cause=CAUSES[cause], is_met=met == "met")
    can = None if assurance == "-" else Assurance(assurance)
    assert finding(Signal(signal), can, latest, Direction.HIGHER) == sentence


def test_every_combination_of_signal_cause_and_assurance_is_in_the_table():
    said = [tuple(row[:4]) for row in ROWS]
    assurances = [*Assurance]
    judged = [
        ("improvement", CHANGES),
        ("concern", CHANGES),
        ("normal_variation", [""]),
    ]
    wanted = {
        (signal, cause, str(can), met)
        for signal, causes in judged
        for cause, can, met in product(causes, assurances, ["met", "missed"])
    }
    # Without a target nothing is met or missed; what is neutral has none.
    wanted |= {
        (signal, cause, "-", "missed")
        for signal, causes in [*judged, ("neutral", CHANGES)]
        for cause in causes
    }
    assert sorted(said) == sorted(wanted)


@pytest.mark.parametrize(
    ("assurance", "is_met", "sentence"),
    [
        (Assurance.PASS, True, "No real change: can be relied on to keep to 3"),
        (Assurance.PASS, False, "No real change, but went over 3 in October 2026"),
        (
            Assurance.FAIL,
            True,
            "No real change, but kept to 3 in October 2026, unusually",
        ),
        (
            Assurance.FAIL,
            False,
            "No real change: will not come down to 3 as things are",
        ),
        (
            Assurance.HIT_OR_MISS,
            True,
            "No real change: may keep to or go over 3 in any month by chance alone",
        ),
    ],
)
def test_where_less_is_better_the_verbs_say_so(assurance, is_met, sentence):
    latest = replace(LATEST, target="3", is_met=is_met)
    assert finding(Signal.NORMAL, assurance, latest, Direction.LOWER) == sentence


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            "improving, will miss",
            "Improving, but will not reach 95% without further change",
        ),
        ("one special cause, part month", "Higher than normal in October 2026"),
        (
            "months in doubt",
            "No real change: will not reach 95% as things are (judged up to July 2026)",
        ),
        ("too few", "Too few months to judge: 5 of the 12 needed"),
        ("constant", "No real change: can be relied on to meet 95%"),
        ("zero counts", "No real change: can be relied on to keep to 0"),
        (
            "getting worse",
            "Worse than its average, and will not come down to 0 as things are",
        ),
        ("gap", "65 days since the last"),
        (
            "rare events",
            "159 days since the last; no real change in how often it happens",
        ),
        (
            "rare, too few",
            "65 days since the last; too few gaps to judge: 1 of the 12 needed",
        ),
        ("limits reset", "No real change: will not reach 95% as things are"),
        ("nothing", "Nothing fell due in these months"),
        ("none known", "No month is known well enough to judge"),
    ],
)
def test_a_judged_measure_has_its_sentence(case, sentence):
    assert sentence_of(made_up.CASES[case]) == sentence


LONGER, SHORTER = True, False


@pytest.mark.parametrize(
    ("signal", "cause", "side", "sentence"),
    [
        (
            "improvement",
            "once",
            LONGER,
            "the gap before it was longer than chance allows",
        ),
        ("improvement", "level", LONGER, "it happens less often than it did"),
        ("improvement", "trend", LONGER, "it happens less often than it did"),
        (
            "concern",
            "once",
            SHORTER,
            "the gap before it was shorter than chance allows",
        ),
        ("concern", "level", SHORTER, "it happens more often than it did"),
        ("concern", "trend", SHORTER, "it happens more often than it did"),
        ("neutral", "once", LONGER, "the gap before it was longer than chance allows"),
        ("neutral", "level", LONGER, "it happens less often than it did"),
        ("neutral", "trend", SHORTER, "it happens more often than it did"),
        ("normal_variation", "", SHORTER, "no real change in how often it happens"),
    ],
)
def test_rare_events_are_told_by_how_often_they_happen(signal, cause, side, sentence):
    assert how_often(Signal(signal), CAUSES[cause], side) == sentence


@pytest.mark.parametrize(
    ("days", "said"), [(0, "0 days since"), (1, "1 day since"), (65, "65 days since")]
)
def test_the_days_since_the_last_come_first(days, said):
    happened = [day for day in made_up.RARE_DAYS if day < date(2026, 6, 1)]
    happened.append(made_up.AS_OF - timedelta(days=days))
    judged = made_up.judged(
        made_up.BREACHES, made_up.counts(*[1] * 24), made_up.AS_OF, happened=happened
    )
    assert sentence_of(judged).startswith(f"{said} the last; ")


@pytest.mark.parametrize(
    ("rows", "unknown", "sentence"),
    [
        ([(0, 0), (0, 0)], (), "Nothing fell due"),
        ([(0, 0), (1, 1)], (), "Legal duty kept in the one case"),
        ([(2, 2), (1, 1)], (), "Legal duty kept in all 3 cases"),
        (
            [(2, 2), (1, 1)],
            (1,),
            "Legal duty kept in all 3 cases (1 month not fully known)",
        ),
        (
            [(1, 2), (1, 1)],
            (),
            "Legal duty missed in 1 of 3 cases, latest September 2026;"
            " no trend excuses it",
        ),
        # In hand and late, however little is known of that month.
        (
            [(1, 2), (0, 1)],
            (0, 1),
            "Legal duty missed in 2 of 3 cases, latest October 2026;"
            " no trend excuses it (2 months not fully known)",
        ),
    ],
)
def test_a_legal_duty_is_told_by_its_misses_alone(rows, unknown, sentence):
    assert sentence_of(made_up.judged(made_up.DUTY, rows, unknown=unknown)) == sentence


def test_a_duty_that_is_a_stock_counts_months_and_not_people_twice():
    stock = replace(made_up.DUTY, kind=made_up.Kind.STATE, window=made_up.Window.DAY)
    said = sentence_of(made_up.judged(stock, [(300, 300), (299, 300), (300, 300)]))
    assert said.startswith("Legal duty missed in 1 of 3 month ends, latest September")


def test_a_duty_improving_by_every_rule_is_still_told_by_its_misses():
    rows = [(part, 100) for part in range(70, 94)]
    said = sentence_of(made_up.judged(made_up.DUTY, rows))
    assert "missed" in said
    assert "mprov" not in said


series = st.lists(
    st.integers(0, 40).map(lambda met: (met, 40)), min_size=12, max_size=30
)


@given(series, st.integers(0, 100), st.booleans())
def test_what_a_sentence_promises_the_limits_and_the_latest_month_bear_out(
    rows, aim, is_more_better
):
    measure = replace(
        made_up.TRAINING if is_more_better else made_up.LOG_INS,
        targets=(made_up.target(aim, "%" if is_more_better else ""),),
    )
    found = made_up.judged(measure, rows)
    said, latest = sentence_of(found), found.chart.latest
    better = 1 if is_more_better else -1
    if "can be relied on" in said or "but still" in said:
        worst = latest.lpl if is_more_better else latest.upl
        assert better * worst >= better * aim
        assert better * latest.value >= better * aim
    if "will not" in said:
        best = latest.upl if is_more_better else latest.lpl
        assert better * best <= better * aim
        assert better * latest.value < better * aim
    if " missed " in said or "went over" in said:
        assert better * latest.value < better * aim
    if " met " in said or "kept to" in said:
        assert better * latest.value >= better * aim
    if "Worse than its average" in said:
        assert better * latest.value < better * latest.mean
    if "Improving" in said or "Better" in said:
        assert latest.point_type == "special_cause_improvement"
