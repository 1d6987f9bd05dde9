"""The funnel's limits are exactly binomial, and honest about size."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.signals import funnel

COUNTS = st.integers(1, 120).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)
SHARES = st.integers(1, 99).map(lambda percent: percent / 100)


def at_most(count: int, total: int, share: float) -> Fraction:
    """The chance of so many or fewer, in whole numbers throughout."""
    p = Fraction(share)
    return sum(
        (comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(count + 1)),
        Fraction(),
    )


@given(COUNTS, SHARES)
def test_a_home_differs_when_chance_makes_it_so_once_in_a_thousand(counted, share):
    met, total = counted
    placed = funnel.place(met, total, share)
    low = at_most(met, total, share) < Fraction(funnel.OUTER)
    high = at_most(total - met, total, 1 - share) < Fraction(funnel.OUTER)
    assert placed.side == (-1 if low else 1 if high else 0)


@given(COUNTS, SHARES, st.sampled_from([funnel.OUTER, funnel.INNER]))
def test_the_lines_drawn_part_what_is_called_different_from_the_rest(
    counted, share, tail
):
    met, total = counted
    lower, upper = funnel.limits(total, share, tail)
    assert 0 <= lower <= upper <= 1
    value = met / total
    if at_most(met, total, share) < Fraction(tail):
        assert value <= lower + 1e-9
    elif value < lower - 1e-9:
        pytest.fail("below the line, and not called different")
    if at_most(total - met, total, 1 - share) < Fraction(tail):
        assert value >= upper - 1e-9
    elif value > upper + 1e-9:
        pytest.fail("above the line, and not called different")


@given(COUNTS, SHARES)
def test_where_no_result_would_lie_outside_it_is_said_that_none_can_tell(
    counted, share
):
    met, total = counted
    outside = [funnel.place(each, total, share).side for each in (0, total)]
    assert funnel.place(met, total, share).can_tell == any(outside)


def test_a_small_home_can_tell_nothing_and_a_large_one_can():
    assert not funnel.place(0, 2, 0.9).can_tell
    assert funnel.place(0, 4, 0.9) == funnel.Place(0.0, -1, can_tell=True)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_homes_met_all_or_nothing_none_differs(share):
    met = round(30 * share)
    assert funnel.place(met, 30, share) == funnel.Place(share, 0, can_tell=True)
    assert funnel.limits(30, share, funnel.OUTER) == (share, share)


def test_the_average_is_of_cases_and_not_of_homes():
    assert funnel.together([(1, 1), (0, 3)]) == 0.25


def test_limits_of_a_large_home_are_as_close_as_the_normal_ones():
    lower, upper = funnel.limits(10_000, 0.5, funnel.INNER)
    assert lower == pytest.approx(0.4902, abs=1e-4)
    assert upper == pytest.approx(0.5098, abs=1e-4)
