"""Which accounts, devices and assets are there, and who went through them?"""

from collections.abc import Iterator
from datetime import date, timedelta

from oversight.demo.chance import day_between
from oversight.demo.registers.drawn import reviewed
from oversight.demo.registers.ground import COMPANY, DAY, Ground
from oversight.demo.registers.record import Cells, Line, and_then, line
from oversight.demo.workforce import CARE_JOBS, MANAGER, NURSE, OFFICE, SENIOR, Worker

CARE, MAIL, ROTA = "Care records", "E-mail", "Rostering"
KEPT_OFF = timedelta(days=60)  # how long a switched-off account stays on the list
MAIL_JOBS = (MANAGER, SENIOR, NURSE, OFFICE)
ADMINISTRATORS = 4
STALE_LEAVER_DAYS = 64  # how long ago the leaver left whose account stayed open
SWITCHED_OFF_LATE = 0.02  # of the leavers' accounts
ROLES = {MANAGER: "Manager", SENIOR: "Senior carer", NURSE: "Nurse", OFFICE: "Office"}
REVIEWS_EVERY = 182


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    yield from _people_accounts(ground)
    yield from _other_accounts(ground)
    yield from _access_reviews(ground)
    yield from _devices(ground)
    for told in reviewed(ground, "assets"):
        yield _mfa_allowed(ground, told)


def _mfa_allowed(ground: Ground, told: Line) -> Line:
    """The cameras have no second factor; the board allowed it."""
    first, cells = told.steps[0]
    if cells["asset_ref"] == "AST-007":
        return and_then(told, first, risk_ref="RSK-06")
    if cells["has_mfa"] != "no":
        return told
    allowed = max(ground.ago(640), first)
    return and_then(told, allowed, mfa_exception_by="Board", mfa_exception_on=allowed)


def login_of(who: Worker) -> str:
    """The account of a person, in every system."""
    return who.ref.lower()


def shared_login(home: str) -> str:
    """The account that a home has for all."""
    return f"{home.split()[0].lower()}-desk"


def stale_leaver(ground: Ground) -> Worker | None:
    """The care worker whose account was left open: who left nearest to that day."""
    aim = ground.ago(STALE_LEAVER_DAYS)
    gone = [
        who
        for who in ground.workers
        if who.left_on
        and who.job in CARE_JOBS
        and who.home.closes is None
        and ground.first_day < who.left_on < ground.as_of
    ]
    if not ground.has_stories or not gone:
        return None
    return min(gone, key=lambda who: (abs((who.left_on or aim) - aim), who.ref))


def _people_accounts(ground: Ground) -> Iterator[Line]:
    rng = ground.chance("accounts")
    stale = stale_leaver(ground)
    for who in ground.workers:
        off_late, idle = rng.random() < SWITCHED_OFF_LATE, rng.random()
        if who.left_on and who.left_on < ground.first_day:
            continue
        for system in (CARE, MAIL):
            if who.job not in (CARE_JOBS if system == CARE else MAIL_JOBS):
                continue
            yield from _account(ground, who, system, off_late, idle, who is stale)


def _account(
    ground: Ground, who: Worker, system: str, off_late: bool, idle: float, stale: bool
) -> Iterator[Line]:
    made = max(who.started_on, ground.first_day)
    cells: Cells = {
        "system": system,
        "login": login_of(who),
        "home": who.home.name,
        "staff_ref": who.ref,
        "account_kind": "person",
        "permissions": ROLES.get(who.job, "Carer"),
        "is_enabled": True,
        "is_privileged": False,
        "has_second_factor": True,
        "created_on": who.started_on,
    }
    until = None
    if who.left_on and not stale:
        off = who.left_on + (5 * DAY if off_late else timedelta(days=0))
        until = off + KEPT_OFF
    told = line("accounts", made, cells, until=until)
    for first, last in ground.months(14):
        del first
        used = last - timedelta(days=int(idle * 6))
        if stale and system == CARE:
            used = min(last, ground.ago(9))
        elif who.left_on:
            used = min(used, who.left_on - DAY)
        if who.started_on <= used:
            told = and_then(told, last, last_used_on=used)
    if until and off < ground.as_of:
        told = and_then(told, off, is_enabled=False, disabled_on=off)
    if stale and system == MAIL and who.left_on:
        told = and_then(told, who.left_on, is_enabled=False, disabled_on=who.left_on)
    yield told


