"""What was planned, said and done in a review: journal entries, folded in order.

A review has no table of its own. Each act is one entry of the journal, sealed like
every other: two people at work at once lose nothing, and a rebuilt store has it all.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from oversight import journal
from oversight.store import Cursor, Store, StoreError, Writing

PREFIX = "review "


class Act(StrEnum):
    """What can be done to a review; the value is what the journal says."""

    PLANNED = "review planned"
    FROZEN = "review frozen"


@dataclass(frozen=True)
class Entry:
    """One act of one person, in the order of knowledge."""

    number: int
    at: datetime
    person: str
    act: str
    about: dict[str, Any]

    @property
    def review(self) -> str:
        return str(self.about["review"])


@dataclass(frozen=True)
class Review:
    """One review as it stands: the state is planned, frozen or sealed."""

    id: str
    period_from: date
    period_to: date
    held_on: date
    chair: str
    people: tuple[str, ...]
    planned_by: str
    state: str = "planned"
    snapshot: str | None = None  # the SHA-256 of what was frozen
    number: int | None = None  # the last moment it takes in
    as_of: date | None = None
    frozen_at: datetime | None = None
    frozen_by: str | None = None
    figures: int | None = None
    accepted: tuple[dict[str, str], ...] = ()  # each source in doubt, and by whom


def entries(cursor: Cursor, review: str | None = None) -> list[Entry]:
    """Every act of every review (or of one), oldest first, as known to the cursor."""
    found = cursor.execute(
        """
        select number, known_at, person, what, about
        from journal
        where starts_with(what, ?) and number <= getvariable('known_number')
        order by number
        """,
        [PREFIX],
    ).fetchall()
    read = [
        Entry(number, at.astimezone(UTC), person, what, json.loads(about))
        for number, at, person, what, about in found
    ]
    return [entry for entry in read if review in (None, entry.review)]


def reviews(cursor: Cursor) -> list[Review]:
    """Every review as it stands, in the order they were planned."""
    return list(folded(entries(cursor)).values())


def find(cursor: Cursor, review: str) -> Review:
    """One review by its id; a LookupError says which there are."""
    known = {one.id: one for one in reviews(cursor)}
    if review not in known:
        there = ", ".join(known) or "none yet: plan one with `review plan`"
        raise LookupError(f"There is no review {review!r}. There are: {there}.")
    return known[review]


def folded(told: Iterable[Entry]) -> dict[str, Review]:
    """Acts in order -> each review as it stands after them."""
    standing: dict[str, Review] = {}
    for entry in told:
        if entry.act == Act.PLANNED:
            standing[entry.review] = _planned(entry)
        elif entry.act == Act.FROZEN:
            standing[entry.review] = _frozen(standing[entry.review], entry)
    return standing


def tell(writing: Writing, person: str, act: Act, review: str, **about: Any) -> None:
    """One act into the journal, in the transaction of what it tells of."""
    journal.append(writing, person, act, {"review": review, **about})


def plan(
    store: Store,
    person: str,
    period: tuple[date, date],
    held_on: date,
    chair: str,
    people: Iterable[str] = (),
    at: datetime | None = None,
) -> Review:
    """A review of a period, to be held on a day; its id is the year and a number.

    at: rebuilds history in order, as an import's known-at does.
    """
    begins, ends = period
    if begins > ends:
        raise StoreError(
            f"A review's period wants its first day before its last; got"
            f" {begins:%d %B %Y} to {ends:%d %B %Y}."
        )
    if not chair.strip():
        raise StoreError("A review wants somebody in the chair; got nobody.")
    with store.writing(at) as writing:
        taken = [one.id for one in reviews(writing.cursor)]
        of_year = [one for one in taken if one.startswith(f"{held_on.year}-")]
        review = f"{held_on.year}-{len(of_year) + 1}"
        tell(
            writing,
            person,
            Act.PLANNED,
            review,
            period=[begins.isoformat(), ends.isoformat()],
            held_on=held_on.isoformat(),
            chair=chair.strip(),
            people=[name.strip() for name in people if name.strip()],
        )
        return find(writing.cursor, review)


def _planned(entry: Entry) -> Review:
    about = entry.about
    begins, ends = map(date.fromisoformat, about["period"])
    return Review(
        id=entry.review,
        period_from=begins,
        period_to=ends,
        held_on=date.fromisoformat(about["held_on"]),
        chair=about["chair"],
        people=tuple(about["people"]),
        planned_by=entry.person,
    )


def _frozen(review: Review, entry: Entry) -> Review:
    about = entry.about
    return replace(
        review,
        state="frozen",
        snapshot=about["snapshot"],
        number=about["number"],
        as_of=date.fromisoformat(about["as_of"]),
        frozen_at=entry.at,
        frozen_by=entry.person,
        figures=about["figures"],
        accepted=tuple(about["accepted"]),
    )
