"""A question about one kind of record, and the words of an address that say it.

What is not of the kind's own definition is refused here, so that what reaches SQL as a
name is ours, and what people type is a bound value.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Final
from urllib.parse import quote, unquote

from oversight.explore.columns import PARTS, Column, Sort, columns_of
from oversight.sources import all_sources

COUNT: Final = "count"
# How a column is measured: its words, the sorts of column it fits, the SQL.
HOWS: Final[Mapping[str, tuple[str, tuple[Sort, ...], str]]] = {
    "distinct": (
        "different",
        (Sort.WORD, Sort.PERSON, Sort.HOME),
        "count(distinct fold(m))",
    ),
    "sum": ("sum of", (Sort.NUMBER,), "sum(m)"),
    "mean": ("mean of", (Sort.NUMBER,), "avg(m)"),
    "median": ("median of", (Sort.NUMBER,), "median(m)"),
    "least": ("least", (Sort.NUMBER,), "min(m)"),
    "most": ("most", (Sort.NUMBER,), "max(m)"),
    "share": (
        "share that is yes of",
        (Sort.FLAG,),
        "100.0 * count(*) filter (m) / nullif(count(m), 0)",
    ),
}
IS, FROM, TO, HAS = "is", "from", "to", "has"
YES, NO = "yes", "no"
DIVIDER: Final = "|"
MOST_FILTERS: Final = 12
LONGEST: Final = 200  # characters of a value
NAMES: Final = ("kind", "rows", "columns", "measure", "small")


class CannotAsk(ValueError):
    """A question that this kind cannot be asked; the sentence says what can."""


@dataclass(frozen=True)
class Filter:
    """Which rows: those whose column is one of some values, lies within, was given."""

    column: str
    how: str  # is · from · to · has
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One kind, counted by rows and columns (`name` or `name:part`), measured so.

    measure: count, or how:column. hides_small: small counts are left out.
    """

    kind: str
    rows: str
    columns: str = ""
    measure: str = COUNT
    filters: tuple[Filter, ...] = ()
    hides_small: bool = False

    @property
    def title(self) -> str:
        """What is asked, in a line."""
        what = all_sources()[self.kind].title
        by = " and ".join(
            said_of(self.kind, one) for one in (self.rows, self.columns) if one
        )
        if self.measure == COUNT:
            return f"{what} by {by}"
        return f"{what}: {measure_in_words(self)} by {by}"

    def asked(self) -> dict[str, str]:
        """The words of an address that say this question."""
        found = {"kind": self.kind, "rows": self.rows}
        if self.columns:
            found["columns"] = self.columns
        if self.measure != COUNT:
            found["measure"] = self.measure
        if self.hides_small:
            found["small"] = "hidden"
        for one in self.filters:
            found[f"{one.how}_{one.column}"] = said_in_address(one.values)
        return found


def read(asked: Mapping[str, str]) -> Question:
    """The question that an address says; CannotAsk in words when it says none."""
    kind = asked.get("kind", "")
    if kind not in all_sources():
        raise CannotAsk(f"There is no kind of record called {kind!r}.")
    columns = columns_of(kind)
    question = Question(
        kind,
        _divided(columns, asked.get("rows", "")),
        _divided(columns, asked["columns"]) if asked.get("columns") else "",
        _measured(columns, asked.get("measure", COUNT)),
        _filters(columns, asked),
        asked.get("small") == "hidden",
    )
    # By the same thing twice is by it once.
    is_twice = question.columns == question.rows
    return replace(question, columns="") if is_twice else question


def said_in_address(values: Iterable[str]) -> str:
    """Values as the words of an address have them, divided."""
    return DIVIDER.join(quote(value, safe=" ") for value in values)


def is_of_a_question(name: str) -> bool:
    """Whether a word of an address may be one of these."""
    return name in NAMES or name.partition("_")[0] in (IS, FROM, TO, HAS)


def divided_by(kind: str, said: str) -> tuple[Column, str]:
    """The column and the part that a question names."""
    name, _, part = said.partition(":")
    return columns_of(kind)[name], part


