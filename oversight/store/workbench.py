"""Two stores side by side, while neither is in use: one is made from the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from oversight.store.connecting import (
    Cursor,
    attach,
    confine,
    load_key,
    parquet_options,
    quoted,
)
from oversight.store.faults import StoreError, why_not_opened
from oversight.store.keys import Key
from oversight.words import EVERY_HOME

OLD_KEPT = "old_kept"


@contextmanager
def workbench(
    new: Path, old: Path, folder: Path, new_key: Key | None, old_key: Key | None
) -> Iterator[Cursor]:
    """A cursor on a new store (`store`, in use) with an old one beside it (`old`).

    folder: the one that can be reached besides. Everything is in scope.
    """
    connection = duckdb.connect(":memory:")
    try:
        confine(connection, folder, new_key)
        if old_key is not None:
            load_key(connection, old_key, OLD_KEPT)
        attach(connection, new, "store", new_key)
        attach(connection, old, "old", old_key)
        connection.execute("set global timezone = 'UTC'")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        connection.execute("use store")
        connection.execute("set variable homes = ?::varchar[]", [[EVERY_HOME]])
        connection.execute("set variable knows_all = true")
        yield connection
    except duckdb.IOException as fault:
        raise StoreError(why_not_opened(old, str(fault))) from fault
    finally:
        connection.close()


def tables_of(cursor: Cursor, catalog: str) -> list[str]:
    """The names of the tables of one of them."""
    found = cursor.execute(
        "select table_name from information_schema.tables"
        " where table_catalog = ? and table_type = 'BASE TABLE' order by table_name",
        [catalog],
    ).fetchall()
    return [name for (name,) in found]


def rewrite_parquet(cursor: Cursor, source: Path, target: Path, *, was: bool) -> None:
    """A kept file under the new key (none: in the clear); was: it had the old one."""
    key = f", encryption_config = {{footer_key: '{OLD_KEPT}'}}" if was else ""
    cursor.execute(
        f"copy (from read_parquet({quoted(source)}{key}))"
        f" to {quoted(target)} ({parquet_options()})"
    )


def differing(cursor: Cursor, table: str) -> int | None:
    """How many rows of a table only one of the two has; None if it cannot be read."""
    names = [row[0] for row in cursor.execute(f"describe store.{table}").fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    new, old = (f"select {columns} from {catalog}.{table}" for catalog in _BOTH)
    try:
        found = cursor.execute(
            f"select count(*) from (({new} except all {old})"
            f" union all ({old} except all {new}))"
        ).fetchone()
    except duckdb.Error:
        return None
    return int(found[0]) if found else 0


_BOTH = ("store", "old")
