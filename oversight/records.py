"""What is kept by hand: the records of a kind that somebody may see, enter, correct."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from oversight import attachments, roles
from oversight.arrivals.forms import Entered, Entry, cell_of, enter, has_form
from oversight.attachments import About, Attachment
from oversight.reader import Reader
from oversight.sources import Source, all_sources
from oversight.store import rows
from oversight.words import APP, COMPANY, EVERY_HOME

UK = ZoneInfo("Europe/London")
SHOWN = 2_000  # rows: more than a person looks through, less than a browser minds


@dataclass(frozen=True)
class Record:
    """One row as known, and the file or form it came by.

    values: by column, home by its reference. key and arrival name this very version.
    """

    key: str
    arrival: int
    row: int
    origin: str
    file_name: str
    sent_on: date
    values: dict[str, Any]

    @property
    def is_entered_here(self) -> bool:
        return self.origin == APP

    @property
    def cells(self) -> dict[str, str]:
        """Its values as a form shows them."""
        return {name: cell_of(value) for name, value in self.values.items()}


@dataclass(frozen=True)
class Listed:
    """The newest records of a kind, and how many there are in all."""

    records: tuple[Record, ...]
    total: int
    entered_here: int


def kinds_open_to(reader: Reader) -> dict[str, Source]:
    """The kinds whose rows somebody may look through, by name."""
    roles.check_may_see_rows(reader.person.role)
    sees_all = EVERY_HOME in reader.allowed
    return {
        kind: source
        for kind, source in all_sources().items()
        if has_form(source) and (sees_all or source.has_home)
    }


def listed(reader: Reader, kind: str) -> Listed:
    """The records of a kind on the day asked about, in scope, newest arrival first."""
    source = kinds_open_to(reader)[kind]
    names = [column.name for column in source.columns]
    wanted = ", ".join(f'known."{name}"' for name in names)
    with reader.reading() as cursor:
        cursor.execute(
            f"""
            select
                known.row_key as _key,
                known.arrival as _arrival,
                known.row as _row,
                known.origin as _origin,
                arrival.file_name as _file,
                known.sent_on as _sent_on,
                count(*) over () as _total,
                count(*) filter (known.origin = '{APP}') over () as _here,
                {wanted}
            from known_{kind}(?::date) as known
            inner join arrival on arrival.number = known.arrival
            order by known.arrival desc, known.row
            limit {SHOWN}
            """,
            [reader.as_of],
        )
        found = rows(cursor)
    records = tuple(_record(row, names) for row in found)
    total, here = (found[0]["_total"], found[0]["_here"]) if found else (0, 0)
    return Listed(records, total, here)


def may_enter_now(reader: Reader) -> bool:
    """Whether this person may enter records, on the day they are looking at."""
    is_now = reader.as_of >= today() and reader.known is None
    return roles.may_enter(reader.person.role) and is_now


def put(
    reader: Reader, kind: str, cells: Mapping[str, str], corrects: Record | None = None
) -> Entered:
    """A record entered or corrected by this person, within their own homes."""
    roles.check_may_enter(reader.person.role)
    source = kinds_open_to(reader)[kind]
    version = (corrects.key, corrects.arrival) if corrects else None
    person = reader.person.name
    return enter(reader.store, Entry(source, cells, person, reader.allowed, version))


def about(kind: str, record: Record) -> About:
    """A record as a thing that evidence is of."""
    home = record.values.get("home", COMPANY)
    return About(attachments.RECORD, f"{kind}|{record.key}", str(home))


def evidence(reader: Reader, of: About) -> list[Attachment]:
    """What is attached to a record, a clause or a Toolkit item, newest first."""
    roles.check_may_see_rows(reader.person.role)
    _check_in_scope(reader, of.home)
    with reader.store.reading() as cursor:
        return attachments.on(cursor, [of])


def add_evidence(
    reader: Reader,
    of: About,
    name: str,
    body: bytes,
    expires_on: date | None = None,
    note: str = "",
) -> Attachment:
    """A file attached by this person, to what they may see."""
    roles.check_may_attach(reader.person.role)
    _check_in_scope(reader, of.home)
    return attachments.attach(
        reader.store,
        of,
        name,
        body,
        reader.person.name,
        expires_on=expires_on,
        note=note,
    )


def evidence_bytes(reader: Reader, number: int) -> bytes:
    """The bytes of one attached file, for whoever may see what it is evidence of."""
    roles.check_may_see_rows(reader.person.role)
    with reader.store.reading() as cursor:
        found = attachments.find(cursor, number)
    _check_in_scope(reader, found.home)
    return attachments.bytes_of(reader.store, found)


def remove_evidence(reader: Reader, number: int, why: str) -> None:
    """A file taken away, for a reason that is kept in its place."""
    roles.check_may_remove_evidence(reader.person.role)
    attachments.remove(reader.store, number, why, reader.person.name)


def _check_in_scope(reader: Reader, home: str) -> None:
    if EVERY_HOME not in reader.allowed and home not in reader.allowed:
        raise roles.NotAllowed(
            "This is evidence of another home, or of the company. Ask the IG lead."
        )


def today() -> date:
    """Today in the UK."""
    return datetime.now(UTC).astimezone(UK).date()


def _record(row: dict[str, Any], names: list[str]) -> Record:
    return Record(
        row["_key"],
        row["_arrival"],
        row["_row"],
        row["_origin"],
        row["_file"],
        row["_sent_on"],
        {name: row[name] for name in names},
    )
