"""When does a clock run out? What queries/rules says in SQL, reckoned again in Python.

An auditor can ask either; tests/test_rules.py holds the two equal.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from oversight.clocks.rules import Counts, Extension, Pause, Rule

DAY = timedelta(days=1)
Pauses = tuple[Pause, ...]


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of England, the years listed, and the last day published."""

    holidays: frozenset[date]
    years: range
    published_to: date

    def is_working_day(self, day: date) -> bool:
        """Neither weekend nor bank holiday; ValueError for a year not listed."""
        if day.year not in self.years:
            raise ValueError(
                f"The bank holidays of England are listed for {self.years[0]} to"
                f" {self.years[-1]}; this clock needs those of {day.year}. Longer lists"
                " are made by tools/write_bank_holidays.py."
            )
        return day.weekday() < 5 and day not in self.holidays


@dataclass(frozen=True)
class Reckoned:
    """A due day with its working: what each step of the rule made of it."""

    first: date  # the length alone
    plain: date  # with the extension
    counted: date  # without the days that do not count
    due: date  # moved to a working day where the rule moves it
    told_by: date | None  # the last day to tell of an extension
    is_extended: bool


def breach_due(rule: Rule, aware: datetime) -> datetime:
    """The instant, in UTC, at which the hours end, also over a night of two lengths."""
    return aware.astimezone(UTC) + timedelta(hours=rule.length)


def request_start(received: date, *later: date | None) -> date:
    """Receipt, or the day identity proof or a fee arrived where that is later."""
    return max([received, *(day for day in later if day is not None)])


def corresponding_date(day: date, months: int) -> date:
    """The same date so many months on, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def clock_stopped(day: date, pauses: Pauses) -> bool:
    """Whether a day is one of clarification."""
    return any(pause.asked <= day <= pause.answered for pause in pauses)


def counted_day(starts: date, days: int, pauses: Pauses) -> date:
    """The day on which a clock has run so many days after the day it started."""
    return _nth(starts - DAY, days + 1, lambda day: not clock_stopped(day, pauses))


def next_open_day(day: date, calendar: Calendar, pauses: Pauses) -> date:
    """The day itself, or the next working day on which the clock runs."""
    return counted_working_day(day - DAY, 1, calendar, pauses)


def counted_working_day(
    day: date, days: int, calendar: Calendar, pauses: Pauses = ()
) -> date:
    """The so-manieth working day after a day, of those on which the clock runs."""

    def counts(later: date) -> bool:
        return calendar.is_working_day(later) and not clock_stopped(later, pauses)

    return _nth(day, days, counts)


def reckon(
    rule: Rule,
    starts: date,
    calendar: Calendar,
    pauses: Pauses = (),
    extension: Extension | None = None,
) -> Reckoned:
    """The due day of a rule of days or months; ValueError for holidays not listed."""
    pauses = pauses if rule.has_pauses else ()
    if rule.counts is Counts.WORKING_DAYS:
        plain = counted_working_day(starts, rule.length, calendar)
        due = counted_working_day(starts, rule.length, calendar, pauses)
        return Reckoned(plain, plain, due, due, None, False)
    first = plain = starts + rule.length * DAY
    told_by, is_extended = None, False
    if rule.counts is Counts.MONTHS:
        first = plain = corresponding_date(starts, rule.length)
        told_by = counted_day(starts, (first - starts).days, pauses)
        is_extended = _is_in_time(extension, told_by)
        if is_extended:
            plain = corresponding_date(starts, rule.length + rule.extension_months)
    counted = counted_day(starts, (plain - starts).days, pauses)
    due = next_open_day(counted, calendar, pauses) if rule.rolls else counted
    return Reckoned(first, plain, counted, due, told_by, is_extended)


def days_run(
    rule: Rule, after: date, until: date, calendar: Calendar, pauses: Pauses
) -> int:
    """How many days count after one day, until another and that one included."""
    days = (after + n * DAY for n in range(1, (until - after).days + 1))
    running = (day for day in days if not clock_stopped(day, pauses))
    if rule.counts is Counts.WORKING_DAYS:
        return sum(map(calendar.is_working_day, running))
    return sum(1 for _ in running)


def _is_in_time(extension: Extension | None, told_by: date) -> bool:
    if extension is None:
        return False
    return extension.told_on is None or extension.told_on <= told_by


def _nth(after: date, count: int, counts: Callable[[date], bool]) -> date:
    day = after
    while count:
        day += DAY
        count -= counts(day)
    return day
