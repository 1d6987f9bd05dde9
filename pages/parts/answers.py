"""The answer to a question: its sentence, its chart or table, the rows behind it."""

from typing import Any

import pandas as pd
import streamlit as st

from oversight import roles
from oversight.charts import bars
from oversight.explore import answering, question
from oversight.explore.answering import Answer, Cell
from oversight.explore.columns import Sort
from oversight.explore.question import Question
from oversight.reader import Reader
from oversight.sources import all_sources
from oversight.verdicts.sentences import day_in_words, number
from pages.parts import export, look, pictures

CHART, TABLE, ROWS = "Chart", "Table", "Rows"
NOT_REPORTED = "Exploratory: not a reported figure."
BARS = 40  # of a chart; more cannot be read
HIDDEN = "fewer than 5"
WHY_HIDDEN = (
    "Where fewer than five are counted the number is not shown, nor another by which it"
    " could be worked out."
)


def say(reader: Reader, wanted: Question) -> Answer:
    """The answer, its sentence said; below it what narrows it, and what it is not."""
    found = answering.answer(reader, wanted)
    look.answer(_sentence(reader, found))
    narrowed = question.filters_in_words(wanted, reader.homes())
    said = "; ".join(narrowed) or "no filters"
    look.html(
        f'<p class="ig-line"><span class="ig-pill">{NOT_REPORTED}</span>'
        f'<span class="ig-small">{look.text(said[0].upper() + said[1:])}.</span></p>'
    )
    return found


def show(reader: Reader, found: Answer) -> None:
    """As a chart, as a table, or the rows themselves for those who may see rows."""
    if not found.rows:
        look.html(
            look.card(
                "<h2>No row is like that</h2><p>None is known on this day in these"
                " homes. Take a filter away, or ask about another day.</p>"
            )
        )
        return
    role = reader.person.role
    may_list = roles.may_explore(role) and roles.may_see_rows(role)
    shapes = [CHART, TABLE, ROWS] if may_list else [CHART, TABLE]
    shape = st.segmented_control(
        "Show as",
        shapes,
        default=CHART,
        key="explore_as",
        label_visibility="collapsed",
    )
    if shape == ROWS:
        _rows(reader, found.question)
    elif shape == TABLE:
        _table(reader, found)
    else:
        _chart(reader, found)


def _sentence(reader: Reader, found: Answer) -> str:
    kind = all_sources()[found.question.kind]
    when = ""
    if kind.happened:
        when = (
            f", last {reader.months} months"
            if reader.months
            else f", up to {day_in_words(reader.as_of)}"
        )
    if found.total is None:
        return f"{found.question.title}{when}."
    rows = f"{found.total.count:,} row{'' if found.total.count == 1 else 's'}"
    return f"{found.question.title}{when}: {rows}."


def _said(cell: Cell | None, found: Answer) -> str:
    if cell is None:
        return "–" if found.question.measure != question.COUNT else "0"
    if cell.is_hidden:
        return HIDDEN
    if cell.value is None:
        return "–"
    end = "%" if found.question.measure.startswith("share:") else ""
    is_whole = cell.value == round(cell.value)
    return f"{cell.value:,.0f}{end}" if is_whole else f"{cell.value:,.1f}{end}"


def _heads(found: Answer) -> tuple[str, str]:
    rows = question.said_of(found.question.kind, found.question.rows)
    measure = question.measure_in_words(found.question)
    return rows[0].upper() + rows[1:], measure[0].upper() + measure[1:]


def _table(reader: Reader, found: Answer) -> None:
    first, measure = _heads(found)
    is_wide = found.columns != ("",)
    heads = [first, *(found.columns if is_wide else ()), "All" if is_wide else measure]
    if is_wide and not found.of_rows:
        heads = heads[:-1]
    rows = []
    for row in found.rows:
        cells = [found.cells.get((row, column)) for column in found.columns]
        if is_wide and found.of_rows:
            cells.append(found.of_rows.get(row))
        rows.append([row, *(_said(cell, found) for cell in cells)])
    if found.total is not None:
        ends = [found.of_columns.get(one) for one in found.columns] if is_wide else []
        if is_wide and found.of_rows:
            last = [*(_said(cell, found) for cell in ends), _said(found.total, found)]
            rows.append(["All", *last])
        elif not is_wide:
            rows.append(["All", _said(found.total, found)])
    numeric = tuple(range(1, len(heads)))
    body = look.table(
        [look.text(head) for head in heads],
        [[look.text(cell) for cell in row] for row in rows],
        numeric,
        "ig-stack",
    )
    look.html(
        look.card(
            f"<h2>{look.text(measure)} by {look.text(first.lower())}</h2>"
            f'<div class="ig-across" tabindex="0" role="region"'
            f' aria-label="The answer as a table">{body}</div>{_notes(found)}'
        )
    )
    _offer(reader, found, heads, rows)


