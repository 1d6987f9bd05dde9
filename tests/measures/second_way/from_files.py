"""The company's files read a second time, by Python alone: which rows stand on a day.

No macro, no profile and no check of the program's is asked: what a file says is read
from the file, and what a kind is from the table in its source's header.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from oversight.demo import SentFile
from oversight.sources import SourceColumn, all_sources
from tests.measures.second_way.rows import UK, Row, Rows, fold

YES_NO = {"yes": True, "no": False}
# The layouts of others that the company sends: heading by column, words by word.
STAFF = {
    "home": "LOCALESTID",
    "staff_ref": "UNIQUEWORKERID",
    "job_role": "MAINJOBROLE",
    "employment": "EMPLSTATUS",
    "started_on": "STARTDATE",
}
TRAINING = {
    "home": "LOCALESTID",
    "staff_ref": "UNIQUEWORKERID",
    "category": "CATEGORY",
    "course_name": "TRAININGNAME",
    "validity_months": "VALIDITY",
    "completed_on": "DATECOMPLETED",
    "expires_on": "EXPIRYDATE",
}
HOMES = {"home_ref": "cqc_id", "name": "name"}
EMPLOYMENT = dict(
    zip("12347", ("permanent", "temporary", "bank", "agency", "other"), strict=True)
)
NO_SUCH_CATEGORY = 145


@dataclass
class Told:
    """One file: its rows by key, in order, and whom it speaks for."""

    sent: SentFile
    rows: dict[tuple[str, ...], Row] = field(default_factory=dict)
    takes_nobody_off: bool = False  # a key in it could not be read


@dataclass
class Company:
    """Every file that was sent, read once."""

    files: Sequence[SentFile]

    def __post_init__(self) -> None:
        self.homes = {"company": "company"}
        for sent in self.of("homes"):
            for row in _rows_of(sent):
                self.homes |= {fold(row.name): row.home_ref}
        self.told: dict[str, list[Told]] = defaultdict(list)
        for sent in self.files:
            if sent.kind != "access_events":
                self.told[sent.kind].append(self._read(sent))

    def of(self, kind: str) -> list[SentFile]:
        return [sent for sent in self.files if sent.kind == kind]

    def _read(self, sent: SentFile) -> Told:
        told, source = Told(sent), all_sources()[sent.kind]
        nth: dict[tuple[str, ...], int] = defaultdict(int)
        for row in _rows_of(sent):
            row["sent_on"] = sent.taken_on
            if sent.kind == "homes":
                row["home"] = row["home_key"] = row.home_ref
            else:  # where a kind names no home, it is the company's
                said = row.get("home", "company")
                row["home"] = row["home_key"] = self.homes[fold(said)]
            key = tuple(fold(str(row.get(name))) or "" for name in source.key)
            if sent.kind == "training":
                nth[key] += 1
                key = (*key, str(nth[key]))
                if row.category == NO_SUCH_CATEGORY:
                    told.takes_nobody_off = True
                    continue
                if _is_refused(row):
                    continue
            row["row_key"] = "|".join(key)
            told.rows[key] = row
        return told

    def standing(self, kind: str, day: date, *, ever: bool) -> list[Row]:
        """What stands on a day; ever: what a register dropped too, with gone_on."""
        source = all_sources()[kind]
        is_register = source.delivers == "snapshot"
        as_told = is_register or source.tells_states
        told = [t for t in self.told[kind] if t.sent.taken_on <= day or not as_told]
        newest: dict[tuple[str, ...], Row] = {}
        first: dict[tuple[str, ...], date] = {}
        at: dict[tuple[str, ...], int] = {}
        for number, one in enumerate(told):
            for key, row in one.rows.items():
                newest[key], at[key] = row, number
                first.setdefault(key, one.sent.taken_on)
        found = []
        for key, row in newest.items():
            gone = None
            if is_register:
                left_out = (
                    later.sent.taken_on
                    for later in told[at[key] + 1 :]
                    if not later.takes_nobody_off and self._speaks_for(later, row)
                )
                gone = next(left_out, None)
            if gone is None or ever:
                found.append(Row(row, gone_on=gone, first_sent_on=first[key]))
        return found

    def _speaks_for(self, told: Told, row: Row) -> bool:
        covers = told.sent.covers
        return not covers or row.home in {self.homes[fold(one)] for one in covers}


@dataclass
class FileRows(Rows):
    """The rows of each kind that stand on a day; the cursor is asked for the journal and
    what rules of access found, which are in no file.
    """

    company: Company = field(kw_only=True)

    def _read(self, macro: str) -> list[Row]:
        if macro not in self.read:
            how, kind = macro.split("_", 1)
            found = self.company.standing(kind, self.day, ever=how == "ever")
            self.read[macro] = found
        return self.read[macro]


def _rows_of(sent: SentFile) -> list[Row]:
    with sent.path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    layout = {"staff": STAFF, "training": TRAINING, "homes": HOMES}.get(sent.kind)
    found = []
    for line in lines:
        cells = {c: line[h] for c, h in layout.items()} if layout else dict(line)
        if sent.kind == "staff":
            cells["employment"] = EMPLOYMENT[cells["employment"]]
        row = Row(dict.fromkeys(_columns(sent.kind)))
        columns = _columns(sent.kind)
        row |= {name: _value(columns[name], said) for name, said in cells.items()}
        found.append(row)
    return found


@cache
def _columns(kind: str) -> dict[str, SourceColumn]:
    return {column.name: column for column in all_sources()[kind].columns}


def _value(column: SourceColumn, cell: str) -> Any:
    """A cell by what the header wants of its column; blank is None."""
    said, wanted = cell.strip(), column.wanted
    if not said:
        return None
    if wanted == "a date":
        return _day(said)
    if wanted == "a UK time":
        return datetime.fromisoformat(said).replace(tzinfo=UK).astimezone(UTC)
    if wanted == "yes or no":
        return YES_NO[said]
    if wanted.startswith("a whole number") or column.name == "category":
        return int(said)
    return said


def _day(said: str) -> date | None:
    if "/" not in said:
        return date.fromisoformat(said)
    day, month, year = map(int, said.split("/"))
    # Day and month the other way round: no such day.
    return date(year, month, day) if month <= 12 else date.max


def _is_refused(row: Row) -> bool:
    expires = row.expires_on
    is_no_day = date.max in (row.completed_on, expires)
    return is_no_day or (expires is not None and expires <= row.completed_on)
