"""Who is signed in: the server's own table of sessions, and when each of them ends."""

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

IDLE_LIMIT: Final = timedelta(minutes=30)
ABSOLUTE_LIMIT: Final = timedelta(hours=12)  # a long shift


def utc_now() -> datetime:
    """Now, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Session:
    """One person signed in on one browser; `key` names it and cannot open it.

    version: of the account, when it began: another version since has ended it.
    """

    key: str
    person: str
    signed_in_at: datetime
    seen_at: datetime
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        """When it ends, if nothing more is heard from this browser."""
        return min(self.seen_at + IDLE_LIMIT, self.signed_in_at + ABSOLUTE_LIMIT)


class Sessions:
    """The table. Ids are kept hashed: a copy of the memory opens nobody's session.

    now: gives the time, with its zone; tests hand in their own.
    """

    def __init__(self, now: Callable[[], datetime] = utc_now):
        self._now = now
        self._lock = threading.Lock()
        self._by_key: dict[str, Session] = {}

    def start(self, person: str, version: int = 0) -> str:
        """A new id for a person who has just proved who they are; told only once."""
        session_id = secrets.token_urlsafe(32)
        at = self._now()
        with self._lock:
            self._forget_ended(at)
            key = key_of(session_id)
            self._by_key[key] = Session(key, person, at, at, version)
        return session_id

    def of(self, session_id: str | None) -> Session | None:
        """The live session of an id, or None; being asked for counts as activity."""
        return self.seen(key_of(session_id)) if session_id else None

    def seen(self, key: str) -> Session | None:
        """The live session of a key, its idle clock started again."""
        with self._lock:
            session = self._live(key)
            if session:
                session = self._by_key[key] = replace(session, seen_at=self._now())
            return session

    def glance(self, key: str) -> Session | None:
        """The live session of a key, its idle clock left as it is."""
        with self._lock:
            return self._live(key)

    def end(self, key: str) -> None:
        """Sign out: from here on the id opens nothing, wherever it is replayed."""
        with self._lock:
            self._by_key.pop(key, None)

    def end_all_of(self, person: str) -> int:
        """End every session of a person: disabled, another role, a new passphrase."""
        with self._lock:
            name = person.casefold()  # as accounts are compared
            theirs = [
                key
                for key, one in self._by_key.items()
                if one.person.casefold() == name
            ]
            for key in theirs:
                del self._by_key[key]
            return len(theirs)

    def _live(self, key: str) -> Session | None:
        session = self._by_key.get(key)
        if session and session.ends_at <= self._now():
            del self._by_key[key]
            return None
        return session

    def _forget_ended(self, at: datetime) -> None:
        for key in [key for key, one in self._by_key.items() if one.ends_at <= at]:
            del self._by_key[key]


def key_of(session_id: str) -> str:
    """What the table knows an id by: its SHA-256."""
    return hashlib.sha256(session_id.encode("utf-8", "surrogateescape")).hexdigest()
