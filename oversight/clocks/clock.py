"""Where does a clock stand: when it started and runs out, what is left or how late?"""

from dataclasses import dataclass
from datetime import date

from oversight.clocks import steps
from oversight.clocks.due_dates import (
    Calendar,
    breach_due,
    clock_stopped,
    counted_working_day,
    days_run,
    reckon,
)
from oversight.clocks.rules import Counts, Events, Rule, State
from oversight.clocks.uk_time import UK, day_in_words, moment_in_words, uk_day


@dataclass(frozen=True)
class Clock:
    """A clock as it stands.

    starts, due: an instant in UK time where hours are counted, else a UK day (due to
    its end); due is none where the law sets no number. elapsed, left: hours, or working
    days, or days that count: together always the whole. late_by: hours, or days of the
    calendar with weekends; none when not late.
    """

    rule: str
    starts: date
    due: date | None
    state: State
    elapsed: float
    left: float | None
    late_by: float | None
    steps: tuple[str, ...]


def run_clock(
    rule: Rule, events: Events, calendar: Calendar, company_limit: int | None = None
) -> Clock:
    """One clock as it stands at `events.at`.

    company_limit: working days the company gives itself where the law sets no number;
    told as the company's own, never as the due day. ValueError for events out of order,
    or where the bank holidays needed are not listed.
    """
    _check_order(events)
    if rule.counts is Counts.HOURS:
        return _by_the_hour(rule, events, calendar)
    if rule.counts is Counts.NOTHING:
        return _without_a_number(rule, events, calendar, company_limit)
    return _by_the_day(rule, events, calendar)


def _by_the_hour(rule: Rule, events: Events, calendar: Calendar) -> Clock:
    due = breach_due(rule, events.start)
    ran = (min(events.end, due) - events.start).total_seconds() / steps.HOUR
    over = (events.end - due).total_seconds() / steps.HOUR
    state = _state(events, is_late=over > 0, is_stopped=False)
    left = rule.length - ran
    told = (
        steps.start_step(rule, events, moment_in_words(events.start)),
        f"{rule.length} {rule.unit}. It runs out at {moment_in_words(due)}.",
        *steps.asked_for_steps(rule, None),
        *steps.unused_steps(rule, events),
        steps.standing_step(
            state,
            f"at {moment_in_words(events.end)}",
            events.is_met,
            steps.hours(ran),
            steps.hours(over if over > 0 else left),
        ),
        *steps.caveat_steps(rule, events, None, calendar),
    )
    starts, due = events.start.astimezone(UK), due.astimezone(UK)
    late_by = over if over > 0 else None
    return Clock(rule.code, starts, due, state, ran, left, late_by, told)


def _by_the_day(rule: Rule, events: Events, calendar: Calendar) -> Clock:
    starts, end = uk_day(events.start), uk_day(events.end)
    pauses = events.pauses if rule.has_pauses else ()
    reckoned = reckon(rule, starts, calendar, pauses, events.extension)
    due = reckoned.due
    ran = days_run(rule, starts, min(end, due), calendar, pauses)
    left = days_run(rule, starts, due, calendar, pauses) - ran
    over = (end - due).days
    state = _state(events, is_late=over > 0, is_stopped=clock_stopped(end, pauses))
    told = (
        steps.start_step(rule, events, day_in_words(starts)),
        *steps.day_steps(rule, events, reckoned, pauses),
        *steps.unused_steps(rule, events),
        steps.standing_step(
            state,
            f"on {day_in_words(end)}",
            events.is_met,
            steps.number(ran, rule),
            steps.number(over) if over > 0 else steps.number(left, rule),
        ),
        *steps.caveat_steps(rule, events, due, calendar),
    )
    late_by = over if over > 0 else None
    return Clock(rule.code, starts, due, state, ran, left, late_by, told)


def _without_a_number(
    rule: Rule, events: Events, calendar: Calendar, company_limit: int | None
) -> Clock:
    starts, end = uk_day(events.start), uk_day(events.end)
    ran = (end - starts).days
    own = None
    if company_limit is not None:
        own = company_limit, counted_working_day(starts, company_limit, calendar)
    done = "Done" if events.is_met else "Not done"
    told = (
        steps.start_step(rule, events, day_in_words(starts)),
        f"{rule.unit[0].upper()}{rule.unit[1:]}.",
        *steps.asked_for_steps(rule, own),
        *steps.unused_steps(rule, events),
        f"{done} on {day_in_words(end)}, {steps.number(ran)} after it started.",
        *steps.caveat_steps(rule, events, None, calendar),
    )
    state = State.MET if events.is_met else State.RUNNING
    return Clock(rule.code, starts, None, state, ran, None, None, told)


def _state(events: Events, is_late: bool, is_stopped: bool) -> State:
    if is_late:
        return State.LATE
    if events.is_met:
        return State.MET
    return State.PAUSED if is_stopped else State.RUNNING


def _check_order(events: Events) -> None:
    for what, instant in (("done", events.met), ("asked about", events.at)):
        if instant is not None and instant < events.start:
            raise ValueError(
                f"The clock starts at {moment_in_words(events.start)}; it cannot be"
                f" {what} before that, at {moment_in_words(instant)}."
            )
