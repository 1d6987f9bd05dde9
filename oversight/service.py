"""What runs beside the pages while the dashboard runs: it owns the store, and answers.

The command line reaches the store through here for as long as the dashboard lives.
"""

import os
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from oversight import inbox
from oversight.__main__ import main
from oversight.commands.common import lending
from oversight.gate import front
from oversight.owner import answering
from oversight.store import Store, StoreError

STOPPING = 10.0  # seconds that a file in hand may still take


@asynccontextmanager
async def running(app: object) -> AsyncIterator[dict[str, Any]]:
    """From the dashboard's start to its end."""
    try:
        warm = front.warm_up(app)
        state = await warm.__aenter__()
    except StoreError as refusal:
        # In use by another dashboard, most often: a sentence and not a traceback, which
        # the server writes whatever is raised here. Nothing is open yet.
        sys.stderr.write(f"{refusal}\n")
        sys.stderr.flush()
        os._exit(1)
    store = front.store()
    try:
        with lending(store), answering(store.path, run), _inbox_watched(store):
            yield state
    finally:
        await warm.__aexit__(None, None, None)


@contextmanager
def _inbox_watched(store: Store) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(
        target=inbox.watch, args=(store, inbox.folder_watched(), stop), name="inbox"
    )
    thread.start()
    try:
        yield
    finally:
        # A file in hand is finished first, so that it is not left between two folders.
        stop.set()
        thread.join(STOPPING)


def run(argv: list[str]) -> int:
    """One command in this process; its exit status."""
    try:
        main.main(argv, prog_name="oversight")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
