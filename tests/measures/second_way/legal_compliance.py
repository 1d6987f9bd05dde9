"""Legal compliance a second time: plain Python over rows as imported."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from oversight.reference import rows as reference_rows
from tests.measures.second_way.openness import incidents
from tests.measures.second_way.rows import (
    UK,
    Case,
    Row,
    Rows,
    by,
    closed_homes,
    fold,
    is_in_post,
    months_on,
    same,
    staff_ever,
    uk_day,
)

A_DAY = timedelta(days=1)
MET = ("Standards Met", "Standards Exceeded")


# ---- Breaches


def breach_reported_in_72_hours(rows: Rows, day: date) -> Iterator[Case]:
    for one, known_on in _breaches(rows, day, ("confirmed", "suspected")):
        reported, reportable = _had(one.ico_reported_at, day), _decided(one, day)
        if not (reported if reportable is None else reportable):
            continue
        if one.aware_at is None:
            yield Case(one.home, known_on, None)
            continue
        due = one.aware_at + timedelta(hours=72)
        if uk_day(due) <= day:
            is_sure = reported is None or reported >= one.aware_at
            in_time = reported is not None and reported <= due
            yield Case(one.home, uk_day(due), in_time if is_sure else None)


def high_risk_breach_told_to_people(rows: Rows, day: date) -> Iterator[Case]:
    found = list(_breaches(rows, day, ("confirmed", "suspected")))
    says = {one.home for one, _ in found if one.is_high_risk is not None}
    for one, known_on in found:
        due = known_on + 7 * A_DAY
        if due <= day and (one.is_high_risk or one.home not in says):
            told = _had(one.people_informed_at, day) is not None
            yield Case(one.home, due, told if one.home in says else None)


def breach_decision_recorded(rows: Rows, day: date) -> Iterator[Case]:
    for one, known_on in _breaches(rows, day, ("confirmed",)):
        from_ = one.aware_at or datetime.combine(known_on, time.min, UK).astimezone(UTC)
        due = uk_day(from_ + timedelta(hours=72))
        if due <= day:
            is_decided = _decided(one, day) is not None and one.decision_reason
            is_met = bool(_had(one.ico_reported_at, day) or is_decided)
            yield Case(one.home, due, is_met)


def _breaches(
    rows: Rows, day: date, kinds: tuple[str, ...]
) -> Iterator[tuple[Row, date]]:
    for one, known_on in incidents(rows, day):
        if (one.kind or "confirmed") in kinds:
            yield one, known_on


def _decided(one: Row, day: date) -> bool | None:
    at = one.decided_at
    return one.is_reportable_ico if at is None or uk_day(at) <= day else None


def _had(at: datetime | None, day: date) -> datetime | None:
    return at if at is not None and uk_day(at) <= day else None


# ---- Toolkit


def toolkit_published_at_standards_met(rows: Rows, day: date) -> Iterator[Case]:
    expected, published = set(), defaultdict(list)
    for one in rows("toolkit_publications"):
        code, ends = fold(one.organisation_code), 2000 + int(one.version[-2:])
        if date(ends - 1, 7, 1) <= day:
            expected.add(code)
        if one.published_on and one.published_on <= day:
            published[code].append((ends, one.published_on, one.status))
    for code in expected:
        ends, _, status = max(published[code], default=(0, None, ""))
        counts = status in MET and date(ends + 1, 6, 30) >= day
        yield Case("company", day, counts)


def toolkit_items_answered(rows: Rows, day: date) -> Iterator[Case]:
    wanted = [
        (row["version"].casefold(), row["item"])
        for row in reference_rows("dspt_evidence_items")
        if row["mandatory_standards_met"] == "Y"
    ]
    answers = {(one.version, one.item): one for one in rows("toolkit_answers")}
    listed = {
        version
        for version, _ in answers
        if any(name.startswith(version) for name, _ in wanted)
    }
    if not listed:
        return
    newest = max(listed, key=lambda said: re.search(r"\d{4}-\d\d", said)[0])
    for name, item in wanted:
        if name.startswith(newest):
            yield Case("company", day, _is_complete(answers.get((newest, item)), day))


def _is_complete(one: Row | None, day: date) -> bool:
    if one is None or not by(one.answered_on, day):
        return False
    if one.answer == "not applicable":
        return one.comment is not None
    ends = one.evidence_expires_on
    is_kept = one.evidence_ref is not None and (ends is None or ends >= day)
    return one.answer == "complete" and is_kept


def ico_fee_paid(rows: Rows, day: date) -> Iterator[Case]:
    paid = [
        one.evidence_expires_on
        for one in _complete(rows, "1.1.1", day)
        if one.evidence_expires_on
    ]
    yield Case("company", day, max(paid) >= day if paid else None)


def opt_out_statement_reviewed(rows: Rows, day: date) -> Iterator[Case]:
    looked_at = [
        by(one.reviewed_on, day) or one.answered_on
        for one in _complete(rows, "1.2.4", day)
    ]
    yield Case("company", day, any(_in_a_year(one, day) for one in looked_at))


def _complete(rows: Rows, item: str, day: date) -> Iterator[Row]:
    for one in rows("toolkit_answers"):
        has_answered = one.answered_on and one.answered_on <= day
        if one.item == item and one.answer == "complete" and has_answered:
            yield one


def _in_a_year(done: date | None, day: date) -> bool:
    return done is not None and months_on(day, -12) < done <= day


# ---- Policies, audits, reviews


def policies_in_date(rows: Rows, day: date) -> Iterator[Case]:
    in_force = policies_in_force(rows, day)
    for one in in_force:
        yield Case(one.home, day, _policy_ends(one, day) >= day)
    said = [(one.policy_no, letters(one.title)) for one in in_force]
    named: list[Callable[[str, str], bool]] = [
        lambda number, title: number == "117" or "recordkeeping" in title,
        lambda _, title: "confidentiality" in title and "conduct" not in title,
        lambda number, title: number == "115" or "continuity" in title,
        lambda number, title: number == "090" or "breach" in title,
        lambda _, title: "conduct" in title,
    ]
    for is_named in named:
        if not any(is_named(number, title) for number, title in said):
            yield Case("company", day, False)


def policies_in_force(rows: Rows, day: date) -> list[Row]:
    """The version of each policy that binds on a day."""
    begun: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for one in rows("policies"):
        begins = one.effective_from or one.approved_on
        if one.approved_on and one.status != "draft" and begins <= day:
            begun[one.policy_no, letters(one.title)].append(one)
    newest = [
        max(
            found,
            key=lambda v: (v.effective_from or v.approved_on, v.approved_on, v.version),
        )
        for found in begun.values()
    ]
    return [one for one in newest if not by(one.withdrawn_on, day)]


def _policy_ends(one: Row, day: date) -> date:
    reviewed = by(one.reviewed_on, day)
    ends = months_on(reviewed or one.approved_on, 12) - A_DAY
    is_of_then = one.reviewed_on is None or one.reviewed_on <= day
    return min(ends, one.review_due_on or ends) if is_of_then else ends


def letters(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())


def policies_approved_by_senior_management(rows: Rows, day: date) -> Iterator[Case]:
    used = defaultdict(list)
    for one in rows("policies"):
        begins = one.effective_from or one.approved_on
        if one.status in ("draft", "withdrawn") or by(one.withdrawn_on, day):
            continue
        if begins is None or begins <= day:
            is_approved = bool(by(one.approved_on, day) and one.approved_by)
            rank = (begins or date.min, not is_approved, one.version)
            used[one.policy_no, letters(one.title)].append((rank, is_approved))
    for found in used.values():
        yield Case("company", day, max(found)[1])


def legal_audit_done_in_12_months(rows: Rows, day: date) -> Iterator[Case]:
    held: dict[str, list[date]] = {"company": []}
    for one in rows("audits"):
        if one.strand == "legal compliance" and one.is_annual:
            days = held.setdefault(one.home, [])
            days += [one.held_on] if one.held_on else []
    for home, days in held.items():
        yield Case(home, day, any(_in_a_year(one, day) for one in days))


def no_audit_action_overdue(rows: Rows, day: date) -> Iterator[Case]:
    for one in rows("actions"):
        is_over = by(one.done_on, day) or by(one.cancelled_on, day)
        if one.source_type == "audit finding" and one.raised_on <= day and not is_over:
            yield Case(one.home, day, one.due_on >= day)
    for one in rows("findings"):
        if one.source_type != "audit" or one.grade == "observation" or one.action_ref:
            continue
        if one.raised_on <= day and not by(one.closed_on, day):
            due = one.due_on or months_on(one.raised_on, 3)
            yield Case(one.home, day, due >= day)


def annual_review_held_and_signed(rows: Rows, day: date) -> Iterator[Case]:
    told = rows.cursor.execute(
        "select known_at, what, about from journal"
        " where starts_with(what, 'review ') order by number"
    ).fetchall()
    acts: dict[str, dict[str, date]] = defaultdict(dict)
    for at, what, about in told:
        said = json.loads(about)
        if uk_day(at) > day:
            continue
        if what == "review planned":
            acts[said["review"]]["planned"] = date.fromisoformat(said["held_on"])
        else:
            acts[said["review"]].setdefault(what.removeprefix("review "), uk_day(at))
    held = [
        min(one.get("planned", one["sealed"]), one["sealed"])
        for one in acts.values()
        if "sealed" in one and one.get("signed", date.max) <= one["sealed"]
    ]
    is_met = any(_in_a_year(one, day) for one in held)
    kept = rows.cursor.execute("select min(known_at) from journal").fetchone()[0]
    is_known = held or (kept and uk_day(kept) <= months_on(day, -12))
    yield Case("company", day, is_met if is_known else None)


# ---- Registers


def processing_record_reviewed_in_12_months(rows: Rows, day: date) -> Iterator[Case]:
    for one in rows("assets"):
        is_there = one.acquired_on is None or one.acquired_on <= day
        if not is_there or by(one.disposed_on, day) or one.holds_personal_data is False:
            continue
        due = one.review_due_on
        is_due = due is not None and due < day
        yield Case(one.home, day, _in_a_year(one.reviewed_on, day) and not is_due)


def sharing_agreements_in_date(rows: Rows, day: date) -> Iterator[Case]:
    for one in rows("sharing_agreements"):
        if not by(one.signed_on, day) or (one.starts_on and one.starts_on > day):
            continue
        if one.ended_on and one.ended_on < day:
            continue
        looked_at = by(one.reviewed_on, day) or one.signed_on
        due = one.review_due_on or months_on(looked_at, 12)
        yield Case(one.home, day, due >= day and (one.ends_on or day) >= day)


def processor_contract_has_article_28_terms(rows: Rows, day: date) -> Iterator[Case]:
    for one in _suppliers(rows, day):
        if one.handles_personal_data is False or (one.relation or "processor") != (
            "processor"
        ):
            continue
        has_ended = one.contract_ends_on and one.contract_ends_on < day
        has_contract = by(one.contract_signed_on, day) and not has_ended
        if not has_contract:
            yield Case(one.home, day, False)
        else:
            yield Case(one.home, day, one.has_article_28_terms)


def it_suppliers_certified(rows: Rows, day: date) -> Iterator[Case]:
    for one in _suppliers(rows, day):
        if one.is_it_supplier is False:
            continue
        ends = one.certificate_expires_on
        has_certificate = (one.certificate or "none") != "none"
        is_certified = has_certificate and ends is not None and ends >= day
        is_met = one.toolkit_status in MET and _in_a_year(one.toolkit_checked_on, day)
        yield Case(one.home, day, is_certified or is_met)


def _suppliers(rows: Rows, day: date) -> Iterator[Row]:
    for one in rows("processors"):
        has_begun = one.started_on is None or one.started_on <= day
        if has_begun and (one.ended_on is None or one.ended_on >= day):
            yield one


def dpia_signed_before_go_live(rows: Rows, day: date) -> Iterator[Case]:
    raised = [one for one in rows("changes") if one.raised_on <= day]
    says = {one.home for one in raised if one.needs_dpia is not None}
    for one in raised:
        live, signed = by(one.live_on, day), by(one.dpia_signed_on, day)
        if live is None or one.needs_dpia is False:
            continue
        in_time = signed is not None and signed <= live
        yield Case(one.home, live, in_time if in_time or one.home in says else None)


def data_flows_checked_against_caldicott(rows: Rows, day: date) -> Iterator[Case]:
    for one in rows("data_flows"):
        if (one.started_on and one.started_on > day) or (
            one.ended_on and one.ended_on < day
        ):
            continue
        answers = {one[f"caldicott_{n}"] for n in range(1, 9)}
        is_met = answers == {"yes"} and one.lawful_basis is not None
        yield Case(one.home, day, is_met and _in_a_year(one.checked_on, day))


def named_roles_filled(rows: Rows, day: date) -> Iterator[Case]:
    newest: dict[tuple[str | None, ...], Row] = {}
    for one in rows("named_roles"):
        key = (one.home_key, one.role, fold(one.area))
        if one.started_on <= day and (
            key not in newest or one.started_on > newest[key].started_on
        ):
            newest[key] = one
    posts = [
        (one, "senior owner" if one.role == "SIRO" else one.role)
        for one in newest.values()
    ]
    open_now = open_homes(rows, day)
    in_post = [who for who in staff_ever(rows, day) if is_in_post(who, day)]
    wanted = {"IG lead", "senior owner", "Caldicott Guardian"}
    there = {role for one, role in posts if one.home == "company"}
    for one, role in posts:
        if one.home != "company" and one.home not in open_now:
            continue
        runs = one.ended_on is None or one.ended_on >= day
        is_held = one.is_external or _is_in_post(
            rows, in_post, one.holder_home, one.holder_ref
        )
        yield Case(one.home, day, bool(runs and is_held))
        if one.home == "company" and role in {*wanted, "data protection officer"}:
            deputy = _is_in_post(rows, in_post, one.deputy_home, one.deputy_ref)
            yield Case(one.home, day, bool(runs and deputy))
    for _ in wanted - there:
        yield Case("company", day, False)
        yield Case("company", day, False)


def _is_in_post(
    rows: Rows, in_post: list[Row], home: str | None, ref: str | None
) -> bool:
    if home is None or ref is None:
        return False
    key = _homes_called(rows).get(fold(home), fold(home))
    return any(who.home_key == key and same(who.staff_ref, ref) for who in in_post)


def _homes_called(rows: Rows) -> dict[str | None, str]:
    called = {"company": "company"}
    for home in rows.ever("homes"):
        for name in (home.home_ref, home.name, home.local_ref, home.ods_code):
            if name is not None:
                called[fold(name)] = home.home_ref
    return called


def open_homes(rows: Rows, day: date) -> set[str]:
    closed = closed_homes(rows, day)
    return {
        home.home_ref
        for home in rows("homes")
        if home.home_ref not in closed
        and (home.opened_on is None or home.opened_on <= day)
    }


# ---- Resources


def resources_meet_plan(rows: Rows, day: date) -> Iterator[Case]:
    for one in _running(rows, day):
        if one.resource_type != "staff time" or one.unit not in ("hours", "days"):
            continue
        hours = Decimal("7.5") if one.unit == "days" else Decimal(1)
        used_to = by(one.used_to, day)
        until = used_to or day
        whole = (one.period_to - one.period_from).days + 1
        share = Decimal((until - one.period_from).days + 1) / whole
        so_far = one.planned * share
        if used_to and one.used is not None:
            so_far = _round(so_far)
        planned = max(_round(so_far * hours), 1)
        used = _round((one.used if used_to and one.used else 0) * hours)
        yield Case(one.home, day, used >= planned, min(used, planned), planned)


def resources_secured_and_enough(rows: Rows, day: date) -> Iterator[Case]:
    running = list(_running(rows, day))
    for one in running:
        is_secured = by(one.approved_on, day) is not None
        yield Case(
            one.home,
            day,
            bool(is_secured and one.is_enough and _in_a_year(one.judged_on, day)),
        )
    if not running:
        yield Case("company", day, False)


def _running(rows: Rows, day: date) -> Iterator[Row]:
    for one in rows("resources"):
        if one.period_from <= day <= one.period_to:
            yield one


def _round(number: Decimal) -> int:
    return int(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP))
