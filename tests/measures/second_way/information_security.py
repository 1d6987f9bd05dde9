"""Information security a second time: plain Python over rows as imported."""

from collections.abc import Iterator
from datetime import date, timedelta

from oversight import reference
from tests.measures.second_way.rows import (
    Case,
    Row,
    Rows,
    by,
    fold,
    months_on,
    same,
    staff_ever,
    staff_in_post,
    uk_day,
)

A_DAY = timedelta(days=1)


def staff_trained_in_ig(rows: Rows, day: date) -> Iterator[Case]:
    for who in staff_in_post(rows, day):
        ends = [
            _last_day(course)
            for course in rows.theirs("training", who)
            if course.category == 26
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
                for course in rows.theirs("training", who, "ever")
                if course.category == 26
                if course.completed_on
            ),
        )


def _last_day(course: Row) -> date:
    ends = [months_on(course.completed_on, 12) - A_DAY]
    if (course.validity_months or "none") != "none":
        ends.append(months_on(course.completed_on, int(course.validity_months)) - A_DAY)
    if course.expires_on:
        ends.append(course.expires_on)
    return min(ends)


ROLES_OF_3_4_1 = (
    "IG lead",
    "senior owner",
    "SIRO",
    "Caldicott Guardian",
    "data protection officer",
    "records lead",
)


def course_ends(course: Row) -> date:
    """Of any course: what the file says, the earlier of two; blank is a year."""
    said = []
    if (course.validity_months or "none") != "none":
        said.append(months_on(course.completed_on, int(course.validity_months)) - A_DAY)
    if course.expires_on:
        said.append(course.expires_on)
    return min(said) if said else months_on(course.completed_on, 12) - A_DAY


def named_roles_trained(rows: Rows, day: date) -> Iterator[Case]:
    posts = staff_in_post(rows, day)
    homes = {}
    for home in rows.ever("homes"):
        homes |= {fold(home.home_ref): home.home_ref, fold(home.name): home.home_ref}
    newest: dict[tuple[str, ...], Row] = {}
    for line in rows("named_roles"):
        key = (line.home_key, line.role, fold(line.area) or "")
        if line.started_on <= day and (
            key not in newest or newest[key].started_on < line.started_on
        ):
            newest[key] = line
    needs: dict[tuple[str | None, ...], Row] = {}
    for need in rows("training_needs"):
        key = (fold(need.job_role), fold(need.training))
        if need.analysed_on <= day and (
            key not in needs or needs[key].analysed_on < need.analysed_on
        ):
            needs[key] = need
    for line in newest.values():
        if line.role not in ROLES_OF_3_4_1 or (line.ended_on and line.ended_on < day):
            continue
        at = homes.get(fold(line.holder_home), fold(line.holder_home))
        if not any(
            who.home_key == at and same(who.staff_ref, line.holder_ref) for who in posts
        ):
            continue
        wanted = {
            training
            for (role, training), need in needs.items()
            if role == fold(line.role) and need.is_required is not False
        }
        ends = [
            course_ends(course)
            for course in rows("training")
            if course.home_key == at and same(course.staff_ref, line.holder_ref)
            if course.completed_on and course.completed_on <= day and course.course_name
            if line.role.lower() in course.course_name.lower()
            or fold(course.course_name) in wanted
        ]
        yield Case(line.home, day, any(end >= day for end in ends))


def training_needs_analysed(rows: Rows, day: date) -> Iterator[Case]:
    newest: dict[tuple[str | None, ...], Row] = {}
    for need in rows("training_needs"):
        key = (fold(need.job_role), fold(need.training))
        if need.analysed_on <= day and (
            key not in newest or newest[key].analysed_on < need.analysed_on
        ):
            newest[key] = need
    if newest:
        yield Case(
            "company",
            day,
            any(
                day < months_on(need.analysed_on, 12)
                for need in newest.values()
                if by(need.approved_on, day)
            ),
        )


def _incidents(rows: Rows, day: date) -> Iterator[tuple[date, Row]]:
    """Each that was known of by the day, with the day it came to be known."""
    for one in rows("incidents"):
        times = (one.aware_at, one.reported_at, one.ico_reported_at, one.occurred_at)
        at = next((time for time in times if time), None)
        known_on = uk_day(at) if at else one.first_sent_on
        if known_on <= day and one.kind != "not an incident":
            yield known_on, one


def incidents_and_near_misses(rows: Rows, day: date) -> Iterator[Case]:
    for known_on, one in _incidents(rows, day):
        yield Case(one.home, known_on, True)


