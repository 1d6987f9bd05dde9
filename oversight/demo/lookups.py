"""Who opened which record when: the log of the care records system?"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from oversight.demo.chance import at, day_between
from oversight.demo.company import Company
from oversight.demo.registers.ground import Ground
from oversight.demo.registers.systems import (
    CARE,
    login_of,
    shared_login,
    stale_leaver,
)
from oversight.demo.shifts import Shift
from oversight.demo.workforce import MANAGER, NURSE, SENIOR, Worker

COLUMNS = (
    "event_id",
    "system",
    "home",
    "occurred_at",
    "actor_login",
    "actor_kind",
    "staff_ref",
    "event_type",
    "outcome",
    "resident_ref",
)
# (when, home, login, kind of actor, person, what was done, how it ended, resident)
Event = tuple[datetime, str, str, str, str, str, str, str]
USES = (
    *(["view"] * 68 + ["update"] * 14 + ["create"] * 8 + ["search"] * 8),
    "login",
    "logout",
)
MACHINES = 0.05  # the part of the log that no person wrote
BUSIEST, TIMES_AS_BUSY = 10, 6
SILENT_FROM_DAYS_AGO, SILENT_DAYS = 58, 4  # the log stopped, and nobody noticed
SHARED_AT, SHARED_A_MONTH = 4, (5, 9, 16, 26, 40, 58, 80)
SHARED_ELSEWHERE = 2
BROWSER_AT, BROWSED_AT, BROWSES_A_SHIFT = 5, 0, 3
NIGHTS_DAYS_AGO = (31, 24, 9)  # when the leaver's account was used
FIRST_ID = 1_048_576


def make_events(ground: Ground, shifts: list[Shift], count: int) -> list[Event]:
    """Some `count` events in order of time; what is planted is among them."""
    if not count or not shifts:
        return []
    planted = list(_planted(ground, shifts)) if ground.has_stories else []
    rng = ground.chance("look-ups")
    machines = list(_machines(ground, shifts, round(count * MACHINES), rng))
    rest = max(0, count - len(planted) - len(machines))
    found = [*planted, *machines, *_ordinary(ground, shifts, rest, rng)]
    found.sort()
    return found


def rows_of(events: list[Event], first_id: int) -> Iterator[tuple[str, ...]]:
    """Rows in the order of COLUMNS."""
    for nth, (when, home, login, kind, person, use, end, resident) in enumerate(events):
        occurred = f"{when:%Y-%m-%dT%H:%M:%SZ}"
        number = f"{FIRST_ID + first_id + nth}"
        yield (number, CARE, home, occurred, login, kind, person, use, end, resident)


def silent_days(company: Company) -> tuple[date, date]:
    """The first and last day of which the log has nothing."""
    first = company.as_of - timedelta(days=SILENT_FROM_DAYS_AGO)
    return first, first + timedelta(days=SILENT_DAYS - 1)


def busiest(ground: Ground, shifts: list[Shift]) -> list[Worker]:
    """Ten who do much and nothing wrong: nurses, seniors and managers, long in post."""
    there = dict.fromkeys(shift.worker for shift in shifts)
    fit = [
        who
        for who in there
        if who.job in (NURSE, SENIOR, MANAGER) and who.is_in_post(ground.last_day)
    ]
    return sorted(fit, key=lambda who: (who.started_on, who.ref))[:BUSIEST]


def browser(ground: Ground, shifts: list[Shift]) -> Worker:
    """Who looks, day after day, at a few records of a home that is not hers."""
    home = ground.home(BROWSER_AT)
    there = dict.fromkeys(shift.worker for shift in shifts)
    return next(
        who
        for who in there
        if who.home.name == home
        and who.job not in (NURSE, SENIOR, MANAGER)
        and who.is_in_post(ground.last_day)
    )


def _ordinary(
    ground: Ground, shifts: list[Shift], count: int, rng: Random
) -> Iterator[Event]:
    """Records of the own home during the own shift, more on some shifts than others."""
    often = {who.ref for who in busiest(ground, shifts)}
    first_silent, last_silent = silent_days(ground.company)
    logged = [s for s in shifts if not _is_silent(s, first_silent, last_silent)]
    weights = list(
        accumulate(
            TIMES_AS_BUSY if shift.worker.ref in often else 1 for shift in logged
        )
    )
    chosen = rng.choices(logged, cum_weights=weights, k=count)
    there = _living(ground)
    random = rng.random
    for shift in chosen:
        home = shift.worker.home.name
        seconds = int(random() * (shift.hours * 3600 - 60))
        use = USES[int(random() * len(USES))]
        people = there(home, shift.day)
        is_of_record = use not in ("login", "logout", "search")
        ref = people[int(random() * len(people))] if is_of_record and people else ""
        ends = "failure" if use == "login" and random() < 0.03 else "success"
        yield (
            shift.starts_at.astimezone(UTC) + timedelta(seconds=seconds),
            home,
            login_of(shift.worker),
            "human",
            shift.worker.ref,
            use,
            ends,
            ref,
        )


def _is_silent(shift: Shift, first: date, last: date) -> bool:
    return first <= shift.day <= last or shift.ends_at.date() == first


def _living(ground: Ground) -> Callable[[str, date], tuple[str, ...]]:
    """The references of those who live in a home on a day."""
    by_home = defaultdict(list)
    for one in ground.residents:
        by_home[one.home.name].append(one)

    @cache
    def there(home: str, day: date) -> tuple[str, ...]:
        return tuple(one.ref for one in by_home[home] if one.is_in(day))

    return there


def _machines(
    ground: Ground, shifts: list[Shift], count: int, rng: Random
) -> Iterator[Event]:
    """The interface and the backup, by night and by the minute; no record is named."""
    first, last = shifts[0].day, shifts[-1].day
    silent = silent_days(ground.company)
    for nth in range(count):
        day = day_between(rng, first, last)
        if silent[0] <= day <= silent[1]:
            continue
        home = ground.home(nth)
        login = "svc-interface" if nth % 5 else "svc-backup"
        when = at(day, 2 + nth % 3, 5 + nth % 50).astimezone(UTC)
        if ground.is_open(ground.homes[nth % len(ground.homes)], day):
            yield (when, home, login, "system", "", "other", "success", "")


def _planted(ground: Ground, shifts: list[Shift]) -> Iterator[Event]:
    yield from _shared(ground, shifts)
    yield from _browsing(ground, shifts)
    yield from _leaver_at_night(ground, shifts)


def _shared(ground: Ground, shifts: list[Shift]) -> Iterator[Event]:
    """A log-in of the whole home, more from month to month; elsewhere hardly used."""
    rng, there = ground.chance("shared log-ins"), _living(ground)
    silent = silent_days(ground.company)
    months = list(ground.months(len(SHARED_A_MONTH)))
    for nth, home in enumerate(ground.homes):
        is_rising = nth == SHARED_AT % len(ground.homes)
        for month, (first, last) in enumerate(months):
            many = SHARED_A_MONTH[month] if is_rising else SHARED_ELSEWHERE
            for _ in range(many):
                day = day_between(rng, max(first, shifts[0].day), last)
                when = at(day, 8) + timedelta(minutes=int(rng.random() * 600))
                people = there(home.name, day)
                ref = people[int(rng.random() * len(people))] if people else ""
                if silent[0] <= day <= silent[1] or not ground.is_open(home, day):
                    continue
                yield (
                    when.astimezone(UTC),
                    home.name,
                    shared_login(home.name),
                    "unknown",
                    "",
                    "view",
                    "success",
                    ref,
                )


def _browsing(ground: Ground, shifts: list[Shift]) -> Iterator[Event]:
    rng, there = ground.chance("browsing"), _living(ground)
    who, elsewhere = browser(ground, shifts), ground.home(BROWSED_AT)
    silent = silent_days(ground.company)
    for shift in shifts:
        if shift.worker is not who or _is_silent(shift, *silent):
            continue
        people = there(elsewhere, shift.day)
        for _ in range(1 + int(rng.random() * BROWSES_A_SHIFT)):
            seconds = int(rng.random() * shift.hours * 3600)
            yield (
                shift.starts_at.astimezone(UTC) + timedelta(seconds=seconds),
                elsewhere,
                login_of(who),
                "human",
                who.ref,
                "view",
                "success",
                people[int(rng.random() * len(people))],
            )


def _leaver_at_night(ground: Ground, shifts: list[Shift]) -> Iterator[Event]:
    """Six records in each of three nights, weeks after the last day in post."""
    rng, there, who = ground.chance("leaver"), _living(ground), stale_leaver(ground)
    if who is None or who.left_on is None:
        return
    for ago in NIGHTS_DAYS_AGO:
        day = ground.ago(ago)
        people = there(who.home.name, day)
        for nth in range(6 if day > who.left_on and day >= shifts[0].day else 0):
            yield (
                at(day, 2, 11 + 4 * nth).astimezone(UTC),
                who.home.name,
                login_of(who),
                "human",
                who.ref,
                "view",
                "success",
                people[int(rng.random() * len(people))],
            )
