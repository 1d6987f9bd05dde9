"""Rare events are judged by the days between them; whatever is in doubt is not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from oversight.measures import find_measure, happenings
from oversight.promises import Direction, Window
from oversight.readings import MonthPoint, month_ends
from oversight.store import EVERYTHING
from oversight.verdicts.judgement import (
    RARE_BELOW,
    gaps_of,
    is_rare,
    judge_one,
    read_sources,
)
from oversight.words import Signal
from tests.charts import made_up

AS_OF = made_up.AS_OF
RARE_COUNT = made_up.BREACHES


def months(values: list[int], unknown: tuple[int, ...] = ()) -> list[MonthPoint]:
    days = month_ends(AS_OF, len(values))
    return [
        MonthPoint(day, 0, n, n, is_part=day == AS_OF, is_known=at not in unknown)
        for at, (day, n) in enumerate(zip(days, values, strict=True))
    ]


@pytest.mark.parametrize(
    ("measure", "values", "rare"),
    [
        (RARE_COUNT, [4] * 12, True),
        (RARE_COUNT, [RARE_BELOW] * 12, False),
        (RARE_COUNT, [0] * 12, True),
        (RARE_COUNT, [RARE_BELOW] * 11 + [0], False),  # the part month does not count
        (replace(RARE_COUNT, window=Window.DAY), [1] * 12, False),  # a stock
        (made_up.VOLUME, [4] * 12, True),
        (made_up.GAP, [0] * 12, True),
        (made_up.TRAINING, [1] * 12, False),
    ],
)
def test_counts_under_five_a_month_are_rare(measure, values, rare):
    assert is_rare(measure, months(values)) is rare


def test_nothing_known_is_not_rare():
    assert not is_rare(RARE_COUNT, months([1] * 3, unknown=(0, 1, 2)))


EVERY_TEN_DAYS = [date(2026, 1, 3) + timedelta(days=10 * at) for at in range(30)]


def test_the_gap_still_running_is_the_last_point_and_never_judged():
    found = gaps_of(RARE_COUNT, months([3] * 12), EVERY_TEN_DAYS)
    *ended, running = found.chart.points
    assert {point.value for point in ended} == {10}
    assert (running.value, running.ghost, running.date) == (33, True, AS_OF)
    assert found.chart.latest == ended[-1]
    assert (found.since, found.events, found.days) == (33, 30, 30)


def test_an_event_today_leaves_no_gap_running():
    found = gaps_of(RARE_COUNT, months([3] * 12), [*EVERY_TEN_DAYS, AS_OF])
    assert found.since == 0
    assert not found.chart.points[-1].ghost


def test_events_of_one_day_are_one_and_both_numbers_are_told():
    twice = sorted([*EVERY_TEN_DAYS, EVERY_TEN_DAYS[4]])
    found = gaps_of(RARE_COUNT, months([3] * 12), twice)
    assert (found.events, found.days) == (31, 30)


def test_a_gap_that_reaches_into_a_month_in_doubt_is_not_judged():
    ends = months([3] * 12, unknown=(7,))  # July 2026
    found = gaps_of(RARE_COUNT, ends, EVERY_TEN_DAYS)
    ghosts = [point.date for point in found.chart.points[:-1] if point.ghost]
    assert ghosts[0] == date(2026, 7, 2)
    assert ghosts[-1] == date(2026, 8, 1)  # began in July
    assert all(date(2026, 7, 1) <= day <= date(2026, 8, 31) for day in ghosts)


def test_one_event_alone_has_no_gap_and_a_duty_none_at_all():
    assert gaps_of(RARE_COUNT, months([1] * 12), [date(2026, 3, 1)]) is None
    assert gaps_of(made_up.DUTY, months([1] * 12), EVERY_TEN_DAYS) is None


@pytest.mark.parametrize(
    ("direction", "signal"),
    [(Direction.LOWER, Signal.IMPROVEMENT), (Direction.NEUTRAL, Signal.NEUTRAL)],
)
def test_a_longer_gap_is_better_where_fewer_are(direction, signal):
    days = [*EVERY_TEN_DAYS[:20], date(2026, 11, 20)]
    measure = replace(RARE_COUNT, direction=direction, targets=())
    judged = made_up.judged(measure, made_up.counts(*[1] * 24), AS_OF, happened=days)
    assert judged.verdict.evidence.signal is signal
    assert judged.assurance is None
    assert judged.chart is None


@pytest.mark.queries
def test_incidents_of_a_quiet_home_are_judged_by_their_gaps(company):
    """The whole road: facts, cases, gaps, signal."""
    measure = find_measure("S05")
    with company.reading(EVERYTHING) as cursor:
        homes = [
            row[0]
            for row in cursor.execute(
                "select distinct home_ref from fact_homes"
            ).fetchall()
        ]
    found = 0
    for home in homes:
        with company.reading((home,)) as cursor:
            sources = read_sources(cursor, [measure], AS_OF)
            judged = judge_one(cursor, measure, AS_OF, sources)
            span = judged.months[0].day.replace(day=1), AS_OF
            days = happenings(cursor, measure, *span)
        assert len(days) == sum(month.total for month in judged.months)
        if judged.gaps:
            found += 1
            ended = [p for p in judged.gaps.chart.points if p.date in set(days)]
            assert len(ended) >= len(set(days)) - 1
            assert judged.gaps.since == (AS_OF - max(days)).days
    assert found
