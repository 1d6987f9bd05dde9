"""Who lived in which home, by reference alone, and from when to when?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from oversight.demo.company import Company, Home

PLACES_A_POST = 1.28  # about 400 residents for 320 staff
MEAN_STAY = 800  # days
FILLED_WITHIN = 120  # days after a home opens
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Resident:
    """One person at one home; `left_on` is the last day there."""

    ref: str
    home: Home
    admitted_on: date
    left_on: date | None
    died: bool = False
    has_representative: bool = False
    is_opted_out: bool = False
    is_high_interest: bool = False

    def is_in(self, day: date) -> bool:
        return self.admitted_on <= day and (self.left_on is None or day <= self.left_on)


def make_residents(company: Company, rng: Random) -> list[Resident]:
    """Everybody there since the first sending, numbered by the day of admission."""
    first_day, _ = company.period(0)
    found = [
        resident
        for home in company.homes
        for place in range(round(PLACES_A_POST * home.posts))
        for resident in _in_one_place(company, home, rng)
    ]
    found.sort(key=lambda one: one.admitted_on)
    lately = [one for one in found if one.left_on is None or one.left_on >= first_day]
    return [replace(one, ref=f"R{nth:04}") for nth, one in enumerate(lately, start=1)]


def _in_one_place(company: Company, home: Home, rng: Random) -> list[Resident]:
    """Who had one room after another, some days empty between."""
    opened, _ = company.period(home.opens)
    begin = opened - timedelta(days=int(rng.random() * 900))
    if home.opens:
        begin = opened + timedelta(days=int(rng.random() * FILLED_WITHIN))
    ends = company.as_of
    if home.closes is not None:
        ends = company.period(home.closes)[0]
    found: list[Resident] = []
    while begin < ends:
        left = begin + timedelta(days=20 + int(rng.expovariate(1) * MEAN_STAY))
        died = rng.random() < 0.7
        if home.closes is not None and left >= ends:
            left, died = ends - DAY, False
        found.append(
            Resident(
                ref="",
                home=home,
                admitted_on=begin,
                left_on=left if left < company.as_of else None,
                died=died,
                has_representative=rng.random() < 0.4,
                is_opted_out=rng.random() < 0.06,
                is_high_interest=rng.random() < 0.02,
            )
        )
        begin = left + timedelta(days=5 + int(rng.random() * 30))
    return found
