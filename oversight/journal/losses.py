"""What the store is known to have lost, and who said so."""

import json
from dataclasses import dataclass
from typing import Any

from oversight.journal.entries import append, entries
from oversight.store import EVERYTHING, Cursor, Store, last_moment

ACCEPTED = "loss accepted"


@dataclass(frozen=True)
class Loss:
    """Moments that were committed and are gone: the first and the last of them."""

    first: int
    last: int
    why: str


def accept_loss(store: Store, person: str, why: str) -> Loss:
    """Says in the journal what is lost; the store may be written to from then on."""
    noted = store.accept_loss()
    with store.reading(EVERYTHING) as cursor:
        newest, _ = last_moment(cursor)
    loss = Loss(newest + 1, max(noted.moment, newest), why)
    about: dict[str, Any] = {
        "first": loss.first,
        "last": loss.last,
        "noted_seal": noted.seal,
        "why": why,
    }
    with store.writing() as writing:
        append(writing, person, ACCEPTED, about)
    return loss


def lost_moments(cursor: Cursor) -> set[int]:
    """The numbers that no moment has because what they stood for is lost."""
    found: set[int] = set()
    for entry in entries(cursor, what=ACCEPTED):
        about = json.loads(entry.about)
        found.update(range(about["first"], about["last"] + 1))
    return found
