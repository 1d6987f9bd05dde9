"""How far had the store come? Written down beside it, after each commit.

DuckDB takes a write-ahead log that was cut short for a whole one: what was committed
last is gone without a word. A store that is behind its head has lost something.
"""

import json
import os
import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from oversight.store.places import beside

SLOT = 512  # bytes: written in place, so that a full disk cannot hinder it
SLOTS = 2  # in turn, so that one torn in half leaves the one before


@dataclass(frozen=True)
class Head:
    """The last moment committed, when it was, and the journal's last seal by then."""

    moment: int
    known_at: str  # ISO, UTC
    seal: str  # '' while the journal is empty

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.known_at).astimezone(UTC)


def read(path: Path) -> Head | None:
    """The head of a store; None when none was written or none can be read."""
    try:
        said = beside(path, ".head").read_bytes()
    except FileNotFoundError:
        return None
    heads = [_parse(said[at * SLOT : (at + 1) * SLOT]) for at in range(SLOTS)]
    return max((h for h in heads if h), key=lambda h: h.moment, default=None)


def write(path: Path, head: Head) -> None:
    """Notes a commit; it is on the disk when this returns."""
    text = json.dumps(asdict(head))
    slot = f"{zlib.crc32(text.encode()):08x} {text}".ljust(SLOT - 1) + "\n"
    handle = os.open(beside(path, ".head"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(handle).st_size < SLOT * SLOTS:
            os.write(handle, b" " * SLOT * SLOTS)
        os.lseek(handle, head.moment % SLOTS * SLOT, os.SEEK_SET)
        os.write(handle, slot.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def rewrite(path: Path, head: Head) -> None:
    """Notes where the store is now, whatever was noted before."""
    beside(path, ".head").unlink(missing_ok=True)
    write(path, head)


def _parse(slot: bytes) -> Head | None:
    sum_, _, text = slot.decode("ascii", "replace").strip().partition(" ")
    if not text or f"{zlib.crc32(text.encode()):08x}" != sum_:
        return None
    return Head(**json.loads(text))
