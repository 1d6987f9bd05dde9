"""What somebody sent, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from oversight.reading_room.profiles import Profile
from oversight.reading_room.recognition import taken_on_by_name
from oversight.shown import printable
from oversight.words import APP, EVERY_HOME


@dataclass(frozen=True)
class Sent:
    """A file as somebody sent it, with what they said about it."""

    path: Path
    person: str
    kind: str | None = None
    profile: str | None = None
    home: str | None = None
    covers: tuple[str, ...] = ()  # the homes it speaks for; none named: all of them
    taken_on: date | None = None
    known_at: datetime | None = None
    is_form: bool = False  # one record, told by a person here
    mapping: Profile | None = None  # to read it by, made for it and not saved (yet)

    @property
    def name(self) -> str:
        return printable(self.path.name.replace("\n", " "))

    @property
    def speaks_for(self) -> tuple[str, ...]:
        """The homes it covers as they were said; '*' for all."""
        return self.covers or ((self.home,) if self.home else (EVERY_HOME,))

    def origin(self, profile: str) -> str:
        """Whose rows these are: no register of another origin ever removes them."""
        return APP if self.is_form else profile

    @property
    def is_dated(self) -> bool:
        return self.taken_on is not None or taken_on_by_name(self.name) is not None


@dataclass(frozen=True)
class Report:
    """What became of a file; always read = accepted + unchanged + refused."""

    file: str
    sha256: str | None
    kind: str | None
    profile: str | None
    arrival: int | None
    state: str  # accepted · already_in · refused · would_accept
    rows_read: int
    rows_accepted: int
    rows_warned: int
    rows_unchanged: int
    rows_refused: int
    ignored_columns: tuple[str, ...]
    message: str
