"""What becomes of a measure on later days if nothing is done?

From due and expiry dates alone, and the knowledge there is: the measure is asked about
later days, as it will be asked when they come. Nothing is foreseen. How old its sources
will be by then is left out: that is another question.

A stock's case that is met says as `happened_on` the last day on which it is; a case of
a flow says the day it falls due. So a first day is reckoned from the dates, and then
the measure itself is asked whether it holds on that day and on the one before.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from oversight.measures import counted_cases
from oversight.prepared import prepare, prepare_ground, release
from oversight.promises import Kind, Measure, Window
from oversight.store import Cursor

DAY = timedelta(days=1)
STEPS = (30, 60, 90)  # days ahead
ASKED_AT_MOST = 12  # later days, one by one; beyond that by halves


@dataclass(frozen=True)
class Counted:
    """A case as it is counted on a day."""

    case_ref: str
    home: str
    happened_on: date
    is_met: bool
    is_known: bool
    units_met: int
    units: int
    in_window: bool


@dataclass(frozen=True)
class Coming:
    """A case that is not missed today and will be: the last day to see to it."""

    case_ref: str
    home: str
    due_on: date


@dataclass(frozen=True)
class Outlook:
    """A measure's days to come: what falls due, and the first day it is not met."""

    coming: tuple[Coming, ...]  # the soonest first
    stops_on: date | None  # none within the days asked about


def can_run_out(measure: Measure) -> bool:
    """Whether time alone can take a measure below its target; days since only grow."""
    return bool(measure.targets) and measure.kind is not Kind.GAP


def outlook(
    cursor: Cursor, measure: Measure, as_of: date, steps: Sequence[int] = STEPS
) -> Outlook:
    """What falls due after a day, to the last of the steps, and when it stops holding.

    steps: days ahead on which the cases are asked for: one that is missed on any of
    them, and not today, is one that falls due.
    """
    ends = [as_of + step * DAY for step in steps]
    with _foreseen_from(cursor, as_of):
        by_day = _cases(cursor, measure, [as_of, *ends])
        return _outlook(cursor, measure, as_of, ends, by_day)


def _outlook(
    cursor: Cursor,
    measure: Measure,
    as_of: date,
    ends: Sequence[date],
    by_day: dict[date, list[Counted]],
) -> Outlook:
    falling = _coming(as_of, ends, by_day)
    if not can_run_out(measure):
        return Outlook(tuple(falling), None)
    days = _candidates(measure, as_of, ends[-1], by_day[as_of], falling)
    stops_on = _first_missed(cursor, measure, as_of, days, by_day)
    return Outlook(tuple(falling), stops_on)


def outlooks(cursor: Cursor, measures: Sequence[Measure], as_of: date) -> list[Outlook]:
    """The outlook of each measure; what they rest on is worked out once for all."""
    ends = [as_of + step * DAY for step in STEPS]
    days = [as_of, *ends]
    with _foreseen_from(cursor, as_of):
        prepare_ground(cursor, days)
        prepare(cursor, days, [measure.name for measure in measures])
        asked = [_cases(cursor, measure, days) for measure in measures]
        release(cursor)
        return [
            _outlook(cursor, measure, as_of, ends, by_day)
            for measure, by_day in zip(measures, asked, strict=True)
        ]


def falls_out_on(
    cursor: Cursor, measure: Measure, as_of: date, days: int
) -> date | None:
    """The first of so many days on which the measure misses its target, if any."""
    return outlook(cursor, measure, as_of, (days,)).stops_on


@contextmanager
def _foreseen_from(cursor: Cursor, as_of: date) -> Iterator[None]:
    # Of a past day nothing may be foreseen that only later files told.
    cursor.execute("set variable foreseen_from = ?", [as_of])
    try:
        yield
    finally:
        cursor.execute("set variable foreseen_from = null::date")


def _coming(
    as_of: date, ends: Sequence[date], by_day: dict[date, list[Counted]]
) -> list[Coming]:
    today = {case.case_ref: case for case in by_day[as_of]}
    found: dict[str, Coming] = {}
    for end in ends:
        for case in by_day[end]:
            before = today.get(case.case_ref)
            if case.is_met or not case.is_known or case.case_ref in found:
                continue
            if before is not None and not before.is_met:
                continue
            said = case if before is None else before
            if not as_of <= said.happened_on <= end:
                said = case
            found[case.case_ref] = Coming(case.case_ref, case.home, said.happened_on)
    return sorted(found.values(), key=lambda each: (each.due_on, each.case_ref))


def _candidates(
    measure: Measure,
    as_of: date,
    end: date,
    now: Sequence[Counted],
    falling: Sequence[Coming],
) -> list[date]:
    """The days on which it may first be missed, by the dates alone; the end is one."""
    if measure.window is Window.MONTH:
        # A month counts as full on its last day: nothing else changes what is counted.
        days = (as_of + n * DAY for n in range(1, (end - as_of).days + 1))
        return [day for day in days if (day + DAY).day == 1] + [end]
    due = sorted(each.due_on for each in falling)
    if measure.kind is Kind.STATE:
        reckoned = _reckoned(measure, now, due)
        return sorted({*([reckoned] if reckoned else []), end})
    after = {day + n * DAY for day in due for n in (0, 1)}
    return sorted({day for day in after if as_of < day <= end} | {end})


def _reckoned(
    measure: Measure, now: Sequence[Counted], due: Sequence[date]
) -> date | None:
    """The first day after an expiry on which too few are left of those there are."""
    known = [case for case in now if case.is_known]
    met = sum(case.is_met for case in known)
    for lost, day in enumerate(due, start=1):
        missed_on = day + DAY
        value = measure.value(met - lost, len(known))
        if measure.misses(measure.target_on(missed_on), value):
            return missed_on
    return None


def _first_missed(
    cursor: Cursor,
    measure: Measure,
    as_of: date,
    candidates: Sequence[date],
    by_day: dict[date, list[Counted]],
) -> date | None:
    def is_missed(day: date) -> bool:
        if day not in by_day:
            by_day.update(_cases(cursor, measure, [day]))
        return _is_missed(measure, day, by_day[day])

    if is_missed(as_of):
        return None  # it does not hold today: there is no day on which it stops
    if len(candidates) > ASKED_AT_MOST:
        candidates = candidates[-1:]
    first = next((day for day in candidates if is_missed(day)), None)
    if first is None or not is_missed(first - DAY):
        return first
    held, missed = as_of, first - DAY
    while held + DAY < missed:
        middle = held + (missed - held) // 2
        held, missed = (held, middle) if is_missed(middle) else (middle, missed)
    return missed


def _is_missed(measure: Measure, day: date, cases: Sequence[Counted]) -> bool:
    counted = [case for case in cases if case.is_known and case.in_window]
    met = sum(case.units_met for case in counted)
    total = sum(case.units for case in counted)
    if measure.is_duty_on(day) and met < total:
        return True
    return measure.misses(measure.target_on(day), measure.value(met, total))


def _cases(
    cursor: Cursor, measure: Measure, days: Sequence[date]
) -> dict[date, list[Counted]]:
    found = cursor.execute(
        f"""
        select
            days.day,
            case_ref,
            home,
            happened_on,
            is_met,
            is_known,
            units_met,
            units,
            in_window
        from (select unnest($days::date[]) as day) as days,
            lateral ({counted_cases(measure, "days.day")}) as counted
        """,
        {"days": list(days)},
    ).fetchall()
    by_day: dict[date, list[Counted]] = defaultdict(list)
    for day, *rest in found:
        by_day[day].append(Counted(*rest))
    return by_day
