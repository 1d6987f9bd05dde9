"""Residents, notices given to them, checks of starters, policies acknowledged."""

from collections.abc import Iterator
from datetime import date, timedelta

from oversight.demo.registers.ground import COMPANY, DAY, Ground
from oversight.demo.registers.record import Cells, Line, line
from oversight.demo.residents import Resident
from oversight.demo.workforce import AGENCY, BANK, NURSE, OTHER, TEMPORARY, Worker

KEPT_ON_LIST = timedelta(days=90)  # after the last day, on the list of residents
NOTICE = "Notice for residents"
NOTICE_VERSIONS = (("2.0", 1100), ("2.1", 560), ("2.2", 195))  # days ago approved
NO_NOTICE = 0.006  # of the admissions
EMPLOYMENT = {TEMPORARY: "temporary", BANK: "bank", AGENCY: "agency", OTHER: "other"}
# Which policy everybody acknowledges, and how long ago its versions were given out.
ISSUED = (
    ("118", "Confidentiality", "1.10", 545),
    ("118", "Confidentiality", "2.0", 180),
    ("118", "Staff Confidentiality Code of Conduct", "2.0", 175),
)
# The part that has not acknowledged: agency staff lag, as with training.
LAG = {AGENCY: 0.38, BANK: 0.10}
LAG_OF_OTHERS = 0.012


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    yield from (_resident(ground, one) for one in ground.residents)
    yield from _notices(ground)
    yield from _starter_checks(ground)
    yield from _acknowledgements(ground)


def _resident(ground: Ground, one: Resident) -> Line:
    is_gone = "died" if one.died else "left"
    return line(
        "residents",
        max(one.admitted_on, ground.first_day),
        {
            "home": one.home.name,
            "resident_ref": one.ref,
            "status": is_gone if one.left_on else "in residence",
            "admitted_on": one.admitted_on,
            "left_on": one.left_on,
            "has_representative": one.has_representative,
            "is_opted_out": one.is_opted_out,
            "is_high_interest": one.is_high_interest,
        },
        {"left_on": "status"},
        until=one.left_on + KEPT_ON_LIST if one.left_on else None,
    )


def _notices(ground: Ground) -> Iterator[Line]:
    """Each version approved for all homes; the newest given at every admission."""
    rng = ground.chance("notices")
    for nth, (audience, age) in enumerate(
        (("residents", 195), ("relatives", 190), ("staff", 240), ("visitors", 320))
    ):
        for year in (2, 1, 0):
            on = ground.ago(age + 360 * year)
            yield line(
                "privacy_notices",
                max(on, ground.first_day),
                {
                    "notice_ref": f"PRN-{nth + 1}{year}",
                    "home": COMPANY,
                    "notice": f"Notice for {audience}",
                    "version": f"2.{2 - year}",
                    "act": "reviewed",
                    "done_on": on,
                    "audience": audience,
                    "done_by": "IG lead",
                    "changes": "Who to complain to" if year == 0 else "None needed",
                    "next_due_on": on + 364 * DAY,
                },
            )
    given = (one for one in ground.residents if one.admitted_on >= ground.first_day)
    for nth, one in enumerate(given, start=1):
        on = one.admitted_on + timedelta(days=int(rng.random() * 3))
        is_read_aloud, is_missed = rng.random() < 0.15, rng.random() < NO_NOTICE
        if is_missed or on >= ground.as_of:
            continue
        yield line(
            "privacy_notices",
            on,
            {
                "notice_ref": f"PRN-{1000 + nth}",
                "home": one.home.name,
                "notice": NOTICE,
                "version": _version(ground, on),
                "act": "issued",
                "done_on": on,
                "audience": "residents",
                "person_ref": one.ref,
                "given_to": "attorney or deputy"
                if one.has_representative
                else "person",
                "method": "read aloud" if is_read_aloud else "by hand",
                "form": "large print" if nth % 5 == 0 else "standard",
                "done_by": "Home manager",
            },
        )


def _version(ground: Ground, day: date) -> str:
    in_use = [v for v, age in NOTICE_VERSIONS if ground.ago(age) <= day]
    return in_use[-1] if in_use else NOTICE_VERSIONS[0][0]


def _starter_checks(ground: Ground) -> Iterator[Line]:
    """All papers seen before the first day; a few people started on a promise.

    Of whoever was there before only the clause has been asked for since.
    """
    for who in ground.workers:
        if who.started_on < ground.first_day and who.is_in_post(ground.first_day):
            yield line(
                "starter_checks",
                ground.first_day,
                {
                    "home": who.home.name,
                    "staff_ref": who.ref,
                    "started_on": who.started_on,
                    "checker": "HR lead",
                    "clause_signed_on": max(
                        who.started_on, ground.first_day - 200 * DAY
                    ),
                },
            )
    rng = ground.chance("starter checks")
    for who in ground.starters():
        start = who.started_on
        before = start - timedelta(days=6 + int(rng.random() * 20))
        wrong = 0 if rng.random() < 0.8 else 1
        late = rng.random() < 0.03
        is_settling = start > ground.ago(12)  # still within the days this takes
        seen = start + timedelta(days=9) if late and not is_settling else before
        cells: Cells = {
            "home": who.home.name,
            "staff_ref": who.ref,
            "started_on": start,
            "checker": "HR lead",
            "identity_seen_on": before,
            "right_to_work_seen_on": before,
            "dbs_seen_on": seen,
            "references_seen_on": before + 2 * DAY,
            "needs_registration": who.job == NURSE,
            "registration_seen_on": before if who.job == NURSE else None,
            "details_checked_on": start,
            "details_checked": 12,
            "details_correct": 12 - wrong,
            "corrected_on": start + DAY if wrong else None,
            "clause_signed_on": before + 3 * DAY,
        }
        yield line(
            "starter_checks",
            start,
            cells,
            {"details_checked_on": "details_checked details_correct"},
        )


def _acknowledgements(ground: Ground) -> Iterator[Line]:
    """Given out when a version comes, and to every starter; most sign in two weeks."""
    rng = ground.chance("acknowledgements")
    for policy_no, title, version, age in ISSUED:
        out = max(ground.ago(age), ground.first_day)
        replaced = min(
            (ground.ago(a) for _, t, _, a in ISSUED if t == title and a < age),
            default=ground.as_of,
        )
        for who in ground.workers:
            lags, wait = rng.random() < _lag(who), 1 + int(rng.random() * 14)
            issued = max(out, who.started_on)
            if issued >= replaced or not who.is_in_post(issued):
                continue
            signed = issued + timedelta(days=wait)
            is_signed = not lags and signed < replaced and who.is_in_post(signed)
            if who.started_on > ground.ago(15) and not lags:
                signed = issued
            yield line(
                "acknowledgements",
                issued,
                {
                    "home": who.home.name,
                    "staff_ref": who.ref,
                    "policy_no": policy_no,
                    "policy_title": title,
                    "version": version,
                    "employment": EMPLOYMENT.get(who.footing, "permanent"),
                    "issued_on": issued,
                    "acknowledged_on": signed if is_signed else None,
                    "method": "learning system" if is_signed else None,
                },
                {"acknowledged_on": "method"},
            )


def _lag(who: Worker) -> float:
    return LAG.get(who.footing, LAG_OF_OTHERS)
