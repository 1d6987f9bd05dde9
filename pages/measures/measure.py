"""Is a promise kept, is it really changing, and which records made the number?"""

import pandas as pd
import streamlit as st

from oversight import roles
from oversight.charts.marks import signal_shape
from oversight.charts.screen import CONFIG, to_plotly
from oversight.charts.spec import spec_of
from oversight.judgement import Judged
from oversight.measures import sql_of
from oversight.reader import Board, Reader
from oversight.words import SIGNAL_WORDS, STRAND_WORDS, Role, Signal
from pages.parts import look
from pages.parts.figures import (
    figure,
    home_rows,
    month_rows,
    strand_place,
    target_words,
)

TITLE = "Measure"
SECTION = "measures"
ORDER = 2.1
IN_MENU = False  # one of many: it is come to from the list or by its address
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

MET_WORDS = {True: "met", False: "not met", None: "not known"}
CASE_COLUMNS = {
    "Happened or due": st.column_config.DateColumn(format=look.DAY_FORMAT),
    "Result": st.column_config.TextColumn(width=90),
    "File": st.column_config.TextColumn(width=320),
    "Row": st.column_config.NumberColumn(width=70),
    "Arrival": st.column_config.NumberColumn(width=70),
}


def render(reader: Reader) -> None:
    """The measure that the address names by its id."""
    board = reader.board()
    wanted = st.query_params.get("id", "")
    judged = board.find(wanted)
    if judged is None:
        look.answer(f"There is no measure {wanted}." if wanted else "Which measure?")
        look.html(f"<p>{look.link('measures', 'All measures')}</p>")
        return
    look.name_the_tab(judged.measure.title)
    strand = judged.measure.strand
    every = look.link("measures", "All measures")
    near = look.link("measures", STRAND_WORDS[strand], place=strand_place(strand))
    look.html(f'<p class="ig-small">{every} › {near}</p>')
    _headline(judged)
    main, side = st.columns([3, 1], gap="small")
    with main:
        _months(judged, board)
        _homes(judged, reader)
    with side:
        _definition(judged)
    _cases(judged, board, reader)
    with st.expander("The question in SQL"):
        st.code(sql_of(judged.measure.name), language="sql", wrap_lines=True)


def _headline(judged: Judged) -> None:
    signal = judged.verdict.evidence.signal
    look.answer(judged.verdict.sentence)
    shape = (
        "" if signal in (Signal.NOT_JUDGED, Signal.TOO_FEW) else signal_shape(signal)
    )
    look.html(
        f'<p class="ig-line">{look.status(judged.verdict.status)}'
        f'<span class="ig-pill">{shape}{look.text(SIGNAL_WORDS[signal])}</span>'
        f'<span class="ig-small">Data to {look.day(judged.data_to)}</span></p>'
    )


def _months(judged: Judged, board: Board) -> None:
    spec = spec_of(judged, board.names)
    with st.container(border=True, key="months"):
        look.html(
            f"<h2>{look.text(spec.headline)}</h2>"
            f'<p class="ig-small">{look.text(spec.subtitle)}</p>'
        )
        shown = st.segmented_control(
            "Show the months as",
            ["Chart", "Table"],
            default="Chart",
            key="months_as",
            label_visibility="collapsed",
        )
        if shown == "Table":
            heads = ["Month", "Met", "Of", "Value", "Judged as"]
            look.html(look.table(heads, month_rows(judged), numeric=(1, 2, 3)))
        else:
            st.plotly_chart(
                to_plotly(spec, look.theme()),
                theme=None,
                config=CONFIG,
                key="months_chart",
                alt=spec.alternative,
            )
        look.html(f'<p class="ig-small">{look.text(spec.source)}</p>')


def _homes(judged: Judged, reader: Reader) -> None:
    rows = home_rows(judged, look.told_apart(reader.homes()))
    if rows:
        heads = ["Home", "Met", "Of", "Value", "Not known"]
        body = look.table(heads, rows, numeric=(1, 2, 3, 4))
        look.html(look.card(f"<h2>By home, worst first</h2>{body}"))


def _definition(judged: Judged) -> None:
    measure, target = judged.measure, judged.verdict.target
    source = "no target" if target is None else f"{target.source} {target.reference}"
    if target is not None and target.provisional:
        source += " (provisional: not yet confirmed)"
    facts = {
        "Question": measure.question,
        "Latest": f"{figure(judged)} (target {target_words(judged)})",
        "Target from": source,
        "Window": "on the day" if measure.window == "day" else measure.window,
        "Strand": STRAND_WORDS[measure.strand],
        "Clauses": ", ".join(measure.clauses),
        "Owner": measure.owner,
        "Rests on": ", ".join(measure.reads),
        "Why it matters": measure.so_what,
    }
    listed = "".join(
        f"<dt>{look.text(name)}</dt><dd>{look.text(said)}</dd>"
        for name, said in facts.items()
    )
    look.html(
        look.card(
            f"<h2>Definition {look.text(measure.id)}</h2>"
            f'<dl class="ig-facts">{listed}</dl>'
        )
    )


def _cases(judged: Judged, board: Board, reader: Reader) -> None:
    if not roles.may_see_rows(reader.person.role):
        return
    cases = reader.cases(judged.measure)
    unmet = [case for case in cases if case.is_met is not True]
    with st.container(border=True, key="cases"):
        look.html(
            f"<h2>{len(unmet)} of {len(cases)} cases are not met or not known</h2>"
            '<p class="ig-small">Each with the file and row it came from.</p>'
        )
        if not cases:
            return
        everything = st.toggle("Show the cases that are met too", key="cases_all")
        shown = cases if everything else unmet
        frame = pd.DataFrame(
            {
                # Of home|reference the reference: the home stands beside it.
                "Case": [case.case_ref.rpartition("|")[2] for case in shown],
                "Home": [board.names.get(case.home, case.home) for case in shown],
                "Happened or due": [case.happened_on for case in shown],
                "Result": [MET_WORDS[case.is_met] for case in shown],
                "File": [case.file_name for case in shown],
                "Row": [case.row for case in shown],
                "Arrival": [case.arrival for case in shown],
            }
        )
        st.dataframe(
            frame,
            hide_index=True,
            key="cases_table",
            column_config=CASE_COLUMNS,
            placeholder="–",
            alt=f"Cases of {judged.measure.title}, each with its file and row",
        )
