"""Keeps the store's tables and macros equal to the definitions under queries/."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache

from oversight.headers import Definition, in_order, read_folder
from oversight.reading_room import fact_columns
from oversight.sources import Source, all_sources, heard_macro, known_macro
from oversight.store import ROOT, Cursor, Store, StoreError

QUERIES = ROOT / "queries"
# The first columns of every fact table; the rest derive from the source.
FACT_HEAD = "arrival bigint, row bigint, row_key varchar, row_hash varchar"


def open_store(address: str | None = None) -> Store:
    """The store at an address, its macros brought up to the definitions of this program."""
    store = Store(address)
    try:
        with store.maintaining() as cursor:
            _bring_up(cursor)
    except BaseException:
        store.close()
        raise
    return store


def definitions_hash() -> str:
    """One hash over every definition: a figure kept under another hash is not this one."""
    everything = [d.sha256 for d in read_folder(QUERIES)]
    return hashlib.sha256("".join([_own_code(), *everything]).encode()).hexdigest()


def table_macro(definition: Definition, name: str) -> str:
    """A view or measure as `name(as_of)`: its SQL with `$as_of` as the parameter."""
    sql = definition.sql.rstrip(";").replace("$as_of", "as_of")
    return f"create or replace macro {name}(as_of) as table\n{sql}"


def measure_macro(name: str) -> str:
    return f"measure_{name}"


@cache
def reads_of(name: str) -> frozenset[str]:
    """The kinds of record a measure's SQL rests on, found by following its views."""
    views = {d.name: d for d in read_folder(QUERIES / "views")}
    measures = {d.name: d for d in read_folder(QUERIES / "measures")}
    found: set[str] = set()
    waiting = [measures[name].sql]
    while waiting:
        sql = waiting.pop()
        for called in re.findall(r"\b([a-z_]+)\(", sql):
            if called.startswith("known_") and called not in found:
                found.add(called)
            elif called in views:
                waiting.append(views[called].sql)
    return frozenset(name.removeprefix("known_") for name in found)


def _own_code() -> str:
    # The generated macros are definitions too: a change to them must reach the store.
    sources = all_sources().values()
    return "".join(known_macro(source) + heard_macro(source) for source in sources)


def _bring_up(cursor: Cursor) -> None:
    now = definitions_hash()
    row = cursor.execute("select sha256 from definition where name = 'all'").fetchone()
    if row is not None and row[0] == now:
        return
    for source in all_sources().values():
        _fact_table(cursor, source)
    rules = in_order(read_folder(QUERIES / "rules"))
    _create(cursor, (d.sql for d in rules))
    _create(cursor, (known_macro(source) for source in all_sources().values()))
    views = in_order(read_folder(QUERIES / "views"))
    _create(cursor, (table_macro(d, d.name) for d in views))
    _create(cursor, (heard_macro(source) for source in all_sources().values()))
    measures = read_folder(QUERIES / "measures")
    _create(cursor, (table_macro(d, measure_macro(d.name)) for d in measures))
    cursor.execute("delete from reading")
    cursor.execute("delete from reading_ready")
    cursor.execute("delete from definition")
    cursor.execute("insert into definition values ('all', ?)", [now])


def _create(cursor: Cursor, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def _fact_table(cursor: Cursor, source: Source) -> None:
    """Made from the source; a column the source gained is added, one it lost is left."""
    table = source.fact_table
    wanted = fact_columns(source)
    declared = ", ".join(f'"{name}" {type_}' for name, type_ in wanted)
    cursor.execute(f"create table if not exists {table} ({FACT_HEAD}, {declared})")
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
                f"queries/sources/{source.kind}.sql gives {name} as {type_}, the store has"
                f" {there[name]}. A change of type needs a migration in data/schema."
            )
