"""What is done in a review's meeting: each an entry of the journal, and none is lost.

Who may is asked of the role; whether it may be done now, of the state, in the same
transaction that writes it. So two people at once cannot overwrite each other: both
entries stand, in their order, each with its author and its moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from oversight import roles
from oversight.arrivals.forms import Entry, enter
from oversight.measures import all_measures
from oversight.people import Person
from oversight.review import record
from oversight.review.record import Act, Review
from oversight.sources import all_sources
from oversight.store import Store, StoreError
from oversight.words import COMPANY, EVERY_HOME

UK = ZoneInfo("Europe/London")
DECISIONS: Final = ("approve", "amend", "defer", "decline", "note")
SIGNATURES: Final = 2  # of different people, before a review is sealed
QUORUM: Final = 2  # people, unless the meeting says otherwise
LONGEST: Final = 4_000  # characters of anything that is written down
TRIES: Final = 20  # numbers of actions, when others raise some at the same time


@dataclass(frozen=True)
class Raised:
    """An action as a meeting raises it."""

    title: str
    owner: str  # a role
    due_on: date
    expected_effect: str = ""
    measure: str = ""  # the id of the measure it should move
    home: str = COMPANY


def comment(
    store: Store,
    review: str,
    by: Person,
    item: str,
    words: str,
    question: Mapping[str, str] | None = None,
) -> Review:
    """What somebody says beforehand about an item of the agenda.

    question: what was asked of the records, in the words of the address that asks it.
    """
    roles.check_may_comment(by.role)
    about: dict[str, Any] = {"item": item, "words": _said(words, "A comment")}
    if question:
        about["question"] = dict(question)
    return _act(store, review, Act.COMMENTED, by, **about)


def attend(
    store: Store,
    review: str,
    by: Person,
    present: Iterable[str],
    apologies: Iterable[str] = (),
    conflicts: str = "",
    quorum: int = QUORUM,
) -> Review:
    """Who is there, who is not, whose interests conflict, how many must be there."""
    _check_is_of_the_meeting(by)
    there = sorted({name.strip() for name in present if name.strip()})
    if not there:
        raise StoreError("A meeting wants somebody present; got nobody.")
    if quorum < 1:
        raise StoreError(f"A quorum wants a number of people from 1; got {quorum}.")
    return _act(
        store,
        review,
        Act.ATTENDED,
        by,
        present=there,
        apologies=sorted({name.strip() for name in apologies if name.strip()}),
        conflicts=conflicts.strip()[:LONGEST],
        quorum=quorum,
    )


def decide(
    store: Store, review: str, by: Person, item: str, decision: str, words: str
) -> Review:
    """What the meeting decides about an item of the agenda."""
    roles.check_may_decide(by.role)
    if decision not in DECISIONS:
        raise StoreError(
            f"A decision is one of {', '.join(DECISIONS)}; got {decision!r}."
        )
    said = _said(words, "A decision")
    return _act(
        store, review, Act.DECIDED, by, item=item, decision=decision, words=said
    )


def dissent(store: Store, review: str, by: Person, decision: int, words: str) -> Review:
    """Somebody's own view against a decision, named by the number of its entry."""
    roles.check_may_decide(by.role)
    said = _said(words, "A dissent")
    return _act(store, review, Act.DISSENTED, by, decision=decision, words=said)


def raise_action(
    store: Store, review: str, by: Person, item: str, raised: Raised
) -> Review:
    """An action into the one register, by the road of any record, and told of here."""
    roles.check_may_decide(by.role)
    with store.reading() as cursor:
        standing = record.find(cursor, review)
    record.check_may(standing, Act.ACTION_RAISED)
    reference = _enter(store, standing, by, raised)
    return _act(
        store,
        review,
        Act.ACTION_RAISED,
        by,
        item=item,
        action_ref=reference,
        title=raised.title,
        owner=raised.owner,
        due_on=raised.due_on.isoformat(),
        expected_effect=raised.expected_effect,
        measure=raised.measure,
    )


def read_back(store: Store, review: str, by: Person) -> Review:
    """That all that was decided has been read to the meeting."""
    _check_is_of_the_meeting(by)
    return _act(store, review, Act.READ_BACK, by)


def sign(store: Store, review: str, by: Person) -> Review:
    """Somebody's own signature, with their own sign-in, under what was read back."""
    roles.check_may_decide(by.role)
    return _act(store, review, Act.SIGNED, by)


