"""What happened in the homes in one month: breaches, near misses, false alarms?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from oversight.demo.chance import at, day_between, hours, working_moment
from oversight.demo.company import Company, Home
from oversight.demo.incident_words import (
    FALSE_ALARMS,
    MINOR,
    NEAR_MISSES,
    SERIOUS,
    Words,
)
from oversight.demo.incidents import (
    CONFIRMED,
    NEAR_MISS,
    NEVER,
    NOT_ONE,
    Decision,
    Incident,
)

ONE_HOUR = timedelta(hours=1)
LATE_TO_IG_LEAD = 0.12  # the part that takes more than a day
CLOSED_SLOWLY = 0.12
NO_REASON_MONTHS_AGO = (4, 16)  # a decision not to report, its reason left out
NOT_LIKELY = "Risk to people unlikely: kept within the home or put right at once"
LIKELY = "Risk to people likely: health details reached somebody outside"
HOURS_TO_ICO = (5, 22, 26, 29, 46, 50, 53)
QUIET_END = timedelta(days=6)  # so that the only open question at the end is planted


def breaches(
    company: Company, sending: int, count: int, rng: Random
) -> Iterator[Incident]:
    """Confirmed breaches; in every other month the first has to go to the ICO."""
    # The silent home has none in its last month: no decision on it would be heard.
    homes = _heard(company, sending, until=company.last_heard - 1)
    has_bare = company.last_month - sending in NO_REASON_MONTHS_AGO
    for nth in range(count):
        is_bare = nth == 0 and has_bare
        is_serious = nth == 0 and sending % 2 == 0 and not has_bare
        kind_of = rng.choice(SERIOUS if is_serious else MINOR)
        incident = _happening(company, sending, homes, CONFIRMED, kind_of, rng)
        decision = _decide(incident, is_serious, "" if is_bare else NOT_LIKELY, rng)
        yield replace(
            incident,
            subjects=1 + int(rng.random() * (40 if is_serious else 3)),
            reported_at=min(incident.reported_at, decision.ico_reported_at),
            decision=decision,
            is_first_suspected=rng.random() < 0.2,
        )


def near_misses(
    company: Company, sending: int, count: int, rng: Random
) -> Iterator[Incident]:
    """Near misses; the silent home has one in each month it is heard of."""
    homes = _heard(company, sending, until=company.last_heard)
    silent = [home for home in homes if home.is_silent]
    for nth in range(count):
        where = silent if silent and nth == 0 else homes
        kind_of = rng.choice(NEAR_MISSES)
        incident = _happening(company, sending, where, NEAR_MISS, kind_of, rng)
        if where is silent:  # told at once, so that no month of its own log is empty
            incident = replace(incident, reported_at=incident.aware_at + ONE_HOUR)
        yield incident


def false_alarms(company: Company, sending: int, rng: Random) -> Iterator[Incident]:
    """In every third month something suspected turns out to be nothing."""
    homes = _heard(company, sending, until=company.last_heard - 1)
    kind_of = rng.choice(FALSE_ALARMS)
    incident = _happening(company, sending, homes, NOT_ONE, kind_of, rng)
    settled = incident.reported_at + hours(rng, 4, 40)
    if sending % 3 == 1:
        yield replace(incident, closed_at=settled, is_first_suspected=True)


def _heard(company: Company, sending: int, until: int) -> list[Home]:
    """The open homes that report: never the quiet one, the silent one until then."""
    return [
        home
        for home in company.homes
        if home.is_open(sending)
        and not home.is_quiet
        and not (home.is_silent and sending > until)
    ]


def _decide(
    incident: Incident, is_reportable: bool, reason: str, rng: Random
) -> Decision:
    """Reported in time, or decided not to be within two days of the internal report."""
    after, is_high_risk = rng.choice(HOURS_TO_ICO), rng.random() < 0.5
    wait = hours(rng, 2, 44)
    if not is_reportable:
        return Decision(incident.reported_at + wait, False, reason)
    reported = incident.aware_at + timedelta(hours=after)
    informed = reported + timedelta(hours=20) if is_high_risk else NEVER
    return Decision(reported, True, LIKELY, is_high_risk, reported, informed)


def _happening(
    company: Company,
    sending: int,
    homes: list[Home],
    kind: str,
    kind_of: Words,
    rng: Random,
) -> Incident:
    """Found on a day of the month, told to the IG lead, contained and closed."""
    home = rng.choices(homes, [home.posts for home in homes])[0]
    first, last = _days(company, sending)
    aware = working_moment(rng, day_between(rng, first, last))
    occurred = max(aware - hours(rng, 0.2, 40), at(first, 7, 30))
    is_late, is_slow = rng.random() < LATE_TO_IG_LEAD, rng.random() < CLOSED_SLOWLY
    reported = aware + (hours(rng, 30, 70) if is_late else hours(rng, 0.2, 9))
    return Incident(
        home=home.name,
        words=kind_of,
        kind=kind,
        occurred_at=occurred,
        aware_at=aware,
        reported_at=reported,
        contained_at=aware + hours(rng, 0.1, 24),
        closed_at=reported
        + (hours(rng, 840, 1800) if is_slow else hours(rng, 144, 620)),
    )


def _days(company: Company, sending: int) -> tuple[date, date]:
    """The days of a closed month, or of all the current one, most still to come."""
    first, last = company.period(sending)
    if sending <= company.last_month:
        return first, min(last, company.as_of - QUIET_END)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return first, next_month - timedelta(days=1)
