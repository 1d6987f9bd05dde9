"""What runs beside the pages while the dashboard runs: it owns the store, and answers.

The command line reaches the store through here for as long as the dashboard lives.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from oversight.__main__ import main
from oversight.commands.common import lending
from oversight.gate import front
from oversight.owner import answering
from oversight.store import StoreError


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
        with lending(store), answering(store.path, run):
            yield state
    finally:
        await warm.__aexit__(None, None, None)


def run(argv: list[str]) -> int:
    """One command in this process; its exit status."""
    try:
        main.main(argv, prog_name="oversight")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
