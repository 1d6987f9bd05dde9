"""The files of a made-up history: two systems, three homes, rows that are refused."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from oversight.arrivals import Sent

DAYS = [date(2025, 1, 31) + timedelta(days=37 * n) for n in range(5)]
EVER = date(2026, 6, 1)
# Two systems; what each calls the homes. Ash End is on no register.
CALLED = {
    "template_staff": {"elm": "Elm House", "oak": "Oak Lodge", "ash": "Ash End"},
    "asc_wds_staff": {"elm": "ELM", "oak": "1-2", "ash": "ASH END"},
    "template_incidents": {"elm": "Elm House", "oak": "Oak Lodge", "ash": "Ash End"},
}
HEADINGS = {
    "template_homes": "home_ref name local_ref provider",
    "template_staff": "home staff_ref job_role started_on",
    "asc_wds_staff": (
        "LOCALESTID UNIQUEWORKERID MAINJOBROLE STARTDATE EMPLSTATUS STATUS"
    ),
    "template_incidents": "home incident_ref title aware_at",
}
GOOD, REFUSED, UNREADABLE = "good", "refused", "unreadable"  # a key cannot be read


@dataclass(frozen=True)
class Row:
    home: str
    ref: str
    fate: str = GOOD


@dataclass(frozen=True)
class Sheet:
    """One file; no covers: it is whole for the company."""

    profile: str
    taken_on: date
    rows: tuple[Row, ...]
    covers: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.profile.rsplit("_", 1)[-1]

    def called(self, home: str) -> str:
        return CALLED[self.profile][home]

    def write(self, folder: Path, tag: str) -> Sent:
        path = folder / f"{tag}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS[self.profile].split())
            writer.writerows(self.cells(row, tag) for row in self.rows)
        covers = tuple(self.called(home) for home in self.covers)
        return Sent(
            path,
            "tester",
            profile=self.profile,
            covers=covers,
            taken_on=self.taken_on,
        )

    def cells(self, row: Row, tag: str) -> list[str]:
        ref = "" if row.fate == UNREADABLE else row.ref
        is_sector = self.profile == "asc_wds_staff"
        told = self.taken_on - timedelta(days=40)
        day = told.strftime("%d/%m/%Y" if is_sector else "%Y-%m-%d")
        more = ["", "NEW"] if is_sector else []
        return [
            self.called(row.home),
            ref,
            tag,
            "soon" if row.fate == REFUSED else day,
            *more,
        ]


class Homes(Sheet):
    def called(self, home: str) -> str:
        return home

    def cells(self, row: Row, tag: str) -> list[str]:
        named = {"elm": ["1-1", "Elm House", "ELM"], "oak": ["1-2", "Oak Lodge", ""]}
        return [*named[row.home], tag]


HOMES = Homes("template_homes", DAYS[0], (Row("elm", ""), Row("oak", "")))


def ours(day: int, *people: Row, covers: tuple[str, ...] = ()) -> Sheet:
    return Sheet("template_staff", DAYS[day], people, covers)


def theirs(day: int, *people: Row, covers: tuple[str, ...] = ()) -> Sheet:
    return Sheet("asc_wds_staff", DAYS[day], people, covers)


def log(day: int, *incidents: Row) -> Sheet:
    return Sheet("template_incidents", DAYS[day], incidents)


ONE, TWO = Row("elm", "s1"), Row("elm", "s2")
OAK, ASH = Row("oak", "s1"), Row("ash", "s1")
LOST = Row("elm", "", UNREADABLE)
TWO_REFUSED = Row("elm", "s2", REFUSED)

# Each rule by the shortest history that tells it from its absence.
BY_RULE = {
    "what the next register leaves out has gone": [ours(0, ONE, TWO), ours(1, ONE)],
    "a row that says nobody's name lets nobody go": [
        ours(0, ONE, TWO),
        ours(1, ONE, LOST),
        ours(2, ONE),
    ],
    "who is refused has not been left out": [
        ours(0, ONE, TWO),
        ours(1, ONE, TWO_REFUSED),
        ours(2, ONE, TWO_REFUSED),
        ours(3, ONE),
    ],
    "who had gone does not come back by being refused": [
        ours(0, ONE, TWO),
        ours(1, ONE),
        ours(2, ONE, TWO_REFUSED),
    ],
    "a register for one home says nothing of another": [
        HOMES,
        ours(0, ONE, OAK),
        ours(1, TWO, covers=("elm",)),
        ours(2, TWO, covers=("elm", "oak")),
    ],
    "a home may be left empty": [
        ours(0, ONE, OAK),
        ours(1, ONE, covers=("oak", "elm")),
    ],
    "homes that nobody knows are not one home": [
        ours(0, ASH, covers=("ash",)),
        ours(1, OAK, covers=("oak",)),
        HOMES,
    ],
    "a system takes away only what it brought": [
        ours(0, ONE, TWO),
        theirs(1, ONE),
        theirs(2, OAK),
    ],
    "two systems that name a home apart mean one person": [
        HOMES,
        ours(0, ONE),
        theirs(1, ONE),
    ],
    "who is in either has gone when the last lets go": [
        HOMES,
        theirs(0, ONE),
        ours(1, ONE),
        ours(2, TWO),
        theirs(3, TWO),
    ],
    "the day a file was taken decides, not the day it came": [
        ours(2, ONE),
        ours(0, ONE, TWO),
        log(2, Row("elm", "i1")),
        log(0, Row("elm", "i1"), Row("elm", "i2")),
    ],
    "of two files of a day the later decides": [ours(1, ONE, TWO), ours(1, ONE)],
    "a log never forgets what it is not told again": [
        log(0, Row("elm", "i1"), Row("elm", "i2")),
        log(1, Row("elm", "i1")),
        log(2, Row("elm", "i1", REFUSED)),
    ],
    "what is withdrawn is as if it had not come, and may come again": [
        ours(0, ONE, TWO),
        ours(1, ONE),
        ("undo", 1),
        ("undo", 2),
        ("undo", 0),
        ("again", 0),
        ("again", 1),
    ],
    "a register of homes makes known what was there before": [
        ours(0, ONE),
        theirs(1, ONE, TWO),
        HOMES,
        ("undo", 2),
    ],
}
