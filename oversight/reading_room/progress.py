"""How far is this file, and is it still wanted? Told by who reads, asked by who waits.

The one who waits puts a Watch into place; whoever reads tells it, wherever that is.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

READING, CHECKING, STORING = "reading", "checking", "storing"


class Cancelled(Exception):
    """Whoever waited for it wants it no longer; nothing of it is kept."""


@dataclass
class Watch:
    """One import as it goes: its step, the rows read and the share of the file."""

    step: str = READING
    rows: int = 0
    share: float = 0.0  # of the bytes of the file that is being read, 0 to 1
    started: float = field(default_factory=time.monotonic)
    unwanted: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        self.unwanted.set()

    @property
    def rate(self) -> float:
        """Rows a second so far."""
        return self.rows / max(time.monotonic() - self.started, 0.001)

    @property
    def seconds_left(self) -> float | None:
        """Until it is read, at the rate so far; None while that cannot be told."""
        if self.step != READING or not 0.0 < self.share < 1.0:
            return None
        spent = time.monotonic() - self.started
        return spent * (1 - self.share) / self.share

    def in_words(self) -> str:
        """Rows, rate, time left."""
        if self.step != READING:
            return f"{self.rows:,} rows read; {self.step} them"
        left = self.seconds_left
        after = "" if left is None else f", about {_in_words(left)} left"
        if not self.rows:
            return f"reading{after}"
        return f"{self.rows:,} rows read, {self.rate:,.0f} a second{after}"


_watched: ContextVar[Watch | None] = ContextVar("watched", default=None)


@contextmanager
def watching(watch: Watch) -> Iterator[Watch]:
    """What is read within is told to the watch, and ends when it is cancelled."""
    before = _watched.set(watch)
    try:
        yield watch
    finally:
        _watched.reset(before)


def begin() -> None:
    """Another file is begun."""
    if watch := _watched.get():
        watch.step, watch.rows, watch.share = READING, 0, 0.0
        watch.started = time.monotonic()
        _check_is_wanted(watch)


def tell(
    step: str | None = None, rows: int | None = None, share: float | None = None
) -> None:
    """How far it is; Cancelled when nobody waits any longer."""
    watch = _watched.get()
    if watch is None:
        return
    watch.step = step or watch.step
    watch.rows = watch.rows if rows is None else rows
    watch.share = watch.share if share is None else share
    _check_is_wanted(watch)


def _check_is_wanted(watch: Watch) -> None:
    if watch.unwanted.is_set():
        raise Cancelled("It was cancelled: nothing of it was kept.")


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    return f"{round(seconds / 60)} min"
