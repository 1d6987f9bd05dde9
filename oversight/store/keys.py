"""The key of what lies on the disk: where it comes from, and what is made of it.

It comes from a file or the environment, never from an argument or a setting, and is in
no log, message or store. Every use has a key of its own made of it.
"""

import base64
import hashlib
import hmac
import importlib.util
import os
from dataclasses import dataclass, field
from pathlib import Path

from oversight.store.faults import StoreError

KEY, KEY_FILE = "OVERSIGHT_KEY", "OVERSIGHT_KEY_FILE"
OLD_KEY, OLD_KEY_FILE = "OVERSIGHT_OLD_KEY", "OVERSIGHT_OLD_KEY_FILE"
SHORTEST = 32  # characters: what 24 random bytes come to; a passphrase is no key
PACKAGE = "duckdb_extension_httpfs"


@dataclass(frozen=True)
class Key:
    """A secret, never shown: its repr says nothing."""

    secret: bytes = field(repr=False)

    def of(self, use: str) -> bytes:
        """32 bytes for one use: HKDF-SHA256 (RFC 5869)."""
        made = hmac.digest(b"oversight", self.secret, hashlib.sha256)
        return hmac.digest(made, use.encode() + b"\x01", hashlib.sha256)

    def text_of(self, use: str) -> str:
        """The same in base64, as DuckDB takes it."""
        return base64.b64encode(self.of(use)).decode()


def key_set() -> Key | None:
    """The key to read and write with; None when none is set."""
    return _read(KEY, KEY_FILE)


def old_key_set() -> Key | None:
    """The key that a backup was made with, when that is another one."""
    return _read(OLD_KEY, OLD_KEY_FILE)


def extension(version: str) -> Path:
    """The file of DuckDB's cryptography; StoreError when its package is not there."""
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder, "extensions", f"v{version}", "httpfs.duckdb_extension")
        if file.is_file():
            return file
    raise StoreError(
        f"A key is set, and the package that encrypts is not installed for DuckDB"
        f" {version}: wanted duckdb-extension-httpfs {version}. Nothing was written."
        " Install what requirements.txt lists, or take the key away."
    )


def _read(variable: str, file_variable: str) -> Key | None:
    said, file = os.environ.get(variable), os.environ.get(file_variable)
    if said and file:
        raise StoreError(f"Set one of {variable} and {file_variable}, not both.")
    where = variable
    if file:
        where = f"the file {file_variable} names ({Path(file).name})"
        try:
            said = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            why = fault.strerror if isinstance(fault, OSError) else "it is not text"
            raise StoreError(f"The key cannot be read from {where}: {why}.") from None
    if said is None or not (said := said.strip()):
        if file:
            raise StoreError(f"There is no key in {where}.")
        return None
    if len(said) < SHORTEST:
        raise StoreError(
            f"The key in {where} is too short: wanted at least {SHORTEST} characters,"
            f" made by chance, got {len(said)}."
        )
    return Key(said.encode())
