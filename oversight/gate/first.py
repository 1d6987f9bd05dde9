"""The first administrator: let in by a code that was printed where the app was started.

There is no default account and no default secret. Whoever can read what the server
prints is whoever may say who manages it.
"""

import secrets
import sys
from dataclasses import dataclass, field
from typing import Final

from oversight import people
from oversight.gate.public import FIRST
from oversight.people import Person
from oversight.sessions import key_of
from oversight.store import Store, StoreError
from oversight.words import Role

SAID: Final = """
Nobody may sign in yet. Open {path} in the browser and give this code, which works once
and until the server stops:

    {code}
"""


@dataclass
class FirstCode:
    """The one code of this process, by its digest; none when there are accounts."""

    digest: str = field(default="", repr=False)

    def print_if_wanted(self, store: Store) -> None:
        """Make the code and print it, when the store has no account at all."""
        if people.everyone(store):
            return
        code = "-".join(secrets.token_hex(3) for _ in range(4))
        self.digest = key_of(code)
        # To the terminal or the service's own log, and nowhere else.
        sys.stderr.write(SAID.format(path=FIRST, code=code))
        sys.stderr.flush()

    @property
    def is_wanted(self) -> bool:
        return bool(self.digest)

    def is_right(self, typed: str) -> bool:
        """Whether it is the code, in constant time."""
        given = key_of("".join(typed.split()).lower())
        return self.is_wanted and secrets.compare_digest(given, self.digest)

    def use(self, store: Store, name: str, password_hash: str) -> Person:
        """The first account, of an administrator; the code is worth nothing after."""
        if people.everyone(store):
            self.digest = ""
            raise StoreError("There is an account already. Ask its administrator.")
        self.digest = ""
        people.add(
            store, Person(name, Role.ADMINISTRATOR, (), True, password_hash), name
        )
        added = people.find(store, name)
        assert added is not None
        return added
