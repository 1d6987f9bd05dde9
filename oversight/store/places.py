"""Where is the store, and what lies beside it?"""

import os
from pathlib import Path

from oversight.store.faults import StoreError

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULT_ADDRESS = f"duckdb:///{ROOT / 'data' / 'store' / 'oversight.duckdb'}"

# What a backup holds beside the store's file: folders named after the store.
FOLDERS = (".kept", ".attachments")
# In the kept folder, while work is going on.
PASSING = ("arriving", "uploads", "spill", "aside")


def path_of(address: str | None = None) -> Path:
    """The file behind an address; default OVERSIGHT_STORE, else the embedded file."""
    address = address or os.environ.get("OVERSIGHT_STORE") or DEFAULT_ADDRESS
    if not address.startswith("duckdb:///") or address == "duckdb:///":
        raise StoreError(f"A store address is duckdb:///PATH; got {address!r}.")
    return Path(address.removeprefix("duckdb:///")).expanduser().absolute()


def beside(path: Path, suffix: str) -> Path:
    """What is named after a store: its .kept, .head, .reserve, .owner, .notes."""
    return path.with_suffix(suffix)


def log_of(path: Path) -> Path:
    """DuckDB's own write-ahead log of a store."""
    return path.with_name(path.name + ".wal")


def sync_folder(folder: Path) -> None:
    """Makes renames in a folder last through a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Makes a file's bytes last through a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
