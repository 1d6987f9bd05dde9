"""How long until the next try? By name and by address; every wait expires."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from oversight.sessions import utc_now

FORGOTTEN_AFTER: Final = timedelta(hours=1)  # since the last try
FIRST_WAIT: Final = timedelta(seconds=15)  # doubled with every further failure …
LONGEST_WAIT: Final = timedelta(minutes=15)  # … but nobody is locked out for good
FREE_BY_NAME: Final = 5
FREE_BY_ADDRESS: Final = 30  # a whole company may sit behind one address
TABLE_LIMIT: Final = 10_000  # entries, before the forgotten ones are cleared away
NOW: Final = timedelta()
Key = tuple[str, str]


@dataclass(frozen=True)
class Tries:
    """Failures in a row of one name or one address, and when the last one was."""

    count: int
    last: datetime

    def left(self, now: datetime, free: int) -> timedelta:
        """How long from now until the next try, when so many are free."""
        if self.count < free:
            return NOW
        doubled = FIRST_WAIT * (1 << min(self.count - free, 10))
        return max(self.last + min(doubled, LONGEST_WAIT) - now, NOW)


class BackOff:
    """The tries. An unknown name waits like a known one.

    tries: where they are kept; in memory, unless a restart must not clear them.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = utc_now,
        tries: "MutableMapping[Key, Tries] | None" = None,
    ):
        self._now = now
        self._tries: MutableMapping[Key, Tries] = {} if tries is None else tries

    def wait(self, name: str, address: str) -> timedelta:
        """How long until this name may be tried from this address; zero: now."""
        now = self._now()
        by_name, by_address = _keys(name, address)
        return max(
            self._tries_of(by_name, now).left(now, FREE_BY_NAME),
            self._tries_of(by_address, now).left(now, FREE_BY_ADDRESS),
        )

    def tried(self, name: str, address: str) -> None:
        """Count a try before it is checked: tries sent at once are each counted."""
        now = self._now()
        if len(self._tries) > TABLE_LIMIT:
            self._forget(now)
        for key in _keys(name, address):
            self._tries[key] = Tries(self._tries_of(key, now).count + 1, now)

    def succeeded(self, name: str, address: str) -> None:
        """Take back the try that was right.

        Earlier failures of the address stay counted: signing in oneself does not buy
        more guesses at other names.
        """
        by_name, by_address = _keys(name, address)
        before = self._tries_of(by_address, self._now())
        self._tries[by_address] = Tries(max(before.count - 1, 0), before.last)
        self._tries.pop(by_name, None)

    def forget(self, name: str) -> None:
        """Let a name be tried at once again, whatever went before."""
        self._tries.pop(_keys(name, "")[0], None)

    def _tries_of(self, key: Key, now: datetime) -> Tries:
        tries = self._tries.get(key)
        if tries is None or now - tries.last >= FORGOTTEN_AFTER:
            return Tries(0, now)
        return tries

    def _forget(self, now: datetime) -> None:
        limit = now - FORGOTTEN_AFTER
        for key in [key for key, one in self._tries.items() if one.last <= limit]:
            self._tries.pop(key, None)


def _keys(name: str, address: str) -> tuple[Key, Key]:
    return ("name", name.casefold()), ("address", address)
