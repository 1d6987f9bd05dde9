"""What stops being met, and when, if nothing is done; what falls due, and for whom?"""

from datetime import timedelta

import pandas as pd
import streamlit as st

from oversight import asked, roles
from oversight.ahead import STEPS
from oversight.charts import ahead as drawn
from oversight.charts.dues import dues_of
from oversight.reader import Board, Reader
from oversight.verdicts.look_ahead import LookAhead, MeasureAhead, counts
from oversight.verdicts.sentences import day_in_words, number
from oversight.words import STRAND_WORDS, Role, Status, Strand
from pages.parts import export, look
from pages.parts.figures import strand_place
from pages.parts.missing import nothing_is_known
from pages.parts.pictures import show

TITLE = "Ahead"
SECTION = "lookahead"
ORDER = 5
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

IN_DAYS = [f"{step} days" for step in STEPS]
HOW = (
    "From due and expiry dates alone, at what is known today: each measure is asked"
    " about the days to come. Nothing is foreseen."
)


def render(reader: Reader) -> None:
    """The first sentence, the strands, the measures that stop, what falls due."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    found = asked.ahead(reader)
    look.answer(_answer(found))
    cards = "".join(_strand(found, strand) for strand in Strand)
    look.html(f'<div class="ig-cards">{cards}</div>')
    if dues := dues_of(found):
        show(drawn.ahead("What falls due", dues, found.as_of, HOW), "card_calendar")
    _measures(found, reader)
    _owners(found)
    if roles.may_see_rows(reader.person.role):
        _cases(found, board)


def _answer(found: LookAhead) -> str:
    stopping = [one for one in found.measures if one.stops_on]
    due = sum(len(one.coming) for one in found.measures)
    days = STEPS[-1]
    falls = (
        f"{number(due, start=True)} {'date falls' if due == 1 else 'dates fall'} due"
    )
    last = f"{falls} in {days} days." if due else f"No date falls due in {days} days."
    if not stopping:
        return f"Nothing that is met today runs out in {days} days. {last}"
    first = stopping[0]
    on = day_in_words(first.stops_on) if first.stops_on else ""
    measures = "measure stops" if len(stopping) == 1 else "measures stop"
    return (
        f"{number(len(stopping), start=True)} {measures} being met if nothing is done,"
        f" the first on {on}: {_small(first.measure.title)}. {last}"
    )


def _small(title: str) -> str:
    return title if title[1:2].isupper() else f"{title[0].lower()}{title[1:]}"


def _strand(found: LookAhead, strand: Strand) -> str:
    day = found.strand_stops_on(strand)
    title = look.link("measures", STRAND_WORDS[strand], place=strand_place(strand))
    if day is None:
        said = f"No measure that is met runs out in {STEPS[-1]} days."
        status = Status.NOTHING_DUE
    else:
        left = (day - found.as_of).days
        said = f"A measure stops being met on {day_in_words(day)}, in {left} days."
        status = Status.AT_RISK
    shape = "" if day is None else look.shape(status, look.day(day))
    return (
        f'<section class="ig-card ig-strand ig-{status.replace("_", "-")}">'
        f"<header><h2>{title}</h2>{shape}</header><p>{look.text(said)}</p></section>"
    )


def _measures(found: LookAhead, reader: Reader) -> None:
    shown = [one for one in found.measures if one.stops_on or one.coming]
    if not shown:
        look.html(
            look.card("<h2>Nothing ahead</h2><p>No measure has a date to come.</p>")
        )
        return
    heads = ["Stops on", "Measure", "Today", *IN_DAYS]
    rows = [_measure(one, found) for one in shown]
    body = look.table(heads, rows, numeric=(3, 4, 5), kind="ig-stack")
    title = "<h2>What runs out or falls due, the soonest to stop first</h2>"
    look.html(look.card(title + body))
    export.offer_shown(reader, "What falls due", heads, rows, "lookahead")


def _measure(one: MeasureAhead, found: LookAhead) -> list[str]:
    due = counts([each.due_on for each in one.coming], found.as_of)
    title = look.link("measure", one.measure.title, id=one.measure.id)
    more = look.text(f"{one.measure.owner} · {one.sentence}")
    return [
        f"<strong>{look.day(one.stops_on)}</strong>" if one.stops_on else "–",
        f"{title}<small>{more}</small>",
        look.status(one.status),
        *map(str, due),
    ]


def _owners(found: LookAhead) -> None:
    owners = found.owners()
    if not owners:
        return
    rows = [
        [look.text(one.owner), look.day(one.first_due), *map(str, one.counts)]
        for one in owners
    ]
    heads = ["Owner", "First due", *IN_DAYS]
    body = look.table(heads, rows, numeric=(2, 3, 4))
    last = look.day(found.as_of + timedelta(days=STEPS[-1]))
    look.html(look.card(f"<h2>What falls due by {last}, by owner</h2>{body}"))


def _cases(found: LookAhead, board: Board) -> None:
    rows = [
        {
            "Due": each.due_on,
            "Measure": one.measure.title,
            "Case": each.case_ref.rpartition("|")[2],
            "Home": board.names.get(each.home, each.home),
            "Owner": one.measure.owner,
        }
        for one in found.measures
        for each in one.coming
    ]
    if not rows:
        return
    frame = pd.DataFrame(rows).sort_values(["Due", "Measure", "Case"])
    with st.container(border=True, key="ahead"):
        look.html(f"<h2>Every date of the next {STEPS[-1]} days ({len(frame)})</h2>")
        st.dataframe(
            frame,
            hide_index=True,
            key="ahead_table",
            column_config={
                "Due": st.column_config.DateColumn(format=look.DAY_FORMAT),
                "Measure": st.column_config.TextColumn(width=320),
            },
            placeholder="–",
            alt="Every case that runs out or falls due, the soonest first",
        )
