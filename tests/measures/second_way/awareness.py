"""Awareness and acknowledgement a second time: plain Python over rows as imported."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tests.measures.second_way.legal_compliance import (
    letters,
    open_homes,
    policies_in_force,
)
from tests.measures.second_way.rows import (
    Case,
    Rows,
    by,
    fold,
    is_in_post,
    months_on,
    staff_ever,
)

COME_AND_GO = {
    "temporary",
    "bank",
    "agency",
    "student",
    "volunteer",
    "contractor",
    "other",
}


def awareness_reached_every_home(rows: Rows, day: date) -> Iterator[Case]:
    since = months_on(day, -3)
    opened = {home.home_ref: home.opened_on for home in rows("homes")}
    for home in open_homes(rows, day):
        days = [
            one.given_on
            for one in rows("advice_log")
            if one.act == "awareness" and one.home in (home, "company")
            if one.given_on <= day
        ]
        if days or opened[home] is None or opened[home] <= since:
            yield Case(home, day, bool(days) and max(days) > since)


def everybody_acknowledged_the_policies(rows: Rows, day: date) -> Iterator[Case]:
    return (case for case, _ in _everybody(rows, day))


def temporary_people_acknowledged_the_policies(rows: Rows, day: date) -> Iterator[Case]:
    return (case for case, how in _everybody(rows, day) if how in COME_AND_GO)


def _everybody(rows: Rows, day: date) -> Iterator[tuple[Case, str | None]]:
    binding = {
        (one.policy_no, letters(one.title)): fold(one.version)
        for one in policies_in_force(rows, day)
    }
    lines = defaultdict(list)
    for one in rows("acknowledgements"):
        if one.issued_on <= day:
            lines[one.home_key, fold(one.staff_ref)].append(one)
    known = list(staff_ever(rows, day))
    ever = {(who.home_key, fold(who.staff_ref)) for who in known}
    people = [
        (who.home, (who.home_key, fold(who.staff_ref)), who.employment)
        for who in known
        if is_in_post(who, day)
    ]
    for key, said in lines.items():
        late = [one for one in said if one.issued_on > months_on(day, -12)]
        if key not in ever and late:
            late.sort(key=lambda one: (-one.issued_on.toordinal(), one.row_key))
            employed = [one.employment for one in late if one.employment is not None]
            people.append((late[0].home, key, employed[0] if employed else None))
    for home, key, employment in people:
        asked, read = set(), set()
        for one in lines[key]:
            policy = (one.policy_no, letters(one.policy_title))
            if policy in binding:
                asked.add(policy)
                if binding[policy] == fold(one.version) and by(
                    one.acknowledged_on, day
                ):
                    read.add(policy)
        yield Case(home, day, bool(asked) and asked == read), employment