def incident_reported_in_24_hours(rows: Rows, day: date) -> Iterator[Case]:
    for known_on, one in _incidents(rows, day):
        if one.aware_at is None:
            yield Case(one.home, known_on, None)
            continue
        due = one.aware_at + timedelta(hours=24)
        if uk_day(due) <= day:
            at = one.reported_at
            in_time = at is not None and at <= due and uk_day(at) <= day
            yield Case(one.home, uk_day(due), in_time)


def incident_closed_with_a_lesson(rows: Rows, day: date) -> Iterator[Case]:
    for known_on, one in _incidents(rows, day):
        due = known_on + 30 * A_DAY
        if due <= day:
            in_time = one.closed_at is not None and uk_day(one.closed_at) <= due
            is_learned = one.cause not in (None, "unknown") and one.lesson is not None
            yield Case(one.home, due, in_time and is_learned)


def near_misses_among_incidents(rows: Rows, day: date) -> Iterator[Case]:
    for known_on, one in _incidents(rows, day):
        yield Case(one.home, known_on, one.kind == "near miss")


def no_repeat_incident(rows: Rows, day: date) -> Iterator[Case]:
    seen = sorted(_incidents(rows, day), key=lambda one: (one[0], one[1].row_key))
    for at, (known_on, one) in enumerate(seen):
        says_why = one.incident_type and one.cause not in (None, "unknown")
        repeats = says_why and any(
            other.home == one.home
            and other.incident_type == one.incident_type
            and other.cause == one.cause
            and known_on <= months_on(before_on, 3)
            for before_on, other in seen[:at]
        )
        yield Case(one.home, known_on, not repeats)


def _leavers(rows: Rows, day: date) -> Iterator[tuple[Row, list[Row]]]:
    """Everybody who had left by a day, with all accounts a list ever had of them."""
    for who in staff_ever(rows, day):
        if who.gone_from is None or who.gone_from > day:
            continue
        yield (
            who,
            [
                account
                for account in rows.ever("accounts")
                if account.home_key == who.home_key
                if same(account.staff_ref, who.staff_ref)
                or fold(account.login) in (who.logins or [])
            ],
        )


def _can_be_used(account: Row, day: date) -> bool:
    is_off = account.is_enabled is False and by(account.disabled_on, day)
    has_begun = account.created_on is None or account.created_on <= day
    return has_begun and account.gone_on is None and not is_off


def no_leaver_with_live_account(rows: Rows, day: date) -> Iterator[Case]:
    for who, accounts in _leavers(rows, day):
        can_sign_in = any(_can_be_used(account, day) for account in accounts)
        if can_sign_in or day < months_on(who.gone_from, 12):
            yield Case(who.home, who.gone_from, not can_sign_in)


def leaver_access_removed_in_time(rows: Rows, day: date) -> Iterator[Case]:
    holidays = {
        date.fromisoformat(row["day"]) for row in reference.rows("bank_holidays")
    }
    for who, accounts in _leavers(rows, day):
        due = who.gone_from
        while due.weekday() >= 5 or due in holidays:
            due += A_DAY
        if not accounts or due > day:
            continue
        verdicts = [_is_removed_by(account, due, day) for account in accounts]
        is_met = True if all(verdicts) else False if False in verdicts else None
        yield Case(who.home, due, is_met)


def _is_removed_by(account: Row, due: date, day: date) -> bool | None:
    off = by(account.disabled_on, day) if account.is_enabled is False else None
    if any(end is not None and end <= due for end in (off, account.gone_on)):
        return True
    return None if account.gone_on and not off else False


def access_reviews_done_in_period(rows: Rows, day: date) -> Iterator[Case]:
    programme: dict[tuple[str, str], list[Row]] = {}
    for review in rows("access_reviews"):
        if by(review.done_on, day) or not by(review.cancelled_on, day):
            programme.setdefault((fold(review.system), review.home), []).append(review)
    for (_, home), reviews in programme.items():
        done = [review for review in reviews if by(review.done_on, day)]
        if not done and min(review.planned_on for review in reviews) > day:
            continue
        yield Case(
            home,
            day,
            any(
                day < months_on(review.done_on, 12)
                and (review.next_due_on is None or day <= review.next_due_on)
                for review in done
            ),
        )


def _usable_accounts(rows: Rows, day: date) -> Iterator[Row]:
    for account in rows("accounts"):
        if _can_be_used(Row(account, gone_on=None), day):
            yield account


def administrators_signed_agreement(rows: Rows, day: date) -> Iterator[Case]:
    for account in _usable_accounts(rows, day):
        if account.is_privileged and account.account_kind != "technical":
            signed = by(account.agreement_signed_on, day) is not None
            yield Case(account.home, day, signed and account.account_kind != "shared")


def no_dormant_account(rows: Rows, day: date) -> Iterator[Case]:
    for account in _usable_accounts(rows, day):
        since = by(account.last_used_on, day) or account.created_on
        yield Case(account.home, day, (day - since).days < 90 if since else None)


