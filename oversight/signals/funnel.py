"""Does one home differ from the rest by more than its size explains?

Exact binomial limits about the proportion of all homes together, after Spiegelhalter
(2005), "Funnel plots for comparing institutional performance", Statistics in Medicine
24, 1185-1202, appendix A.1. Only what lies outside the outer pair (99.8%: one home in
500 by chance alone) is called different; with the inner pair (95%) one home in 20 would
be, and a company has many homes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, floor, fsum, lgamma, log, sqrt
from typing import Final

OUTER: Final = 0.001  # in either tail
INNER: Final = 0.025
FAR: Final = 10  # standard deviations, and as many cases: less likely than 1 in 10^12


@dataclass(frozen=True)
class Place:
    """One home beside the rest; `side` is +1 or -1 where it differs, else 0.

    `can_tell` is false where no result of so few cases would lie outside.
    """

    share: float
    side: int
    can_tell: bool


def together(counts: Sequence[tuple[int, int]]) -> float:
    """The proportion of all homes, from each one's (met, total)."""
    return sum(met for met, _ in counts) / sum(total for _, total in counts)


def place(met: int, total: int, share: float) -> Place:
    """A home's met of total beside the proportion of all."""
    low, high = _tail(met, total, share), _tail(total - met, total, 1 - share)
    side = -1 if low < OUTER else 1 if high < OUTER else 0
    # Nothing met, or all met, is as far out as a result can be.
    can_tell = _chance(0, total, share) < OUTER or _chance(total, total, share) < OUTER
    return Place(met / total, side, can_tell)


def limits(total: int, share: float, tail: float) -> tuple[float, float]:
    """The lower and upper limit of a proportion of so many cases."""
    if share in (0, 1):
        return share, share
    return _quantile(total, share, tail), 1 - _quantile(total, 1 - share, tail)


def _quantile(total: int, share: float, tail: float) -> float:
    """The tail's quantile as a proportion, interpolated between two counts."""
    below = 0.0
    for count, here in _chances(total, share):
        if below + here >= tail:
            return max(count - (below + here - tail) / here, 0.0) / total
        below += here
    return 1.0


def _tail(most: int, total: int, share: float) -> float:
    """The chance of so many or fewer."""
    return fsum(chance for count, chance in _chances(total, share) if count <= most)


def _chances(total: int, share: float) -> Iterator[tuple[int, float]]:
    """Each count with its binomial chance, but for those too low to add anything."""
    if share in (0, 1):
        yield round(total * share), 1.0
        return
    odds = share / (1 - share)
    start = total * share - FAR * sqrt(total * share * (1 - share)) - FAR
    count = max(floor(start), 0)
    chance = _chance(count, total, share)
    while count <= total:
        yield count, chance
        chance *= (total - count) / (count + 1) * odds
        count += 1


def _chance(count: int, total: int, share: float) -> float:
    """The binomial chance of exactly so many; by logarithms, for homes of any size."""
    if share in (0, 1):
        return float(count == total * share)
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(share) + (total - count) * log(1 - share))
