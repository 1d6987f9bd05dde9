"""What a reader asks of the reviews: how each stands, what is ready, what differs."""

from dataclasses import dataclass, replace
from datetime import date

from oversight import roles
from oversight.reader import Reader
from oversight.review import freeze, record, snapshot
from oversight.review.freeze import Difference
from oversight.review.record import Review
from oversight.review.snapshot import Document
from oversight.store import EVERYTHING
from oversight.verdicts.judgement import kinds_of
from oversight.words import Status


@dataclass(frozen=True)
class Ready:
    """One source: whom to chase, and what reads Not known if nobody does."""

    kind: str
    title: str
    owner: str
    doubts: tuple[str, ...]
    unknown: tuple[str, ...]  # titles of measures


def reviews(reader: Reader) -> list[Review]:
    """Every review, the newest plan first, for whoever reads their papers."""
    roles.check_may_read_papers(reader.person.role)
    with reader.store.reading(EVERYTHING) as cursor:
        return record.reviews(cursor)[::-1]


def plan(
    reader: Reader,
    period: tuple[date, date],
    held_on: date,
    chair: str,
    people: list[str],
) -> Review:
    """A review planned by this person."""
    roles.check_may_prepare(reader.person.role)
    name = reader.person.name
    return record.plan(reader.store, name, period, held_on, chair, people)


def readiness(reader: Reader, review: Review) -> list[Ready]:
    """Every source of the figures on the day of a review, those in doubt first."""
    asked = _whole(reader, review)
    board = asked.board()
    with reader.store.reading(EVERYTHING) as cursor:
        found = snapshot.sources_on(cursor, board.judged, asked.as_of, board.names)
    ready = [
        Ready(
            one["kind"],
            one["title"],
            one["owner"],
            tuple(one["doubts"]),
            tuple(
                each.measure.title
                for each in board.judged
                if one["kind"] in kinds_of(each.measure)
                and each.verdict.status is Status.NOT_KNOWN
            ),
        )
        for one in found
    ]
    return sorted(ready, key=lambda one: not one.doubts)


def freeze_now(reader: Reader, review: Review, accepted: list[str]) -> Review:
    """The freeze, by this person, who accepts each source in doubt that is ticked."""
    roles.check_may_prepare(reader.person.role)
    by = dict.fromkeys(accepted, reader.person.name)
    return freeze.freeze(reader.store, review.id, reader.person.name, by)


def document_of(reader: Reader, review: Review) -> Document:
    """What was frozen, for whoever reads papers."""
    roles.check_may_read_papers(reader.person.role)
    return freeze.document_of(reader.store, review)


def differs_now(reader: Reader, review: Review, document: Document) -> list[Difference]:
    """The figures of the frozen day that are others by what is known now."""
    board = _whole(reader, review).board()
    now = {"measures": [snapshot.figure_of(one) for one in board.judged]}
    return freeze.differences(document, now)


def _whole(reader: Reader, review: Review) -> Reader:
    """The same reader, asking of the review's own day and of every home."""
    day = review.as_of or min(review.period_to, reader.as_of)
    return replace(reader, as_of=day, home=None)
