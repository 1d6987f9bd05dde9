"""Lines beside the store that must outlive the process, until they are in it."""

import base64
import json
import os
import threading
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from oversight.store.faults import StoreError
from oversight.store.keys import Key, key_set
from oversight.store.places import beside


@dataclass(frozen=True)
class Note:
    """What somebody did, and when, as it was noted."""

    at: str
    person: str
    what: str
    about: dict[str, Any]


class Spool:
    """The lines noted since the last time they were taken; one owner."""

    def __init__(self, path: Path):
        self._path = beside(path, ".notes")
        self._taken = beside(path, ".notes-taken")
        self._key = key_set()
        self._lock = threading.Lock()
        self._handle: int | None = None

    def add(self, note: Note) -> None:
        """One line more; it is on the disk when this returns."""
        line = json.dumps(asdict(note), ensure_ascii=False, default=str).encode()
        if self._key is not None:
            line = _shut(self._key, line)
        with self._lock:
            os.write(self._open(), line + b"\n")
            os.fsync(self._open())

    def take(self) -> tuple[str, list[Note], bool]:
        """The lines in their order, under a name of their own; set aside until `done`.

        The third is whether they had been taken before, and may be in the store.
        """
        is_again = self._taken.is_file()
        with self._lock:
            if not is_again:
                if not self._path.is_file():
                    return "", [], False
                named = f'{{"spool": "{uuid.uuid4().hex[:12]}"}}\n'
                os.write(self._open(), named.encode())
                os.fsync(self._open())
                self.close()
                self._path.replace(self._taken)
        *lines, last = self._taken.read_bytes().splitlines() or [b""]
        return str(json.loads(last)["spool"]), [*self._notes(lines)], is_again

    def done(self) -> None:
        """What was taken is in the store."""
        self._taken.unlink(missing_ok=True)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        if self._handle is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
            self._handle = os.open(self._path, flags, 0o600)
            # A line torn by a power cut must not swallow the next.
            if size := os.fstat(self._handle).st_size:
                os.lseek(self._handle, size - 1, os.SEEK_SET)
                if os.read(self._handle, 1) != b"\n":
                    os.write(self._handle, b"\n")
        return self._handle

    def _notes(self, lines: list[bytes]) -> list[Note]:
        found = []
        for line in lines:
            try:
                plain = _opened(self._key, line) if self._key else line
                found.append(Note(**json.loads(plain)))
            except (ValueError, TypeError):
                # Torn while it was written: whoever noted it was never told it was.
                continue
        return found


def _shut(key: Key, line: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(key.of("notes")).encrypt(nonce, line, None))


def _opened(key: Key, line: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sent = base64.b64decode(line, validate=True)
    try:
        return AESGCM(key.of("notes")).decrypt(sent[:12], sent[12:], None)
    except InvalidTag:
        raise StoreError("What was noted was written under another key.") from None
