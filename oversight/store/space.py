"""Room on the store's disk: asked for beforehand, and a reserve kept for the worst.

A full disk leaves a DuckDB file that takes not one row more and cannot be made smaller.
The reserve is a file beside it: given up, there is room to go on at once.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO

from oversight.store.faults import StoreError
from oversight.store.places import beside

RESERVE = 16 << 20
SPARE = 64 << 20  # left free, come what may, by whatever can be put off


def free(path: Path) -> int:
    """Bytes free on the disk that a store is on."""
    return shutil.disk_usage(path.parent).free


def check_room(path: Path, wanted: int, what: str) -> None:
    """StoreError unless there is room for what is to be written, and some to spare."""
    there = free(path)
    if there < wanted + SPARE:
        raise StoreError(
            f"There is too little room for {what}: wanted"
            f" {(wanted + SPARE) >> 20} MB free on the disk of {path.name}, got"
            f" {there >> 20} MB. Nothing was changed. Free some space first."
        )


def lay_in(path: Path) -> None:
    """Makes the reserve where it is missing and there is room for it."""
    reserve = beside(path, ".reserve")
    if laid_in(path) == RESERVE or free(path) < 4 * RESERVE:
        return
    aside = reserve.with_name(reserve.name + ".part")
    # A full disk is no reason not to open: then there is no reserve, and that is said.
    with suppress(OSError):
        with aside.open("wb") as file:
            _fill(file)
        aside.replace(reserve)
    aside.unlink(missing_ok=True)


def _fill(file: IO[bytes]) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, RESERVE)
        return
    # Made by chance: a file system that packs zeros would reserve nothing.
    block = os.urandom(1 << 20)
    for _ in range(RESERVE >> 20):
        file.write(block)


def give_up(path: Path) -> int:
    """Removes the reserve; how many bytes that freed."""
    reserve = beside(path, ".reserve")
    size = laid_in(path)
    reserve.unlink(missing_ok=True)
    return size


def laid_in(path: Path) -> int:
    """Bytes that the reserve of a store holds."""
    reserve = beside(path, ".reserve")
    return reserve.stat().st_size if reserve.is_file() else 0
