"""What is begun and not yet finished: half a sign-in, a way to a provider and back.

Kept here and named to the browser by a random id that lives minutes and opens nothing.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from oversight.sessions import key_of, utc_now

PATIENCE: Final = timedelta(minutes=10)
AT_MOST: Final = 10_000  # unfinished ones, before the oldest are let go

T = TypeVar("T")


class Waiting(Generic[T]):
    """The unfinished, by the digest of their ids."""

    def __init__(self, now: Callable[[], datetime] = utc_now):
        self._now = now
        self._by_key: dict[str, tuple[datetime, T]] = {}

    def start(self, what: T) -> str:
        """An id for something begun; told only once."""
        now = self._now()
        ended = [k for k, (at, _) in self._by_key.items() if at + PATIENCE <= now]
        for key in ended or list(self._by_key)[: len(self._by_key) - AT_MOST + 1]:
            del self._by_key[key]
        waiting_id = secrets.token_urlsafe(32)
        self._by_key[key_of(waiting_id)] = (now, what)
        return waiting_id

    def of(self, waiting_id: str | None) -> T | None:
        """What was begun under an id, unless it was finished or took too long."""
        at, what = self._by_key.get(key_of(waiting_id or ""), (None, None))
        return what if at is not None and at + PATIENCE > self._now() else None

    def finish(self, waiting_id: str | None) -> T | None:
        """The same, and from here on the id stands for nothing."""
        what = self.of(waiting_id)
        self._by_key.pop(key_of(waiting_id or ""), None)
        return what
