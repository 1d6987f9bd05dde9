"""Who may sign in, as what, and for which homes: accounts, kept by version."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from oversight import journal, roles
from oversight.store import Cursor, Store, StoreError
from oversight.words import Role

NAME = re.compile(r"(?=.*[^\W_])[\w.@'’ -]{1,100}")


@dataclass(frozen=True)
class Person:
    """One account as it is now. `homes` matters only to a home manager.

    number: the version; a session begun under another one has ended.
    """

    name: str
    role: Role
    homes: tuple[str, ...]
    is_enabled: bool
    password_hash: str = field(repr=False)
    number: int = 0


# Who wants to hear, in this process, that an account is not what it was: the sessions.
_listening: list[Callable[[str], object]] = []


def when_changed(do: Callable[[str], object]) -> None:
    """Have something done with the name whenever an account has changed."""
    if do not in _listening:
        _listening.append(do)


def tell_changed(name: str) -> None:
    """An account is not what it was: whoever listens is told its name."""
    for do in _listening:
        do(name)


def is_name(name: str) -> bool:
    """Whether an account may be called that: short, and safe wherever it is shown."""
    return NAME.fullmatch(name) is not None


def find(store: Store, name: str) -> Person | None:
    """The account of a name, enabled or not; names are compared without case."""
    with store.reading() as cursor:
        found = _newest(cursor, "where lower(name) = lower(?)", [name])
    return found[0] if found else None


def everyone(store: Store) -> list[Person]:
    """Every account, by name."""
    with store.reading() as cursor:
        return _newest(cursor, "", [])


def add(store: Store, person: Person, by: str) -> None:
    """A new account; refused when the name is taken or is none."""
    if not is_name(person.name):
        raise StoreError(
            "Wanted a name of 1 to 100 letters, digits, spaces, dots, dashes or @;"
            f" got {person.name!r}."
        )
    if find(store, person.name) is not None:
        raise StoreError(f"There is an account called {person.name!r} already.")
    _put(store, person, by, "person added")


def change(store: Store, name: str, by: str, what: str, **changes: object) -> Person:
    """A new version of an account; refused when there is none of that name."""
    person = find(store, name)
    if person is None:
        raise StoreError(f"There is no account called {name!r}.")
    changed = replace(person, **changes)  # type: ignore[arg-type]
    if _manages(person) and not _manages(changed):
        _check_another_manages(store, person)
    _put(store, changed, by, what)
    tell_changed(changed.name)
    return changed


def from_provider(
    store: Store,
    issuer: str,
    subject: str,
    name: str,
    role: Role,
    homes: tuple[str, ...],
) -> Person | None:
    """The account of somebody a provider vouches for, with the role it says now.

    None when the name is another's: one with a passphrase, or another subject's.
    """
    person = find(store, name)
    known_as = _subject_of(store, name)
    if person is None:
        add(store, Person(name, role, homes, True, ""), f"provider {issuer}")
        with store.writing() as writing:
            writing.cursor.execute(
                "insert into provider_subject values (?, ?, ?, ?)",
                [writing.number, name, issuer, subject],
            )
            about = {"name": name, "issuer": issuer}
            journal.append(writing, f"provider {issuer}", "person vouched for", about)
        return find(store, name)
    if person.password_hash or known_as != (issuer, subject):
        return None
    if person.is_enabled and (person.role, person.homes) != (role, homes):
        what, by = "role changed", f"provider {issuer}"
        change(store, name, by, what, role=role, homes=homes)
    return find(store, name)


def _manages(person: Person) -> bool:
    return person.is_enabled and roles.may_manage_people(person.role)


def _check_another_manages(store: Store, person: Person) -> None:
    if not any(_manages(one) for one in everyone(store) if one.name != person.name):
        raise StoreError(
            f"{person.name} is the only administrator who may sign in. Make another one"
            " first: nobody could change anything any more."
        )


def _subject_of(store: Store, name: str) -> tuple[str, str] | None:
    with store.reading() as cursor:
        row = cursor.execute(
            """
            select issuer, subject from provider_subject
            where lower(person) = lower(?) order by number desc limit 1
            """,
            [name],
        ).fetchone()
    return (row[0], row[1]) if row else None


def _put(store: Store, person: Person, by: str, what: str) -> None:
    with store.writing() as writing:
        writing.cursor.execute(
            "insert into person values (?, ?, ?, ?, ?, ?)",
            [
                writing.number,
                person.name,
                person.role,
                list(person.homes),
                person.is_enabled,
                person.password_hash,
            ],
        )
        about = {"name": person.name, "role": person.role, "homes": person.homes}
        journal.append(writing, by, what, about)


def _newest(cursor: Cursor, where: str, values: list[str]) -> list[Person]:
    found = cursor.execute(
        f"""
        select name, role, homes, is_enabled, password_hash, number
        from (
            select *, row_number() over (
                partition by lower(name) order by number desc
            ) as nth
            from person
            {where}
        )
        where nth = 1
        order by name
        """,
        values,
    ).fetchall()
    return [Person(row[0], Role(row[1]), tuple(row[2]), *row[3:]) for row in found]
