"""Files that a signed-in person brings in: seen first, taken in, taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oversight import roles
from oversight.arrivals import Report, Sent, jobs, mappings, proposing, undo
from oversight.arrivals.jobs import Job, Upload
from oversight.arrivals.preview import Preview, preview
from oversight.arrivals.proposing import Headed
from oversight.arrivals.uploads import standing
from oversight.reader import Reader
from oversight.reading_room.profiles import Profile, all_profiles
from oversight.store import EVERYTHING, StoreError, last_moment, rows

SHOWN = 50  # of the newest arrivals, to choose one to take back


@dataclass(frozen=True)
class Said:
    """What a person says about a file beside its name; nothing said is found out."""

    kind: str | None = None
    profile: str | None = None
    home: str | None = None
    taken_on: date | None = None
    mapping: Profile | None = None


def look(reader: Reader, name: str, body: bytes | memoryview, said: Said) -> Preview:
    """What this file would do; nothing of it is kept."""
    roles.check_may_import(reader.person.role)
    with standing(reader.store, name, body) as path:
        return preview(reader.store, _sent(reader, said)(path))


def bring(reader: Reader, files: list[tuple[str, bytes | memoryview, Said]]) -> Job:
    """Begins to take the files in, each whole or not at all."""
    roles.check_may_import(reader.person.role)
    uploads = [Upload(name, body, _sent(reader, said)) for name, body, said in files]
    return jobs.start(reader.store, uploads)


def headed(reader: Reader, name: str, body: bytes | memoryview) -> Headed:
    """The headings of a file of no known layout."""
    roles.check_may_import(reader.person.role)
    with standing(reader.store, name, body) as path:
        return proposing.look_at(path, name)


def profiles(reader: Reader) -> dict[str, Profile]:
    """Every profile by name, those made here among them."""
    with reader.store.reading() as cursor:
        return {**all_profiles(), **mappings.saved_here(cursor)}


def save_mapping(reader: Reader, name: str, said: dict[str, object]) -> Profile:
    """A mapping kept under a name, to be used again by it and by its headings."""
    roles.check_may_import(reader.person.role)
    return mappings.save(reader.store, name, said, reader.person.name)


def newest(reader: Reader) -> int:
    """The newest moment: what a file would change, it would change since then."""
    with reader.store.reading() as cursor:
        return last_moment(cursor)[0]


def taken_in(reader: Reader) -> list[dict[str, object]]:
    """The newest arrivals that count, which may be taken back."""
    roles.check_may_import(reader.person.role)
    with reader.store.reading(EVERYTHING) as cursor:
        cursor.execute(
            f"""
            with said as (
                select target, arg_max(state, number) as state
                from arrival
                group by target
            )

            select arrival.number, arrival.kind, arrival.file_name, arrival.taken_on
            from arrival
            inner join said on said.target = arrival.number
            where said.state <> 'undone'
            order by arrival.number desc
            limit {SHOWN}
            """
        )
        return rows(cursor)


def take_back(reader: Reader, arrival: int, why: str) -> Report:
    """An arrival withdrawn, with a reason that is kept."""
    roles.check_may_import(reader.person.role)
    if not why.strip():
        raise StoreError("Wanted a reason: it is kept with the withdrawal.")
    return undo(reader.store, arrival, why.strip(), reader.person.name)


def _sent(reader: Reader, said: Said) -> Callable[[Path], Sent]:
    def about(path: Path) -> Sent:
        return Sent(
            path,
            reader.person.name,
            said.kind,
            said.profile,
            said.home,
            taken_on=said.taken_on,
            mapping=said.mapping,
        )

    return about
