"""The journal, for those who may read it: who did what, newest first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from oversight import disclosure, journal, roles
from oversight.reader import Reader
from oversight.store import Cursor
from oversight.trust.exports import csv_of

UK: Final = ZoneInfo("Europe/London")
SHOWN: Final = 500
EXPORTED: Final = 100_000
HEADS: Final = ("number", "at", "person", "what", "about", "sha256")


@dataclass(frozen=True)
class Entry:
    """One entry; `about` is JSON, what names people in it masked."""

    number: int
    at: datetime
    person: str
    what: str
    about: str
    sha256: str


@dataclass(frozen=True)
class Asked:
    """What of the journal is asked for; "" leaves nothing out."""

    person: str = ""
    what: str = ""
    since: date | None = None


def entries(reader: Reader, asked: Asked, at_most: int = SHOWN) -> list[Entry]:
    """The newest entries up to the reader's day."""
    roles.check_may_read_journal(reader.person.role)
    with reader.store.reading() as cursor:
        found = cursor.execute(
            f"""
            select number, known_at, person, what, about, sha256
            from journal where {_WHERE}
            order by number desc
            limit $at_most
            """,
            _values(reader, asked) | {"at_most": at_most},
        ).fetchall()
    return [
        Entry(number, at, person, what, disclosure.masked(about), sha256)
        for number, at, person, what, about, sha256 in found
    ]


def counted(reader: Reader, asked: Asked) -> int:
    """How many entries there are of what is asked for."""
    roles.check_may_read_journal(reader.person.role)
    with reader.store.reading() as cursor:
        return _count(cursor, reader, asked)


def choices(reader: Reader) -> tuple[list[str], list[str]]:
    """The persons and the deeds there are entries of."""
    roles.check_may_read_journal(reader.person.role)
    with reader.store.reading() as cursor:
        persons, deeds = (
            [
                str(row[0])
                for row in cursor.execute(
                    f"select distinct {column} as said from journal order by said"
                ).fetchall()
            ]
            for column in ("person", "what")
        )
    return persons, deeds


def first_broken(reader: Reader) -> int | None:
    """The first entry whose seal does not hold; None: the chain is whole."""
    roles.check_may_read_journal(reader.person.role)
    with reader.store.reading() as cursor:
        return journal.first_broken(cursor)


def exported(reader: Reader, asked: Asked) -> bytes:
    """The entries asked for as CSV, with their seals; it is journalled."""
    found = entries(reader, asked, EXPORTED)
    if reader.tell:
        about = {"rows": len(found), "asked": _said(asked)}
        reader.tell(reader.person.name, "journal exported", about)
    rows = [
        {
            "number": one.number,
            "at": one.at.astimezone(UK).isoformat(),
            "person": one.person,
            "what": one.what,
            "about": one.about,
            "sha256": one.sha256,
        }
        for one in found
    ]
    return csv_of(HEADS, rows)


_WHERE = """
    ($person = '' or person = $person)
    and ($what = '' or what = $what)
    and ($since is null or known_at >= $since)
    and known_at < $until
"""


def _count(cursor: Cursor, reader: Reader, asked: Asked) -> int:
    row = cursor.execute(
        f"select count(*) from journal where {_WHERE}", _values(reader, asked)
    ).fetchone()
    return int(row[0]) if row else 0


def _values(reader: Reader, asked: Asked) -> dict[str, Any]:
    return {
        "person": asked.person,
        "what": asked.what,
        "since": _start(asked.since) if asked.since else None,
        "until": _start(reader.as_of + timedelta(days=1)),
    }


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UK)


def _said(asked: Asked) -> dict[str, str]:
    return {
        "person": asked.person,
        "what": asked.what,
        "since": asked.since.isoformat() if asked.since else "",
    }
