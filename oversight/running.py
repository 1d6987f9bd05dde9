"""Which legal clocks are running at a moment, and how did those end that have?

Breaches by the hour and requests by the day, each as the law's rule reckons it. A
breach's clock ends when the ICO was told, or when somebody decided that it need not be;
a request's when it was answered or passed to whom it concerns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from oversight import reference
from oversight.clocks.clock import Clock, run_clock
from oversight.clocks.rules import Events, Extension, Pause, State
from oversight.clocks.uk_time import uk_instant
from oversight.store import Cursor, rows

BREACH = "BREACH"
# What each kind of request is reckoned by; what is not listed has its month.
RULES = {
    "access": "SAR",
    "complaint": "DPCOMPLAINT",
    "FOI": "FOI",
    "records of the deceased": "AHRA",
}
OTHER_RIGHTS = "RIGHTS"
SHOWN_FOR = timedelta(days=366)  # clocks that ended, to look back on


@dataclass(frozen=True)
class Ticking:
    """One clock of one record: what it is about, how it stands, what was done when.

    steps: (hours from the start, what was done). is_by_hour: elapsed and left are hours
    and not days.
    """

    ref: str
    home: str
    what: str
    clock: Clock
    is_done: bool
    is_by_hour: bool
    steps: tuple[tuple[float, str], ...] = ()

    @property
    def is_late(self) -> bool:
        return self.clock.late_by is not None

    @property
    def left_in_words(self) -> str:
        """How it stands, in as many words as a card has room for."""
        unit = "h" if self.is_by_hour else "days"
        if self.clock.late_by is not None:
            return f"{_number(self.clock.late_by, unit)} late"
        if self.is_done:
            return "done in time"
        if self.clock.state is State.PAUSED:
            return "paused"
        return f"{_number(self.clock.left or 0, unit)} left"


def breaches(cursor: Cursor, as_of: date, at: datetime) -> list[Ticking]:
    """Every breach of the last year with a known start: open first, then least left."""
    cursor.execute(
        """
        select incident_ref as ref, home, aware_at, contained_at, is_reportable_ico,
            ico_reported_at, people_informed_at, decided_at
        from incident_clocks(?::date)
        """,
        [as_of],
    )
    rule = reference.clock_rules()[BREACH]
    found = [_breach(rule, row, at) for row in rows(cursor)]
    return _in_order([one for one in found if _is_shown(one, as_of)])


def requests(cursor: Cursor, as_of: date, at: datetime) -> list[Ticking]:
    """Every request of the last year whose clock has started, as breaches are."""
    cursor.execute(
        """
        select request_ref as ref, home, request_type, received_on, starts_on,
            clarification_asked_on, clarification_answered_on, extension_told_on,
            answered_on, passed_on, acknowledged_on
        from requests(?::date)
        where not waits_to_start
        """,
        [as_of],
    )
    found = [_request(row, as_of, at) for row in rows(cursor)]
    return _in_order([one for one in found if _is_shown(one, as_of)])


def running(found: Sequence[Ticking]) -> list[Ticking]:
    """Those not done, the late and the soonest first."""
    return [one for one in found if not one.is_done]


def _breach(rule: Any, row: dict[str, Any], at: datetime) -> Ticking:
    start = row["aware_at"].astimezone(UTC)
    decided_not = row["decided_at"] if row["is_reportable_ico"] is False else None
    ends = [moment for moment in (row["ico_reported_at"], decided_not) if moment]
    # Told or settled before anybody was aware: the record's fault, not an early end.
    met = max(start, min(ends).astimezone(UTC)) if ends else None
    clock = run_clock(rule, Events(start, max(at, start), met), reference.calendar())
    done = (
        ("contained", row["contained_at"]),
        ("decided", row["decided_at"]),
        ("ICO told", row["ico_reported_at"]),
        ("people told", row["people_informed_at"]),
    )
    steps = [
        ((moment.astimezone(UTC) - start).total_seconds() / 3600, words)
        for words, moment in done
        if moment and moment >= start
    ]
    is_done = met is not None and met <= at
    what = "tell the ICO, or record why not"
    return Ticking(
        row["ref"], row["home"], what, clock, is_done, True, tuple(sorted(steps))
    )


def _request(row: dict[str, Any], as_of: date, at: datetime) -> Ticking:
    kind = row["request_type"]
    rule = reference.clock_rules()[RULES.get(kind, OTHER_RIGHTS)]
    is_complaint = kind == "complaint"
    start = row["received_on"] if is_complaint else row["starts_on"]
    done_on = row["acknowledged_on"] if is_complaint else None
    done_on = done_on or row["answered_on"] or row["passed_on"]
    pauses: tuple[Pause, ...] = ()
    if asked := row["clarification_asked_on"]:
        answered = row["clarification_answered_on"]
        pauses = (Pause(asked, answered or max(asked, as_of), answered is not None),)
    told = row["extension_told_on"]
    begins = _midday(start)
    events = Events(
        start=begins,
        at=max(at, begins),
        met=max(begins, _midday(done_on)) if done_on else None,
        pauses=pauses,
        extension=Extension(told) if told else None,
    )
    clock = run_clock(rule, events, reference.calendar())
    what = "acknowledge it" if is_complaint else f"answer the {kind} request"
    return Ticking(row["ref"], row["home"], what, clock, done_on is not None, False)


def _midday(day: date) -> datetime:
    return uk_instant(datetime.combine(day, datetime.min.time().replace(hour=12)))


def _is_shown(one: Ticking, as_of: date) -> bool:
    starts = one.clock.starts
    day = starts.date() if isinstance(starts, datetime) else starts
    return not one.is_done or day > as_of - SHOWN_FOR


def _in_order(found: list[Ticking]) -> list[Ticking]:
    def urgency(one: Ticking) -> tuple[bool, float, str]:
        late = one.clock.late_by
        left = -late if late is not None else (one.clock.left or 0)
        return one.is_done, left if not one.is_done else 0, one.ref

    return sorted(found, key=urgency)


def _number(length: float, unit: str) -> str:
    minutes = round(length * 60)
    if unit == "h" and minutes < 60:
        return f"{minutes} min"
    # What is left is never said to be more than it is.
    whole = minutes // 60 if unit == "h" else round(length)
    return f"{whole} {unit.removesuffix('s') if whole == 1 else unit}"
