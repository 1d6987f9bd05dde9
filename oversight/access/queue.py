"""Whose access is to be looked at first, and for which reasons, each with its numbers?

A person's score is the sum of their reasons' points, and nothing else: every reason is
a sentence that a reader can check against the list of cases. What has been reviewed no
longer counts. People stand by their account, or by whose it is where a list says so.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from oversight.access.rules import all_rules
from oversight.store import Cursor, rows

WINDOW, BREADTH = 90, 30  # days looked back on
POINTS = {"high": 10, "medium": 5, "low": 2}  # for a day of it, at most DAYS of them
DAYS = 3
WEEKS = 3  # from which a small oddity counts as repeated
BREADTH_POINTS, REPEATED_POINTS, LEAVING_POINTS, DAY_POINTS = 15, 5, 15, 10
FORTNIGHT = 14


@dataclass(frozen=True)
class Reason:
    """Why somebody is in the queue, in words with numbers; the rule, or a pattern."""

    of: str  # AR01 … or the name of a pattern
    points: int
    words: str


@dataclass(frozen=True)
class Watched:
    """One person of the queue: what was found, and what it adds up to."""

    person: (
        str  # the reference in the staff register, or the account where none is known
    )
    logins: tuple[str, ...]
    homes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    cases: int
    newest: date

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True)
class Silence:
    """A home's log that did not come: from when to when, and is it silent still?"""

    home: str
    system: str
    silent_from: date
    silent_to: date
    is_silent_still: bool
    days: int


@dataclass
class _Post:
    home: str
    job_role: str
    gone_from: date | None


def queue(cursor: Cursor, as_of: date) -> list[Watched]:
    """Everybody with something found that nobody has reviewed, worst first."""
    owner, posts = _owners(cursor, as_of), _posts(cursor, as_of)
    cases = open_cases(cursor, as_of)
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases:
        of[owner.get(case["login"], case["login"])].append(case)
    found: dict[str, list[Reason]] = defaultdict(list)
    for person, theirs in of.items():
        found[person] += _by_rule(theirs)
    for person, reason in _breadth(of, posts, as_of):
        found[person].append(reason)
    for person, reason in _by_day(cursor, as_of, owner, posts):
        # Much work alone is no oddity: it counts beside what a rule has found.
        if person in of:
            found[person].append(reason)
    made = [
        Watched(
            person,
            tuple(sorted({case["login"] for case in of[person]})),
            tuple(sorted({case["home"] for case in of[person]})),
            tuple(sorted(reasons, key=lambda one: (-one.points, one.of))),
            len(of[person]),
            max(case["day"] for case in of[person]),
        )
        for person, reasons in found.items()
    ]
    return sorted(made, key=lambda one: (-one.score, -one.cases, one.person))


def open_cases(cursor: Cursor, as_of: date) -> list[dict[str, Any]]:
    """What was found in the window and is not reviewed, newest first."""
    cursor.execute(
        """
        select fold(found.person) as login, found.*
        from access_exceptions($as_of::date) as found
        anti join (
            select rule, case_ref, home
            from exceptions_reviewed($as_of::date)
            where reviewed_on is not null
        ) as done
            on done.rule = found.rule and done.case_ref = found.case_ref
            and done.home = found.home
        where found.day > $since::date
        order by found.occurred_at desc, found.case_ref, found.rule
        """,
        {"as_of": as_of, "since": as_of - timedelta(days=WINDOW)},
    )
    return rows(cursor)


def silences(cursor: Cursor, as_of: date) -> list[Silence]:
    """The logs that did not come in the window, the newest silence first."""
    cursor.execute(
        """
        select home, system, silent_from, silent_to, is_silent_still, days
        from logs_not_received($as_of::date)
        where silent_to > $since::date
        order by is_silent_still desc, silent_to desc, home, system
        """,
        {"as_of": as_of, "since": as_of - timedelta(days=WINDOW)},
    )
    return [Silence(**row) for row in rows(cursor)]


def never_received(cursor: Cursor, as_of: date) -> list[str]:
    """Homes on the register of which no log of access has ever come."""
    cursor.execute(
        """
        select home.home
        from homes($as_of::date) as home
        anti join access_by_home_day($as_of::date) as log on log.home = home.home
        order by home.home
        """,
        {"as_of": as_of},
    )
    return [str(row[0]) for row in cursor.fetchall()]


