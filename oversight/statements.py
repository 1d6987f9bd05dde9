"""What named people have stated: a source was checked, a target is ours, and the like.

Each is an entry of the journal, sealed like every other, and about one subject. The
newest about a subject stands; what is taken back no longer does.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from oversight import journal, people
from oversight.store import Cursor, Store, StoreError
from oversight.words import ROLE_WORDS, Role

UK = ZoneInfo("Europe/London")
LONGEST = 1_000  # characters of a reason


class Stated(StrEnum):
    """What can be stated; the value is what the journal says."""

    SOURCE_CHECKED = "source checked"
    TARGET_CONFIRMED = "target confirmed"
    CLAUSE_NOT_APPLICABLE = "clause not applicable"


WHO_MAY = {
    Stated.SOURCE_CHECKED: (Role.IG_LEAD, Role.HOME_MANAGER),
    Stated.TARGET_CONFIRMED: (Role.IG_LEAD,),
    Stated.CLAUSE_NOT_APPLICABLE: (Role.IG_LEAD,),
}
NEEDS_A_REASON = {Stated.CLAUSE_NOT_APPLICABLE}


@dataclass(frozen=True)
class Statement:
    """Who stated something about a subject, on which UK day, and why."""

    what: Stated
    subject: str  # a kind of record, a measure's id, a clause
    detail: str  # what of it: the target's words; else empty
    person: str
    said_on: date
    reason: str


def may_state(role: Role, what: Stated) -> bool:
    """Whether somebody of a role may state this: of the same roles as refuse it."""
    return role in WHO_MAY[what]


def state(
    store: Store,
    what: Stated,
    subject: str,
    by: str,
    reason: str = "",
    detail: str = "",
) -> None:
    """One statement by somebody with an account whose role may make it."""
    _check(store, what, by, reason)
    about = {"subject": subject, "detail": detail, "reason": reason.strip()}
    with store.writing() as writing:
        journal.append(writing, by, what, about)


def take_back(store: Store, what: Stated, subject: str, by: str, reason: str) -> None:
    """The statement about a subject no longer stands; refused when none does."""
    _check(store, what, by, reason)
    with store.reading() as cursor:
        if subject not in statements(cursor, what):
            raise StoreError(f"Nobody has stated of {subject}: {what}.")
    about = {"subject": subject, "reason": reason.strip(), "is_taken_back": True}
    with store.writing() as writing:
        journal.append(writing, by, what, about)


def statements(
    cursor: Cursor, what: Stated, by_day: date | None = None
) -> dict[str, Statement]:
    """The statement that stands about each subject, as known to the cursor.

    by_day: only what had been stated by the end of that day.
    """
    found: dict[str, Statement] = {}
    for entry in journal.entries(cursor, what=what):
        about, day = json.loads(entry.about), _uk_day(entry.known_at)
        if by_day is not None and day > by_day:
            continue
        subject = str(about["subject"])
        found.pop(subject, None)
        if not about.get("is_taken_back"):
            found[subject] = Statement(
                what, subject, about["detail"], entry.person, day, about["reason"]
            )
    return found


def _check(store: Store, what: Stated, by: str, reason: str) -> None:
    person = people.find(store, by)
    may = WHO_MAY[what]
    if person is None or not person.is_enabled or person.role not in may:
        wanted = " or ".join(ROLE_WORDS[role] for role in may)
        raise StoreError(
            f"{what.capitalize()}: wanted the name of somebody who may sign in as"
            f" {wanted}; got {by!r}."
        )
    if what in NEEDS_A_REASON and len(reason.strip()) < 10:
        raise StoreError(
            f"{what.capitalize()}: wanted a reason of a few words that the review can"
            f" judge; got {reason!r}."
        )
    if len(reason) > LONGEST:
        raise StoreError(
            f"{what.capitalize()}: wanted a reason of at most {LONGEST} characters; got"
            f" {len(reason)}."
        )


def _uk_day(moment: datetime) -> date:
    return moment.astimezone(UK).date()