def _other_accounts(ground: Ground) -> Iterator[Line]:
    """One shared account a home, the systems' own, the suppliers', administrators."""
    made = ground.ago(1300)
    kinds = [
        (shared_login(home.name), home.name, "shared", "Reads only", False)
        for home in ground.homes
    ]
    kinds += [
        ("svc-backup", COMPANY, "technical", "Backup", True),
        ("svc-interface", COMPANY, "technical", "Interface", False),
        ("sup-larkspur", COMPANY, "supplier", "Support", True),
    ]
    opened = {home.name: ground.opened(home) for home in ground.homes}
    for login, home, kind, permissions, is_privileged in kinds:
        told = line(
            "accounts",
            opened.get(home, ground.first_day),
            {
                "system": CARE,
                "login": login,
                "home": home,
                "account_kind": kind,
                "permissions": permissions,
                "is_enabled": True,
                "is_privileged": is_privileged,
                "agreement_signed_on": ground.ago(330) if is_privileged else None,
                "has_second_factor": kind != "shared",
                "created_on": opened.get(home, made)
                if opened.get(home) != ground.first_day
                else made,
            },
        )
        for _, last in ground.months(14):
            told = and_then(told, last, last_used_on=last - DAY)
        yield told
    for nth, who in enumerate(ground.settled(ADMINISTRATORS)):
        told = line(
            "accounts",
            ground.first_day,
            {
                "system": CARE,
                "login": f"adm-{login_of(who)}",
                "home": who.home.name,
                "staff_ref": who.ref,
                "account_kind": "person",
                "permissions": "Administrator",
                "is_enabled": True,
                "is_privileged": True,
                "agreement_signed_on": ground.ago(300 + 20 * nth),
                "has_second_factor": True,
                "created_on": max(made, who.started_on),
            },
        )
        for _, last in ground.months(14):
            told = and_then(told, last, last_used_on=last - (2 + nth) * DAY)
        yield told


def _access_reviews(ground: Ground) -> Iterator[Line]:
    """Each home's accounts twice a year, the company's own mailboxes too."""
    for nth, home in enumerate(ground.homes):
        for back in range(6):
            planned = ground.ago(20 + 15 * nth + REVIEWS_EVERY * back)
            kept = round(home.posts * 0.8) - (nth + back) % 3
            cells: Cells = {
                "review_ref": f"ACR-{nth + 1:02}-{6 - back}",
                "system": CARE,
                "home": home.name,
                "planned_on": planned,
                "done_on": planned + 2 * DAY,
                "done_by": "Home manager",
                "accounts_reviewed": kept + 2,
                "accounts_kept": kept,
                "accounts_changed": 1,
                "accounts_removed": 1,
                "carried_out_on": planned + 4 * DAY,
                "evidence_ref": f"EVD-A{nth}{back}",
                "next_due_on": planned + timedelta(days=REVIEWS_EVERY + 14),
            }
            counted = (
                "done_by accounts_reviewed accounts_kept accounts_changed"
                " accounts_removed evidence_ref"
            )
            if planned >= ground.opened(home):
                known_on = max(ground.first_day, planned - 30 * DAY)
                yield line("access_reviews", known_on, cells, {"done_on": counted})


def _devices(ground: Ground) -> Iterator[Line]:
    """Six of each home and four of head office; one tablet is not encrypted."""
    rng = ground.chance("devices")
    places = [(home.name, ground.opened(home)) for home in ground.homes]
    for nth, (home, opened) in enumerate(places):
        for at, kind in enumerate(
            ("laptop", "tablet", "tablet", "phone", "desktop", "network equipment")
        ):
            is_portable = kind in ("laptop", "tablet", "phone")
            is_bare = ground.has_stories and nth == len(places) - 2 and at == 2
            scans = kind in ("laptop", "desktop")
            made = day_between(rng, ground.ago(1400), ground.ago(420))
            told = line(
                "devices",
                max(opened, ground.first_day),
                {
                    "home": home,
                    "device_ref": f"{kind[:3].upper()}-{nth + 1}{at + 1:02}",
                    "device_type": kind,
                    "model": f"Model {10 + at} of {made.year}",
                    "holds_personal_data": kind != "network equipment",
                    "is_own_device": False,
                    "is_encrypted": not is_bare if is_portable or scans else None,
                    "has_lock": True,
                    "can_be_wiped": is_portable,
                    "operating_system": "Desktop system 11" if scans else "System 26",
                    "supported_until": ground.as_of + timedelta(days=200 + 40 * at),
                    "needs_antivirus": scans,
                    "default_password_changed": True
                    if kind == "network equipment"
                    else None,
                },
            )
            for _, last in ground.months(14):
                told = and_then(told, last, **_seen(last, scans, nth + at))
            yield told


def _seen(last: date, scans: bool, nth: int) -> dict[str, date | None]:
    return {
        "last_patched_on": last - timedelta(days=3 + nth % 9),
        "antivirus_updated_on": last - (nth % 3) * DAY if scans else None,
        "last_seen_on": last - (nth % 2) * DAY,
    }
