"""What went wrong with the store, in a sentence that says what to do next."""

import re
from pathlib import Path

FULL = ("No space left", "File too large", "Disk quota exceeded", "not enough disk")
DAMAGED = (
    "no DuckDB file",
    "not a valid DuckDB",
    "checksum",
    "WAL",
    "Corrupt",
    "read enough bytes",
)
# How DuckDB names who holds a file: on Linux and macOS, and on Windows.
HELD = re.compile(
    r"(?:Conflicting lock is held in|already open in)\s+(\S.*?)?\s*\(PID (\d+)\)",
    re.DOTALL,
)


class StoreError(Exception):
    """The store cannot be used; the sentence is shown to people as it stands."""


def is_full(fault: BaseException) -> bool:
    """Whether a disk, a quota or a limit left no room."""
    return any(sign in str(fault) for sign in FULL)


def why_not_opened(path: Path, fault: str) -> str:
    """What DuckDB says of a store that it cannot open or read, as a sentence."""
    first = fault.splitlines()[0]
    if held := HELD.search(fault):
        return in_use(path, held[2], Path(held[1] or "unknown").name)
    if "without a key" in fault:
        return (
            f"The store {path.name} is encrypted and no key is set. Set"
            " OVERSIGHT_KEY_FILE to the file that holds it, or OVERSIGHT_KEY."
        )
    if "Wrong encryption key" in fault:
        return (
            f"The key is not that of the store {path.name}. Nothing was changed. Set"
            " OVERSIGHT_KEY_FILE or OVERSIGHT_KEY to the key it was made with."
        )
    if "is not encrypted" in fault:
        return (
            f"A key is set, and the store {path.name} is not encrypted. To encrypt it,"
            " take the key away, make a backup, set the key and restore that backup."
        )
    if any(sign in fault for sign in FULL):
        return (
            f"The disk of the store {path.name} is full, so that it cannot be opened."
            " Nothing was changed. Free some space and start again."
        )
    if any(sign in fault for sign in DAMAGED):
        return (
            f"The store {path} is damaged or is not a store ({first})."
            " Nothing was changed. Restore it from a backup:"
            " `python -m oversight restore FILE --replace`."
        )
    return f"The store {path} cannot be read or written: {first}"


def in_use(path: Path, process: str, program: str) -> str:
    """Somebody else has the store."""
    return (
        f"The store {path.name} is in use by process {process} ({program}). Stop that"
        " first: a store has one owner at a time."
    )


def why_full(path: Path, freed: int) -> str:
    """The disk filled up while something was written; freed: bytes of the reserve."""
    reserve = (
        f" A reserve of {freed >> 20} MB was given up, so that the dashboard can go on"
        " for a while."
        if freed
        else ""
    )
    return (
        f"The disk of the store {path.name} is full: this was not done, and nothing"
        f" that was there is lost.{reserve} Free some space, then do it again."
    )
