"""Quality assurance a second time: plain Python over rows as imported."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from oversight import reference
from tests.measures.second_way.information_security import annual_audit, course_ends
from tests.measures.second_way.rows import (
    UK,
    Case,
    Row,
    Rows,
    by,
    closed_homes,
    fold,
    months_on,
    staff_ever,
    staff_in_post,
    uk_day,
)

A_DAY = timedelta(days=1)


def staff_details_complete(rows: Rows, day: date) -> Iterator[Case]:
    for who in staff_in_post(rows, day):
        details = (who.started_on, who.job_role, who.employment)
        filled = sum(detail is not None for detail in details)
        yield Case(who.home, day, filled == 3, filled, 3)


def training_matches_staff(rows: Rows, day: date) -> Iterator[Case]:
    closed = closed_homes(rows, day)
    listed = {
        (who.home_key, fold(who.staff_ref))
        for who in staff_ever(rows, day)
        if who.gone_from is None or who.gone_from > day
    }
    trained = {
        (course.home, course.home_key, fold(course.staff_ref))
        for course in rows("training")
        if course.home not in closed or course.sent_on >= closed[course.home]
    }
    for home, home_key, who in trained:
        yield Case(home, day, (home_key, who) in listed)


def _audits(rows: Rows) -> Iterator[Row]:
    for audit in rows("audits"):
        if audit.strand == "quality assurance":
            yield audit


def records_meet_audit_standard(rows: Rows, day: date) -> Iterator[Case]:
    for audit in _audits(rows):
        met, applied = audit.points_met, audit.points_applicable
        if not by(audit.held_on, day) or not audit.records_audited or applied == 0:
            continue
        if met is None or applied is None:
            yield Case(audit.home, audit.held_on, None)
        else:
            yield Case(audit.home, audit.held_on, met == applied, met, applied)


def records_audited_to_plan(rows: Rows, day: date) -> Iterator[Case]:
    for audit in _audits(rows):
        if audit.planned_on <= day and audit.records_planned:
            done = audit.records_audited or 0 if by(audit.held_on, day) else 0
            done = min(done, audit.records_planned)
            planned = audit.records_planned
            yield Case(audit.home, audit.planned_on, done == planned, done, planned)


def _checks(rows: Rows, day: date, dimension: str) -> Iterator[Case]:
    for check in rows("quality_checks"):
        units = check.passed + check.failed
        if check.dimension == dimension and check.run_on <= day and units:
            is_met = check.failed == 0
            yield Case(check.home, check.run_on, is_met, check.passed, units)


def required_fields_filled(rows: Rows, day: date) -> Iterator[Case]:
    return _checks(rows, day, "completeness")


def no_duplicate_person_record(rows: Rows, day: date) -> Iterator[Case]:
    return _checks(rows, day, "uniqueness")


def notes_entered_in_time(rows: Rows, day: date) -> Iterator[Case]:
    return _checks(rows, day, "timeliness")


def values_valid(rows: Rows, day: date) -> Iterator[Case]:
    return _checks(rows, day, "validity")


def systems_agree(rows: Rows, day: date) -> Iterator[Case]:
    return _checks(rows, day, "consistency")


def values_match_source(rows: Rows, day: date) -> Iterator[Case]:
    yield from _checks(rows, day, "accuracy")
    for check in rows("starter_checks"):
        checked_on, right = by(check.details_checked_on, day), check.details_correct
        if checked_on and check.details_checked:
            total = check.details_checked
            yield Case(check.home, checked_on, right == total, right, total)


def starter_details_verified(rows: Rows, day: date) -> Iterator[Case]:
    seen = ("identity", "right_to_work", "dbs", "references")
    for who in staff_ever(rows, day):
        first = by(who.started_on, day)
        if not first or (who.gone_from and who.gone_from <= first):
            continue
        is_met = False
        for check in rows.theirs("starter_checks", who):
            days = [check[f"{what}_seen_on"] for what in seen]
            days.append(check.details_checked_on)
            if check.needs_registration is not False:
                days.append(check.registration_seen_on)
            is_met = all(by(one, first) for one in days)
        yield Case(who.home, first, is_met)


def no_record_past_retention_unreviewed(rows: Rows, day: date) -> Iterator[Case]:
    years = {row["code"]: row["period_years"] for row in reference.rows("retention")}
    for line in rows("retention_reviews"):
        if line.ended_on > day:
            continue
        decided = line.decision if by(line.reviewed_on, day) else None
        keeps = line.keep_until
        if keeps is None and years.get(line.rule_code):
            keeps = months_on(line.ended_on, 12 * int(years[line.rule_code])) - A_DAY
        if decided == "keep longer":
            keeps = line.kept_longer_until or keeps
        if keeps is not None and keeps >= day:
            continue
        is_seen_to = bool(line.is_on_hold) or (
            decided is not None
            and (
                decided != "keep longer"
                or bool(line.kept_longer_until and line.kept_longer_until >= day)
            )
        )
        is_unknown = keeps is None and not is_seen_to
        yield Case(line.home, day, None if is_unknown else is_seen_to)


def disposal_certified(rows: Rows, day: date) -> Iterator[Case]:
    for disposal in rows("disposals"):
        if disposal.disposed_on <= day:
            from_day = disposal.certificate_on or disposal.disposed_on
            is_met = disposal.certificate_ref is not None and from_day <= day
            yield Case(disposal.home, disposal.disposed_on, is_met)


def files_found_in_time(rows: Rows, day: date) -> Iterator[Case]:
    for one in rows("retrievals"):
        due = one.asked_at + timedelta(hours=one.limit_hours)
        if uk_day(due) > day:
            continue
        ended = one.ended_at is not None and uk_day(one.ended_at) <= day
        if one.outcome == "withdrawn" and ended:
            continue
        is_met = (
            one.found_at is not None
            and one.found_at.astimezone(UK).date() <= day
            and one.outcome != "partly found"
            and one.found_at <= due
        )
        yield Case(one.home, uk_day(due), is_met)


def quality_audit_done_in_12_months(rows: Rows, day: date) -> Iterator[Case]:
    return annual_audit(rows, day, "quality assurance")


def quality_actions_closed_on_time(rows: Rows, day: date) -> Iterator[Case]:
    for action in rows("actions"):
        is_ours = (
            action.strand == "quality assurance"
            or action.source_type == "quality check"
        )
        due = action.original_due_on or action.due_on
        given_up = by(action.cancelled_on, day)
        if is_ours and action.raised_on <= day and due <= day:
            if given_up and given_up <= due:
                continue
            done = by(action.done_on, day)
            yield Case(action.home, due, done is not None and done <= due)


def care_staff_trained_in_record_keeping(rows: Rows, day: date) -> Iterator[Case]:
    for who in staff_in_post(rows, day):
        if who.is_care_staff is False:
            continue
        is_trained = any(
            course_ends(course) >= day
            for course in rows.theirs("training", who)
            if course.completed_on and course.completed_on <= day
            if re.search("record[- ]?keeping", (course.course_name or "").lower())
        )
        yield Case(who.home, day, None if who.is_care_staff is None else is_trained)
