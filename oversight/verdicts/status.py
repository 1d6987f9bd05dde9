"""Does each promise hold? The status rules are one table of eight rows.

The first row that matches wins. What is read first is in sentences.py.

A strand is the worst of its measures in words.ROLL_UP_ORDER. When none of them is
judged it is Nothing due if anything could have fallen due, else For information:
nothing was shown to hold, so it is not Met; every source spoke, so it is not Not known.
A strand without any measure is Not known.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from oversight.promises import Kind, Measure, Target
from oversight.words import ROLL_UP_ORDER, STATUS_WORDS, Signal, Status

# Under this many cases one case moves a percentage by more than 20 points: a rate of
# what happened is then shown as a count without colour. Ours, not a rule of statistics.
MINIMUM_CASES_FOR_COLOUR: Final = 5


class Trouble(StrEnum):
    """Why a source cannot be relied on."""

    STALE = "stale"
    SILENT = "silent"
    INCOMPLETE = "incomplete"
    NEVER_SUPPLIED = "never supplied"


@dataclass(frozen=True)
class Doubt:
    """A kind of record in trouble: since when, from which homes (none named: all)."""

    kind: str
    trouble: Trouble
    since: date | None = None  # absent only when it was never supplied
    homes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.since is None) is not (self.trouble is Trouble.NEVER_SUPPLIED):
            raise ValueError(
                f"{self.kind}: wanted the day it is {self.trouble} since, "
                f"or none when never supplied; got {self.since}"
            )


@dataclass(frozen=True)
class Evidence:
    """What is known of one measure on a day: its reading, its sources, what is done."""

    as_of: date
    met: int  # cases, or units for a ratio
    total: int
    signal: Signal
    doubts: tuple[Doubt, ...] = ()
    action_in_date: bool = False
    falls_out: bool = False  # of its target within its warning period
    falls_out_on: date | None = None  # the day, where it is reckoned
    days_since: int | None = None  # a gap's days from its last case not met
    unknown: int = 0  # cases that cannot be judged: what decides them was left out


@dataclass(frozen=True)
class Facts:
    """What the status table asks, and nothing else."""

    duty_breached: bool  # by a row in hand, whatever its source's age
    source_in_doubt: bool
    cases: int
    has_target: bool
    misses_target: bool
    signal: Signal
    action_in_date: bool
    falls_out: bool


@dataclass(frozen=True)
class Verdict:
    """One measure judged on one day."""

    measure: Measure
    evidence: Evidence
    facts: Facts
    status: Status
    target: Target | None
    value: float | None

    @property
    def earns_colour(self) -> bool:
        """Enough cases stand behind a rate; a stock, a count or a duty is whole."""
        is_rate = self.measure.kind in (Kind.FLOW, Kind.RATIO)
        is_duty = self.measure.is_duty_on(self.evidence.as_of)
        enough = self.evidence.total >= MINIMUM_CASES_FOR_COLOUR
        return enough or is_duty or not is_rate


@dataclass(frozen=True)
class RollUp:
    """A strand's status, and the count of every status, zeros too, beside it."""

    status: Status
    counts: dict[Status, int]


def status_of(facts: Facts) -> Status:
    """The eight rows of the architecture's status table, in order: first match wins."""
    if facts.duty_breached:
        return Status.NOT_MET
    if facts.source_in_doubt:
        return Status.NOT_KNOWN
    if facts.cases == 0:
        return Status.NOTHING_DUE
    if not facts.has_target:
        return Status.FOR_INFORMATION
    if facts.misses_target:
        improving = facts.signal is Signal.IMPROVEMENT
        return Status.AT_RISK if improving and facts.action_in_date else Status.NOT_MET
    if facts.signal is Signal.CONCERN or facts.falls_out:
        return Status.AT_RISK
    return Status.MET


def facts_of(measure: Measure, evidence: Evidence) -> Facts:
    """What one measure's evidence says to the status table."""
    target = measure.target_on(evidence.as_of)
    value = measure.value(evidence.met, evidence.total, evidence.days_since)
    is_duty = measure.is_duty_on(evidence.as_of)
    return Facts(
        duty_breached=is_duty and evidence.met < evidence.total,
        source_in_doubt=bool(evidence.doubts) or evidence.unknown > 0,
        cases=evidence.total,
        has_target=target is not None,
        misses_target=measure.misses(target, value),
        signal=Signal.NOT_JUDGED if is_duty else evidence.signal,
        action_in_date=evidence.action_in_date,
        falls_out=evidence.falls_out and measure.warning is not None,
    )


def judge(measure: Measure, evidence: Evidence) -> Verdict:
    """The verdict on a measure; pure, so the same evidence gives the same words."""
    facts = facts_of(measure, evidence)
    target = measure.target_on(evidence.as_of)
    value = measure.value(evidence.met, evidence.total, evidence.days_since)
    return Verdict(measure, evidence, facts, status_of(facts), target, value)


def roll_up(statuses: Iterable[Status]) -> RollUp:
    """The worst of the statuses; the order they come in makes no difference."""
    counts = Counter(statuses)
    ranks = (*ROLL_UP_ORDER, Status.NOTHING_DUE, Status.FOR_INFORMATION)
    worst = next((status for status in ranks if counts[status]), Status.NOT_KNOWN)
    return RollUp(worst, {status: counts[status] for status in ranks})


def counts_in_words(roll: RollUp) -> str:
    """The counts beside a roll-up, Met first: "4 met, 1 not met"; zeros left out."""
    ranks = sorted(roll.counts, key=lambda status: status is not Status.MET)
    counted = [(roll.counts[status], STATUS_WORDS[status].lower()) for status in ranks]
    return ", ".join(f"{n} {word}" for n, word in counted if n) or "no measure yet"
