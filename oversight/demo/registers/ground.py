"""What do all registers of the made-up company stand on: its homes, people and days?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from oversight.demo.chance import day_between
from oversight.demo.company import Company, Home
from oversight.demo.incidents import Incident
from oversight.demo.residents import Resident
from oversight.demo.workforce import MANAGER, Worker

COMPANY = "company"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ground:
    """A company, its staff and its incidents, and a stream of chance for each part."""

    company: Company
    workers: list[Worker]
    incidents: list[Incident]
    residents: list[Resident]
    seed: int

    def chance(self, part: str) -> Random:
        return Random(f"{self.seed} {part}")

    @property
    def as_of(self) -> date:
        return self.company.as_of

    @property
    def first_day(self) -> date:
        return self.company.period(0)[0]

    @property
    def last_day(self) -> date:
        """The last of which anything is told: the day before as_of."""
        return self.company.sendings[-1]

    @property
    def has_stories(self) -> bool:
        return self.company.silent is not None

    def ago(self, days: int) -> date:
        return self.as_of - timedelta(days=days)

    @cached_property
    def homes(self) -> list[Home]:
        """The homes open today."""
        return [home for home in self.company.homes if home.closes is None]

    def home(self, nth: int) -> str:
        """One of the homes open today; a small company has them play several parts."""
        return self.homes[nth % len(self.homes)].name

    def opened(self, home: Home) -> date:
        """The first day a home is spoken of."""
        return self.company.period(home.opens)[0] if home.opens else self.first_day

    def closed(self, home: Home) -> date | None:
        return None if home.closes is None else self.company.period(home.closes)[0]

    def is_open(self, home: Home, day: date) -> bool:
        closed = self.closed(home)
        return self.opened(home) <= day and (closed is None or day < closed)

    def home_on(self, nth: int, day: date) -> str:
        """The same, of the homes that were open on a day already."""
        there = [home for home in self.homes if self.opened(home) <= day]
        return (there or self.homes)[nth % len(there or self.homes)].name

    @cached_property
    def managers(self) -> dict[str, Worker]:
        """Whoever manages each home today, by its name."""
        return {
            who.home.name: who
            for who in self.workers
            if who.job == MANAGER and who.is_in_post(self.last_day)
        }

    def starters(self) -> list[Worker]:
        """Who began in the months of which anything is told, by first day."""
        return [who for who in self.workers if who.started_on >= self.first_day]

    def settled(self, count: int) -> list[Worker]:
        """The staff longest in post, managers aside: to hold offices."""
        there = [
            who
            for who in self.workers
            if who.is_in_post(self.last_day) and who.job != MANAGER
            if who.footing == "1" and who.home.closes is None and not who.home.opens
        ]
        return there[:count]

    def months(self, back: int | None = None) -> Iterator[tuple[date, date]]:
        """First and last day of each closed month, and of the current one so far."""
        sendings = range(len(self.company.sendings))
        for sending in sendings[-back:] if back else sendings:
            yield self.company.period(sending)

    def day_in(self, rng: Random, first: date, last: date) -> date:
        """A weekday near a day drawn from a span, never before its first."""
        day = day_between(rng, first, last)
        return max(first, day - DAY * max(0, day.weekday() - 4))
