"""On which days did each worker complete the yearly IG training?"""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from oversight.demo.chance import day_between, steady_noise
from oversight.demo.company import Company, month_ends_before
from oversight.demo.training import last_valid_day
from oversight.demo.workforce import AGENCY, BANK, WARM_UP, Worker

# The part in date: before the e-learning, month by month as it came, and ever since.
BEFORE, COMING_IN, SINCE = 0.82, (0.845, 0.87), 0.89
NOISE = 0.006  # of the staff, for each step of steady_noise
FIRST_DONE = timedelta(days=400)  # those in post so long have all been trained once


def ig_completions(
    company: Company, workers: list[Worker], rng: Random
) -> dict[str, list[date]]:
    """Days in order, by reference.

    Month by month just so many are left out of date as the story wants; who is left is
    chance, weighted towards bank and agency staff.
    """
    warm_up = month_ends_before(company.sendings[0], WARM_UP.days // 31)
    done = _first_days(workers, warm_up[0], rng)
    noise = steady_noise(rng)
    ends = pairwise((*warm_up, *company.sendings))
    for sending, (before, last) in enumerate(ends, start=1 - len(warm_up)):
        left_out = 1 - _part_in_date(company, sending) + NOISE * next(noise)
        in_post = [who for who in workers if who.is_in_post(last)]
        first = before + timedelta(days=1)
        inducted = max(first, company.induction_day)
        for who in in_post:
            if who.started_on >= inducted:
                done[who.ref].append(day_between(rng, who.started_on, last))
        due = _due(in_post, done, first, last, rng)
        for who in due[: max(0, len(due) - round(left_out * len(in_post)))]:
            day = day_between(rng, max(first, who.started_on), last)
            done[who.ref].append(day)
    return done


def _first_days(workers: list[Worker], day: date, rng: Random) -> dict[str, list[date]]:
    """Those long in post when the warm-up begins were trained in the year before."""
    return {
        who.ref: [day_between(rng, day - FIRST_DONE, day)]
        if who.started_on < day - FIRST_DONE
        else []
        for who in workers
    }


def _part_in_date(company: Company, sending: int) -> float:
    months_since = sending - company.change
    if months_since < 0:
        return BEFORE
    return COMING_IN[months_since] if months_since < len(COMING_IN) else SINCE


def _due(
    in_post: list[Worker],
    done: dict[str, list[date]],
    first: date,
    last: date,
    rng: Random,
) -> list[Worker]:
    """Those who would be out of date on the last day, the most willing first."""
    due = [
        (_reluctance(who, first) + rng.random(), who.ref, who)
        for who in in_post
        if not done[who.ref] or last_valid_day(done[who.ref][-1], 12) < last
    ]
    return [who for _, _, who in sorted(due, key=lambda one: one[:2])]


def _reluctance(who: Worker, first: date) -> float:
    """Starters come first, if only just; bank and agency staff are hard to reach."""
    if who.started_on >= first:
        return -0.3
    return {BANK: 0.5, AGENCY: 0.8}.get(who.footing, 0.0) - 0.4 * who.home.is_quiet
