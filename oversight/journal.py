"""What people did here: append-only, each entry sealed to the one before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from oversight.store import Cursor, Writing


def append(writing: Writing, person: str, what: str, about: dict[str, Any]) -> None:
    """One entry, in the same transaction as what it tells of."""
    previous = writing.cursor.execute(
        "select sha256 from journal order by number desc limit 1"
    ).fetchone()
    said = json.dumps(about, sort_keys=True, ensure_ascii=False, default=str)
    before = previous[0] if previous else ""
    writing.cursor.execute(
        "insert into journal values (?, ?, ?, ?, ?, ?, ?)",
        [
            writing.number,
            writing.at,
            person,
            what,
            said,
            before,
            seal(before, writing.number, _moment(writing.at), person, what, said),
        ],
    )


def first_broken(cursor: Cursor) -> int | None:
    """The number of the first entry whose seal does not hold; None when all do."""
    before = ""
    entries = cursor.execute(
        """
        select number, known_at, person, what, about, previous_sha256, sha256
        from journal order by number
        """
    ).fetchall()
    for number, at, person, what, about, previous, sealed in entries:
        if previous != before or sealed != seal(
            before, number, _moment(at), person, what, about
        ):
            return int(number)
        before = sealed
    return None


def _moment(at: datetime) -> str:
    # The same instant is the same words, whatever the zone it was said in.
    return at.astimezone(UTC).isoformat()


def seal(before: str, number: int, at: str, person: str, what: str, about: str) -> str:
    """The SHA-256 over an entry and the seal before it, fields divided unmistakably."""
    entry = json.dumps([before, number, at, person, what, about], ensure_ascii=False)
    return hashlib.sha256(entry.encode()).hexdigest()
