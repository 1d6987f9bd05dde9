"""How does chance enter the made-up company without telling a story of its own?"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
# Each row is balanced (two above, two below) and restless: no run, no drift, and moving
# ranges wide enough that a steady series never leaves its own control limits.
RESTLESS = (
    (-1, 2, -2, 1),
    (1, -2, 2, -1),
    (2, -1, 1, -2),
    (-2, 1, -1, 2),
    (1, -1, 2, -2),
    (-2, 2, -1, 1),
    (2, -2, 1, -1),
    (-1, 1, -2, 2),
)


def steady_noise(rng: Random) -> Iterator[int]:
    """Whole numbers from -2 to 2 without end: ordinary month-to-month variation."""
    while True:
        yield from rng.choice(RESTLESS)


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from first to last, both included. One draw, however long the month is."""
    return first + timedelta(days=int(rng.random() * ((last - first).days + 1)))


def working_moment(rng: Random, day: date) -> datetime:
    """A minute between 08:00 and 17:59 UK time: clear of both clock changes."""
    return at(day, 8) + timedelta(minutes=int(rng.random() * 600))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in UK time."""
    return datetime.combine(day, time(hour, minute, tzinfo=UK))


def hours(rng: Random, least: float, most: float) -> timedelta:
    """A length of time between two numbers of hours, in whole minutes."""
    return timedelta(minutes=round(60 * (least + rng.random() * (most - least))))
