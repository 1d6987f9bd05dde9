"""What can be asked of each column of a kind? Its sort, its words, its SQL.

Free text is neither counted by nor read here: only whether it was given can be asked.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from oversight.arrivals.forms import fields_of
from oversight.reading_room.room import fact_columns
from oversight.sources import SourceColumn, all_sources

NOT_SAID: Final = "not said"
WEEK: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Sort(StrEnum):
    """What a column holds, as far as asking goes."""

    HOME = "home"
    PERSON = "person"
    TEXT = "text"
    WORD = "word"
    SEVERAL = "several"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"


# By the type that a kind's own SQL gives.
SORTS: Final = {
    "BOOLEAN": Sort.FLAG,
    "DATE": Sort.DAY,
    "TIMESTAMP WITH TIME ZONE": Sort.MOMENT,
    "BIGINT": Sort.NUMBER,
    "INTEGER": Sort.NUMBER,
    "DOUBLE": Sort.NUMBER,
    "VARCHAR[]": Sort.SEVERAL,
}
# The parts of a day or moment that rows are counted by: the SQL of each.
PARTS: Final = {
    "month": "date_trunc('month', {day})::date",
    "quarter": "date_trunc('quarter', {day})::date",
    "year": "date_trunc('year', {day})::date",
    "weekday": "extract(isodow from {day})",
    "hour": "extract(hour from {time})",
}
SPANS: Final = {"month": 1, "quarter": 3, "year": 12}  # months


@dataclass(frozen=True)
class Column:
    """One column of a kind: its name, its words, its sort, what it may hold."""

    name: str
    label: str
    sort: Sort
    choices: tuple[str, ...]
    source: SourceColumn

    @property
    def parts(self) -> tuple[str, ...]:
        """What of it rows can be counted by; the first is meant where none is said."""
        if self.sort is Sort.DAY:
            return ("month", "quarter", "year", "weekday")
        return tuple(PARTS) if self.sort is Sort.MOMENT else ("",)

    @property
    def can_divide(self) -> bool:
        """Whether rows can be counted by it."""
        return self.sort is not Sort.TEXT

    @property
    def can_choose(self) -> bool:
        """Whether rows can be chosen by its values."""
        return self.sort in (Sort.HOME, Sort.WORD, Sort.SEVERAL, Sort.FLAG) and not (
            self.source.is_person
        )

    @property
    def can_bound(self) -> bool:
        """Whether rows can be chosen from one value to another."""
        return self.sort in (Sort.DAY, Sort.MOMENT, Sort.NUMBER)

    def by(self, part: str) -> str:
        """SQL: what rows are counted by; a list is to be taken apart."""
        name = f'"{self.name}"'
        if self.sort is Sort.PERSON:
            return f"fold({name})"
        if part:
            return PARTS[part].format(day=self.day, time=f"uk_time({name})")
        return name

    @property
    def day(self) -> str:
        """SQL: the UK day of a day or a moment."""
        name = f'"{self.name}"'
        return f"uk_day({name})" if self.sort is Sort.MOMENT else name


@cache
def columns_of(kind: str) -> dict[str, Column]:
    """Every column of a kind, in the order of its definition."""
    source = all_sources()[kind]
    types = dict(fact_columns(source))
    return {
        field.column.name: Column(
            field.column.name,
            field.label,
            _sort(field.column, types[field.column.name]),
            field.choices,
            field.column,
        )
        for field in fields_of(source)
    }


def _sort(column: SourceColumn, type_: str) -> Sort:
    if column.is_free_text:
        return Sort.TEXT
    if column.name == "home":
        return Sort.HOME
    if type_.startswith("DECIMAL"):
        return Sort.NUMBER
    sort = SORTS.get(type_, Sort.WORD)
    return Sort.PERSON if sort is Sort.WORD and column.is_person else sort


def in_words(value: Any, part: str) -> str:
    """A value that rows are counted by, as it is read."""
    if value is None or value == "":
        return NOT_SAID
    if isinstance(value, bool):
        return "yes" if value else "no"
    if part == "weekday":
        return WEEK[int(value) - 1]
    if part == "hour":
        return f"{int(value):02}:00"
    if isinstance(value, date):
        return _day_in_words(value, part)
    if isinstance(value, int | float):
        return f"{value:g}"
    return str(value)


def _day_in_words(day: date, part: str) -> str:
    if part == "year":
        return str(day.year)
    if part == "quarter":
        return f"{day.year} Q{(day.month + 2) // 3}"
    return f"{day:%b %Y}"
