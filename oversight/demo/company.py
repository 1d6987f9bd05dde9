"""Who is the made-up company, which part does each home play, when are files sent?"""

from dataclasses import dataclass
from datetime import date, timedelta

NAME = "Wrenmoor Care"
SLUG = "wrenmoor"
HOME_NAMES = (
    "Elm House, Oak Lodge, Hawthorn House, Alder Grange, Maple Court, Rowan Lodge, "
    "Linden View, Cedar Bank, Hazel Court, Juniper House, Sycamore Lodge, Poplar Grange"
).split(", ")
CLOSING_NAME = "Larch House"
STAFF_POSTS = (44, 34, 30, 46, 52, 38, 42, 34)  # 320 over the usual eight homes
CLOSING_POSTS = 36
MOST_HOMES = 99  # as many postcodes as can be nobody's
# With fewer, no home opens, closes, falls silent or stays quiet.
HOMES_FOR_STORIES, MONTHS_FOR_STORIES = 4, 12


@dataclass(frozen=True)
class Home:
    """One home: `opens` is the first sending it is in, `closes` the first it is not."""

    name: str
    location_id: str
    posts: int
    opens: int = 0
    closes: int | None = None
    is_silent: bool = False  # sends its incident log itself, and stopped
    is_quiet: bool = False  # never reports an incident or a near miss

    @property
    def is_ordinary(self) -> bool:
        """Open and heard of from first to last: a home to plant an incident at."""
        odd = self.opens or self.closes is not None or self.is_silent or self.is_quiet
        return not odd

    def is_open(self, sending: int) -> bool:
        return self.opens <= sending and (self.closes is None or sending < self.closes)


@dataclass(frozen=True)
class Company:
    """The homes and the days of sending: month-ends, then the day before as_of.

    `month_ends` is how many of `sendings` are month-ends; where the day before as_of is
    itself a month-end there is no sending after the last of them.
    """

    homes: tuple[Home, ...]
    sendings: tuple[date, ...]
    month_ends: int
    as_of: date

    @property
    def last_month(self) -> int:
        return self.month_ends - 1

    @property
    def last_heard(self) -> int:
        """The last log of the silent home, some three months before as_of."""
        return self.last_month - 2

    @property
    def change(self) -> int:
        """The first sending after the e-learning came, some eight months ago."""
        return self.last_month - 7

    @property
    def change_day(self) -> date:
        """The first day of e-learning, before the first sending in a short history."""
        return month_ends_before(self.as_of, 8)[0].replace(day=1)

    @property
    def induction_day(self) -> date:
        """From this day, over a year ago, nobody starts without the training."""
        return month_ends_before(self.as_of, 14)[0].replace(day=1)

    @property
    def silent(self) -> Home | None:
        return next((home for home in self.homes if home.is_silent), None)

    def period(self, sending: int) -> tuple[date, date]:
        """The first and last day a sending speaks for, both included."""
        last = self.sendings[sending]
        if sending == 0:
            return last.replace(day=1), last
        return self.sendings[sending - 1] + timedelta(days=1), last


def make_company(homes: int, months: int, as_of: date) -> Company:
    """The homes open on as_of number `homes`; one more may have closed on the way.

    Raises ValueError for no homes, more than 99, or no months.
    """
    if not 1 <= homes <= MOST_HOMES:
        raise ValueError(f"homes: wanted 1 to {MOST_HOMES}, got {homes}")
    if months < 1:
        raise ValueError(f"months: wanted 1 or more, got {months}")
    sendings = month_ends_before(as_of, months)
    day_before = as_of - timedelta(days=1)
    return Company(
        homes=make_homes(homes, months),
        sendings=sendings if sendings[-1] == day_before else (*sendings, day_before),
        month_ends=months,
        as_of=as_of,
    )


def make_homes(count: int, months: int) -> tuple[Home, ...]:
    """The homes in order of location id, the one that closed last."""
    has_stories = count >= HOMES_FOR_STORIES and months >= MONTHS_FOR_STORIES
    opens, closes = (months - 12, months - 18) if months >= 24 else (months - 6,) * 2
    kept = tuple(
        Home(
            name=home_name(at),
            location_id=location_id(at),
            posts=STAFF_POSTS[at % len(STAFF_POSTS)],
            opens=opens if has_stories and at == count - 1 else 0,
            is_silent=has_stories and at == 1,
            is_quiet=has_stories and at == 2,
        )
        for at in range(count)
    )
    if not has_stories:
        return kept
    return (*kept, Home(CLOSING_NAME, location_id(count), CLOSING_POSTS, closes=closes))


def home_name(at: int) -> str:
    """A name of the list, then the same again with a number."""
    again, nth = divmod(at, len(HOME_NAMES))
    return f"{HOME_NAMES[nth]} {again + 1}" if again else HOME_NAMES[nth]


def location_id(at: int) -> str:
    """In the regulator's form, and a digit longer than those seen in real files."""
    return f"1-{999999000001 + at}"


def month_ends_before(day: date, count: int) -> tuple[date, ...]:
    """The last `count` month-ends before a day, oldest first."""
    ends: list[date] = []
    end = day.replace(day=1) - timedelta(days=1)
    while len(ends) < count:
        ends.append(end)
        end = end.replace(day=1) - timedelta(days=1)
    return tuple(reversed(ends))
