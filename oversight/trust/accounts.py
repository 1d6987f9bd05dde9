"""People and settings, as an administrator sees and changes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from oversight import passphrases, people, roles, second_factor, settings
from oversight.people import Person
from oversight.reader import Reader
from oversight.store import EVERYTHING, StoreError
from oversight.verdicts.judgement import home_names
from oversight.words import Role

LONGEST: Final = 200  # characters of a setting
# What a page may set. Whether a company is made up is none of it: the demo says so.
OPEN: Final = tuple(name for name in settings.DEFAULTS if name != settings.MADE_UP)


@dataclass(frozen=True)
class Account:
    """One person who may or might sign in."""

    name: str
    role: Role
    homes: tuple[str, ...]  # by name
    is_enabled: bool
    has_second_factor: bool
    is_from_provider: bool


def accounts(reader: Reader) -> list[Account]:
    """Everybody, by name."""
    roles.check_may_manage_people(reader.person.role)
    names = homes(reader)
    return [
        Account(
            one.name,
            one.role,
            tuple(names.get(home, home) for home in one.homes),
            one.is_enabled,
            second_factor.secret_of(reader.store, one.name) is not None,
            not one.password_hash,
        )
        for one in people.everyone(reader.store)
    ]


def homes(reader: Reader) -> dict[str, str]:
    """The names of the homes one may be given, by reference: names and no records."""
    roles.check_may_manage_people(reader.person.role)
    with reader.store.reading(EVERYTHING) as cursor:
        return dict(sorted(home_names(cursor).items(), key=lambda each: each[1]))


def add(reader: Reader, name: str, role: Role, own: Sequence[str]) -> str:
    """A new account; its first passphrase, made here and told once."""
    roles.check_may_manage_people(reader.person.role)
    given = _own(reader, role, own)
    passphrase = passphrases.made()
    hashed = passphrases.hash_of(passphrase)
    person = Person(name.strip(), role, given, True, hashed)
    people.add(reader.store, person, reader.person.name)
    return passphrase


def set_role(reader: Reader, name: str, role: Role, own: Sequence[str]) -> None:
    """Another role, or other homes; it signs the person out everywhere."""
    roles.check_may_manage_people(reader.person.role)
    given = _own(reader, role, own)
    by = reader.person.name
    people.change(reader.store, name, by, "role changed", role=role, homes=given)


def set_enabled(reader: Reader, name: str, is_enabled: bool) -> None:
    """Let somebody in no longer, or again."""
    roles.check_may_manage_people(reader.person.role)
    what = "person enabled" if is_enabled else "person disabled"
    by = reader.person.name
    people.change(reader.store, name, by, what, is_enabled=is_enabled)


def new_passphrase(reader: Reader, name: str) -> str:
    """Another passphrase for somebody, made here and told once."""
    roles.check_may_manage_people(reader.person.role)
    person = people.find(reader.store, name)
    if person is not None and not person.password_hash:
        raise StoreError(
            f"{name} signs in with the company's provider: change it there."
        )
    passphrase = passphrases.made()
    hashed = passphrases.hash_of(passphrase)
    by = reader.person.name
    people.change(reader.store, name, by, "passphrase changed", password_hash=hashed)
    return passphrase


def reset_second_factor(reader: Reader, name: str) -> None:
    """The phone is lost: another is added at the next sign-in."""
    roles.check_may_manage_people(reader.person.role)
    person = people.find(reader.store, name)
    if person is None:
        raise StoreError(f"There is no account called {name!r}.")
    second_factor.take_away(reader.store, person.name, reader.person.name)


def settings_now(reader: Reader) -> dict[str, str]:
    """Every setting a page may change, as it is."""
    roles.check_may_change_settings(reader.person.role)
    with reader.store.reading() as cursor:
        return {name: settings.read(cursor, name) for name in OPEN}


def change_settings(reader: Reader, said: dict[str, str]) -> list[str]:
    """Keep what is different, in one journal entry; the names of what was changed."""
    roles.check_may_change_settings(reader.person.role)
    before = settings_now(reader)
    changed = {}
    for name, value in said.items():
        plain = " ".join(value.split())
        if name not in OPEN or not 0 < len(plain) <= LONGEST or not plain.isprintable():
            raise ValueError(
                f"{name}: wanted 1 to {LONGEST} characters, got {len(plain)}."
            )
        if plain != before[name]:
            changed[name] = plain
    if changed:
        with reader.store.writing() as writing:
            settings.write(writing, reader.person.name, changed)
    return list(changed)


def _own(reader: Reader, role: Role, own: Sequence[str]) -> tuple[str, ...]:
    if role is not Role.HOME_MANAGER:
        return ()
    known = homes(reader)
    if not own or not set(own) <= set(known):
        raise ValueError("A home manager sees their own homes: choose at least one.")
    return tuple(dict.fromkeys(own))