def _by_rule(cases: Iterable[dict[str, Any]]) -> list[Reason]:
    by: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases:
        by[case["rule"]].append(case)
    finds = {rule.code: rule.finds for rule in all_rules()}
    reasons = []
    for rule, found in sorted(by.items()):
        days = {case["day"] for case in found}
        points = POINTS[found[0]["severity"]] * min(len(days), DAYS)
        said = f"{_times(len(found))} on {_days(len(days))}: {finds[rule]}"
        if len(found) == 1:
            said = f"{finds[rule].capitalize()}, once"
        reasons.append(Reason(rule, points, f"{said} ({found[0]['reason']})"))
        weeks = {day.isocalendar()[:2] for day in days}
        if found[0]["severity"] != "high" and len(weeks) >= WEEKS:
            words = f"The same small oddity in {len(weeks)} different weeks ({rule})"
            reasons.append(Reason("repeated", REPEATED_POINTS, words))
    return reasons


def _breadth(
    of: dict[str, list[dict[str, Any]]], posts: dict[str, _Post], as_of: date
) -> Iterable[tuple[str, Reason]]:
    """Residents outside one's homes in 30 days, against peers of the role and home."""
    since = as_of - timedelta(days=BREADTH)
    outside = {
        person: len(
            {
                (case["home"], case["resident_ref"])
                for case in cases
                if case["rule"] == "AR01" and case["day"] > since
            }
        )
        for person, cases in of.items()
    }
    for person, count in outside.items():
        peers = [outside.get(peer, 0) for peer in _peers(person, posts)]
        if count >= 5 and peers and count > 2 * max(peers):
            words = (
                f"{count} residents outside their home in {BREADTH} days;"
                f" peers: {_range(peers)}"
            )
            yield person, Reason("breadth", BREADTH_POINTS, words)


def _by_day(
    cursor: Cursor, as_of: date, owner: dict[str, str], posts: dict[str, _Post]
) -> Iterable[tuple[str, Reason]]:
    """What the counts by day say: the busiest day, and the fortnight before leaving."""
    cursor.execute(
        """
        select fold(actor_login) as login, day, sum(residents)::bigint as residents
        from access_by_person_day($as_of::date)
        where day > $since::date
        group by fold(actor_login), day
        """,
        {"as_of": as_of, "since": as_of - timedelta(days=WINDOW + FORTNIGHT)},
    )
    on: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for login, day, residents in cursor.fetchall():
        on[owner.get(login, login)][day] += residents
    since = as_of - timedelta(days=BREADTH)
    busiest = {
        person: max((n for day, n in days.items() if day > since), default=0)
        for person, days in on.items()
    }
    for person, count in busiest.items():
        peers = [busiest.get(peer, 0) for peer in _peers(person, posts)]
        if count >= 15 and peers and count > 2 * max(peers):
            words = f"{count} residents on one day; busiest day of peers: {max(peers)}"
            yield person, Reason("busiest day", DAY_POINTS, words)
        post = posts.get(person)
        if post is None or post.gone_from is None:
            continue
        last, before = (
            sum(
                n
                for day, n in on[person].items()
                if post.gone_from - timedelta(days=FORTNIGHT * (back + 1))
                <= day
                < post.gone_from - timedelta(days=FORTNIGHT * back)
            )
            for back in (0, 1)
        )
        if last >= 20 and last > 2 * before:
            words = (
                f"{last} look-ups of residents in the {FORTNIGHT} days before leaving;"
                f" {before} in the {FORTNIGHT} days before those"
            )
            yield person, Reason("before leaving", LEAVING_POINTS, words)


def _peers(person: str, posts: dict[str, _Post]) -> list[str]:
    mine = posts.get(person)
    if mine is None:
        return []
    return [
        peer
        for peer, post in posts.items()
        if peer != person and (post.home, post.job_role) == (mine.home, mine.job_role)
    ]


def _owners(cursor: Cursor, as_of: date) -> dict[str, str]:
    """Whose an account is, by login, as the lists in scope say."""
    cursor.execute(
        """
        select fold(login), min(staff_ref)
        from (
            select unnest(logins) as login, staff_ref
            from staff_ever($as_of::date)
            union all
            select login, staff_ref
            from accounts($as_of::date)
            where account_kind = 'person' and staff_ref is not null
        ) as said
        group by fold(login)
        having count(distinct staff_ref) = 1
        """,
        {"as_of": as_of},
    )
    return {str(login): str(ref) for login, ref in cursor.fetchall()}


def _posts(cursor: Cursor, as_of: date) -> dict[str, _Post]:
    """The last post of everybody, by reference; one that has begun by the day."""
    cursor.execute(
        """
        select staff_ref, home, coalesce(job_role, ''), gone_from
        from staff_ever($as_of::date)
        where coalesce(started_on, date '1900-01-01') <= $as_of::date
        order by coalesce(gone_from, date '9999-12-31'), started_on, home
        """,
        {"as_of": as_of},
    )
    return {row[0]: _Post(row[1], row[2], row[3]) for row in cursor.fetchall()}


def _range(numbers: list[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"


def _times(count: int) -> str:
    return f"{count:,} times"


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"
