"""A measure -> its cases on a day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from oversight.definitions import QUERIES, measure_macro
from oversight.headers import read_folder
from oversight.promises import Direction, Measure, Window, parse_measure
from oversight.store import Cursor


@dataclass(frozen=True)
class Case:
    """One row of a measure; `is_met` is None where what decides it was left out."""

    case_ref: str
    home: str
    happened_on: date
    is_met: bool | None


@cache
def all_measures() -> dict[str, Measure]:
    """Every measure by its file name, in the order of strands and ids."""
    found = [parse_measure(d) for d in read_folder(QUERIES / "measures")]
    return {m.name: m for m in sorted(found, key=lambda m: (_place(m), m.id))}


def find_measure(said: str) -> Measure:
    """A measure by its id or its name; a LookupError says when there is none."""
    for measure in all_measures().values():
        if said.casefold() in (measure.id.casefold(), measure.name):
            return measure
    known = ", ".join(m.id for m in all_measures().values())
    raise LookupError(f"There is no measure {said!r}. There are: {known}.")


@cache
def sql_of(name: str) -> str:
    """The SQL of a measure as its author wrote it."""
    return next(d.sql for d in read_folder(QUERIES / "measures") if d.name == name)


def counted_cases(measure: Measure, day: str) -> str:
    """SQL: a measure's cases on a day (an expression), with what counting needs.

    Columns: case_ref, home, happened_on, is_met, is_known, units_met, units, in_window,
    in_month. A ratio counts its units, everything else counts its cases.
    """
    sql = sql_of(measure.name)
    known = "is_known" if _gives(sql, "is_known") else "true"
    units_met = "units_met" if _gives(sql, "units_met") else "is_met::bigint"
    units = "units" if _gives(sql, "units") else "1"
    return f"""
        select
            case_ref,
            home,
            happened_on,
            is_met,
            {known} as is_known,
            {units_met} as units_met,
            {units} as units,
            {_in_window(measure.window, day)} as in_window,
            {_in_month(measure.window, day)} as in_month
        from {measure_macro(measure.name)}({day})
    """


def cases_on(cursor: Cursor, measure: Measure, as_of: date) -> list[Case]:
    """The cases in the measure's window on a day: not met first, then the newest."""
    found = cursor.execute(
        f"""
        select case_ref, home, happened_on, case when is_known then is_met end as is_met
        from ({counted_cases(measure, "$as_of::date")})
        where in_window
        order by is_met nulls first, happened_on desc, home, case_ref
        """,
        {"as_of": as_of},
    ).fetchall()
    return [Case(*row) for row in found]


def happenings(cursor: Cursor, measure: Measure, first: date, last: date) -> list[date]:
    """The day of each event in a span, oldest first: of a neutral measure every case,
    of any other each case not met; what cannot be judged is left out.
    """
    which = "true" if measure.direction is Direction.NEUTRAL else "not is_met"
    found = cursor.execute(
        f"""
        select happened_on
        from ({counted_cases(measure, "$last::date")})
        where is_known and {which} and happened_on between $first and $last
        order by happened_on
        """,
        {"first": first, "last": last},
    ).fetchall()
    return [row[0] for row in found]


def _gives(sql: str, column: str) -> bool:
    # A line of the last select, which has the column by an alias or by its own name.
    given = sql[sql.rindex("select") :]
    return re.search(rf"(?m)(\bas |^\s*(\w+\.)?){column},?$", given) is not None


def _in_window(window: Window, day: str) -> str:
    if window is Window.DAY:
        return "true"
    if window is Window.YEAR:
        # Counted from the case: a year after 29 February is over on 28 February.
        return f"happened_on + interval 12 month > {day} and happened_on <= {day}"
    # The newest month that has ended: on its last day a month counts as full.
    first = f"(date_trunc('month', {day} + interval 1 day) - interval 1 month)"
    return f"happened_on >= {first} and happened_on < {first} + interval 1 month"


def _in_month(window: Window, day: str) -> str:
    if window is Window.DAY:
        return "true"
    return f"date_trunc('month', happened_on) = date_trunc('month', {day})"


def _place(measure: Measure) -> int:
    return list(type(measure.strand)).index(measure.strand)