def said_of(kind: str, said: str) -> str:
    """What rows are counted by, in words: cause; month of aware at."""
    column, part = divided_by(kind, said)
    label = column.label.lower()
    return f"{part} of {label}" if part in PARTS else label


def measure_in_words(question: Question) -> str:
    """What is measured: number; mean of subjects affected."""
    if question.measure == COUNT:
        return "number"
    how, _, name = question.measure.partition(":")
    return f"{HOWS[how][0]} {columns_of(question.kind)[name].label.lower()}"


def filters_in_words(question: Question, homes: Mapping[str, str]) -> list[str]:
    """Each filter as it is read."""
    columns = columns_of(question.kind)
    return [_filter_in_words(columns[f.column], f, homes) for f in question.filters]


def _filter_in_words(column: Column, one: Filter, homes: Mapping[str, str]) -> str:
    if one.how == HAS:
        return f"{column.label}: {'given' if one.values == (YES,) else 'not given'}"
    if one.how in (FROM, TO):
        return f"{column.label}: {one.how} {one.values[0]}"
    named = [homes.get(value, value) or "not said" for value in one.values]
    return f"{column.label}: {' or '.join(named)}"


def _divided(columns: Mapping[str, Column], said: str) -> str:
    name, _, part = said.partition(":")
    column = columns.get(name)
    if column is None or not column.can_divide:
        can = ", ".join(each.name for each in columns.values() if each.can_divide)
        raise CannotAsk(f"Rows can be counted by {can}; got {name!r}.")
    part = part or column.parts[0]
    if part not in column.parts:
        wanted = ", ".join(column.parts) if column.parts != ("",) else "no part"
        raise CannotAsk(f"{column.label} has {wanted}; got {part!r}.")
    return f"{name}:{part}" if part else name


def _measured(columns: Mapping[str, Column], said: str) -> str:
    if said == COUNT:
        return said
    how, _, name = said.partition(":")
    if how not in HOWS:
        raise CannotAsk(f"Rows are measured by count, {', '.join(HOWS)}; got {how!r}.")
    column = columns.get(name)
    if column is None or column.sort not in HOWS[how][1]:
        can = [one.name for one in columns.values() if one.sort in HOWS[how][1]]
        raise CannotAsk(
            f"{how.capitalize()} fits {', '.join(can) or 'no column here'}; got"
            f" {name!r}."
        )
    return said


def _filters(
    columns: Mapping[str, Column], asked: Mapping[str, str]
) -> tuple[Filter, ...]:
    found = []
    for said, values in sorted(asked.items()):
        how, _, name = said.partition("_")
        if how not in (IS, FROM, TO, HAS) or said in NAMES:
            continue
        column = columns.get(name)
        if column is None:
            raise CannotAsk(f"There is no column {name!r} to choose rows by.")
        found.append(_filter(column, how, values))
    if len(found) > MOST_FILTERS:
        raise CannotAsk(f"At most {MOST_FILTERS} filters are taken; got {len(found)}.")
    return tuple(found)


def _filter(column: Column, how: str, said: str) -> Filter:
    values = tuple(unquote(each)[:LONGEST] for each in said.split(DIVIDER))
    fits = {
        IS: column.can_choose,
        FROM: column.can_bound,
        TO: column.can_bound,
        HAS: values in ((YES,), (NO,)),
    }
    if not fits[how]:
        raise CannotAsk(f"{column.label} cannot be asked for by {how!r}.")
    if how in (FROM, TO):
        _check_bound(column, values[0])
    if how == IS and column.sort is Sort.FLAG and set(values) - {YES, NO, ""}:
        raise CannotAsk(f"{column.label} is yes or no; got {', '.join(values)}.")
    return Filter(column.name, how, values)


def _check_bound(column: Column, said: str) -> None:
    wanted = "a number" if column.sort is Sort.NUMBER else "a day such as 2026-05-04"
    try:
        if column.sort is Sort.NUMBER:
            if not isfinite(float(said)):
                raise ValueError
        else:
            date.fromisoformat(said)
    except ValueError:
        raise CannotAsk(f"{column.label} wants {wanted}; got {said!r}.") from None
