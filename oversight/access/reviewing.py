"""What is done about somebody's access: explained, asked about, escalated or closed.

Every step is an entry of the journal, "access reviewed", that says about whom, what
came of it and why. What closes it closes all that had been found by then.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from oversight import disclosure, journal, pseudonyms, records, roles
from oversight.access.queue import (
    Silence,
    Watched,
    never_received,
    open_cases,
    queue,
    silences,
)
from oversight.disclosure import Mask
from oversight.reader import Reader
from oversight.store import Cursor

REVIEWED, SHOWN = "access reviewed", "access unmasked"
EXPLAINED, ASKED, ESCALATED = "explained", "asked", "escalated"
JUSTIFIED, NOT_JUSTIFIED = "justified", "not justified"
OUTCOMES = (EXPLAINED, ASKED, ESCALATED, JUSTIFIED, NOT_JUSTIFIED)


@dataclass(frozen=True)
class Step:
    """One step of a review: when, by whom, what and why."""

    at: datetime
    by: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class InQueue:
    """Somebody in the queue as this reader may see them, and what was done so far."""

    shown: str
    who: Watched
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Queue:
    """All that the page tells: people worst first, and the logs that did not come."""

    as_of: date
    people: tuple[InQueue, ...]
    silences: tuple[Silence, ...]
    never: tuple[str, ...]
    events: int  # in the window, by people
    machine_events: int


def asked(reader: Reader) -> Queue:
    """The queue in the reader's scope; staff by pseudonym but to their own manager."""
    roles.check_may_see_rows(reader.person.role)
    with reader.reading() as cursor:
        people = queue(cursor, reader.as_of)
        steps = _steps(cursor)
        silent = tuple(silences(cursor, reader.as_of))
        never = tuple(never_received(cursor, reader.as_of))
        events, machines = _counted(cursor, reader.as_of)
    mask = _mask(reader)
    listed = tuple(
        InQueue(
            mask.person(one.person) if mask else one.person,
            one,
            tuple(step for login in one.logins for step in steps.get(login, ())),
        )
        for one in people
    )
    return Queue(reader.as_of, listed, silent, never, events, machines)


def cases_of(
    reader: Reader, who: Watched, by_name: bool = False
) -> list[dict[str, Any]]:
    """What was found about one person; the reference of a case only where allowed."""
    roles.check_may_see_rows(reader.person.role)
    with reader.reading() as cursor:
        found = open_cases(cursor, reader.as_of)
    mask = None if by_name else _mask(reader)
    return [
        case | {"person": mask.person(str(case["person"])) if mask else case["person"]}
        for case in found
        if case["login"] in who.logins
    ]


def unmask(reader: Reader, who: Watched, reason: str) -> str:
    """Who it is, for a reason that is journalled."""
    roles.check_may_unmask(reader.person.role)
    about = {"of": _mask_always(reader).person(who.person), "reason": _reason(reason)}
    with reader.store.writing() as writing:
        journal.append(writing, reader.person.name, "unmasked", about)
    return who.person


def review(reader: Reader, who: Watched, outcome: str, reason: str) -> str | None:
    """A step of a review; the number of the incident where it was escalated to one."""
    roles.check_may_review(reader.person.role)
    if outcome not in OUTCOMES:
        raise ValueError(f"Wanted one of: {', '.join(OUTCOMES)}; got {outcome!r}.")
    if reader.as_of < records.today():
        raise ValueError("A past day is looked at and not written to.")
    name = reader.person.name.strip().casefold()
    if name in {who.person, *who.logins}:
        raise roles.NotAllowed(
            "This is about yourself: somebody else reviews it. Ask the senior manager."
        )
    said = _reason(reason)
    incident = _escalate(reader, who) if outcome == ESCALATED else None
    with reader.store.writing() as writing:
        about = {
            "outcome": outcome,
            "reason": said,
            "of": list(who.logins),
            "homes": list(who.homes),
        }
        if incident:
            about["incident"] = incident
        journal.append(writing, reader.person.name, REVIEWED, about)
    return incident


def _escalate(reader: Reader, who: Watched) -> str:
    now = datetime.now(UTC).astimezone(records.UK)
    reference = f"ACC-{now:%Y%m%d-%H%M%S}"
    made = records.put(
        reader,
        "incidents",
        {
            "incident_ref": reference,
            "home": who.homes[0],
            "title": "Access to records under review",
            "description": "; ".join(reason.words for reason in who.reasons),
            "kind": "suspected",
            "cause": "misuse",
            "affects": "confidentiality",
            "aware_at": f"{now:%Y-%m-%d %H:%M}",
            "reported_at": f"{now:%Y-%m-%d %H:%M}",
        },
    )
    if made.report is None:
        faults = "; ".join(f"{one.column}: {one.reason}" for one in made.faults)
        raise ValueError(f"The incident was not made: {faults}.")
    return reference


def _steps(cursor: Cursor) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for entry in journal.entries(cursor, what=REVIEWED):
        about = json.loads(entry.about)
        step = Step(entry.known_at, entry.person, about["outcome"], about["reason"])
        for login in about["of"]:
            found.setdefault(login, []).append(step)
    return found


def _counted(cursor: Cursor, as_of: date) -> tuple[int, int]:
    row = cursor.execute(
        """
        select
            coalesce(sum(events - machine_events), 0)::bigint,
            coalesce(sum(machine_events), 0)::bigint
        from access_by_home_day($as_of::date)
        where day > $as_of::date - 90
        """,
        {"as_of": as_of},
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def _mask(reader: Reader) -> Mask | None:
    """The mask; none for a manager, who sees the staff of their own homes."""
    if roles.may_see_own_staff(reader.person.role):
        return None
    return _mask_always(reader)


def _mask_always(reader: Reader) -> Mask:
    return pseudonyms.mask_of(reader.store)


def _reason(said: str) -> str:
    if not disclosure.is_reason(said):
        raise ValueError(
            "Wanted a reason that somebody else can follow, such as what was asked and"
            f" what came of it; got {said.strip()!r}."
        )
    return disclosure.masked(said.strip())
