"""Who worked when: the rota of those who give care, for the last months?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from oversight.demo.chance import UK
from oversight.demo.company import Company
from oversight.demo.workforce import CARE_JOBS, MANAGER, Worker

MONTHS = 6  # closed ones, and the current one so far: what the systems' logs reach
DAY = timedelta(days=1)
ON, CYCLE = 4, 8  # four shifts, then four days off
NIGHTS = 0.25  # the part of the care staff that works nights
WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of one person, from and to in UK time."""

    worker: Worker
    day: date
    starts_at: datetime
    hours: int

    @property
    def ends_at(self) -> datetime:
        # By the clock on the wall, whether or not it was changed in the night.
        return self.starts_at + timedelta(hours=self.hours)


def first_sending(company: Company) -> int:
    """The first sending whose period has a rota."""
    return max(0, company.last_month - MONTHS + 1)


def make_shifts(company: Company, workers: list[Worker], rng: Random) -> list[Shift]:
    """Every shift worked, by day and then by person; none is planned ahead."""
    first, _ = company.period(first_sending(company))
    days = (company.sendings[-1] - first).days + 1
    found = [
        shift
        for who in workers
        if who.job in CARE_JOBS
        for shift in _of(who, first, days, rng.random(), int(rng.random() * CYCLE))
    ]
    found.sort(key=lambda shift: (shift.day, shift.worker.ref))
    return found


def _of(
    who: Worker, first: date, days: int, lot: float, offset: int
) -> Iterator[Shift]:
    """Managers by the week, nurses and carers by turns, each always days or nights."""
    if who.left_on is not None and who.left_on <= first:
        return
    start, hours = (20, 12) if lot < NIGHTS else (8, 12)
    if who.job == MANAGER:
        start, hours = 9, 8
    for nth in range(days):
        day = first + nth * DAY
        is_off = (nth + offset) % CYCLE >= ON
        if who.job == MANAGER:
            is_off = day.weekday() >= WEEKEND
        if not is_off and who.is_in_post(day):
            starts_at = datetime(day.year, day.month, day.day, start, tzinfo=UK)
            yield Shift(who, day, starts_at, hours)
