"""The one door to DuckDB: connect, migrate, scope, cursors."""

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from oversight.words import EVERY_HOME

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "data" / "schema"
DEFAULT_ADDRESS = f"duckdb:///{ROOT / 'data' / 'store' / 'oversight.duckdb'}"
# Written so that DuckDB 1.5 and 2.0 both read it, whichever of them made the file.
FILE_FORMAT = "v1.5.0"
EVERYTHING = (EVERY_HOME,)

Cursor = duckdb.DuckDBPyConnection


class StoreError(Exception):
    """The store cannot be used; the sentence is shown to people as it stands."""


@dataclass(frozen=True)
class Writing:
    """One write transaction: its cursor, its place in the order of knowledge, when."""

    cursor: Cursor
    number: int
    at: datetime


def path_of(address: str | None = None) -> Path:
    """The file behind an address; default OVERSIGHT_STORE, else the embedded file."""
    address = address or os.environ.get("OVERSIGHT_STORE") or DEFAULT_ADDRESS
    if not address.startswith("duckdb:///") or address == "duckdb:///":
        raise StoreError(f"A store address is duckdb:///PATH; got {address!r}.")
    return Path(address.removeprefix("duckdb:///")).expanduser().absolute()


class Store:
    """A DuckDB file owned by this process: a cursor per use, one writer at a time."""

    def __init__(self, address: str | None = None):
        self.path = path_of(address)
        _check_is_store(self.path)
        # Checked rows are handed over here and kept; the store reads nothing else.
        self.kept = self.path.with_suffix(".kept")
        self._writing = threading.RLock()
        self.kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._connection = self._connect()
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    def _connect(self) -> Cursor:
        connection = duckdb.connect(":memory:")
        connection.execute(f"set allowed_directories = [{_quoted(self.kept)}]")
        connection.execute(f"set temp_directory = {_quoted(self.kept / 'spill')}")
        try:
            connection.execute(
                f"attach {_quoted(self.path)} as store"
                f" (storage_version '{FILE_FORMAT}')"
            )
        except duckdb.Error as fault:
            connection.close()
            raise StoreError(_why_not_opened(self.path, str(fault))) from None
        self.path.chmod(0o600)
        # All instants are UTC inside; the zone of the machine must change nothing.
        connection.execute("set global timezone = 'UTC'")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        return connection

    @property
    def version(self) -> str:
        """The version of DuckDB this process runs on."""
        return duckdb.__version__

    def close(self) -> None:
        self._connection.close()

    def _cursor(self) -> Cursor:
        # A connection that two threads share gives wrong rows (DuckDB 2.0).
        cursor = self._connection.cursor()
        cursor.execute("use store")
        return cursor

    @contextmanager
    def reading(
        self, homes: tuple[str, ...] = (), known: int | None = None
    ) -> Iterator[Cursor]:
        """A cursor on one whole snapshot, its scope and known-at already set.

        homes: the references the reader may see, or EVERYTHING; none by default, so
        that forgetting the scope shows nothing rather than everything. known: the
        newest moment taken into account; default all that is committed.
        """
        with self._scoped(homes) as cursor:
            cursor.execute("begin transaction read only")
            newest = last_moment(cursor)[0]
            _know(cursor, newest if known is None else min(known, newest), newest)
            yield cursor

    @contextmanager
    def writing(self, at: datetime | None = None) -> Iterator[Writing]:
        """A write transaction under the lock: all of it is committed, or none of it.

        at: rebuilds history in order; refused when earlier than the newest moment.
        """
        with self._writing, self._scoped(EVERYTHING) as cursor:
            cursor.execute("begin transaction")
            try:
                number, last = last_moment(cursor)
                writing = Writing(cursor, number + 1, _next_instant(at, last))
                _know(cursor, writing.number, writing.number)
                yield writing
                cursor.execute(
                    "insert into moment values (?, ?)", [writing.number, writing.at]
                )
                # Never after an error: DuckDB 2.0 answers OK to it and rolls back.
                cursor.execute("commit")
            except BaseException:
                _roll_back(cursor)
                raise

    @contextmanager
    def maintaining(self) -> Iterator[Cursor]:
        """A write transaction that changes no knowledge and so takes no number."""
        with self._writing, self._scoped(EVERYTHING) as cursor:
            cursor.execute("begin transaction")
            try:
                newest = last_moment(cursor)[0]
                _know(cursor, newest, newest)
                yield cursor
                cursor.execute("commit")
            except BaseException:
                _roll_back(cursor)
                raise

    @contextmanager
    def _scoped(self, homes: tuple[str, ...]) -> Iterator[Cursor]:
        cursor = self._cursor()
        try:
            # Said to be words: an empty list would be taken for numbers, and a reader
            # with no homes would meet an error where there is nothing to see.
            cursor.execute("set variable homes = ?::varchar[]", [list(homes)])
            yield cursor
        except duckdb.IOException as fault:
            raise StoreError(_why_not_opened(self.path, str(fault))) from fault
        finally:
            cursor.close()

    def _migrate(self) -> None:
        with self._writing:
            cursor = self._cursor()
            done = _migrations_done(cursor)
            for path in sorted(SCHEMA.glob("*.sql")):
                text = path.read_text(encoding="utf-8")
                sha256 = hashlib.sha256(text.encode()).hexdigest()
                if done.pop(path.stem, sha256) != sha256:
                    raise StoreError(
                        f"The migration {path.name} is not the one this store was made"
                        " with. Restore the file as it was and add a new one after it."
                    )
                if _is_new(cursor, path.stem):
                    _apply(cursor, path.stem, text, sha256)
            if done:
                raise StoreError(
                    f"The store {self.path.name} was last used by a newer version of"
                    f" this program (it has {max(done)}). Start that version, or"
                    " restore a backup from before the upgrade."
                )
            cursor.close()


