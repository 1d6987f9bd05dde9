"""A file that came over the wire stands in a private folder while it is worked on."""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oversight.store import Store

LONGEST_NAME = 150  # bytes
LONGEST_END = 10
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e]')


@contextmanager
def standing(store: Store, name: str, body: bytes | memoryview) -> Iterator[Path]:
    """The file under its own name, readable by nobody else; gone when the work is done.

    So is what a process that was killed has left: one process owns the store.
    """
    folder = store.kept / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    ours = f"{os.getpid()}-"
    for left in folder.iterdir():
        if not left.name.startswith(ours):
            shutil.rmtree(left, ignore_errors=True)
    own = folder / f"{ours}{secrets.token_hex(8)}"
    own.mkdir(mode=0o700)
    try:
        path = own / clean_name(name)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        yield path
    finally:
        shutil.rmtree(own, ignore_errors=True)


def clean_name(said: str) -> str:
    """A file's name as it may stand on a disk and in a sentence; its ending is kept."""
    name = NOT_IN_NAMES.sub("_", said.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, end = name.rpartition(".")
    if dot and stem and len(end) <= LONGEST_END:
        return f"{_cut(stem)}.{end}"
    return _cut(name) or "file"


def _cut(said: str) -> str:
    # A file system counts bytes, and an accent is two of them.
    return said.encode("utf-8", "replace")[:LONGEST_NAME].decode("utf-8", "ignore")
