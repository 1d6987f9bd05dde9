"""What a file would do, before it does: rows as read, findings, what it changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oversight.arrivals.importing import import_file
from oversight.arrivals.sent import Report, Sent
from oversight.reading_room.leaving import Checked, findings_of, rows_of
from oversight.reading_room.recognition import Recognised
from oversight.store import Cursor, Store, rows
from oversight.store.connecting import parquet

SHOWN_ROWS = 20
SHOWN_FINDINGS = 500
SHOWN_KEYS = 200


@dataclass(frozen=True)
class Change:
    """How many records of one fate, and the keys of the first of them."""

    count: int = 0
    keys: tuple[str, ...] = ()


@dataclass
class Preview:
    """What would become of a file; `report` has the counts and the sentence."""

    report: Report | None = None
    profile: str = ""
    profile_title: str = ""
    taken_on: date | None = None
    headings: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    new: Change = field(default_factory=Change)
    changed: Change = field(default_factory=Change)
    gone: Change = field(default_factory=Change)


def preview(store: Store, sent: Sent) -> Preview:
    """The import's own road to its end, and back; nothing of it is kept."""
    seen = Preview()

    @contextmanager
    def look_on(
        cursor: Cursor, recognised: Recognised, checked: Checked, taken_on: date
    ) -> Iterator[None]:
        seen.profile, seen.profile_title = (
            recognised.profile.name,
            recognised.profile.title,
        )
        seen.taken_on = taken_on
        seen.headings = tuple(cell for cell in recognised.heading_row.cells if cell)
        seen.ignored, seen.dropped = recognised.ignored, recognised.dropped
        seen.rows = _rows(cursor, recognised, checked)
        seen.findings = _findings(cursor, checked)
        # A log is too long to be compared event by event, and loses none.
        compares = recognised.source.delivers != "events"
        if compares:
            _note_known(cursor, recognised.source.kind, taken_on, "known_before")
        yield
        if compares:
            _note_known(cursor, recognised.source.kind, taken_on, "known_after")
            _compare(cursor, seen)

    seen.report = import_file(store, sent, dry_run=True, around=look_on)
    return seen


def _rows(
    cursor: Cursor, recognised: Recognised, checked: Checked
) -> list[dict[str, Any]]:
    columns = ", ".join(f'"{column.name}"' for column in recognised.source.columns)
    cursor.execute(
        f"select row, {columns} from {parquet()}"
        f" where not is_held order by row limit {SHOWN_ROWS}",
        [str(rows_of(checked.out))],
    )
    return rows(cursor)


def _findings(cursor: Cursor, checked: Checked) -> list[dict[str, Any]]:
    cursor.execute(
        f"select row, column_name, severity, reason from {parquet()}"
        f" order by severity, row, column_name limit {SHOWN_FINDINGS}",
        [str(findings_of(checked.out))],
    )
    return rows(cursor)


def _note_known(cursor: Cursor, kind: str, day: date, table: str) -> None:
    cursor.execute(
        f"create or replace temp table {table} as"
        f" select row_key, row_hash from known_{kind}(?::date)",
        [day],
    )


def _compare(cursor: Cursor, seen: Preview) -> None:
    found = cursor.execute(
        f"""
        with compared as (
            select
                coalesce(known_after.row_key, known_before.row_key) as row_key,
                case
                    when known_before.row_key is null then 'new'
                    when known_after.row_key is null then 'gone'
                    else 'changed'
                end as fate
            from known_before
            full join known_after on known_after.row_key = known_before.row_key
            where known_after.row_hash is distinct from known_before.row_hash
        )

        select
            fate,
            count(*),
            list_slice(list(row_key order by row_key), 1, {SHOWN_KEYS})
        from compared
        group by fate
        """
    ).fetchall()
    for fate, count, keys in found:
        setattr(seen, fate, Change(count, tuple(keys)))
