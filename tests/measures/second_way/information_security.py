"""Information security a second time: plain Python over rows as imported."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.measures.second_way.rows import (
    Case,
    Row,
    Rows,
    months_on,
    same,
    staff_ever,
    staff_in_post,
)

A_DAY = timedelta(days=1)


def staff_trained_in_ig(rows: Rows, day: date) -> Iterator[Case]:
    for who in staff_in_post(rows, day):
        ends = [
            _last_day(course)
            for course in rows("training")
            if _is_of(course, who) and course.category == 26
            if course.completed_on and course.completed_on <= day
        ]
        yield Case(who.home, day, any(end >= day for end in ends))


def starter_trained_in_a_month(rows: Rows, day: date) -> Iterator[Case]:
    for who in staff_ever(rows, day):
        if who.started_on is None:
            continue
        due = months_on(who.started_on, 1)
        if due > day or (who.gone_from and who.gone_from <= due):
            continue
        has_left = who.gone_from is not None and who.gone_from <= day
        yield Case(
            who.home,
            due,
            any(
                course.completed_on <= due
                and (course.gone_on is None or (has_left and due < course.gone_on))
                for course in rows.ever("training")
                if _is_of(course, who) and course.category == 26
                if course.completed_on
            ),
        )


def _is_of(course: Row, who: Row) -> bool:
    return course.home_key == who.home_key and same(course.staff_ref, who.staff_ref)


def _last_day(course: Row) -> date:
    ends = [months_on(course.completed_on, 12) - A_DAY]
    if (course.validity_months or "none") != "none":
        ends.append(months_on(course.completed_on, int(course.validity_months)) - A_DAY)
    if course.expires_on:
        ends.append(course.expires_on)
    return min(ends)
