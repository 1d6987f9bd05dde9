"""What got better and what got worse between two days, promise by promise?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from oversight.verdicts.judgement import Judged
from oversight.words import Status

STEPS: Final = (Status.NOT_MET, Status.AT_RISK, Status.MET)  # from worse to better


@dataclass(frozen=True)
class Changes:
    """The measures of the later day, by how each stood on the earlier.

    unsure: not judged on one of the days, so neither better nor worse can be said.
    """

    better: tuple[Judged, ...]
    worse: tuple[Judged, ...]
    same: tuple[Judged, ...]
    unsure: tuple[Judged, ...]


def changes(then: Sequence[Judged], now: Sequence[Judged]) -> Changes:
    """Every measure of the later day in one of four; each is in one alone."""
    before = {one.measure.id: one.verdict.status for one in then}
    found: dict[str, list[Judged]] = {"better": [], "worse": [], "same": [], "not": []}
    for one in now:
        found[_change(before.get(one.measure.id), one.verdict.status)].append(one)
    return Changes(*(tuple(held) for held in found.values()))


def _change(then: Status | None, now: Status) -> str:
    if then not in STEPS or now not in STEPS:
        return "not"
    by = STEPS.index(now) - STEPS.index(then)
    return "better" if by > 0 else "worse" if by < 0 else "same"
