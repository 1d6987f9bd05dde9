"""Notes that people pin to a measure, a home and a month: each an entry of the journal.

None is changed: one that is wrong is taken off, which the journal tells as well. A note
of no home is of the company, and everybody who sees the measure reads it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from oversight import journal
from oversight.disclosure import masked
from oversight.store import Cursor, Store, StoreError
from oversight.words import COMPANY

PINNED: Final = "note pinned"
TAKEN_OFF: Final = "note taken off"
LONGEST: Final = 300  # characters: a chart shows it
SHORTEST: Final = 3


@dataclass(frozen=True)
class Note:
    """One note. number: of its entry; month: its first day; where: the page it was
    written on.
    """

    number: int
    measure: str
    home: str
    month: date
    words: str
    where: str
    person: str
    at: datetime


def pin(
    store: Store,
    person: str,
    measure: str,
    home: str,
    month: date,
    words: str,
    where: str = "measure",
) -> None:
    """A note of a month that has begun; what names a person in it is masked."""
    said = masked(" ".join(words.split()))
    if not SHORTEST <= len(said) <= LONGEST:
        raise StoreError(
            f"A note has {SHORTEST} to {LONGEST} characters; got {len(said)}."
        )
    about = {
        "measure": measure,
        "home": home or COMPANY,
        "month": month.replace(day=1).isoformat(),
        "words": said,
        "where": where,
    }
    with store.writing() as writing:
        if month > writing.at.date():
            raise StoreError(f"A note is of a month that has begun; got {month:%B %Y}.")
        journal.append(writing, person, PINNED, about)


def take_off(store: Store, person: str, number: int) -> None:
    """One's own note, by the number of its entry, is shown no longer."""
    with store.writing() as writing:
        standing = _standing(writing.cursor)
        if (number, person) not in {(note.number, note.person) for note in standing}:
            raise StoreError(f"There is no note {number} of {person} to take off.")
        journal.append(writing, person, TAKEN_OFF, {"note": number})


def notes_on(cursor: Cursor, measure: str, home: str | None = None) -> list[Note]:
    """The notes of a measure in the cursor's scope and knowledge, the newest first.

    home: those of one home and of the company alone.
    """
    found = cursor.execute(
        "select said.home from (select unnest(?::varchar[]) as home) as said"
        " where said.home = ? or in_scope(said.home)",
        [sorted({note.home for note in _standing(cursor)}), COMPANY],
    ).fetchall()
    seen = {str(row[0]) for row in found}
    if home is not None:
        seen &= {home, COMPANY}
    return [
        note
        for note in _standing(cursor)[::-1]
        if note.measure == measure and note.home in seen
    ]


def _standing(cursor: Cursor) -> list[Note]:
    standing: dict[int, Note] = {}
    for what in (PINNED, TAKEN_OFF):
        for entry in journal.entries(cursor, what=what):
            about = json.loads(entry.about)
            if what == TAKEN_OFF:
                standing.pop(int(about["note"]), None)
                continue
            standing[entry.number] = Note(
                entry.number,
                about["measure"],
                about["home"],
                date.fromisoformat(about["month"]),
                about["words"],
                about["where"],
                entry.person,
                entry.known_at,
            )
    return list(standing.values())
