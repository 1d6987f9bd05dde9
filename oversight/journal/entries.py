"""The entries of the journal and the chain of their seals."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from oversight.store import Cursor, Writing

AT_ONCE = 10_000  # entries in memory while the chain is followed


@dataclass(frozen=True)
class Entry:
    """One entry; `about` is JSON."""

    number: int
    known_at: datetime
    person: str
    what: str
    about: str
    previous_sha256: str
    sha256: str

    @property
    def holds(self) -> bool:
        """Whether its seal is the one that its words make."""
        at = _moment(self.known_at)
        said = (self.number, at, self.person, self.what, self.about)
        return self.sha256 == seal(self.previous_sha256, *said)


def append(writing: Writing, person: str, what: str, about: dict[str, Any]) -> None:
    """One entry, in the same transaction as what it tells of."""
    append_each([writing], [(person, what, about)])


def append_each(
    writings: Sequence[Writing], said: Sequence[tuple[str, str, dict[str, Any]]]
) -> None:
    """An entry for each of the moments of a transaction: person, what, about."""
    cursor = writings[0].cursor
    row = cursor.execute(
        "select number, sha256 from journal order by number desc limit 1"
    ).fetchone()
    if row is not None and row[0] >= writings[0].number:
        # Two of the same number would have no order, and the chain would not hold.
        raise ValueError(f"Moment {writings[0].number} is told of already: one entry.")
    before = str(row[1]) if row else ""
    made = []
    for writing, (person, what, about) in zip(writings, said, strict=True):
        if writing.clock is not None:
            # The machine's clock was set back: its time beside the one in order.
            about = {**about, "clock": writing.clock.isoformat()}
        words = json.dumps(about, sort_keys=True, ensure_ascii=False, default=str)
        at = _moment(writing.at)
        sealed = seal(before, writing.number, at, person, what, words)
        made.append((writing.number, writing.at, person, what, words, before, sealed))
        before = sealed
    cursor.execute(
        """
        insert into journal
        select
            unnest(?::bigint[]), unnest(?::timestamptz[]), unnest(?::varchar[]),
            unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::varchar[]),
            unnest(?::varchar[])
        """,
        [list(column) for column in zip(*made, strict=True)],
    )


def entries(
    cursor: Cursor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    person: str | None = None,
    what: str | None = None,
) -> Iterator[Entry]:
    """The entries as known to the cursor, oldest first; what is said narrows them."""
    cursor.execute(
        """
        select number, known_at, person, what, about, previous_sha256, sha256
        from journal
        where number <= getvariable('known_number')
            and ($since is null or known_at >= $since)
            and ($until is null or known_at < $until)
            and ($person is null or lower(person) = lower($person))
            and ($what is null or what = $what)
        order by number
        """,
        {"since": since, "until": until, "person": person, "what": what},
    )
    while found := cursor.fetchmany(AT_ONCE):
        for row in found:
            yield Entry(*row)


def first_broken(cursor: Cursor) -> int | None:
    """The number of the first entry whose seal does not hold; None when all do."""
    before = ""
    for entry in entries(cursor):
        if entry.previous_sha256 != before or not entry.holds:
            return int(entry.number)
        before = entry.sha256
    return None


def seal(before: str, number: int, at: str, person: str, what: str, about: str) -> str:
    """The SHA-256 over an entry and the seal before it, fields divided unmistakably."""
    entry = json.dumps([before, number, at, person, what, about], ensure_ascii=False)
    return hashlib.sha256(entry.encode()).hexdigest()


def _moment(at: datetime) -> str:
    # The same instant is the same words, whatever the zone it was said in.
    return at.astimezone(UTC).isoformat()
