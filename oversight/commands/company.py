"""A made-up company to look at, and the people who sign in."""

import secrets
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from oversight import (
    journal,
    own_keys,
    passphrases,
    people,
    second_factor,
    settings,
)
from oversight.commands.common import (
    DAY,
    answer,
    day,
    find_home,
    json_option,
    opened,
    person_option,
    says_no,
    store_option,
    table,
)
from oversight.demo import write_company
from oversight.demo.bringing_in import bring_in
from oversight.demo.company import NAME
from oversight.demo.sign_in_words import WORDS
from oversight.gate.back_off import BackOff
from oversight.gate.kept import Kept
from oversight.people import Person
from oversight.store import EVERYTHING, Store, StoreError
from oversight.verdicts.judgement import home_names
from oversight.words import ROLE_WORDS, Role

DEMO_PEOPLE = {
    "lead": Role.IG_LEAD,
    "manager": Role.SENIOR_MANAGER,
    "home": Role.HOME_MANAGER,
    "audit": Role.AUDITOR,
    "admin": Role.ADMINISTRATOR,
}
EVENTS = "access_events"
ASKED = "The passphrase (it is not shown)"


@click.command()
@click.option("--homes", type=click.IntRange(min=1), default=8, show_default=True)
@click.option("--months", type=click.IntRange(min=1), default=36, show_default=True)
@click.option(
    "--access-events",
    type=click.IntRange(min=0),
    default=250_000,
    show_default=True,
    help="How long the log of the care records system is.",
)
@click.option("--seed", type=int, default=7, show_default=True)
@click.option("--as-of", type=DAY, help="The day its history ends; default today.")
@click.option(
    "--brief",
    is_flag=True,
    help="Each register as one file, as it stands: quicker, and without a past.",
)
@click.option(
    "--if-empty", is_flag=True, help="Does nothing when the store has arrivals."
)
@store_option
@json_option
@person_option
@says_no
def demo(
    homes: int,
    months: int,
    access_events: int,
    seed: int,
    as_of: datetime | None,
    brief: bool,
    if_empty: bool,
    address: str | None,
    as_json: bool,
    person: str,
) -> None:
    """Write the made-up company as files and import them as anyone's are."""
    with opened(address) as store:
        if not _is_empty(store):
            if if_empty:
                return
            raise StoreError(
                "The store holds records already, and made-up ones do not belong among"
                " them. Name another with --store."
            )
        with tempfile.TemporaryDirectory() as folder:
            files = write_company(
                Path(folder),
                homes=homes,
                months=months,
                seed=seed,
                as_of=day(as_of),
                access_events=access_events,
                is_brief=brief,
            )
            reports = bring_in(store, person, files, day(as_of), is_brief=brief)
        with store.writing() as writing:
            made_up = {settings.COMPANY_NAME: NAME, settings.MADE_UP: "yes"}
            settings.write(writing, person, made_up)
        signed = _sign_ins(store, person)
    found = {
        "arrivals": len(reports),
        "homes": homes,
        "access_events": sum(r.rows_accepted for r in reports if r.kind == EVENTS),
        "as_of": day(as_of),
    }
    answer(found, as_json, lambda: _in_words(found, signed))


