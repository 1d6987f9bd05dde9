"""One act freezes a review: its figures are kept, and can be asked for again."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from oversight.review import record, snapshot
from oversight.review.record import Act, Review
from oversight.review.snapshot import Document
from oversight.store import EVERYTHING, Cursor, Store, StoreError, last_moment

UK = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Difference:
    """One figure that is another now, or is gone, or is new."""

    id: str
    title: str
    then: str
    now: str


@dataclass(frozen=True)
class Recheck:
    """A frozen review asked again at its own number of knowledge."""

    same_bytes: bool
    changed: tuple[str, ...]  # what it was worked out by, and is no longer the same
    differs: tuple[Difference, ...]


def freeze(
    store: Store,
    review: str,
    person: str,
    accepted: dict[str, str] | None = None,
    at: datetime | None = None,
) -> Review:
    """Freezes all that is known now; refused when something arrives meanwhile.

    accepted: by kind of record, who accepts that it cannot be relied on; None: the one
    who freezes accepts each. at: rebuilds history in order.
    """
    with store.reading(EVERYTHING) as cursor:
        planned = record.find(cursor, review)
        _check_can_freeze(planned)
        number = last_moment(cursor)[0]
        as_of = _day_of(planned, at)
        document = {"review": _about(planned), **snapshot.take(cursor, as_of)}
    in_doubt = [one["kind"] for one in document["sources"] if one["doubts"]]
    by = dict.fromkeys(in_doubt, person) if accepted is None else accepted
    if missing := [kind for kind in in_doubt if kind not in by]:
        raise StoreError(
            "These sources cannot be relied on, and nobody has accepted that they are"
            f" frozen as they are: {', '.join(missing)}. Chase them, or say who does."
        )
    document["accepted"] = [{"kind": kind, "by": by[kind]} for kind in in_doubt]
    body = snapshot.in_bytes(document)
    seal = snapshot.seal_of(body)
    with store.writing(at) as writing:
        _check_nothing_came(writing.cursor, number)
        _check_can_freeze(record.find(writing.cursor, review))
        store.keep(_file_name(seal), body)
        record.tell(
            writing,
            person,
            Act.FROZEN,
            review,
            snapshot=seal,
            number=number,
            as_of=as_of.isoformat(),
            figures=len(document["measures"]),
            accepted=document["accepted"],
        )
        return record.find(writing.cursor, review)


def document_of(store: Store, review: Review) -> Document:
    """What was frozen, its bytes checked against their seal first."""
    body = _body_of(store, review)
    document: Document = json.loads(body)
    return document


def recheck(store: Store, review: Review) -> Recheck:
    """The same question at the same knowledge: the same bytes, or what has changed."""
    body = _body_of(store, review)
    then = document_of(store, review)
    with store.reading(EVERYTHING, known=review.number) as cursor:
        assert review.as_of is not None
        now: Document = {
            "review": then["review"],
            **snapshot.take(cursor, review.as_of),
            "accepted": then["accepted"],
        }
    return Recheck(
        snapshot.in_bytes(now) == body,
        tuple(_changed(then["behind"], now["behind"])),
        tuple(differences(then, now)),
    )


def since(store: Store, review: Review) -> tuple[Difference, ...]:
    """The figures of the day frozen that are others by what is known now."""
    then = document_of(store, review)
    with store.reading(EVERYTHING) as cursor:
        assert review.as_of is not None
        now = snapshot.take(cursor, review.as_of)
    return tuple(differences(then, now))


def differences(then: Document, now: Document) -> list[Difference]:
    """Measure by measure: another status or figure, one gone, one new."""
    before = {one["id"]: one for one in then["measures"]}
    after = {one["id"]: one for one in now["measures"]}
    found = []
    for key in sorted(before.keys() | after.keys()):
        was, is_now = before.get(key), after.get(key)
        if _figure(was) != _figure(is_now):
            known: Any = was or is_now
            found.append(
                Difference(key, known["title"], _in_words(was), _in_words(is_now))
            )
    return found


def _figure(measure: Document | None) -> tuple[Any, ...]:
    if measure is None:
        return ()
    return tuple(measure[name] for name in ("status", "met", "total", "unknown"))


def _in_words(measure: Document | None) -> str:
    return "not measured" if measure is None else str(measure["sentence"])


def _changed(then: Document, now: Document) -> list[str]:
    """By name, what the figures were worked out by and is no longer the same."""
    found = [
        f"the definition {name} is {'gone' if name not in now_each else 'another'}"
        for name, sha256 in then["each_definition"].items()
        if (now_each := now["each_definition"]).get(name) != sha256
    ]
    found += [
        f"the definition {name} is new"
        for name in now["each_definition"].keys() - then["each_definition"].keys()
    ]
    found += [
        f"the setting {name!r} was {then['settings'].get(name)!r} and is {value!r}"
        for name, value in now["settings"].items()
        if then["settings"].get(name) != value
    ]
    found += [
        f"{name} was {then['versions'].get(name)} and is {version}"
        for name, version in now["versions"].items()
        if then["versions"].get(name) != version
    ]
    texts, now_texts = then.get("policies", {}), now.get("policies", {})
    found += [
        f"the text {name} of the policy is another, new or gone"
        for name in texts.keys() | now_texts.keys()
        if texts.get(name) != now_texts.get(name)
    ]
    if then["program"] != now["program"]:
        found.append("the program is another version")
    return sorted(found)


def _body_of(store: Store, review: Review) -> bytes:
    if review.snapshot is None:
        raise StoreError(
            f"Review {review.id} has not been frozen yet. Freeze it first, with"
            f" `review freeze {review.id}`."
        )
    body = store.kept_bytes(_file_name(review.snapshot))
    if body is None:
        raise StoreError(
            f"What review {review.id} froze ({review.snapshot[:12]}) is no longer among"
            " the kept files. Restore it from a backup."
        )
    if snapshot.seal_of(body) != review.snapshot:
        raise StoreError(
            f"What review {review.id} froze is not what was sealed: wanted"
            f" {review.snapshot[:12]}, got {snapshot.seal_of(body)[:12]}. Restore it"
            " from a backup."
        )
    return body


def _file_name(seal: str) -> str:
    return f"review-{seal}.json"


def _check_can_freeze(review: Review) -> None:
    if not record.may(review, Act.FROZEN):
        raise StoreError(
            f"Review {review.id} is {review.state} already (snapshot"
            f" {(review.snapshot or '')[:12]}). What was frozen stays; plan another."
        )


def _check_nothing_came(cursor: Cursor, number: int) -> None:
    row = cursor.execute(
        "select max(number) from arrival where number > ?", [number]
    ).fetchone()
    if row is not None and row[0] is not None:
        raise StoreError(
            f"Arrival {row[0]} came in while the figures were being frozen, so they"
            " would not be of one moment. Nothing was frozen; freeze again."
        )


def _day_of(review: Review, at: datetime | None) -> date:
    """The last day of the period, or today while it is not over."""
    today = (at or datetime.now(UTC)).astimezone(UK).date()
    return min(review.period_to, today)


def _about(review: Review) -> Document:
    return {
        "id": review.id,
        "period": [review.period_from.isoformat(), review.period_to.isoformat()],
        "held_on": review.held_on.isoformat(),
        "chair": review.chair,
        "people": list(review.people),
    }