def _assets(rows: Rows, day: date) -> Iterator[Row]:
    for asset in rows("assets"):
        if (asset.acquired_on is None or asset.acquired_on <= day) and (
            asset.disposed_on is None or asset.disposed_on > day
        ):
            yield asset


def assets_reviewed_in_12_months(rows: Rows, day: date) -> Iterator[Case]:
    for asset in _assets(rows, day):
        reviewed = by(asset.reviewed_on, day)
        is_met = (
            reviewed is not None
            and day < months_on(reviewed, 12)
            and (asset.review_due_on is None or day <= asset.review_due_on)
        )
        yield Case(asset.home, day, is_met)


def _devices(rows: Rows, day: date) -> Iterator[Row]:
    for device in rows("devices"):
        if device.retired_on is None or device.retired_on > day:
            yield device


def devices_and_software_supported(rows: Rows, day: date) -> Iterator[Case]:
    found = [one for one in _devices(rows, day) if not by(one.lost_on, day)]
    found += [one for one in _assets(rows, day) if one.asset_type == "software"]
    for one in found:
        is_met = one.supported_until is not None and one.supported_until >= day
        yield Case(one.home, day, is_met)


def portable_devices_encrypted(rows: Rows, day: date) -> Iterator[Case]:
    for device in _devices(rows, day):
        if device.device_type in ("laptop", "tablet", "phone", "removable media"):
            yield Case(device.home, day, device.is_encrypted is True)


def antivirus_up_to_date(rows: Rows, day: date) -> Iterator[Case]:
    for device in _devices(rows, day):
        needs = device.needs_antivirus
        if needs is None:
            needs = device.device_type in ("laptop", "desktop", "server")
        if needs and not by(device.lost_on, day):
            updated = device.antivirus_updated_on
            is_met = updated is not None and (device.sent_on - updated).days < 7
            yield Case(device.home, day, is_met)


def continuity_plans_tested_in_12_months(rows: Rows, day: date) -> Iterator[Case]:
    for plan in rows("continuity_plans"):
        if not by(plan.approved_on, day) or by(plan.withdrawn_on, day):
            continue
        is_met = any(
            same(test.plan_ref, plan.plan_ref)
            and test.home == plan.home
            and test.tests_data_and_cyber
            and by(test.held_on, day)
            and day < months_on(test.held_on, 12)
            for test in rows("continuity_tests")
        )
        yield Case(plan.home, day, is_met)


def backup_restored_in_period(rows: Rows, day: date) -> Iterator[Case]:
    for asset in _assets(rows, day):
        needs = asset.needs_backup
        if needs is None:
            needs = asset.asset_type in ("system", "database")
        if not needs:
            continue
        tests = [
            test
            for test in rows("restore_tests")
            if same(test.system_ref, asset.asset_ref) and test.home == asset.home
            if by(test.held_on, day)
        ]
        last = max((test.held_on for test in tests), default=None)
        newest = [test for test in tests if test.held_on == last]
        is_met = bool(newest) and all(
            test.is_restored
            and day < months_on(test.held_on, 12)
            and (test.next_due_on is None or day <= test.next_due_on)
            for test in newest
        )
        yield Case(asset.home, day, is_met)


def confidentiality_clause_signed(rows: Rows, day: date) -> Iterator[Case]:
    found = []
    for who in staff_in_post(rows, day):
        days = [by(who.confidentiality_signed_on, day)]
        days += [
            by(check.clause_signed_on, day)
            for check in rows.theirs("starter_checks", who)
        ]
        found.append((who.home, any(days)))
    told = {home for home, has_signed in found if has_signed}
    for home, has_signed in found:
        yield Case(home, day, has_signed if home in told else None)


def spot_checks_done(rows: Rows, day: date) -> Iterator[Case]:
    for check in rows("spot_checks"):
        if check.planned_on <= day:
            yield Case(check.home, check.planned_on, by(check.held_on, day) is not None)


def security_audit_done_in_12_months(rows: Rows, day: date) -> Iterator[Case]:
    return annual_audit(rows, day, "information security")


def annual_audit(rows: Rows, day: date, strand: str) -> Iterator[Case]:
    yearly: dict[str, list[Row]] = {}
    for audit in rows("audits"):
        if audit.home == "company":
            yearly.setdefault("company", [])
        if audit.is_annual and audit.strand == strand:
            yearly.setdefault(audit.home, []).append(audit)
    for home, audits in yearly.items():
        is_met = any(
            by(audit.held_on, day) and day < months_on(audit.held_on, 12)
            for audit in audits
        )
        yield Case(home, day, is_met)
