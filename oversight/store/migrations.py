"""Brings an older store up to this program's tables; a copy is kept first."""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

import duckdb

from oversight.store import space
from oversight.store.connecting import Cursor
from oversight.store.faults import StoreError
from oversight.store.places import ROOT, log_of, sync_folder

SCHEMA = ROOT / "data" / "schema"
COPIES = 2  # kept from before upgrades: the newest


def check_not_newer(cursor: Cursor, path: Path) -> None:
    """StoreError when a newer program, or other migrations, made this store."""
    done = migrations_done(cursor)
    there = {file.stem: _sha256(file) for file in SCHEMA.glob("*.sql")}
    newer = sorted(done.keys() - there.keys())
    if newer:
        raise StoreError(
            f"The store {path.name} was last used by a newer version of this program"
            f" (it has {newer[-1]}). Start that version, or restore a backup from"
            " before the upgrade."
        )
    for name, sha256 in sorted(done.items()):
        if there[name] != sha256:
            raise StoreError(
                f"The migration {name}.sql is not the one this store was made with."
                " Restore the file as it was and add a new one after it."
            )


def pending(cursor: Cursor) -> list[Path]:
    """The migrations that this store has not had, in order."""
    done = migrations_done(cursor)
    return sorted(file for file in SCHEMA.glob("*.sql") if file.stem not in done)


def migrations_done(cursor: Cursor) -> dict[str, str]:
    """The migrations that a store has had, and their hashes; none in a new one."""
    there = cursor.execute(
        "select 1 from information_schema.tables"
        " where table_catalog = current_database() and table_name = 'migration'"
    ).fetchone()
    if there is None:
        return {}
    return dict(cursor.execute("select name, sha256 from migration").fetchall())


def apply(cursor: Cursor, files: list[Path]) -> None:
    """Each in a transaction of its own: done whole or not at all."""
    cursor.execute(
        "create table if not exists migration"
        " (name varchar not null, sha256 varchar not null,"
        " applied_at timestamptz not null)"
    )
    for file in files:
        cursor.execute("begin transaction")
        try:
            cursor.execute(file.read_text(encoding="utf-8"))
            cursor.execute(
                "insert into migration values (?, ?, now())", [file.stem, _sha256(file)]
            )
            cursor.execute("commit")
        except BaseException:
            with suppress(duckdb.Error):
                cursor.execute("rollback")
            raise


def keep_copy(cursor: Cursor, path: Path, first: Path) -> Path:
    """The store as it was before an upgrade, beside it; the newest few are kept.

    first: the first migration that is to come, after which the copy is named.
    """
    space.check_room(path, 2 * path.stat().st_size, "the copy kept before an upgrade")
    cursor.execute("checkpoint")
    log = log_of(path)
    if log.exists() and log.stat().st_size:
        raise StoreError(f"The store {path.name} could not be put in order to copy it.")
    copy = path.with_name(f"{path.stem}.before-{first.stem}{path.suffix}")
    aside = copy.with_name(copy.name + ".part")
    try:
        shutil.copyfile(path, aside)
        aside.chmod(0o600)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(copy)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)
    copies = sorted(
        path.parent.glob(f"{path.stem}.before-[0-9]*{path.suffix}"),
        key=lambda file: file.stat().st_mtime_ns,
    )
    for old in copies[:-COPIES]:
        old.unlink(missing_ok=True)
    return copy


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_text(encoding="utf-8").encode()).hexdigest()
