"""How far is a long import, on the terminal of whoever asked for it?"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context

from oversight import owner
from oversight.reading_room.progress import Watch, watching

FIRST_AFTER = 1.0  # seconds: a small file is in before there is anything to tell
EVERY = 0.5
CLEAR = "\r\x1b[K"


@contextmanager
def told() -> Iterator[Watch]:
    """Rows, rate and time left on a terminal; nothing where standard error is a file.

    What is imported within ends, nothing of it kept, when its caller hangs up.
    """
    watch, stop = Watch(), threading.Event()
    if (asked := owner.caller()) is not None:
        watch.unwanted = asked.hung_up
    # In this thread's context, so that it is told to this thread's caller.
    teller = threading.Thread(
        target=copy_context().run, args=(_tell, watch, stop), daemon=True
    )
    with watching(watch):
        if sys.stderr.isatty():
            teller.start()
        try:
            yield watch
        finally:
            stop.set()
            if teller.ident is not None:
                teller.join()


def _tell(watch: Watch, stop: threading.Event) -> None:
    has_told, wait = False, FIRST_AFTER
    while not stop.wait(wait):
        sys.stderr.write(f"{CLEAR}{watch.in_words()}")
        sys.stderr.flush()
        has_told, wait = True, EVERY
    if has_told:
        sys.stderr.write(CLEAR)
        sys.stderr.flush()
