"""What every floor asks of a store, whatever is in it."""

from datetime import UTC, datetime
from typing import Any

import duckdb

from oversight.store.connecting import Cursor


def engine_version() -> str:
    """The version of DuckDB this process runs on."""
    return str(duckdb.__version__)


def last_moment(cursor: Cursor) -> tuple[int, datetime]:
    """The newest committed number and its time; (0, the epoch) in a new store."""
    row = cursor.execute(
        "select number, known_at from moment order by number desc limit 1"
    ).fetchone()
    return (
        (row[0], row[1].astimezone(UTC)) if row else (0, datetime.fromtimestamp(0, UTC))
    )


def last_seal(cursor: Cursor, by: int) -> str:
    """The seal of the newest journal entry that a number had seen; '' when none had."""
    row = cursor.execute(
        "select sha256 from journal where number <= ? order by number desc limit 1",
        [by],
    ).fetchone()
    return str(row[0]) if row else ""


def known_moment(cursor: Cursor) -> tuple[int, datetime]:
    """The last moment that the cursor takes into account, and its time."""
    row = cursor.execute(
        "select number, known_at from moment"
        " where number <= getvariable('known_number') order by number desc limit 1"
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
