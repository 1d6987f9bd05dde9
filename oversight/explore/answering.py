"""The answer to a question: a table of rows by columns, within the reader's scope.

It is worked out of what is known of the kind on the reader's day, as every figure is.
Staff stand in it as the reader may see them. Who sees counts only is answered what was
saved for that role and nothing else, of all homes, with small counts hidden: asked
freely, two questions would give away by their difference what each of them hides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from oversight import disclosure, pseudonyms, roles
from oversight.explore import saving
from oversight.explore.columns import (
    NOT_SAID,
    SPANS,
    Column,
    Sort,
    columns_of,
    in_words,
)
from oversight.explore.question import (
    COUNT,
    FROM,
    HAS,
    HOWS,
    IS,
    YES,
    Filter,
    Question,
    divided_by,
)
from oversight.reader import Reader
from oversight.sources import all_sources
from oversight.store import Cursor
from oversight.words import COMPANY, UNMATCHED

MOST_ROWS: Final = 100
MOST_COLUMNS: Final = 12
LISTED: Final = 500
NO_HOME: Final = {COMPANY: "The company", UNMATCHED: "Not on the register"}


@dataclass(frozen=True)
class Cell:
    """How many rows, and what is measured of them; hidden when there are too few."""

    count: int
    value: float | None
    is_hidden: bool = False


@dataclass(frozen=True)
class Answer:
    """Cells by (row, column), and the totals of each; columns is ("",) without any.

    rows, columns: words in the order to show. more_rows, more_columns: how many are
    left out, the smallest. total: None where it would give a hidden count away.
    """

    question: Question
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    of_rows: Mapping[str, Cell]
    of_columns: Mapping[str, Cell]
    total: Cell | None
    more_rows: int = 0
    more_columns: int = 0

    @property
    def has_hidden(self) -> bool:
        return any(cell.is_hidden for cell in self.cells.values())


@dataclass(frozen=True)
class Listing:
    """The rows themselves, as the reader may see them; total: how many there are."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int


def answer(reader: Reader, question: Question) -> Answer:
    """The table that a question asks for."""
    is_free = roles.may_explore(reader.person.role)
    if not is_free:
        saving.check_is_saved_for(reader, question)
        question, reader = replace(question, hides_small=True), whole(reader)
    with reader.reading() as cursor, _Asking(reader, question, cursor) as ask:
        cells = ask.grouped(question.rows, question.columns)
        of_rows = ask.grouped(question.rows, "") if question.columns else cells
        of_columns = ask.grouped("", question.columns) if question.columns else {}
        total = ask.grouped("", "").get(("", ""), Cell(0, None))
    found = Answer(
        question,
        *_ordered(question, of_rows, of_columns),
        cells,
        {row: cell for (row, _), cell in of_rows.items()},
        {column: cell for (_, column), cell in of_columns.items()},
        total,
    )
    found = _filled(_cut(found))
    return hidden(found) if question.hides_small else found


def listing(reader: Reader, question: Question) -> Listing:
    """The rows behind an answer, the newest arrival first; told of in the journal."""
    roles.check_may_explore(reader.person.role)
    roles.check_may_see_rows(reader.person.role)
    columns = columns_of(question.kind)
    names = ", ".join(f'"{name}"' for name in columns)
    homes = {**NO_HOME, **reader.homes()}
    person = _person_as_seen(reader)
    with reader.reading() as cursor:
        where, values = _where(reader, question)
        found = cursor.execute(
            f"""
            select count(*) over () as _total, {names}
            from known_{question.kind}($as_of)
            where {where}
            order by arrival desc, row
            limit {LISTED}
            """,
            values,
        ).fetchall()
    reader.tell_of_rows({"kind": question.kind, **question.asked()}, len(found))
    return Listing(
        tuple(column.label for column in columns.values()),
        tuple(
            tuple(
                _cell(column, value, homes, person)
                for column, value in zip(columns.values(), row[1:], strict=True)
            )
            for row in found
        ),
        found[0][0] if found else 0,
    )


