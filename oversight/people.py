"""Who may sign in, as what, and for which homes: accounts, kept by version."""

from dataclasses import dataclass, replace

from oversight import journal
from oversight.store import Cursor, Store, StoreError
from oversight.words import Role


@dataclass(frozen=True)
class Person:
    """One account as it is now. `homes` matters only to a home manager."""

    name: str
    role: Role
    homes: tuple[str, ...]
    is_enabled: bool
    password_hash: str


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
    """A new account; refused when the name is taken."""
    if find(store, person.name) is not None:
        raise StoreError(f"There is an account called {person.name!r} already.")
    _put(store, person, by, "person added")


def change(store: Store, name: str, by: str, what: str, **changes: object) -> Person:
    """A new version of an account; refused when there is none of that name."""
    person = find(store, name)
    if person is None:
        raise StoreError(f"There is no account called {name!r}.")
    changed = replace(person, **changes)  # type: ignore[arg-type]
    _put(store, changed, by, what)
    return changed


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
        select name, role, homes, is_enabled, password_hash
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
