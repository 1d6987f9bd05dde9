"""What becomes of a measure on later days if nothing is done?

From due and expiry dates alone, and the knowledge there is: the measure is asked about
later days, as it will be asked when they come. Nothing is foreseen. How old its sources
will be by then is left out: that is another question.

A stock's case that is met says as `happened_on` the last day on which it is; a case of
a flow says the day it falls due. So a first day is reckoned from the dates, and then
the measure itself is asked whether it holds then and on the days that lead up to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from oversight.measures import counted_cases
from oversight.prepared import by_day as on_days
from oversight.prepared import prepared_for
from oversight.promises import Kind, Measure, Window
from oversight.store import Cursor

DAY = timedelta(days=1)
STEPS = (30, 60, 90)  # days ahead
ASKED_AT_MOST = 31  # later days on which something falls due, beside the steps


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


ByDay = dict[date, list[Counted]]  # the cases, by the day they are counted on


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


def outlooks(
    cursor: Cursor,
    measures: Sequence[Measure],
    as_of: date,
    steps: Mapping[str, Sequence[int]] | None = None,
) -> list[Outlook]:
    """The outlook of each measure; what they rest on is worked out once for all.

    steps: by measure (by name), the days ahead on which its cases are asked for, STEPS
    where nothing is said: one that is missed on any of them, and not today, is one that
    falls due; the last is how far is looked for the day on which it stops holding.
    """
    ends = [
        [as_of + step * DAY for step in (steps or {}).get(measure.name, STEPS)]
        for measure in measures
    ]
    asked: list[ByDay] = [{} for _ in measures]
    with _foreseen_from(cursor, as_of):
        _ask(cursor, measures, asked, [[as_of, *days] for days in ends])
        falling = [
            _coming(as_of, days, by_day)
            for days, by_day in zip(ends, asked, strict=True)
        ]
        for days_for in (_candidates, _until_the_first):
            wanted = [
                days_for(measure, as_of, days[-1], by_day, falls)
                for measure, days, by_day, falls in zip(
                    measures, ends, asked, falling, strict=True
                )
            ]
            _ask(cursor, measures, asked, wanted)
    return [
        Outlook(tuple(falls), _stops_on(measure, as_of, by_day))
        for measure, by_day, falls in zip(measures, asked, falling, strict=True)
    ]


def _ask(
    cursor: Cursor,
    measures: Sequence[Measure],
    asked: Sequence[ByDay],
    wanted: Sequence[Sequence[date]],
) -> None:
    """Fills in what is wanted of each measure and not yet asked, for all at once."""
    lacking = [
        (measure, by_day, sorted({*days} - by_day.keys()))
        for measure, by_day, days in zip(measures, asked, wanted, strict=True)
    ]
    lacking = [each for each in lacking if each[2]]
    if not lacking:
        return
    on_days = sorted({day for _, _, days in lacking for day in days})
    with prepared_for(cursor, on_days, [measure for measure, _, _ in lacking]):
        for measure, by_day, days in lacking:
            by_day.update(_cases(cursor, measure, days))


@contextmanager
def _foreseen_from(cursor: Cursor, as_of: date) -> Iterator[None]:
    # Of a past day nothing may be foreseen that only later files told.
    cursor.execute("set variable foreseen_from = ?", [as_of])
    try:
        yield
    finally:
        cursor.execute("set variable foreseen_from = null::date")


def _coming(as_of: date, ends: Sequence[date], by_day: ByDay) -> list[Coming]:
    today = {case.case_ref: case for case in by_day[as_of]}
    found: dict[str, Coming] = {}
    for end in ends:
        for case in by_day[end]:
            before = today.get(case.case_ref)
            if case.is_met or not case.is_known or case.case_ref in found:
                continue
            if before is not None and not before.is_met:
                continue
            # A count says today of what is not missed yet: the later day knows better.
            is_told = before is not None and before.happened_on != as_of
            said = before if before is not None and is_told else case
            if not as_of <= said.happened_on <= end:
                said = case
            found[case.case_ref] = Coming(case.case_ref, case.home, said.happened_on)
    return sorted(found.values(), key=lambda each: (each.due_on, each.case_ref))


def _candidates(
    measure: Measure,
    as_of: date,
    end: date,
    by_day: ByDay,
    falling: Sequence[Coming],
) -> list[date]:
    """The days on which it may first be missed, by the dates alone.

    None where it does not hold today: there is no day on which it stops.
    """
    if not can_run_out(measure) or _is_missed(measure, as_of, by_day):
        return []
    if measure.window is Window.MONTH:
        # A month counts as full on its last day: nothing else changes what is counted.
        days = (as_of + n * DAY for n in range(1, (end - as_of).days + 1))
        return [day for day in days if (day + DAY).day == 1]
    due = sorted(each.due_on for each in falling)
    if measure.kind is Kind.STATE:
        reckoned = _reckoned(measure, by_day[as_of], due)
        return [reckoned] if reckoned else []
    either = sorted({day + n * DAY for day in due for n in (0, 1)})
    after = [day for day in either if as_of < day <= end]
    return after if len(after) <= ASKED_AT_MOST else []


def _until_the_first(
    measure: Measure,
    as_of: date,
    _end: date,
    by_day: ByDay,
    _falling: Sequence[Coming],
) -> list[date]:
    """The days that lead up to the first found missed: it may be one of them."""
    missed = _stops_on(measure, as_of, by_day)
    if missed is None:
        return []
    held = max(day for day in by_day if day < missed)
    return [held + n * DAY for n in range(1, (missed - held).days)]


def _stops_on(measure: Measure, as_of: date, by_day: ByDay) -> date | None:
    """Of the days asked about the first on which it is missed; None if today is."""
    if not can_run_out(measure) or _is_missed(measure, as_of, by_day):
        return None
    return next(
        (day for day in sorted(by_day) if _is_missed(measure, day, by_day)), None
    )


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


def _is_missed(measure: Measure, day: date, by_day: ByDay) -> bool:
    counted = [case for case in by_day[day] if case.is_known and case.in_window]
    met = sum(case.units_met for case in counted)
    total = sum(case.units for case in counted)
    if measure.is_duty_on(day) and met < total:
        return True
    return measure.misses(measure.target_on(day), measure.value(met, total))


def _cases(cursor: Cursor, measure: Measure, days: Sequence[date]) -> ByDay:
    columns = (
        "case_ref, home, happened_on, is_met, is_known, units_met, units, in_window"
    )
    question = f"select {columns} from ({counted_cases(measure, '{day}')})"
    found = cursor.execute(*on_days(question, days)).fetchall()
    by_day: ByDay = {day: [] for day in days}
    for day, *rest in found:
        by_day[day].append(Counted(*rest))
    return by_day
