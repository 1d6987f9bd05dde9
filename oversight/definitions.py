"""Keeps the store's tables and macros equal to the definitions under queries/."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache

from oversight import reference
from oversight.facts import events, rollups
from oversight.facts.known import (
    FOR_ALL,
    ever_macro,
    every_macro,
    heard_macro,
    is_register,
    known_macro,
)
from oversight.headers import Definition, in_order, read_folder
from oversight.reading_room.room import fact_columns
from oversight.sources import Source, all_sources
from oversight.store import ROOT, Cursor, Store, StoreError

QUERIES = ROOT / "queries"
JOURNAL = "journal"  # what a measure reads that rests on what people did here
FOUND = "exception_found"  # what rules of access found, kept as it was found
# The first columns of a fact table (not of a log's); the rest derive from the source.
FACT_HEAD = "arrival bigint, row bigint, row_key varchar, row_hash varchar"

# What a rule of access judges an act by, in all homes.
EVERYWHERE = ("access_events", "accounts", "residents", "rota", "staff")


def open_store(address: str | None = None) -> Store:
    """The store at an address, its macros brought up to this program's definitions."""
    store = Store(address)
    try:
        # A store that has lost something is shown as it is: nothing is written to it.
        if store.behind is None:
            with store.maintaining() as cursor:
                bring_up(cursor)
    except BaseException:
        store.close()
        raise
    return store


@cache
def definitions_hash() -> str:
    """One hash over every definition: a figure under another hash is another figure."""
    everything = [d.sha256 for d in read_folder(QUERIES)]
    everything += reference.macros().values()
    return hashlib.sha256("".join([_own_code(), *everything]).encode()).hexdigest()


def table_macro(definition: Definition, name: str) -> str:
    """A view or measure as `name(as_of)`: its SQL with `$as_of` as the parameter."""
    sql = definition.sql.rstrip(";").replace("$as_of", "as_of")
    return f"create or replace macro {name}(as_of) as table\n{sql}"


def measure_macro(name: str) -> str:
    """The macro that holds the cases of a measure."""
    return f"measure_{name}"


@cache
def reads_of(name: str) -> frozenset[str]:
    """The kinds of record a measure's SQL rests on, found by following its views."""
    found = reads_of_sql(_sql_of("measures")[name])
    # What was found is as good as all that a rule of access judges by.
    return found - {FOUND} | set(EVERYWHERE) if FOUND in found else found


@cache
def rests_on_findings(name: str) -> bool:
    """Whether a measure counts what rules found: a register changes that on any day."""
    return FOUND in reads_of_sql(_sql_of("measures")[name])


@cache
def _sql_of(*folders: str) -> dict[str, str]:
    """The SQL of each definition in these folders under queries/, by its name."""
    return {d.name: d.sql for folder in folders for d in read_folder(QUERIES / folder)}


@cache
def reads_of_sql(sql: str) -> frozenset[str]:
    """The kinds of record that a piece of SQL rests on, through views and rollups."""
    views = _sql_of("views", "rollups")
    found: set[str] = set()
    waiting = [sql]
    while waiting:
        sql = waiting.pop()
        for called in re.findall(r"\b([a-z_]+)\(", sql):
            if called.startswith(("known_", "ever_", "every_")):
                found.add(called.split("_", 1)[1])
            elif called in views:
                waiting.append(views[called])
        # What people did here is no kind that is sent: it cannot be stale.
        for table in (JOURNAL, FOUND):
            if re.search(rf"\bfrom {table}\b", sql):
                found.add(table)
    return frozenset(found)


def _own_code() -> str:
    # The generated macros are definitions too: a change to them must reach the store.
    heard = map(heard_macro, all_sources().values())
    rolled = [sql for r in rollups.all_rollups().values() for sql in rollups.macros(r)]
    rolled += rollups.exceptions_macros()
    return "".join([*_row_macros().values(), *heard, *rolled])


def _row_macros() -> dict[str, str]:
    macros = {}
    for source in all_sources().values():
        is_log = source.delivers == "events"
        macro = events.known_macro(source) if is_log else known_macro(source)
        macros[f"known_{source.kind}"] = macro
        if is_register(source):
            macros[f"ever_{source.kind}"] = ever_macro(source)
    for kind in (*FOR_ALL, *EVERYWHERE):
        source = all_sources()[kind]
        is_log = source.delivers == "events"
        made = events.every_macro(source) if is_log else every_macro(source)
        macros[f"every_{kind}"] = made
    return macros


def bring_up(cursor: Cursor) -> None:
    """Tables, macros and rollups as this program defines them, if they are not so."""
    now = definitions_hash()
    row = cursor.execute("select sha256 from definition where name = 'all'").fetchone()
    if row is not None and row[0] == now:
        return
    for source in all_sources().values():
        _fact_table(cursor, source)
    rules = {d.name: d.sql for d in in_order(read_folder(QUERIES / "rules"))}
    views = in_order([*read_folder(QUERIES / "views"), *rollups.rule_parts()])
    rules = reference.macros() | rules
    counted = [view for view in views if _reads_a_rollup(view)]
    made = [view for view in views if view not in counted]
    facts = rules | _row_macros() | {d.name: table_macro(d, d.name) for d in made}
    _create(cursor, facts.values())
    rollups.bring_up(cursor, facts)
    _create(cursor, (table_macro(d, d.name) for d in counted))
    _create(cursor, map(heard_macro, all_sources().values()))
    measures = read_folder(QUERIES / "measures")
    _create(cursor, (table_macro(d, measure_macro(d.name)) for d in measures))
    cursor.execute("delete from reading")
    cursor.execute("delete from reading_ready")
    cursor.execute("delete from definition where name = 'all'")
    cursor.execute("insert into definition values ('all', ?)", [now])


def _reads_a_rollup(view: Definition) -> bool:
    """Whether a view asks what is counted ready, and so is made after it."""
    ready = {*rollups.all_rollups(), "access_exceptions"}
    return not ready.isdisjoint(re.findall(r"\b([a-z_]+)\(\$as_of\)", view.sql))


def _create(cursor: Cursor, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def _fact_table(cursor: Cursor, source: Source) -> None:
    """Made from the source; a column it gained is added, one it lost is left."""
    table = source.fact_table
    wanted = fact_columns(source)
    declared = ", ".join(f'"{name}" {type_}' for name, type_ in wanted)
    head = events.FACT_HEAD if source.delivers == "events" else FACT_HEAD
    cursor.execute(f"create table if not exists {table} ({head}, {declared})")
    if source.delivers == "events":
        events.create_again_table(cursor, source)
    there = dict(
        cursor.execute(
            "select column_name, data_type from information_schema.columns"
            " where table_catalog = 'store' and table_name = ?",
            [table],
        ).fetchall()
    )
    for name, type_ in wanted:
        if name not in there:
            cursor.execute(f'alter table {table} add column "{name}" {type_}')
        elif there[name] != type_:
            raise StoreError(
                f"queries/sources/{source.kind}.sql gives {name} as {type_}, the store"
                f" has {there[name]}. Another type needs a migration in data/schema."
            )
