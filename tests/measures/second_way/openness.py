"""Openness a second time: plain Python over rows as imported."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from oversight.reference import rows as reference_rows
from tests.measures.second_way.rows import (
    Case,
    Row,
    Rows,
    by,
    closed_homes,
    fold,
    months_on,
    same,
    uk_day,
)

A_DAY = timedelta(days=1)
HOLIDAYS = {date.fromisoformat(row["day"]) for row in reference_rows("bank_holidays")}
RIGHTS = {
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "automated decision",
}


# ---- Candour


def candour_told_in_person(rows: Rows, day: date) -> Iterator[Case]:
    for one, known_on, home_says in _notifiable(rows, day):
        due = known_on + 14 * A_DAY
        if due <= day:
            told = _had(one.told_in_person_at, day)
            in_time = told is not None and told <= due
            is_met = in_time or (told is None and one.contact_attempts is not None)
            yield Case(one.home, due, is_met if home_says else None)


def candour_written_notice_sent(rows: Rows, day: date) -> Iterator[Case]:
    for one, known_on, home_says in _notifiable(rows, day):
        due = known_on + 28 * A_DAY
        if due <= day and not _could_not_be_told(one, day):
            is_met = _had(one.written_notice_at, day) is not None
            yield Case(one.home, due, is_met if home_says else None)


def candour_apology_recorded(rows: Rows, day: date) -> Iterator[Case]:
    told_of_letters = {
        one.home for one, _ in incidents(rows, day) if one.apology_in_notice is not None
    }
    for one, known_on, home_says in _notifiable(rows, day):
        due = known_on + 28 * A_DAY
        if due > day or _could_not_be_told(one, day):
            continue
        is_known = home_says and (
            one.home in told_of_letters or not one.apology_recorded
        )
        is_met = bool(one.apology_recorded and one.apology_in_notice)
        yield Case(one.home, due, is_met if is_known else None)


def incidents(rows: Rows, day: date) -> list[tuple[Row, date]]:
    """What had come to be known by the end of a day, and on which day."""
    found = []
    for one in rows("incidents"):
        times = (one.aware_at, one.reported_at, one.ico_reported_at, one.occurred_at)
        known = [uk_day(at) for at in times if at is not None]
        known_on = known[0] if known else one.first_sent_on
        if known_on <= day:
            found.append((one, known_on))
    return found


def _notifiable(rows: Rows, day: date) -> Iterator[tuple[Row, date, bool]]:
    known = incidents(rows, day)
    says = {i.home for i, _ in known if i.is_notifiable_safety_incident is not None}
    for one, known_on in known:
        if one.is_notifiable_safety_incident or one.home not in says:
            yield one, known_on, one.home in says


def _could_not_be_told(one: Row, day: date) -> bool:
    return _had(one.told_in_person_at, day) is None and one.contact_attempts is not None


def _had(at: datetime | None, day: date) -> date | None:
    """The UK day of a time, if it had come by the end of a day."""
    return by(uk_day(at), day) if at is not None else None


# ---- Requests


def access_request_answered_in_time(rows: Rows, day: date) -> Iterator[Case]:
    return _in_time(rows, day, {"access"}, ("answered_on", "passed_on"))


def rights_request_answered_in_time(rows: Rows, day: date) -> Iterator[Case]:
    return _in_time(rows, day, RIGHTS, ("answered_on", "passed_on"))


def foi_style_request_answered_in_20_working_days(
    rows: Rows, day: date
) -> Iterator[Case]:
    return _in_time(rows, day, {"FOI"}, ("answered_on", "passed_on"))


def complaint_acknowledged_in_30_days(rows: Rows, day: date) -> Iterator[Case]:
    for case, one in _due(rows, day, {"complaint"}, ("acknowledged_on", "answered_on")):
        if one.received_on >= date(2026, 6, 19):
            yield case


def access_requests_received(rows: Rows, day: date) -> Iterator[Case]:
    for one in _received(rows, day, {"access"}):
        yield Case(one.home, one.received_on, True)


def no_request_past_due(rows: Rows, day: date) -> Iterator[Case]:
    for one in _received(rows, day, {"access", *RIGHTS}):
        if not by(one.answered_on, day) and not by(one.passed_on, day):
            due = due_on(one, day)
            yield Case(one.home, day, due is None or due >= day)


def no_complaint_open_over_our_limit(rows: Rows, day: date) -> Iterator[Case]:
    for one in _received(rows, day, {"complaint"}):
        if not by(one.answered_on, day) and not by(one.passed_on, day):
            yield Case(one.home, day, (day - one.received_on).days <= 90)


def request_answered_without_extension(rows: Rows, day: date) -> Iterator[Case]:
    for one in _received(rows, day, {"access", *RIGHTS}):
        answered = by(one.answered_on, day)
        if answered and one.outcome not in ("withdrawn", "passed on"):
            yield Case(one.home, answered, by(one.extension_told_on, day) is None)


def _received(rows: Rows, day: date, types: set[str]) -> Iterator[Row]:
    for one in rows("requests"):
        if one.request_type in types and one.received_on <= day:
            yield one


def _in_time(
    rows: Rows, day: date, types: set[str], ends: tuple[str, ...]
) -> Iterator[Case]:
    return (case for case, _ in _due(rows, day, types, ends))


def _due(
    rows: Rows, day: date, types: set[str], ends: tuple[str, ...]
) -> Iterator[tuple[Case, Row]]:
    for one in _received(rows, day, types):
        due = due_on(one, day)
        if due is None or due > day:
            continue
        days = [by(one[end], day) for end in ends]
        ended = min((end for end in days if end), default=None)
        in_time = ended is not None and ended <= due
        # Of a complaint an acknowledgement ends the clock, and no withdrawal.
        given_up = one.answered_on if "acknowledged_on" in ends else ended
        if (
            one.outcome == "withdrawn"
            and by(one.answered_on, day)
            and given_up is not None
            and given_up <= due
        ):
            continue
        yield Case(one.home, due, in_time), one


def due_on(one: Row, day: date) -> date | None:
    """The last day to answer, as told by a day; None while something is waited for."""
    pause = _pause(one, day)
    if one.request_type == "complaint":
        return one.received_on + 30 * A_DAY
    if one.request_type == "FOI":
        return _working_days_on(one.received_on, 20, pause)
    starts = [one.received_on]
    for asked, came in (
        (one.identity_asked_on, one.identity_received_on),
        (one.fee_asked_on, one.fee_paid_on),
    ):
        came = by(came, day)
        if asked and asked <= day and not came:
            return None
        if came:
            starts.append(came)
    start = max(starts)
    if one.request_type != "access":
        pause = None
    told = by(one.extension_told_on, day)
    first = _running_on(start, (months_on(start, 1) - start).days, pause)
    is_extended = told is not None and first is not None and told <= first
    months = 3 if is_extended else 1
    last = _running_on(start, (months_on(start, months) - start).days, pause)
    if last is None:
        return None
    for _ in range(400):
        if _is_working(last) and not _stands_still(last, pause):
            return last
        last += A_DAY
        if pause and pause[1] is None and last >= pause[0]:
            return None
    raise AssertionError(one)


def _pause(one: Row, day: date) -> tuple[date, date | None] | None:
    asked = by(one.clarification_asked_on, day)
    return (asked, by(one.clarification_answered_on, day)) if asked else None


def _stands_still(day: date, pause: tuple[date, date | None] | None) -> bool:
    if pause is None:
        return False
    asked, came = pause
    return asked <= day and (came is None or day <= came)


def _running_on(
    start: date, days: int, pause: tuple[date, date | None] | None
) -> date | None:
    """The day on which the clock has run for so many days after its first."""
    day, ran = start, 0 if not _stands_still(start, pause) else -1
    while ran < days:
        day += A_DAY
        if not _stands_still(day, pause):
            ran += 1
        elif pause is not None and pause[1] is None:
            return None
    return day


def _working_days_on(
    start: date, days: int, pause: tuple[date, date | None] | None
) -> date | None:
    day, counted = start, 0
    while counted < days:
        day += A_DAY
        if _stands_still(day, pause) and pause is not None and pause[1] is None:
            return None
        if _is_working(day) and not _stands_still(day, pause):
            counted += 1
    return day


def _is_working(day: date) -> bool:
    return day.isoweekday() < 6 and day not in HOLIDAYS


# ---- Notices and the press


def privacy_notice_given_at_admission(rows: Rows, day: date) -> Iterator[Case]:
    closed = closed_homes(rows, day)
    for one in rows.ever("residents"):
        if one.admitted_on is None:
            continue
        due = one.admitted_on + 7 * A_DAY
        ends = [one.gone_on, one.left_on + A_DAY if one.left_on else None]
        if one.home in closed and one.sent_on < closed[one.home]:
            ends.append(closed[one.home])
        left = min((end for end in ends if end), default=None)
        if due > day or (left is not None and left <= due):
            continue
        yield Case(
            one.home,
            due,
            any(
                notice.done_on <= due
                for notice in rows("privacy_notices")
                if notice.act == "issued"
                and notice.home_key == one.home_key
                and notice.audience in (None, "residents", "relatives")
                and same(notice.person_ref, one.resident_ref)
            ),
        )


def privacy_notices_reviewed_in_12_months(rows: Rows, day: date) -> Iterator[Case]:
    looks = defaultdict(list)
    for one in rows("privacy_notices"):
        if one.act != "issued" and one.done_on <= day:
            due = months_on(one.done_on, 12)
            due = min(due, one.next_due_on or due)
            looks[one.home, one.home_key, fold(one.notice)].append((one.done_on, due))
    for (home, *_), found in looks.items():
        newest = max(done for done, _ in found)
        due = min(due for done, due in found if done == newest)
        yield Case(home, due, due >= day)


def media_enquiry_handled_by_procedure(rows: Rows, day: date) -> Iterator[Case]:
    for one in rows("media_enquiries"):
        answered = _had(one.answered_at, day)
        due = uk_day(one.received_at) + 7 * A_DAY
        due = min(due, answered) if answered else due
        if due <= day:
            yield Case(one.home, due, bool(answered and one.is_by_procedure))
