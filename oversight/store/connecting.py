"""A DuckDB that holds one store, reaches one folder and can be told nothing more."""

import os
from contextlib import suppress
from pathlib import Path

import duckdb

from oversight.store import keys
from oversight.store.faults import StoreError, why_not_opened
from oversight.store.keys import Key

# Written so that DuckDB 1.5 and 2.0 both read it, whichever of them made the file.
FILE_FORMAT = "v1.5.0"
# The store's share of the gigabyte that the whole program is to stay under; what does
# not fit is spilled. OVERSIGHT_MEMORY says otherwise, as in 2GB.
MEMORY = "512MB"
THREADS = 4  # more of them take memory and make a small file no faster
KEPT_KEY = "kept"

Cursor = duckdb.DuckDBPyConnection


def connect(path: Path, folder: Path, key: Key | None) -> Cursor:
    """The store of a file, as `store`; StoreError in words when that cannot be.

    folder: the one that can be reached besides: what is kept, and what is spilled.
    """
    connection = duckdb.connect(":memory:")
    try:
        confine(connection, folder, key)
        attach(connection, path, "store", key)
        # All instants are UTC inside; the zone of the machine must change nothing.
        connection.execute("set global timezone = 'UTC'")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error as fault:
        connection.close()
        raise StoreError(why_not_opened(path, str(fault))) from None
    except BaseException:
        connection.close()
        raise
    return connection


def confine(connection: Cursor, folder: Path, key: Key | None) -> None:
    """What must be said before access is shut: the folder, the limits, the key."""
    memory = os.environ.get("OVERSIGHT_MEMORY") or MEMORY
    connection.execute(f"set allowed_directories = [{quoted(folder)}]")
    connection.execute(f"set temp_directory = {quoted(folder / 'spill')}")
    try:
        connection.execute("set memory_limit = ?", [memory])
    except duckdb.Error:
        raise StoreError(
            f"OVERSIGHT_MEMORY is how much memory the store may take, as 512MB or"
            f" 2GB; got {memory!r}."
        ) from None
    connection.execute(f"set threads = {min(THREADS, os.cpu_count() or 1)}")
    if key is not None:
        load_key(connection, key)
        connection.execute("set temp_file_encryption = true")


def load_key(connection: Cursor, key: Key, name: str = KEPT_KEY) -> None:
    """DuckDB's cryptography, from its package's file, and the key of what is kept."""
    file = keys.extension(duckdb.__version__)
    connection.execute(f"load {quoted(file)}")
    # A pragma takes no parameters; base64 holds no quote.
    connection.execute(f"pragma add_parquet_key('{name}', '{key.text_of('kept')}')")


def attach(connection: Cursor, path: Path, name: str, key: Key | None) -> None:
    """A file under a name; made when it is not there. The key is bound, not written."""
    format_ = f"storage_version '{FILE_FORMAT}'"
    if key is None:
        connection.execute(f"attach {quoted(path)} as {name} ({format_})")
    else:
        connection.execute(
            f"attach {quoted(path)} as {name} ({format_}, encryption_key $1)",
            [key.text_of("store")],
        )
    with suppress(OSError):  # another owner's file system may not know such rights
        path.chmod(0o600)


def parquet(of: str = "?", name: str = KEPT_KEY) -> str:
    """SQL: the rows of a file that is kept, encrypted when a key is set."""
    if keys.key_set() is None:
        return f"read_parquet({of})"
    return f"read_parquet({of}, encryption_config = {{footer_key: '{name}'}})"


def parquet_options(name: str = KEPT_KEY) -> str:
    """SQL: how a file that is kept is written."""
    if keys.key_set() is None:
        return "format parquet"
    return f"format parquet, encryption_config {{footer_key: '{name}'}}"


def quoted(path: Path) -> str:
    """A path as a word of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def check_is_store(path: Path) -> None:
    """StoreError when a file is there and no DuckDB file, by its first bytes."""
    # DuckDB opens a CSV as if it were a database, and keeps nothing written to it.
    if not path.is_file() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        magic = file.read(12)[8:]
    if magic != b"DUCK":
        raise StoreError(why_not_opened(path, "it is no DuckDB file"))
