"""Somebody else's columns, mapped here once: kept by version, then used by name."""

import json
import re
from typing import Any

from oversight import journal
from oversight.arrivals.sent import Sent
from oversight.reading_room.date_forms import FORMS
from oversight.reading_room.profiles import Profile, all_profiles, profile_of
from oversight.sources import all_sources
from oversight.store import Cursor, Store, StoreError

NAME = re.compile(r"[a-z][a-z0-9_]{2,59}")


def profiles_for(cursor: Cursor, sent: Sent) -> dict[str, Profile]:
    """The profiles made here, and what was made for this file alone."""
    own = {sent.mapping.name: sent.mapping} if sent.mapping is not None else {}
    return {**saved_here(cursor), **own}


def saved_here(cursor: Cursor) -> dict[str, Profile]:
    """The profiles made here, by name; those removed are left out."""
    rows = cursor.execute(
        """
        select name, arg_max(said, number)
        from saved_profile
        where number <= getvariable('known_number')
        group by name
        having not arg_max(is_removed, number)
        order by name
        """
    ).fetchall()
    return {name: profile_of(name, json.loads(said)) for name, said in rows}


def save(store: Store, name: str, said: dict[str, Any], person: str) -> Profile:
    """Keeps a mapping under a name; another version of it when the name is taken."""
    profile = check(name, said)
    with store.writing() as writing:
        writing.cursor.execute(
            "insert into saved_profile values (?, ?, ?, ?, false)",
            [writing.number, name, json.dumps(said, ensure_ascii=False), person],
        )
        journal.append(writing, person, "profile saved", {"name": name, "said": said})
    return profile


def remove(store: Store, name: str, why: str, person: str) -> None:
    """A mapping that is used no longer; what it brought in stays."""
    with store.reading() as cursor:
        if name not in saved_here(cursor):
            raise StoreError(f"There is no profile {name!r} that was made here.")
    with store.writing() as writing:
        writing.cursor.execute(
            "insert into saved_profile values (?, ?, '{}', ?, true)",
            [writing.number, name, person],
        )
        journal.append(writing, person, "profile removed", {"name": name, "why": why})


def check(name: str, said: dict[str, Any]) -> Profile:
    """The profile that a mapping makes; StoreError says what it still lacks."""
    if not NAME.fullmatch(name):
        raise StoreError(
            "A profile's name wants 3 to 60 small letters, figures and underscores, a"
            f" letter first, such as old_incident_log; got {name!r}."
        )
    if name in all_profiles():
        raise StoreError(f"The name {name} is that of a profile that comes with this.")
    profile = profile_of(name, said)
    source = all_sources()[profile.kind]
    had = {column.name for column in profile.columns}
    lacking = [c.name for c in source.columns if c.is_needed and c.name not in had]
    if lacking:
        raise StoreError(
            f"{source.title} cannot do without {', '.join(lacking)}: say which heading"
            " holds it, or give one value for all rows."
        )
    if profile.dates not in FORMS:
        raise StoreError(
            f"Wanted how the dates are written, one of {', '.join(FORMS)};"
            f" got {profile.dates or 'nothing'}."
        )
    if not profile.needs:
        raise StoreError("Wanted at least one heading to recognise such files by.")
    return profile
