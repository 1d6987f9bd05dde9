"""How many incidents does each month hold, and what is the reference of each?"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from random import Random

from oversight.demo.chance import steady_noise
from oversight.demo.company import Company
from oversight.demo.happenings import QUIET_END, breaches, false_alarms, near_misses
from oversight.demo.incidents import Incident
from oversight.demo.planted import planted_incidents

BREACHES_A_HOME, NEAR_MISSES_A_HOME = 0.7, 0.9  # a month
FEWEST = 3  # of each a month, in a small company
BAD_MONTH = 4  # breaches above the usual in the last full month: high, and only noise


def make_incidents(company: Company, rng: Random) -> list[Incident]:
    """Every incident in order of awareness, with its reference.

    The planted ones count among their month's breaches: they do not make it stand out.
    """
    planted = planted_incidents(company)
    breach_noise, near_miss_noise = steady_noise(rng), steady_noise(rng)
    happened: list[Incident] = []
    for sending in range(len(company.sendings)):
        first, last = company.period(sending)
        kept = sum(first <= incident.aware_at.date() <= last for incident in planted)
        extra = next(breach_noise)
        if sending == company.last_month:
            extra = BAD_MONTH
        count = max(1, _usual(company, BREACHES_A_HOME) + extra - kept)
        others = _usual(company, NEAR_MISSES_A_HOME) + next(near_miss_noise)
        happened += chain(
            breaches(company, sending, count, rng),
            near_misses(company, sending, others, rng),
            false_alarms(company, sending, rng),
        )
    latest = company.as_of - QUIET_END
    kept_up_to = [one for one in happened if one.aware_at.date() <= latest]
    return list(_numbered([*planted, *kept_up_to]))


def _usual(company: Company, a_home: float) -> int:
    """How many in an ordinary month, for the homes that report."""
    reporting = sum(not home.is_quiet and home.closes is None for home in company.homes)
    return max(FEWEST, round(a_home * reporting))


def _numbered(incidents: list[Incident]) -> Iterator[Incident]:
    """In order of awareness, each with a reference counted within its year."""
    counts: dict[int, int] = {}
    for incident in sorted(incidents, key=lambda one: (one.aware_at, one.home)):
        year = incident.aware_at.year
        counts[year] = counts.get(year, 0) + 1
        yield replace(incident, ref=f"INC-{year}-{counts[year]:03}")
