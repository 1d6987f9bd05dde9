"""What is a clock of the law, and what has happened to one?"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Counts(StrEnum):
    """What a clock counts; the value is the word in the reference table."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    NOTHING = "nothing"


class State(StrEnum):
    """Where a clock stands. Once late it stays late, done or not."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"
    PAUSED = "paused"


@dataclass(frozen=True)
class Rule:
    """One row of the reference table of clocks."""

    code: str
    name: str
    starts: str
    length: int  # in what it counts; 0 where the law sets no number
    counts: Counts
    unit: str  # the same in words
    rolls: bool  # a due day that is no working day moves to the next
    has_pauses: bool
    extension_months: int  # 0 where there is none
    applies: str  # to a private provider: Y, or on what condition
    confidence: str  # A confirmed, B partly, C not
    source: str
    in_force_from: date | None

    @property
    def needs_holidays(self) -> bool:
        return self.rolls or self.counts is Counts.WORKING_DAYS


class Pause(NamedTuple):
    """Days of clarification, from asking to answer, both included.

    While it is not over, `answered` is the day asked about: due as if it came then.
    """

    asked: date
    answered: date
    is_over: bool = True


@dataclass(frozen=True)
class Extension:
    """A longer time the person was told of; no day: taken as told in time."""

    told_on: date | None = None


@dataclass(frozen=True)
class Events:
    """What happened to one clock, as instants with a zone and as UK days."""

    start: datetime  # receipt, or what moved the start: identity proof, a fee
    at: datetime  # the moment asked about
    met: datetime | None = None  # later than `at`, it has not happened yet
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    received: datetime | None = None  # where something later moved the start

    @property
    def is_met(self) -> bool:
        return self.met is not None and self.met <= self.at

    @property
    def end(self) -> datetime:
        """When it was done, else the moment asked about."""
        return self.met if self.met is not None and self.is_met else self.at
