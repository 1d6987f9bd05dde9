"""A file that came over the wire stands in a private folder while it is worked on."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oversight.shown import file_name
from oversight.store import Store


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
        path = own / file_name(name)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        yield path
    finally:
        shutil.rmtree(own, ignore_errors=True)
