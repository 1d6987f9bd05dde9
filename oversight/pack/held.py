"""What do the papers say of the meeting itself: who was there, decided, signed?"""

from collections.abc import Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from oversight.pack.parts import Part, Table
from oversight.review.record import Act, Entry, Review
from oversight.shown import printable

UK: Final = ZoneInfo("Europe/London")


def minutes_of(review: Review) -> tuple[Part, ...]:
    """The minutes in their order; a part of which nothing was recorded is left out."""
    return tuple(part for part in _parts(review) if part.sentences or part.table.rows)


def _parts(review: Review) -> Iterator[Part]:
    yield Part("Present", tuple(_present(review)), Table((), ()))
    comments = review.told(Act.COMMENTED)
    yield Part(
        "Comments made beforehand",
        (),
        _table(
            ("Item", "Comment", "By", "When"),
            [(e.about["item"], e.about["words"], e.person, _at(e)) for e in comments],
        ),
    )
    decided = review.told(Act.DECIDED)
    yield Part(
        "Decisions",
        (),
        _table(
            ("No.", "Item", "Decision", "In words", "By", "When"),
            [
                (
                    f"{e.number}",
                    e.about["item"],
                    e.about["decision"],
                    e.about["words"],
                    e.person,
                    _at(e),
                )
                for e in decided
            ],
        ),
    )
    dissented = review.told(Act.DISSENTED)
    yield Part(
        "Dissent",
        (),
        _table(
            ("From decision", "In words", "By", "When"),
            [
                (f"{e.about['decision']}", e.about["words"], e.person, _at(e))
                for e in dissented
            ],
        ),
    )
    raised = review.told(Act.ACTION_RAISED)
    yield Part(
        "Actions",
        (),
        _table(
            ("No.", "What", "Owner", "By", "Measure", "Expected effect"),
            [
                (
                    e.about["action_ref"],
                    e.about["title"],
                    e.about["owner"],
                    _day(e.about["due_on"]),
                    e.about["measure"],
                    e.about["expected_effect"],
                )
                for e in raised
            ],
        ),
    )
    yield Part("Signed", tuple(_signed(review)), Table((), ()))
    added = review.told(Act.ADDED)
    yield Part(
        "Added since it was sealed",
        (),
        _table(
            ("What", "By", "When"),
            [(e.about["words"], e.person, _at(e)) for e in added],
        ),
    )


def _present(review: Review) -> Iterator[str]:
    held = review.attendance
    if held is None:
        return
    about = held.about
    yield f"Present: {', '.join(about['present'])}."
    if about["apologies"]:
        yield f"Apologies: {', '.join(about['apologies'])}."
    yield f"Conflicts of interest: {about['conflicts'] or 'none declared'}."
    are = "was" if len(about["present"]) >= about["quorum"] else "was not"
    yield f"The quorum of {about['quorum']} {are} met."


def _signed(review: Review) -> Iterator[str]:
    if review.read_back is not None:
        yield f"Read back by {review.read_back.person}, {_at(review.read_back)}."
    for entry in review.signatures:
        yield f"Signed by {entry.person}, {_at(entry)}."
    if review.sealed_at is not None:
        yield f"Sealed by {review.sealed_by}. Snapshot {review.snapshot}."


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    return Table(heads, tuple(tuple(printable(cell) for cell in row) for row in rows))


def _day(said: str) -> str:
    day = date.fromisoformat(said)
    return f"{day.day} {day:%b %Y}"


def _at(entry: Entry) -> str:
    at = entry.at.astimezone(UK)
    return f"{at.day} {at:%b %Y}, {at:%H:%M}"
