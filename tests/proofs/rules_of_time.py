"""What should be known: the architecture's rules of time in plain Python."""

from dataclasses import dataclass
from datetime import date

from tests.proofs.made_files import EVER, GOOD, UNREADABLE, Sheet

# How the register of homes says that they are called; Ash End is not on it.
REGISTER = {"elm house": "1-1", "elm": "1-1", "oak lodge": "1-2", "1-2": "1-2"}


@dataclass(frozen=True)
class Told:
    """What arrived under a number: a sheet, or what an earlier one came to."""

    number: int
    target: int
    state: str
    sheet: Sheet
    tag: str  # what its rows say, so that it is seen which of them stands


@dataclass
class Version:
    seq: int
    tag: str
    home: str
    gone_on: date | None = None


class Model:
    """What should be known, worked out from the list of what arrived."""

    def __init__(self) -> None:
        self.told: list[Told] = []

    def live(self, kind: str, number: int, as_of: date) -> list[Told]:
        states = {
            told.target: told.state for told in self.told if told.number <= number
        }
        found = [
            told
            for told in self.told
            if told.number == told.target <= number
            and states[told.number] != "undone"
            and told.sheet.kind == kind
            and told.sheet.taken_on <= as_of
        ]
        return sorted(found, key=lambda told: (told.sheet.taken_on, told.number))

    def home(self, called: str, number: int) -> str:
        register = REGISTER if self.live("homes", number, EVER) else {}
        return register.get(called.lower(), called.lower())

    def staff(self, number: int, as_of: date) -> dict[str, Version]:
        """Everybody ever on a register, by key, as the last to have them did."""
        by_origin: dict[tuple[str, str], Version] = {}
        for seq, told in enumerate(self.live("staff", number, as_of)):
            sheet = told.sheet
            keys = {
                row: f"{self.home(sheet.called(row.home), number)}|{row.ref}"
                for row in sheet.rows
            }
            named = {key for row, key in keys.items() if row.fate != UNREADABLE}
            covers = [self.home(sheet.called(home), number) for home in sheet.covers]
            if not any(row.fate == UNREADABLE for row in sheet.rows):
                for (origin, key), version in by_origin.items():
                    is_covered = not covers or version.home in covers
                    if origin == sheet.profile and is_covered and key not in named:
                        version.gone_on = version.gone_on or sheet.taken_on
            for row, key in keys.items():
                if row.fate == GOOD:
                    home = key.split("|")[0]
                    version = Version(seq, told.tag, home)
                    by_origin[sheet.profile, key] = version
        best: dict[str, Version] = {}
        for (_, key), version in by_origin.items():
            rank = (version.gone_on or date.max, version.seq)
            if key not in best or rank > (best[key].gone_on or date.max, best[key].seq):
                best[key] = version
        return best

    def incidents(self, number: int) -> dict[str, tuple[str, date]]:
        """What stands of each incident, and the day it was first told of."""
        newest: dict[str, tuple[str, date]] = {}
        for told in self.live("incidents", number, EVER):
            for row in told.sheet.rows:
                if row.fate == GOOD:
                    first = newest.get(row.ref, ("", told.sheet.taken_on))[1]
                    newest[row.ref] = (told.tag, first)
        return newest
