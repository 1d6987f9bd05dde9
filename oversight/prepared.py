"""Answers that many questions on the same days rest on, worked out once for them all.

Seventy measures rest on some thirty views, and those on what is known of as many kinds.
Asked one by one, each works its views out anew. Here each is worked out once for the
days asked about, into a table of the cursor's own, and a macro of the cursor's own of
the same name takes its place. Scope and knowledge are the cursor's, as always, and both
are gone with it. A log is left out: it is too big to be copied, and has its rollups.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache

from oversight.definitions import QUERIES, reads_of_sql
from oversight.headers import in_order, read_folder
from oversight.promises import Measure
from oversight.sources import all_sources
from oversight.store import Cursor

CALL = re.compile(r"\b([a-z_]+)\(\s*\$as_of\s*\)")
HOMES = "homes"  # the view that every kind's freshness rests on
FOR_EVER = "date '9999-12-31'"
# As live_arrival itself: of a past day nothing is foreseen that later files told.
NOT_FORESEEN = (
    "(getvariable('foreseen_from') is null or taken_on <= getvariable('foreseen_from'))"
)


def prepare_ground(cursor: Cursor, days: Sequence[date]) -> None:
    """What all else rests on: arrivals that count, names of homes, homes open on days.

    From here on the cursor knows of the homes open on these days, and no others.
    """
    _replace(cursor, "home_alias", "()", "select * from home_alias()", "true")
    arrivals = f"""
        select kinds.kind, live.*
        from (select distinct kind from arrival) as kinds,
            lateral (select * from live_arrival(kinds.kind, {FOR_EVER})) as live
    """
    _replace(
        cursor,
        "live_arrival",
        "(of_kind, until_day)",
        arrivals,
        f"kind = of_kind and taken_on <= until_day and {NOT_FORESEEN}",
        hidden="kind",
    )
    _replace_view(cursor, HOMES, days)


def prepare(cursor: Cursor, days: Sequence[date], measures: Iterable[str]) -> None:
    """Works out what these measures (by name) rest on, on these days and no others.

    From here on the cursor answers for these days alone: a view asked about another day
    would be empty. `prepare_ground` comes first.
    """
    needed = _needed(frozenset(measures))
    # What an earlier call put in its place must not answer for this one.
    _drop(cursor, needed)
    for name in needed:
        _replace_view(cursor, name, days)


@contextmanager
def prepared_for(
    cursor: Cursor, days: Sequence[date], measures: Iterable[Measure]
) -> Iterator[None]:
    """Within, the cursor answers for these days alone, and quickly."""
    prepare_ground(cursor, days)
    prepare(cursor, days, [measure.name for measure in measures])
    yield
    release(cursor)


def release(cursor: Cursor) -> None:
    """The cursor answers for any day again; names and arrivals stay worked out."""
    replaced = cursor.execute(
        "select function_name from duckdb_functions()"
        " where database_name = 'temp' and function_type = 'table_macro'"
        " and list_contains(parameters, 'as_of')"
    ).fetchall()
    _drop(cursor, [name for (name,) in replaced])


def by_day(
    question: str, days: Sequence[date], said: str = "day"
) -> tuple[str, dict[str, object]]:
    """SQL: what a question comes to on each of some days, and the values it is given.

    question: SQL with {day} where the day belongs; said: what the column of days is to
    be called.
    One day alone is asked about as such: a day that comes from a row costs ten times as
    much to plan.
    """
    if len(days) == 1:
        on_it = question.format(day="$day::date")
        return f"select $day::date as {said}, answer.* from ({on_it}) as answer", {
            "day": days[0]
        }
    return (
        f"""
        select days.day as {said}, answer.*
        from (select unnest($days::date[]) as day) as days,
            lateral ({question.format(day="days.day")}) as answer
        """,
        {"days": [*days]},
    )


def _replace_view(cursor: Cursor, name: str, days: Sequence[date]) -> None:
    answers, values = by_day(f"select * from {name}({{day}})", days, "prepared_on")
    where = "prepared_on = as_of"
    _replace(cursor, name, "(as_of)", answers, where, "prepared_on", values)


def _replace(
    cursor: Cursor,
    name: str,
    parameters: str,
    answers: str,
    where: str,
    hidden: str = "",
    values: dict[str, object] | None = None,
) -> None:
    """A table of the answers, and in the macro's place one that reads it."""
    _drop(cursor, [name])
    cursor.execute(f"create or replace temp table prepared_{name} as {answers}", values)
    columns = f"* exclude ({hidden})" if hidden else "*"
    cursor.execute(
        f"create temp macro {name}{parameters} as table"
        f" select {columns} from prepared_{name} where {where}"
    )


def _drop(cursor: Cursor, names: Iterable[str]) -> None:
    for name in names:
        cursor.execute(f"drop macro table if exists temp.main.{name}")


@cache
def _needed(measures: frozenset[str]) -> tuple[str, ...]:
    """What to work out, each after what it rests on: rows known, then views."""
    views = {d.name: d for d in in_order(read_folder(QUERIES / "views"))}
    folder = read_folder(QUERIES / "measures")
    waiting = [d.sql for d in folder if d.name in measures]
    called: set[str] = set()
    while waiting:
        for name in set(CALL.findall(waiting.pop())) - called - {HOMES}:
            called.add(name)
            if name in views:
                waiting.append(views[name].sql)
    rows = sorted(
        name
        for source in all_sources().values()
        if source.delivers != "events"
        for name in (f"known_{source.kind}", f"ever_{source.kind}")
        if name in called
    )
    logs = {s.kind for s in all_sources().values() if s.delivers == "events"}
    small = [
        name
        for name, view in views.items()
        if name in called and not logs & reads_of_sql(view.sql)
    ]
    return (*rows, *small)