def values_of(reader: Reader, kind: str, column: Column) -> list[str]:
    """What a column holds, to choose among: its own choices, or the commonest words.

    What is masked wherever it is shown is not among them.
    """
    roles.check_may_explore(reader.person.role)
    if column.sort is Sort.HOME:
        return [*reader.homes(), COMPANY]
    if column.sort is Sort.FLAG:
        return ["yes", "no"]
    if column.choices:
        return list(column.choices)
    said = f'"{column.name}"'
    said = f"unnest({said})" if column.sort is Sort.SEVERAL else said
    with reader.reading() as cursor:
        found = cursor.execute(
            f"""
            select said, count(*) as often
            from (select {said} as said from known_{kind}(?::date))
            where said is not null
            group by said
            order by often desc, said
            limit {MOST_ROWS}
            """,
            [reader.as_of],
        ).fetchall()
    said_of = sorted(str(row[0]) for row in found)
    return [one for one in said_of if disclosure.masked(one) == one]


def whole(reader: Reader) -> Reader:
    """The same reader, asking of every home that the role may see."""
    return replace(reader, home=None)


def hidden(found: Answer) -> Answer:
    """The answer with small counts left out, and others by which they could be told.

    The cells are hidden as one group beside the total; totals of rows and columns are
    left out whenever one is hidden, since each would be a sum over too few.
    """
    counts = {f"{row}\0{column}": one for (row, column), one in found.cells.items()}
    shown = disclosure.suppressed({key: one.count for key, one in counts.items()})
    cells = {
        (row, column): replace(one, is_hidden=shown[f"{row}\0{column}"] is None)
        for (row, column), one in found.cells.items()
    }
    if not any(one.is_hidden for one in cells.values()):
        return replace(found, cells=cells)
    told = disclosure.may_show_total({key: one.count for key, one in counts.items()})
    is_whole = not (found.more_rows or found.more_columns)
    is_large = found.total is not None and found.total.count >= disclosure.SMALLEST
    total = found.total if told and is_whole and is_large else None
    is_one = found.columns == ("",)
    of_rows = {row: cells[row, ""] for row in found.rows if (row, "") in cells}
    return replace(
        found,
        cells=cells,
        of_rows=of_rows if is_one else {},
        of_columns={},
        total=total,
    )


def _person_as_seen(reader: Reader) -> Callable[[str], str]:
    """How this reader is told of a member of staff."""
    if roles.may_see_own_staff(reader.person.role):
        return str
    return pseudonyms.mask_of(reader.store).person


