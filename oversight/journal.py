"""What people did here: append-only, each entry sealed to the one before."""

import hashlib
import json
from typing import Any

from oversight.store import Writing


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
            seal(before, writing.number, writing.at.isoformat(), person, what, said),
        ],
    )


def seal(before: str, number: int, at: str, person: str, what: str, about: str) -> str:
    """The SHA-256 over an entry and the seal before it, fields divided unmistakably."""
    entry = json.dumps([before, number, at, person, what, about], ensure_ascii=False)
    return hashlib.sha256(entry.encode()).hexdigest()
