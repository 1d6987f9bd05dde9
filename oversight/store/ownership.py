"""Who has the store: one process at a time, and the others are told which."""

import os
import sys
from pathlib import Path
from typing import IO

from oversight.store.faults import StoreError, in_use
from oversight.store.places import beside

try:
    import fcntl
except ImportError:  # Windows: DuckDB's own lock alone keeps a second owner out
    fcntl = None  # type: ignore[assignment]


def take(path: Path) -> IO[str]:
    """Ownership until the handle is closed or the process ends, however it ends."""
    name = beside(path, ".owner")
    handle = os.fdopen(os.open(name, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        process, _, program = handle.read(200).partition(" ")
        handle.close()
        raise StoreError(
            in_use(path, process or "unknown", program or "unknown")
        ) from None
    handle.truncate(0)
    handle.write(f"{os.getpid()} {Path(sys.executable).name}")
    handle.flush()
    return handle
