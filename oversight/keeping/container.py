"""One file that holds a stream, in the clear or under a key; any change is noticed.

Under a key it is cut into pieces, each sealed with AES-256-GCM under a number of its
own and a mark on the last one: no piece can be changed, left out, moved or cut off.
"""

import json
import os
import struct
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from oversight.store import StoreError
from oversight.store.keys import Key

MAGIC = b"OVERSIGHT BACKUP 1\n"
PIECE = 1 << 20
LAST, MORE = b"last", b"more"


class Writer:
    """Takes a stream; the file is whole only after `close`."""

    def __init__(self, file: IO[bytes], key: Key | None):
        self._file, self._waiting, self._count = file, bytearray(), 0
        salt = os.urandom(16).hex()
        head = json.dumps({"encrypted": key is not None, "salt": salt}).encode()
        file.write(MAGIC + head + b"\n")
        self._cipher: Any = _cipher(key, salt) if key else None

    def write(self, data: bytes) -> int:
        if self._cipher is None:
            return self._file.write(data)
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), MORE)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        if self._cipher is not None:
            self._put(bytes(self._waiting), LAST)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _put(self, piece: bytes, mark: bytes) -> None:
        sealed = self._cipher.encrypt(_nonce(self._count), piece, mark)
        self._file.write(struct.pack(">I", len(sealed)) + sealed)
        self._count += 1


class Reader:
    """Gives the stream back; StoreError where it is not what was written."""

    def __init__(self, path: Path, key: Key | None):
        self.path = path
        self._file = path.open("rb")
        self._waiting, self._count, self._is_over = bytearray(), 0, False
        try:
            salt = self._salt_if_encrypted()
            if salt and key is None:
                raise StoreError(
                    f"{path.name} is encrypted and no key is set. Set"
                    " OVERSIGHT_KEY_FILE or OVERSIGHT_KEY to the key it was made with;"
                    " if the store is to have another key, set the old one as"
                    " OVERSIGHT_OLD_KEY_FILE. Nothing was changed."
                )
        except BaseException:
            self._file.close()
            raise
        self.key = key if salt else None
        self._cipher: Any = _cipher(self.key, salt) if self.key else None

    def _salt_if_encrypted(self) -> str:
        if self._file.read(len(MAGIC)) != MAGIC:
            raise StoreError(
                f"{self.path.name} is no backup of this program: wanted one that"
                " `backup` made. Nothing was changed."
            )
        try:
            head = json.loads(self._file.readline(1000))
            return str(head["salt"]) if head["encrypted"] is True else ""
        except (ValueError, KeyError, TypeError):
            what = "its first lines are not whole"
            raise StoreError(damaged(self.path, what)) from None

    def read(self, size: int = -1) -> bytes:
        if self._cipher is None:
            return self._file.read(size)
        while not self._is_over and (size < 0 or len(self._waiting) < size):
            self._waiting += self._piece()
        taken = bytes(self._waiting if size < 0 else self._waiting[:size])
        del self._waiting[: len(taken)]
        return taken

    def drain(self) -> None:
        """Reads to the end, so that what was cut off there is noticed."""
        while self.read(PIECE):
            pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def _piece(self) -> bytes:
        from cryptography.exceptions import InvalidTag

        said = self._file.read(4)
        size = struct.unpack(">I", said)[0] if len(said) == 4 else 0
        if not 16 <= size <= PIECE + 16:
            raise StoreError(damaged(self.path, "it is cut short"))
        sealed = self._file.read(size)
        for mark in (MORE, LAST):
            try:
                piece: bytes = self._cipher.decrypt(_nonce(self._count), sealed, mark)
            except InvalidTag:
                continue
            self._count += 1
            self._is_over = mark == LAST
            return piece
        if self._count == 0:
            raise StoreError(
                f"{self.path.name} cannot be opened with this key, or is damaged at its"
                " beginning. Nothing was changed."
            )
        raise StoreError(damaged(self.path, f"piece {self._count + 1} was changed"))


def damaged(path: Path, what: str) -> str:
    """A backup that is not whole, as a sentence."""
    return (
        f"The backup {path.name} is damaged: {what}. Nothing was changed. Use another"
        " backup."
    )


def _cipher(key: Key, salt: str) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key.of(f"backup {salt}"))


def _nonce(count: int) -> bytes:
    return count.to_bytes(12, "big")