def seal(store: Store, review: str, by: Person) -> Review:
    """The review is closed: from here on it is only added to."""
    roles.check_may_decide(by.role)
    return _act(store, review, Act.SEALED, by)


def add(store: Store, review: str, by: Person, words: str) -> Review:
    """A dated addendum to a sealed review; nothing in it is changed."""
    _check_is_of_the_meeting(by)
    return _act(store, review, Act.ADDED, by, words=_said(words, "An addendum"))


def missing_to_seal(review: Review) -> list[str]:
    """What still stands between a review and its seal, a sentence each."""
    found = []
    attended = review.attendance
    if attended is None:
        found.append("Nobody has written down who is present.")
    elif len(attended.about["present"]) < attended.about["quorum"]:
        found.append(
            f"{len(attended.about['present'])} are present and the quorum is"
            f" {attended.about['quorum']}."
        )
    if review.read_back is None:
        found.append("What was decided has not been read back since it last changed.")
    if (signed := len(review.signatures)) < SIGNATURES:
        found.append(f"{SIGNATURES} people sign before it is sealed; {signed} have.")
    return found


def _act(store: Store, review: str, act: Act, by: Person, **about: Any) -> Review:
    with store.writing() as writing:
        standing = record.find(writing.cursor, review)
        record.check_may(standing, act)
        _check_in_order(standing, act, by, about)
        record.tell(writing, by.name, act, review, **about)
        return record.find(writing.cursor, review)


def _check_in_order(
    review: Review, act: Act, by: Person, about: dict[str, Any]
) -> None:
    """What the state alone does not say."""
    if act is Act.DISSENTED:
        decisions = [entry.number for entry in review.told(Act.DECIDED)]
        if about["decision"] not in decisions:
            raise StoreError(
                f"There is no decision {about['decision']} in review {review.id} to"
                f" dissent from. There are: {decisions or 'none'}."
            )
    elif act is Act.SIGNED:
        if review.read_back is None:
            raise StoreError(
                "What was decided has not been read back since it last changed. Read"
                " it back, then sign."
            )
        if by.name in {entry.person for entry in review.signatures}:
            raise StoreError(f"{by.name} has signed review {review.id} already.")
    elif act is Act.SEALED and (missing := missing_to_seal(review)):
        raise StoreError(f"Review {review.id} cannot be sealed. {' '.join(missing)}")


def _enter(store: Store, review: Review, by: Person, raised: Raised) -> str:
    """The action as a record; the reference it was given."""
    known = {measure.id for measure in all_measures().values()}
    if raised.measure and raised.measure not in known:
        raise StoreError(
            f"There is no measure {raised.measure!r}. Choose one of those there are, or"
            " none."
        )
    today = datetime.now(UTC).astimezone(UK).date()
    first = len(review.told(Act.ACTION_RAISED)) + 1
    for number in range(first, first + TRIES):
        reference = f"MR-{review.id}-{number:02}"
        cells = {
            "action_ref": reference,
            "home": raised.home,
            "source_type": "management review",
            "source_ref": review.id,
            "title": _said(raised.title, "An action"),
            "owner": raised.owner.strip(),
            "raised_on": today.isoformat(),
            "due_on": raised.due_on.isoformat(),
            "status": "open",
            "measure": raised.measure,
            "expected_effect": raised.expected_effect.strip(),
        }
        source = all_sources()["actions"]
        entered = enter(store, Entry(source, cells, by.name, (EVERY_HOME,)))
        if entered.report is not None and entered.report.state == "accepted":
            return reference
        why = [fault.reason for fault in entered.faults if fault.severity == "refused"]
        if not any("already" in reason for reason in why):
            break
    raise StoreError(f"The action was not taken into the register. {' '.join(why)}")


def _said(words: str, what: str) -> str:
    said = words.strip()
    if not said:
        raise StoreError(f"{what} wants words; got none.")
    if len(said) > LONGEST:
        raise StoreError(
            f"{what} wants at most {LONGEST:,} characters; got {len(said):,}. Say it"
            " shorter, or attach it as a file."
        )
    return said


def _check_is_of_the_meeting(by: Person) -> None:
    if not roles.may_prepare(by.role):
        roles.check_may_decide(by.role)
