"""Alerts of access and their reviews a second time: plain Python over what was noted.

What the rules find is held against acts drawn by hand in tests/access; here begins what
was found, as it was kept, and what the journal says was done about it.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from oversight.reference import calendar
from tests.measures.second_way.rows import Case, Row, Rows, fold, uk_day

CLOSES = ("justified", "not justified", "escalated")


def access_alerts_reviewed_in_time(rows: Rows, day: date) -> Iterator[Case]:
    for alert, review in _alerts(rows, day):
        due = _working_days_on(uk_day(alert.found_at), 2)
        if due <= day:
            yield Case(alert.home, due, review is not None and review.on <= due)


def no_access_confirmed_inappropriate(rows: Rows, day: date) -> Iterator[Case]:
    kinds = {
        fold(one.incident_ref): one.kind or "confirmed" for one in rows("incidents")
    }
    for alert, review in _alerts(rows, day):
        if review is None:
            continue
        if review.outcome == "escalated":
            kind = kinds.get(fold(review.incident))
            is_met = None if kind in (None, "suspected") else kind != "confirmed"
        else:
            is_met = review.outcome == "justified"
        yield Case(alert.home, review.on, is_met)


def _alerts(rows: Rows, day: date) -> Iterator[tuple[Row, Row | None]]:
    """What is held to have been found by a day, with the first review that closed it."""
    newest: dict[tuple[str, str, str], Row] = {}
    asked = rows.cursor.execute(
        "select number, rule, case_ref, home, happened_on, person, is_held, found_at"
        " from exception_found order by number, found_at"
    )
    names = [column[0] for column in asked.description]
    for told in asked.fetchall():
        one = Row(zip(names, told, strict=True))
        newest[one.rule, one.case_ref, one.home] = one
    reviews = _reviews(rows, day)
    for one in newest.values():
        if one.is_held and one.happened_on <= day:
            yield (
                one,
                next(
                    (
                        review
                        for review in reviews
                        if review.number >= one.number
                        and fold(one.person) in review.of
                        and one.home in review.homes
                    ),
                    None,
                ),
            )


def _reviews(rows: Rows, day: date) -> list[Row]:
    told = rows.cursor.execute(
        "select number, known_at, about from journal"
        " where what = 'access reviewed' order by number"
    ).fetchall()
    said = [
        Row({"incident": None} | json.loads(about), number=number, on=uk_day(known_at))
        for number, known_at, about in told
    ]
    return [one for one in said if one.on <= day and one.outcome in CLOSES]


def _working_days_on(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.isoweekday() < 6 and day not in calendar().holidays
    return day
