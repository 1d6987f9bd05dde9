"""The store made anew: from what was kept of each arrival, and what people did here.

Whatever was worked out is worked out again, arrival by arrival, in the order in which
they came; what cannot be worked out (the ledger, the journal, people, settings,
decisions, exceptions as they were found) is copied as it stands.
"""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from oversight import journal, readings
from oversight.arrivals.accepting import lay_down
from oversight.definitions import bring_up, open_store
from oversight.integrity import damaged_files, kept_as
from oversight.keeping import archive
from oversight.keeping.summary import Summary, contents
from oversight.reading_room.leaving import findings_of, rows_of
from oversight.reading_room.profiles import all_profiles
from oversight.sources import Source, all_sources
from oversight.store import (
    EVERYTHING,
    Cursor,
    StoreError,
    migrations,
    ownership,
    path_of,
    rows,
    space,
    swap,
)
from oversight.store.connecting import parquet, parquet_options, quoted
from oversight.store.keys import key_set
from oversight.store.places import beside
from oversight.store.workbench import differing, tables_of, workbench

REBUILT = "store rebuilt"
# Worked out from what was kept: made anew. Every other table is copied.
DERIVED = ("held", "refusal", "reading", "reading_ready", "definition", "migration")
DERIVED_BEGIN = ("fact_", "again_", "ready_")
IN_ORDER = ("arrival", "arrival_cover")  # laid down one arrival at a time


def rebuild(address: str | None, person: str) -> Summary:
    """Makes the store anew and puts it in place; the old one is kept aside."""
    path = path_of(address)
    if not path.exists():
        raise StoreError(f"There is no store at {path}. Restore one from a backup.")
    moment = _make_ready_to_leave(address)
    with ownership.take(path):
        space.check_room(path, 3 * path.stat().st_size, "a store made anew")
        folder = swap.incoming_of(path)
        different = _make(folder / path.name, path)
        aside = swap.put_in_place(path, f"before-rebuild-{moment}")
    with closing(open_store(address)) as store:
        with store.writing() as writing:
            about = {"moment": moment, "different": different}
            journal.append(writing, person, REBUILT, about)
        with store.reading(EVERYTHING) as cursor:
            _, arrivals, head = contents(cursor)
    said = [
        f"{name}: {count} rows are not as they were"
        for name, count in different.items()
        if count
    ]
    notes = (*said, f"The store as it was is in {aside}.")
    return Summary(archive.sha256_of(path), arrivals, head, notes)


def _make_ready_to_leave(address: str | None) -> int:
    """Opens and closes the store, so that all of it is in its file; its last moment."""
    with closing(open_store(address)) as store:
        if store.behind is not None:
            raise StoreError(store.behind)
        journal.write_down(store)
        with store.reading(EVERYTHING) as cursor:
            wrong = damaged_files(cursor, store.kept)
            moment, _, _ = contents(cursor)
    if wrong:
        raise StoreError(
            f"The store cannot be made anew: {next(iter(wrong.values()))}. Nothing was"
            " changed. Restore it from a backup."
        )
    return moment


def _make(new: Path, path: Path) -> dict[str, int | None]:
    """The new store, closed; by table, how many rows differ from the old one's."""
    key, kept = key_set(), beside(path, ".kept")
    with workbench(new, path, path.parent, key, key) as cursor:
        _know(cursor, 0)
        migrations.apply(cursor, migrations.pending(cursor))
        bring_up(cursor)
        primary = [t for t in tables_of(cursor, "old") if not _is_derived(t)]
        for table in primary:
            if table not in IN_ORDER:
                _copy(cursor, table)
        for arrival in rows(cursor.execute("from old.arrival order by number")):
            _lay_down(cursor, arrival, kept, new.parent)
        newest, _, _ = contents(cursor)
        _know(cursor, newest)
        cursor.execute("begin transaction")
        # Nothing is as it was defined: all that is kept ready is made from the rows.
        cursor.execute("delete from definition")
        bring_up(cursor)
        readings.refresh(cursor, None, None, datetime.now(UTC))
        cursor.execute("commit")
        made = [t for t in tables_of(cursor, "store") if t not in DERIVED[2:]]
        there = set(tables_of(cursor, "old"))
        return {
            table: count
            for table in made
            if table in there and (count := differing(cursor, table)) != 0
        }


def _lay_down(
    cursor: Cursor, arrival: dict[str, object], kept: Path, folder: Path
) -> None:
    number = int(str(arrival["number"]))
    cursor.execute("begin transaction")
    _know(cursor, number)
    if arrival["target"] == number:
        source = all_sources().get(str(arrival["kind"]))
        if source is None:
            raise StoreError(
                f"Arrival {number} is of the kind {arrival['kind']}, which this program"
                " does not know. Nothing was changed. Start the version that does."
            )
        profiles = all_profiles()
        profile = profiles.get(str(arrival["profile"]))
        lay_down(
            cursor,
            source,
            number,
            arrival["taken_on"],  # type: ignore[arg-type]
            profile or profiles[f"template_{source.kind}"],
            _complete(cursor, source, kept_as(kept, number), folder),
        )
    for table, column in (("arrival", "number"), ("arrival_cover", "arrival")):
        _copy(cursor, table, f"where {column} = {number}")
    cursor.execute("commit")


def _complete(cursor: Cursor, source: Source, kept: Path, folder: Path) -> Path:
    """What was kept, with the columns that its kind has gained since, empty."""
    there = cursor.execute(
        f"describe from {parquet()}", [str(rows_of(kept))]
    ).fetchall()
    facts = cursor.execute(f"describe {source.fact_table}").fetchall()
    wanted = {name: type_ for name, type_, *_ in facts if name != "arrival"}
    gained = wanted.keys() - {row[0] for row in there} - {"row_key", "row_hash"}
    if not gained:
        return kept
    out = folder / kept.name
    empty = ", ".join(f'null::{wanted[name]} as "{name}"' for name in sorted(gained))
    cursor.execute(
        f"copy (select *, {empty} from {parquet(quoted(rows_of(kept)))})"
        f" to {quoted(rows_of(out))} ({parquet_options()})"
    )
    cursor.execute(
        f"copy (from {parquet(quoted(findings_of(kept)))})"
        f" to {quoted(findings_of(out))} ({parquet_options()})"
    )
    return out


def _copy(cursor: Cursor, table: str, where: str = "") -> None:
    if table not in tables_of(cursor, "store"):
        cursor.execute(f"create table {table} as from old.{table} limit 0")
    cursor.execute(f"insert into {table} by name select * from old.{table} {where}")


def _is_derived(table: str) -> bool:
    return table in DERIVED or table.startswith(DERIVED_BEGIN)


def _know(cursor: Cursor, number: int) -> None:
    cursor.execute("set variable known_number = ?", [number])