def _notes(found: Answer) -> str:
    kind = found.question.kind
    said = []
    if found.more_rows:
        said.append(f"{found.more_rows:,} smaller rows are not shown.")
    if found.more_columns:
        said.append(f"{found.more_columns:,} smaller columns are not shown.")
    places = [found.question.rows, found.question.columns]
    several = [
        question.said_of(kind, one)
        for one in places
        if one and question.divided_by(kind, one)[0].sort is Sort.SEVERAL
    ]
    if several:
        said.append(
            f"A row of several stands under each ({', '.join(several)}): they add up to"
            " more than all."
        )
    if found.has_hidden:
        said.append(WHY_HIDDEN)
    return f'<p class="ig-small">{look.text(" ".join(said))}</p>' if said else ""


def _offer(
    reader: Reader, found: Answer, heads: list[str], rows: list[list[str]]
) -> None:
    filters = {
        f"filter {at}": said
        for at, said in enumerate(
            question.filters_in_words(found.question, reader.homes()), start=1
        )
    }
    if reader.since is not None:
        filters["after"] = reader.since.isoformat()
    plain = [[row[0], *(_plain(cell) for cell in row[1:])] for row in rows]
    export.offer(
        reader,
        f"{found.question.title} (exploratory)",
        heads,
        plain,
        "explore",
        **filters,
    )


def _plain(said: str) -> Any:
    """A number as one, for a workbook; words as they are."""
    try:
        value = float(said.replace(",", ""))
    except ValueError:
        return said
    return int(value) if value == round(value) else value


def _chart(reader: Reader, found: Answer) -> None:
    ordered = [
        (f"{row}, {column}" if column else row, cell.value)
        for row in found.rows
        for column in found.columns
        if (cell := found.cells.get((row, column))) is not None
        if not cell.is_hidden and cell.value is not None
    ]
    shown = ordered[:BARS]
    first, measure = _heads(found)
    if not shown:
        look.html(look.card(f"<h2>Nothing can be drawn</h2>{_notes(found)}"))
        return
    name, value = max(shown, key=lambda one: one[1])
    headline = f"{name}: {bars.said(value)}, the most"
    if sum(one[1] == value for one in shown) > 1:
        ties = sum(one[1] == value for one in shown)
        headline = f"{number(ties, start=True)} share the most: {bars.said(value)}"
    rest = len(ordered) - len(shown)
    more = f" {rest:,} more are in the table." if rest else ""
    subtitle = f"{found.question.title}. {NOT_REPORTED}{more}"
    source = f"{all_sources()[found.question.kind].title}, as known."
    panel = bars.as_asked(
        found.question.title, shown, (first, measure), (headline, subtitle, source)
    )
    pictures.show(panel, "card_explore_chart", has_twin=False)
    if notes := _notes(found):
        look.html(notes)


def _rows(reader: Reader, wanted: Question) -> None:
    found = answering.listing(reader, wanted)
    with st.container(border=True, key="card_explore_rows"):
        count = f"{found.total:,} row{'' if found.total == 1 else 's'}"
        shown = (
            f"{count}; the newest {len(found.rows):,} are listed"
            if len(found.rows) < found.total
            else count
        )
        look.html(
            f"<h2>{look.text(shown)}</h2>"
            '<p class="ig-small">Staff stand as your role sees them; free text has'
            " numbers and addresses taken out.</p>"
        )
        st.dataframe(
            pd.DataFrame(found.rows, columns=found.heads),
            hide_index=True,
            key="explore_rows_table",
            placeholder="–",
            alt=f"The rows behind {wanted.title}",
        )
        title = f"Rows of {wanted.title} (exploratory)"
        export.offer(reader, title, found.heads, found.rows, "explore_rows")
