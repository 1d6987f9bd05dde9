"""What was planned, said and done in a review: journal entries, folded in order.

A review has no table of its own. Each act is one entry of the journal, sealed like
every other: two people at work at once lose nothing, and a rebuilt store has it all.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from oversight import journal
from oversight.store import Cursor, Store, StoreError, Writing

PREFIX = "review "


class Act(StrEnum):
    """What can be done to a review; the value is what the journal says."""

    PLANNED = "review planned"
    COMMENTED = "review commented"
    FROZEN = "review frozen"
    ATTENDED = "review attended"
    DECIDED = "review decided"
    DISSENTED = "review dissented"
    ACTION_RAISED = "review action raised"
    READ_BACK = "review read back"
    SIGNED = "review signed"
    SEALED = "review sealed"
    ADDED = "review added to"


class State(StrEnum):
    """Where a review is: what may be done to it depends on nothing else."""

    PLANNED = "planned"
    FROZEN = "frozen"
    SEALED = "sealed"


# In which states an act is allowed; planning begins a review, so that there is none.
ALLOWED: Final = {
    Act.COMMENTED: (State.PLANNED, State.FROZEN),
    Act.FROZEN: (State.PLANNED,),
    Act.ATTENDED: (State.FROZEN,),
    Act.DECIDED: (State.FROZEN,),
    Act.DISSENTED: (State.FROZEN,),
    Act.ACTION_RAISED: (State.FROZEN,),
    Act.READ_BACK: (State.FROZEN,),
    Act.SIGNED: (State.FROZEN,),
    Act.SEALED: (State.FROZEN,),
    Act.ADDED: (State.SEALED,),
}
LEADS_TO: Final = {Act.FROZEN: State.FROZEN, Act.SEALED: State.SEALED}
# What is signed is what was read back: after any of these it is read back again.
CHANGES: Final = (Act.ATTENDED, Act.DECIDED, Act.DISSENTED, Act.ACTION_RAISED)


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
    state: str = State.PLANNED
    snapshot: str | None = None  # the SHA-256 of what was frozen
    number: int | None = None  # the last moment it takes in
    as_of: date | None = None
    frozen_at: datetime | None = None
    frozen_by: str | None = None
    figures: int | None = None
    accepted: tuple[dict[str, str], ...] = ()  # each source in doubt, and by whom
    acts: tuple[Entry, ...] = ()  # all that was done since it was planned, in order
    read_back: Entry | None = None  # none once something has changed since
    signatures: tuple[Entry, ...] = ()  # of what was read back; one a person
    sealed_at: datetime | None = None
    sealed_by: str | None = None

    def told(self, act: Act) -> tuple[Entry, ...]:
        """The acts of one kind, in their order."""
        return tuple(entry for entry in self.acts if entry.act == act)

    @property
    def attendance(self) -> Entry | None:
        """Who was there, as it was last written down."""
        return next(reversed(self.told(Act.ATTENDED)), None)


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
        elif entry.review in standing:
            standing[entry.review] = _after(standing[entry.review], entry)
    return standing


def may(review: Review, act: Act) -> bool:
    """Whether an act is allowed in the state that a review is in."""
    return review.state in ALLOWED[act]


def check_may(review: Review, act: Act) -> None:
    """Raise StoreError, with the next step, where an act is not allowed."""
    if may(review, act):
        return
    wanted = " or ".join(ALLOWED[act])
    next_step = {
        State.PLANNED: f"Freeze it first, with `review freeze {review.id}`.",
        State.FROZEN: "Sign and seal it first.",
        State.SEALED: "Add to it with a dated addendum instead.",
    }[State(review.state)]
    raise StoreError(
        f"Review {review.id} is {review.state}, and “{act}” wants one that is {wanted}."
        f" {next_step}"
    )


def _after(review: Review, entry: Entry) -> Review:
    """A review after one act; an act that its state does not allow changes nothing."""
    act = Act(entry.act) if entry.act in set(Act) else None
    if act is None or act is Act.PLANNED or not may(review, act):
        return review
    after = replace(review, acts=(*review.acts, entry))
    if act in CHANGES:
        after = replace(after, read_back=None, signatures=())
    if act is Act.FROZEN:
        after = _frozen(after, entry)
    elif act is Act.READ_BACK:
        after = replace(after, read_back=entry, signatures=())
    elif act is Act.SIGNED and entry.person not in {s.person for s in after.signatures}:
        after = replace(after, signatures=(*after.signatures, entry))
    elif act is Act.SEALED:
        after = replace(after, sealed_at=entry.at, sealed_by=entry.person)
    return replace(after, state=LEADS_TO.get(act, State(after.state)))


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
        snapshot=about["snapshot"],
        number=about["number"],
        as_of=date.fromisoformat(about["as_of"]),
        frozen_at=entry.at,
        frozen_by=entry.person,
        figures=about["figures"],
        accepted=tuple(about["accepted"]),
    )