@click.group()
def user() -> None:
    """People who may sign in, and their roles."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--home", "homes", multiple=True, help="A home manager's home.")
@click.option("--passphrase", prompt=ASKED, hide_input=True, confirmation_prompt=True)
@store_option
@person_option
@says_no
def user_add(
    name: str,
    role: str,
    homes: tuple[str, ...],
    passphrase: str,
    address: str | None,
    person: str,
) -> None:
    """Add a person."""
    with opened(address) as store:
        hashed = _hashed(passphrase, name)
        own = _own(store, Role(role), homes)
        people.add(store, Person(name, Role(role), own, True, hashed), person)
    click.echo(f"{name} may sign in as {ROLE_WORDS[Role(role)]}.")


@user.command("list")
@store_option
@json_option
@says_no
def user_list(address: str | None, as_json: bool) -> None:
    """List everybody."""
    with opened(address) as store:
        found = [
            {
                "name": p.name,
                "role": p.role,
                "homes": p.homes,
                "is_enabled": p.is_enabled,
                "has_second_factor": second_factor.secret_of(store, p.name) is not None,
            }
            for p in people.everyone(store)
        ]
    answer(found, as_json, lambda: table(found))


@user.command("disable")
@click.argument("name")
@store_option
@person_option
@says_no
def user_disable(name: str, address: str | None, person: str) -> None:
    """Let a person in no longer."""
    with opened(address) as store:
        people.change(store, name, person, "person disabled", is_enabled=False)
    click.echo(f"{name} may no longer sign in.")


@user.command("enable")
@click.argument("name")
@store_option
@person_option
@says_no
def user_enable(name: str, address: str | None, person: str) -> None:
    """Let a person in again."""
    with opened(address) as store:
        people.change(store, name, person, "person enabled", is_enabled=True)
    click.echo(f"{name} may sign in again.")


@user.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice([str(role) for role in Role]))
@click.option("--home", "homes", multiple=True, help="A home manager's home.")
@store_option
@person_option
@says_no
def user_role(
    name: str, role: str, homes: tuple[str, ...], address: str | None, person: str
) -> None:
    """Give a person another role."""
    with opened(address) as store:
        own = _own(store, Role(role), homes)
        people.change(store, name, person, "role changed", role=Role(role), homes=own)
    click.echo(f"{name} signs in as {ROLE_WORDS[Role(role)]} from now on.")


@user.command("password")
@click.argument("name")
@click.option("--passphrase", prompt=ASKED, hide_input=True, confirmation_prompt=True)
@store_option
@person_option
@says_no
def user_password(name: str, passphrase: str, address: str | None, person: str) -> None:
    """Give a person another passphrase."""
    with opened(address) as store:
        hashed = _hashed(passphrase, name)
        people.change(store, name, person, "passphrase changed", password_hash=hashed)
    click.echo(f"{name} has another passphrase, and is signed out everywhere.")


@user.command("unlock")
@click.argument("name")
@click.option(
    "--second-factor",
    "second_factor_too",
    is_flag=True,
    help="The phone is lost: another is set up at the next sign-in.",
)
@store_option
@person_option
@says_no
def user_unlock(
    name: str, second_factor_too: bool, address: str | None, person: str
) -> None:
    """Let a person try again at once, after too many tries."""
    with opened(address) as store:
        found = people.find(store, name)
        if found is None:
            raise LookupError(f"There is no account called {name!r}.")
        tries = Kept(store.path.with_suffix(".tries"), own_keys.own_key(store, "tries"))
        BackOff(tries=tries).forget(found.name)
        with store.writing() as writing:
            journal.append(writing, person, "person unlocked", {"name": found.name})
        if second_factor_too:
            second_factor.take_away(store, found.name, person)
    more = " and sets up the second step anew" if second_factor_too else ""
    click.echo(f"{found.name} may try again at once{more}.")


def _own(store: Store, role: Role, said: tuple[str, ...]) -> tuple[str, ...]:
    """A home manager's homes, by reference; nobody else has any."""
    if role is not Role.HOME_MANAGER:
        if said:
            raise ValueError(
                f"Only a home manager has homes of their own; got {', '.join(said)} for"
                f" the role {role}."
            )
        return ()
    if not said:
        raise ValueError(
            "A home manager sees their own homes: name them with --home. `rows homes`"
            " lists them."
        )
    with store.reading(EVERYTHING) as cursor:
        return tuple(dict.fromkeys(find_home(cursor, home) for home in said))


def _hashed(passphrase: str, name: str) -> str:
    try:
        passphrases.check_is_strong(passphrase, name)
    except passphrases.WeakPassphrase as weakness:
        raise ValueError(str(weakness)) from None
    return passphrases.hash_of(passphrase)


def _is_empty(store: Store) -> bool:
    with store.reading(EVERYTHING) as cursor:
        return cursor.execute("select 1 from arrival limit 1").fetchone() is None


def _sign_ins(store: Store, by: str) -> list[tuple[str, str, Role]]:
    """One person a role, each with a passphrase made here and shown once."""
    with store.reading(EVERYTHING) as cursor:
        first_home = min(home_names(cursor))
    signed = []
    for name, role in DEMO_PEOPLE.items():
        phrase = "-".join(secrets.choice(WORDS) for _ in range(5))
        own = (first_home,) if role is Role.HOME_MANAGER else ()
        hashed = passphrases.hash_of(phrase)
        people.add(store, Person(name, role, own, True, hashed), by)
        signed.append((name, phrase, role))
    return signed


def _in_words(found: dict[str, Any], signed: list[tuple[str, str, Role]]) -> str:
    lines = [
        f"A made-up company: {found['homes']} homes,"
        f" {found['arrivals']} files imported.",
        "",
        "Sign in as (made for this store and shown only now):",
        *(
            f"  {name:<8} {phrase}   {ROLE_WORDS[role]}"
            for name, phrase, role in signed
        ),
        "",
    ]
    return "\n".join(lines)
