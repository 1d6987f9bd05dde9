"""Which courses has each worker completed, and what does the training file say?"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from oversight.demo.company import Company
from oversight.demo.workforce import CARE_JOBS, Worker

# The headings of the ASC-WDS bulk upload training file, in its order.
COLUMNS = (
    "LOCALESTID",
    "UNIQUEWORKERID",
    "CATEGORY",
    "TRAININGNAME",
    "ACCREDITED",
    "WHODELIVERED",
    "PROVIDERNAME",
    "HOWDELIVERED",
    "VALIDITY",
    "DATECOMPLETED",
    "EXPIRYDATE",
    "NOTES",
)
IG, RECORD_KEEPING = "26", "21"  # 21 is "other": the sector has no code for records
FACE_TO_FACE, E_LEARNING = "1", "2"
OTHER_COURSES = (
    ("9", "Health and safety at work", 36),
    ("6", "Fire safety", 12),
    ("20", "Safeguarding adults", 24),
    ("10", "Infection prevention and control", 24),
    ("49", "Staying safe online", 24),
)


@dataclass(frozen=True)
class Training:
    """One completed course, with its row in the order of COLUMNS."""

    worker: Worker
    completed_on: date
    cells: tuple[str, ...]


def ig_trainings(
    company: Company, worker: Worker, days: Iterable[date], rng: Random
) -> list[Training]:
    """Some leave out the expiry, some the validity too: all last a year even so."""
    found = []
    for on in days:
        filled = rng.random()
        cells = {
            "CATEGORY": IG,
            "TRAININGNAME": "Data security awareness",
            "HOWDELIVERED": E_LEARNING,
            "VALIDITY": "12" if filled < 0.92 else "",
            "EXPIRYDATE": uk(last_valid_day(on, 12)) if filled < 0.70 else "",
        }
        if on < company.change_day:
            cells["TRAININGNAME"] = "Data protection and confidentiality"
            cells["HOWDELIVERED"] = FACE_TO_FACE
        found.append(_training(worker, on, cells, rng))
    return found


def other_trainings(company: Company, worker: Worker, rng: Random) -> list[Training]:
    """Record keeping for those who give care, and one more course for everybody."""
    courses = [rng.choice(OTHER_COURSES)]
    if worker.job in CARE_JOBS and rng.random() < 0.95:
        courses.append((RECORD_KEEPING, "Record keeping", 24))
    found = []
    for code, name, months in courses:
        for on in _repeats(company, worker, months, rng):
            cells = _face_to_face(code, name, months, on)
            found.append(_training(worker, on, cells, rng))
    return found


def role_training(
    worker: Worker, on: date, code: str, name: str, months: int
) -> Training:
    """A course that somebody's role asks for, given by somebody from outside."""
    cells = _face_to_face(code, name, months, on)
    return _training(worker, on, cells, Random(name))


def _face_to_face(code: str, name: str, months: int, on: date) -> dict[str, str]:
    return {
        "CATEGORY": code,
        "TRAININGNAME": name,
        "HOWDELIVERED": FACE_TO_FACE,
        "VALIDITY": f"{months}",
        "EXPIRYDATE": uk(last_valid_day(on, months)),
    }


def _repeats(company: Company, worker: Worker, months: int, rng: Random) -> list[date]:
    """The days one course was taken: again when it ran out, or some weeks later."""
    on = worker.started_on + timedelta(days=int(rng.random() * 60))
    days: list[date] = []
    while on < company.as_of:
        days.append(on)
        on = last_valid_day(on, months) + timedelta(days=int(rng.random() * 70) - 21)
    return days


def _training(worker: Worker, on: date, cells: dict[str, str], rng: Random) -> Training:
    filled = cells | {
        "LOCALESTID": worker.home.name,
        "UNIQUEWORKERID": worker.ref,
        "ACCREDITED": rng.choice(("1", "0", "999", "")),
        "WHODELIVERED": "1",
        "DATECOMPLETED": uk(on),
    }
    return Training(worker, on, tuple(filled.get(column, "") for column in COLUMNS))


def last_valid_day(completed_on: date, months: int) -> date:
    """Completed + months - 1 day, as the sector's own system reckons it."""
    year, month = divmod(completed_on.year * 12 + completed_on.month - 1 + months, 12)
    day = min(completed_on.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def uk(day: date) -> str:
    """A day as the sector's files write it."""
    return f"{day:%d/%m/%Y}"
