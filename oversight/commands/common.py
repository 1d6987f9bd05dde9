"""What every command takes, how it answers, and how it says no."""

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from oversight import owner
from oversight.commands.argv import as_argv
from oversight.definitions import open_store
from oversight.reading_room.readers import FileRefused
from oversight.shown import printable
from oversight.store import (
    EVERYTHING,
    Cursor,
    Store,
    StoreError,
    moment_at,
    path_of,
)
from oversight.words import COMPANY

UK = ZoneInfo("Europe/London")
Command = Callable[..., Any]

YEARS = range(1900, 2200)
LARGEST = 2**63 - 1  # of the numbers that the store keeps


class Moment(click.DateTime):
    """A day or a time of the years that records speak of."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        moment = super().convert(value, param, ctx)
        if moment.year not in YEARS:
            self.fail(f"wanted a year from 1900 to 2199, got {value!r}.", param, ctx)
        return moment


NUMBER = click.IntRange(1, LARGEST)
DAY = Moment(["%Y-%m-%d"])
TIME = Moment(
    [
        "%Y-%m-%dT%H:%M:%S%z",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d",
        "%Y-%m-%dT%H:%M:%S.%f%z",
        "%Y-%m-%dT%H:%M:%S.%f",
    ]
)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return f"account {os.getuid()}"


store_option = click.option(
    "--store",
    "address",
    metavar="ADDRESS",
    help="duckdb:///PATH; default OVERSIGHT_STORE.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
person_option = click.option(
    "--as", "person", default=_account, metavar="NAME", help="The person acting."
)
as_of_option = click.option(
    "--as-of", type=DAY, help="The day asked about; default today."
)
known_at_option = click.option(
    "--known-at", type=TIME, help="What was known then (UTC unless a zone is given)."
)
home_option = click.option("--home", help="One home, by its reference or name.")


class AtOwner(Exception):
    """Another process owns the store: the command is to be run there."""


# The stores this process owns and lends to commands that reach it, by their file.
_lent: dict[Path, Store] = {}


def says_no(command: Command) -> Command:
    """Refusals reach people as sentences and exit status 1, never as a traceback."""

    @wraps(command)
    def saying_no(*args: Any, **kwargs: Any) -> Any:
        try:
            try:
                return command(*args, **kwargs)
            except AtOwner as elsewhere:
                store = elsewhere.args[0]
                argv = as_argv(click.get_current_context(), store)
                sys.exit(owner.ask(store, argv))
        except (StoreError, FileRefused, LookupError, ValueError, OSError) as refusal:
            click.echo(printable(_sentence(refusal)), err=True)
            sys.exit(1)

    return saying_no


@contextmanager
def opened(address: str | None) -> Iterator[Store]:
    """The store for one command; AtOwner when another process is to run it."""
    path = path_of(address)
    if path in _lent:
        yield _lent[path]
        return
    if owner.is_owned(path):
        raise AtOwner(path)
    store = open_store(address)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def lending(store: Store) -> Iterator[None]:
    """While within, commands in this process use this store instead of opening it."""
    _lent[store.path] = store
    try:
        yield
    finally:
        del _lent[store.path]


@contextmanager
def reading(
    address: str | None, known_at: datetime | None = None, home: str | None = None
) -> Iterator[Cursor]:
    """A cursor at a known-at, over one home or all of them."""
    with opened(address) as store:
        with store.reading(EVERYTHING) as cursor:
            known = moment_at(cursor, in_utc(known_at)) if known_at else None
            homes = EVERYTHING if home is None else (find_home(cursor, home), COMPANY)
        with store.reading(homes, known) as cursor:
            yield cursor


def find_home(cursor: Cursor, said: str) -> str:
    """The reference of a home said by reference, name or local code."""
    row = cursor.execute(
        "select home_ref from home_alias() where alias = fold(?)", [said]
    ).fetchone()
    if row is None or row[0] is None:
        raise LookupError(
            f"There is no one home {said!r} on the register. Use its reference or its"
            " full name; `rows homes` lists them."
        )
    return str(row[0])


def day(said: datetime | None) -> date:
    """The day asked about; default today in the UK."""
    return said.date() if said else datetime.now(UK).date()


def in_utc(said: datetime) -> datetime:
    """A time as said, in UTC unless it names a zone."""
    return said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)


def answer(what: Any, as_json: bool, words: Callable[[], str]) -> None:
    """One JSON document on standard output, or the same in words."""
    click.echo(
        json.dumps(plain(what), allow_nan=False) if as_json else printable(words())
    )


def plain(what: Any) -> Any:
    """Dataclasses, dates and tuples as JSON has them; instants in UTC with a Z."""
    if is_dataclass(what) and not isinstance(what, type):
        return plain(asdict(what))
    if isinstance(what, dict):
        return {str(name): plain(value) for name, value in what.items()}
    if isinstance(what, list | tuple):
        return [plain(each) for each in what]
    if isinstance(what, datetime):
        return what.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return what.isoformat() if isinstance(what, date) else what


def table(rows: list[dict[str, Any]]) -> str:
    """Rows in columns, for a person at a terminal."""
    if not rows:
        return "None."
    names = list(rows[0])
    cells = [names] + [["" if r[n] is None else str(r[n]) for n in names] for r in rows]
    widths = [min(60, max(len(row[at]) for row in cells)) for at in range(len(names))]
    return "\n".join(
        "  ".join(
            cell[:60].ljust(w) for cell, w in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    )


def _sentence(refusal: BaseException) -> str:
    if isinstance(refusal, LookupError):
        return str(refusal.args[0]) if refusal.args else repr(refusal)
    if isinstance(refusal, OSError) and refusal.filename is not None:
        return f"{refusal.filename} cannot be used: {refusal.strerror}."
    return str(refusal)