def last_moment(cursor: Cursor) -> tuple[int, datetime]:
    """The newest committed number and its time; (0, the epoch) in a new store."""
    row = cursor.execute(
        "select number, known_at from moment order by number desc limit 1"
    ).fetchone()
    return (
        (row[0], row[1].astimezone(UTC)) if row else (0, datetime.fromtimestamp(0, UTC))
    )


def moment_at(cursor: Cursor, at: datetime) -> int:
    """The last number committed by a time; 0 when nothing had arrived by then."""
    row = cursor.execute(
        "select coalesce(max(number), 0) from moment where known_at <= ?", [at]
    ).fetchone()
    return int(row[0]) if row else 0


def unreadable_tables(cursor: Cursor) -> dict[str, str]:
    """The tables that cannot be read to their end, and what DuckDB says of each."""
    tables = cursor.execute(
        "select table_name from information_schema.tables"
        " where table_catalog = 'store' and table_type = 'BASE TABLE'"
        " order by table_name"
    ).fetchall()
    for (name,) in tables:
        try:
            cursor.execute(f"select bit_xor(hash(read)) from {name} as read").fetchall()
        except duckdb.Error as fault:
            # The transaction is over with the first error: the rest is not asked.
            return {name: str(fault).splitlines()[0]}
    return {}


def rows(cursor: Cursor) -> list[dict[str, Any]]:
    """What the cursor holds, one dict a row."""
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _know(cursor: Cursor, number: int, newest: int) -> None:
    _set(cursor, "known_number", number)
    # Rollups answer at current knowledge only. Said apart, because a variable is
    # settled before a query is planned: the way not taken then costs nothing.
    _set(cursor, "knows_all", number >= newest)


def _set(cursor: Cursor, variable: str, value: object) -> None:
    # Set by binding, never by pasting: a home's name may hold any character.
    cursor.execute(f"set variable {variable} = ?", [value])


def _next_instant(asked: datetime | None, last: datetime) -> datetime:
    if asked is None:
        # A clock set back must not reorder knowledge: time only ever moves on.
        return max(datetime.now(UTC), last + timedelta(microseconds=1))
    if asked <= last:
        raise StoreError(
            f"Wanted a known-at later than the newest arrival ({last:%Y-%m-%d %H:%M:%S}"
            f" UTC); got {asked:%Y-%m-%d %H:%M:%S %Z}. History is rebuilt in order."
        )
    # One zone, so that the journal's seal can be worked out again from what is kept.
    return asked.astimezone(UTC)


def _roll_back(cursor: Cursor) -> None:
    # It may be gone already; the first error is the one to tell.
    with suppress(duckdb.Error):
        cursor.execute("rollback")


def _migrations_done(cursor: Cursor) -> dict[str, str]:
    cursor.execute(
        "create table if not exists migration"
        " (name varchar not null, sha256 varchar not null,"
        " applied_at timestamptz not null)"
    )
    return dict(cursor.execute("select name, sha256 from migration").fetchall())


def _is_new(cursor: Cursor, name: str) -> bool:
    found = cursor.execute("select 1 from migration where name = ?", [name]).fetchone()
    return found is None


def _apply(cursor: Cursor, name: str, text: str, sha256: str) -> None:
    cursor.execute("begin transaction")
    try:
        cursor.execute(text)
        cursor.execute("insert into migration values (?, ?, now())", [name, sha256])
        cursor.execute("commit")
    except BaseException:
        _roll_back(cursor)
        raise


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _check_is_store(path: Path) -> None:
    # DuckDB opens a CSV as if it were a database, and keeps nothing written to it.
    if not path.is_file() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        magic = file.read(12)[8:]
    if magic != b"DUCK":
        raise StoreError(_why_not_opened(path, "it is no DuckDB file"))


def _why_not_opened(path: Path, fault: str) -> str:
    if held := re.search(r"Conflicting lock is held in (\S+)?.*?\(PID (\d+)\)", fault):
        return (
            f"The store {path.name} is in use by process {held[2]}"
            f" ({Path(held[1] or 'unknown').name}). Stop that first: a store has one"
            " owner at a time."
        )
    signs = ("no DuckDB file", "not a valid DuckDB", "checksum", "WAL")
    if any(sign in fault for sign in signs):
        return (
            f"The store {path} is damaged or is not a store ({fault.splitlines()[0]})."
            " Nothing was changed. Restore it from a backup."
        )
    return f"The store {path} cannot be read or written: {fault.splitlines()[0]}"