class _Asking:
    def __init__(self, reader: Reader, question: Question, cursor: Cursor):
        self._question, self._cursor = question, cursor
        self._person = _person_as_seen(reader)
        self._homes = {**NO_HOME, **reader.homes()}
        self._where, self._values = _where(reader, question)

    def __enter__(self) -> "_Asking":
        kind = self._question.kind
        _, _, name = self._question.measure.partition(":")
        measured = f'"{name}"' if name else "null"
        # Asked four times over, and known of once.
        self._cursor.execute(
            f"""
            create or replace temp table explored as
            select
                {self._by(self._question.rows)[0]} as r,
                {self._by(self._question.columns)[0]} as c,
                {measured} as m
            from known_{kind}($as_of)
            where {self._where}
            """,
            self._values,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._cursor.execute("drop table if exists temp.main.explored")

    def grouped(self, rows: str, columns: str) -> dict[tuple[str, str], Cell]:
        """Cells by words; rows and columns: what to count by, '' for nothing."""
        how, _, name = self._question.measure.partition(":")
        value = HOWS[how][2] if name else "count(*)"
        r = _taken_apart("r", self._by(rows)[1]) if rows else "null"
        c = _taken_apart("c", self._by(columns)[1]) if columns else "null"
        found = self._cursor.execute(
            f"""
            select r, c, count(*) as rows_counted, ({value})::double as measured
            from (
                select r, {c} as c, m
                from (select {r} as r, c, m from explored)
            )
            group by r, c
            order by r, c
            """
        ).fetchall()
        cells: dict[tuple[str, str], Cell] = {}
        for one, two, count, measured in found:
            words = self._words(rows, one), self._words(columns, two)
            cell = Cell(count, measured)
            # What is masked alike is told as one.
            cells[words] = self._both(cells[words], cell) if words in cells else cell
        return cells

    def _both(self, one: Cell, other: Cell) -> Cell:
        count = one.count + other.count
        is_count = self._question.measure == COUNT
        return Cell(count, float(count) if is_count else None)

    def _by(self, said: str) -> tuple[str, bool]:
        if not said:
            return "null::varchar", False
        column, part = divided_by(self._question.kind, said)
        return column.by(part), column.sort is Sort.SEVERAL

    def _words(self, said: str, value: Any) -> str:
        if not said:
            return ""
        column, part = divided_by(self._question.kind, said)
        if column.sort is Sort.HOME:
            return self._homes.get(str(value), str(value))
        if value is not None and column.source.is_person:
            return self._person(str(value))
        words = in_words(value, part)
        return disclosure.masked(words) if column.sort is Sort.WORD else words


def _taken_apart(name: str, is_list: bool) -> str:
    """SQL: a list as a row for each thing in it; an empty one as one of nothing."""
    if not is_list:
        return name
    return f"unnest(case when len({name}) > 0 then {name} else [null] end)"


def _where(reader: Reader, question: Question) -> tuple[str, dict[str, Any]]:
    """SQL: which rows, with the values it binds."""
    columns = columns_of(question.kind)
    values: dict[str, Any] = {"as_of": reader.as_of}
    conditions = ["true"]
    source = all_sources()[question.kind]
    if source.happened:
        # A past day knows nothing of what happened after it.
        conditions.append(f"coalesce({source.happened_day}, $as_of) <= $as_of")
        if reader.since is not None:
            values["since"] = reader.since
            conditions.append(f"{source.happened_day} > $since")
    for at, one in enumerate(question.filters):
        conditions.append(_condition(columns[one.column], one, f"v{at}", values))
    return " and ".join(conditions), values


def _condition(column: Column, one: Filter, name: str, values: dict[str, Any]) -> str:
    said = f'"{column.name}"'
    if one.how == HAS:
        empty = f"{said} is null or len({said}) = 0"
        if column.sort is not Sort.SEVERAL:
            empty = f"{said} is null"
        return f"not ({empty})" if one.values == (YES,) else f"({empty})"
    if one.how == IS:
        values[name] = [value for value in one.values if value]
        chosen = f"list_contains(${name}::varchar[], {said})"
        if column.sort is Sort.FLAG:
            words = f"case when {said} then 'yes' when not {said} then 'no' end"
            chosen = f"list_contains(${name}::varchar[], {words})"
        elif column.sort is Sort.SEVERAL:
            chosen = f"list_has_any({said}, ${name}::varchar[])"
        blank = f" or {said} is null" if "" in one.values else ""
        return f"(coalesce({chosen}, false){blank})"
    sign = ">=" if one.how == FROM else "<="
    if column.sort is Sort.NUMBER:
        values[name] = float(one.values[0])
        return f"{said} {sign} ${name}"
    values[name] = date.fromisoformat(one.values[0])
    return f"{column.day} {sign} ${name}"


def _cell(
    column: Column, value: Any, homes: Mapping[str, str], person: Callable[[str], str]
) -> Any:
    if column.sort is Sort.HOME:
        return homes.get(str(value), value)
    if value is not None and column.source.is_person:
        several = value if isinstance(value, list) else [value]
        return "; ".join(person(str(one)) for one in several)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return disclosure.masked(value) if isinstance(value, str) else value


def _ordered(
    question: Question,
    of_rows: Mapping[tuple[str, str], Cell],
    of_columns: Mapping[tuple[str, str], Cell],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = {row: cell.count for (row, _), cell in of_rows.items()}
    columns = {column: cell.count for (_, column), cell in of_columns.items()}
    kind = question.kind
    ordered = tuple(_in_order(kind, question.rows, rows))
    if not question.columns:
        return ordered, ("",)
    return ordered, tuple(_in_order(kind, question.columns, columns))


def _in_order(kind: str, said: str, counts: Mapping[str, int]) -> list[str]:
    """Homes by name, what has an order in its own, all else the commonest first."""
    column, part = divided_by(kind, said)
    if column.sort is Sort.HOME:
        return sorted(counts, key=lambda words: (words in NO_HOME.values(), words))
    if part or column.sort in (Sort.NUMBER, Sort.FLAG):
        known = [words for words in counts if words != NOT_SAID]
        return [*known, *(words for words in counts if words == NOT_SAID)]
    return sorted(counts, key=lambda words: (-counts[words], words.casefold()))


def _cut(found: Answer) -> Answer:
    """No more rows and columns than can be read; which stay is by their size."""
    rows = _largest(found.rows, found.of_rows, MOST_ROWS)
    columns = found.columns
    if columns != ("",):
        columns = _largest(columns, found.of_columns, MOST_COLUMNS)
    kept = {
        (row, column): cell
        for (row, column), cell in found.cells.items()
        if row in set(rows) and column in set(columns)
    }
    return replace(
        found,
        rows=rows,
        columns=columns,
        cells=kept,
        more_rows=len(found.rows) - len(rows),
        more_columns=len(found.columns) - len(columns),
    )


def _largest(
    words: Sequence[str], cells: Mapping[str, Cell], at_most: int
) -> tuple[str, ...]:
    by_size = sorted(words, key=lambda one: -cells[one].count)[:at_most]
    return tuple(one for one in words if one in set(by_size))


def _filled(found: Answer) -> Answer:
    """Months, quarters and years between the first and the last with no rows: none."""
    question = found.question
    _, part = divided_by(question.kind, question.rows)
    if part not in SPANS or found.more_rows or len(found.rows) < 2:
        return found
    every = _spans([row for row in found.rows if row != NOT_SAID], part)
    if len(every) > MOST_ROWS:
        return found
    rest = [row for row in found.rows if row == NOT_SAID]
    nothing = Cell(0, 0.0 if question.measure == COUNT else None)
    rows = (*every, *rest)
    of_rows = {row: found.of_rows.get(row, nothing) for row in rows}
    cells = dict(found.cells)
    if found.columns == ("",):
        cells = {(row, ""): cells.get((row, ""), nothing) for row in rows}
    return replace(found, rows=rows, of_rows=of_rows, cells=cells)


def _spans(words: Sequence[str], part: str) -> list[str]:
    """From the first to the last in the words of `in_words`, none left out."""
    if not words:
        return []
    first, last = (_first_day(words[at], part) for at in (0, -1))
    found: list[str] = []
    day = first
    while day <= last and len(found) <= MOST_ROWS:
        found.append(in_words(day, part))
        months = day.year * 12 + day.month - 1 + SPANS[part]
        day = date(months // 12, months % 12 + 1, 1)
    return found


def _first_day(words: str, part: str) -> date:
    if part == "year":
        return date(int(words), 1, 1)
    if part == "quarter":
        year, _, quarter = words.partition(" Q")
        return date(int(year), int(quarter) * 3 - 2, 1)
    month, _, year = words.partition(" ")
    return date(int(year), MONTHS.index(month) + 1, 1)


MONTHS: Final = tuple(f"{date(2000, month, 1):%b}" for month in range(1, 13))
