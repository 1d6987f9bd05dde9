"""What the sign-in desk asks of second factors, and what of the store answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from oversight import people, second_factor
from oversight.gate.kept import Kept
from oversight.people import Person
from oversight.sessions import utc_now
from oversight.store import Store


class Step(Enum):
    """What is still wanted of somebody whose passphrase was right."""

    NOTHING = "nothing"
    CODE = "code"
    SET_UP = "set up"


class SecondFactors(Protocol):
    """The second factors of all accounts."""

    def step_for(self, name: str) -> Step: ...
    def is_right(self, name: str, typed: str) -> bool: ...
    def is_first_code(self, name: str, secret: str, typed: str) -> bool: ...
    def set_up(self, name: str, secret: str) -> list[str]: ...


class NoSecondFactors:
    """For an app without accounts; the dashboard's has StoredSecondFactors."""

    def step_for(self, name: str) -> Step:
        return Step.NOTHING

    def is_right(self, name: str, typed: str) -> bool:
        return False

    def is_first_code(self, name: str, secret: str, typed: str) -> bool:
        return False

    def set_up(self, name: str, secret: str) -> list[str]:
        return []


@dataclass(frozen=True)
class StoredSecondFactors:
    """Those of a store; which codes were used is kept beside it."""

    store: Store
    kept: Kept
    now: Callable[[], datetime] = utc_now

    def step_for(self, name: str) -> Step:
        person: Person | None = people.find(self.store, name)
        if second_factor.secret_of(self.store, name):
            return Step.CODE
        if person is not None and second_factor.is_wanted(self.store, person):
            return Step.SET_UP
        return Step.NOTHING

    def is_right(self, name: str, typed: str) -> bool:
        """Whether it is this person's code of now, or one of their recovery codes."""
        secret = second_factor.secret_of(self.store, name)
        if secret is None:
            return False
        step = second_factor.step_of(secret, typed, self.now())
        if step is not None:
            return self.kept.use_step(name, step)
        return second_factor.use_recovery_code(self.store, name, typed)

    def is_first_code(self, name: str, secret: str, typed: str) -> bool:
        """Whether a code shows that the phone holds the secret it was just shown."""
        step = second_factor.step_of(secret, typed, self.now())
        return step is not None and self.kept.use_step(name, step)

    def set_up(self, name: str, secret: str) -> list[str]:
        return second_factor.set_up(self.store, name, secret)
