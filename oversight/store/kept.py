"""A document kept beside the rows, whole or not at all, under the key there is."""

import os
from pathlib import Path

from oversight.store.faults import StoreError
from oversight.store.keys import Key
from oversight.store.places import sync_folder

USE = "documents"  # a key of its own
NONCE = 12  # bytes, as AES-GCM wants them


def keep(folder: Path, name: str, body: bytes, key: Key | None) -> None:
    """The document under its name, on the disk when this returns."""
    path, aside = folder / name, folder / f"{name}.part"
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body if key is None else _shut(key, body))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(folder)


def read(folder: Path, name: str, key: Key | None) -> bytes | None:
    """What was kept under a name; None when it is not there."""
    path = folder / name
    if not path.is_file():
        return None
    body = path.read_bytes()
    return body if key is None else _opened(key, name, body)


def _shut(key: Key, body: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key.of(USE)).encrypt(nonce, body, None)


def _opened(key: Key, name: str, body: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key.of(USE)).decrypt(body[:NONCE], body[NONCE:], None)
    except (InvalidTag, ValueError):
        raise StoreError(
            f"The kept document {name} was changed, or was written under another key."
            " Restore it from a backup."
        ) from None
