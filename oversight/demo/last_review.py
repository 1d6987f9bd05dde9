"""When was last year's management review held, and what was done in it?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from oversight.demo.registers.actions import REVIEW_HELD_DAYS_AGO
from oversight.review import acts, freeze, record
from oversight.review.record import Act
from oversight.store import Store

CHAIR = "Nominated individual"
PEOPLE = ("IG lead", "Operations director", "Caldicott Guardian", "Quality lead")
SIGNED = ("manager", "lead")  # as they sign in
BEGINS, FROZEN = time(9, 0, tzinfo=UTC), time(9, 30, tzinfo=UTC)
ENDS = time(12, 0, tzinfo=UTC)


def held_on(as_of: date, sent_on: Sequence[date]) -> date | None:
    """The day it was held; None where hardly anything had been sent before it."""
    day = as_of - timedelta(days=REVIEW_HELD_DAYS_AGO)
    return day if sum(sent < day for sent in set(sent_on)) > 1 else None


def hold(store: Store, person: str, day: date) -> str:
    """Holds the review of the year before, as that day knew it, and seals it; its id.

    To be called when everything sent before that day is in, and nothing later is. Its
    eleven actions are ACT-01 to ACT-11 of the register.
    """
    ends = day.replace(day=1) - timedelta(days=1)
    begins = (ends + timedelta(days=1)).replace(year=ends.year - 1)
    if ends.month == 12:
        begins = date(ends.year, 1, 1)
    planned = record.plan(
        store,
        person,
        (begins, ends),
        day,
        CHAIR,
        PEOPLE,
        datetime.combine(day, BEGINS),
    )
    at = datetime.combine(day, FROZEN)
    frozen = freeze.freeze(store, planned.id, person, at=at)
    there: dict[str, Any] = {"apologies": [], "conflicts": "", "quorum": acts.QUORUM}
    told: list[tuple[str, Act, dict[str, Any]]] = [
        (person, Act.ATTENDED, there | {"present": sorted({CHAIR, *PEOPLE})}),
        (person, Act.READ_BACK, {}),
        *((who, Act.SIGNED, {}) for who in SIGNED),
        (SIGNED[0], Act.SEALED, {}),
    ]
    for minute, (who, act, about) in enumerate(told):
        moment = datetime.combine(day, ENDS) + timedelta(minutes=minute)
        with store.writing(moment) as writing:
            record.check_may(record.find(writing.cursor, frozen.id), act)
            record.tell(writing, who, act, frozen.id, **about)
    return frozen.id
