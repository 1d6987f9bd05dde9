"""The sender's file as it is at one moment: copied where only we read it, then gone."""

import hashlib
import os
import shutil
import stat
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oversight.reading_room.readers import FileRefused
from oversight.shown import printable

CHUNK = 1 << 20
SPARE = 64 << 20  # bytes left free on the store's disk, come what may


@contextmanager
def private_copy(path: Path, name: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """A copy in a folder of ours, and its SHA-256: whatever becomes of the original.

    The copy, and whatever is named after it, goes when the work is done: it may hold
    columns that must not be kept. So does what a process that was killed has left.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ours = f"{os.getpid()}-"
    # One process owns the store, so what another left here nobody is reading.
    _remove(left for left in folder.iterdir() if not left.name.startswith(ours))
    copy = folder / f"{ours}{uuid.uuid4().hex}.csv"
    try:
        _check_is_file(path, name)
        _check_space(path, name, folder)
        yield copy, _copy(path, name, copy)
    finally:
        _remove(folder.glob(f"{copy.stem}*"))


def sha256_of(path: Path, name: str) -> str:
    """What a file's bytes come to: enough to know one that is in already."""
    _check_is_file(path, name)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def why_not_read(path: Path, fault: OSError) -> str:
    """A file that cannot be opened, as a sentence."""
    said = printable(str(path))
    if isinstance(fault, FileNotFoundError):
        return f"There is no file {said}: it may have been moved or removed."
    if isinstance(fault, PermissionError):
        return (
            f"{said} may not be read by this account ({fault.strerror}). Nothing was"
            " loaded. Give the account leave to read it, or copy it elsewhere."
        )
    return f"{said} cannot be read: {fault.strerror or fault}. Nothing was loaded."


def _check_is_file(path: Path, name: str) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise FileRefused(f"{name} is a folder: wanted a file. Name the files in it.")
    if not stat.S_ISREG(mode):
        # A pipe or a device may never end.
        raise FileRefused(f"{name} is no ordinary file: wanted one. Save it to a file.")


def _check_space(path: Path, name: str, folder: Path) -> None:
    # A full disk leaves a store that cannot even be tidied: refuse before that.
    size, free = path.stat().st_size, shutil.disk_usage(folder).free
    if free < 3 * size + SPARE:
        raise FileRefused(
            f"{name} is {size >> 20} MB and the disk of the store has {free >> 20} MB"
            " free: wanted three times its size. Free some space first."
        )


@dataclass(frozen=True)
class _Both:
    """What is written goes two ways."""

    one: Callable[[bytes], object]
    other: Callable[[bytes], object]

    def write(self, content: bytes) -> None:
        self.one(content)
        self.other(content)


def _copy(path: Path, name: str, copy: Path) -> str:
    """Copies, and gives the SHA-256 of what was copied."""
    sha256 = hashlib.sha256()
    with path.open("rb") as source, copy.open("xb") as target:
        before = os.fstat(source.fileno())
        shutil.copyfileobj(source, _Both(target.write, sha256.update), CHUNK)
        after = os.fstat(source.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileRefused(
            f"{name} changed while it was read: somebody is still writing it. Nothing"
            " was loaded. Import it again when it is complete."
        )
    return sha256.hexdigest()


def _remove(files: Iterator[Path]) -> None:
    for left in files:
        left.unlink(missing_ok=True)
