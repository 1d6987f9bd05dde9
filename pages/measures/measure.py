"""Is a promise kept, is it really changing, and which records made the number?"""

import streamlit as st

from oversight import asked
from oversight.charts.homes import homes_of
from oversight.charts.marks import signal_shape
from oversight.charts.spec import spec_of
from oversight.measures import sql_of
from oversight.reader import Reader
from oversight.sources import all_sources
from oversight.statements import Stated
from oversight.verdicts.judgement import Judged, kinds_of
from oversight.verdicts.sentences import sentence_of
from oversight.verdicts.sure import mark_of
from oversight.words import SIGNAL_WORDS, STRAND_WORDS, Role, Signal
from pages.parts import export, look, pinning, stated
from pages.parts.afresh import show_resets
from pages.parts.cases import show_cases
from pages.parts.figures import (
    figure,
    home_rows,
    strand_place,
    target_words,
)
from pages.parts.pictures import show

TITLE = "Measure"
SECTION = "measures"
ORDER = 2.1
IN_MENU = False  # one of many: it is come to from the list or by its address
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)


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
    stated.tell_what_was_said()
    main, side = st.columns([3, 1], gap="small")
    with main:
        notes = pinning.notes_of(reader, judged.measure)
        show(spec_of(judged, board.names, pinning.for_chart(notes)), "months")
        pinning.show_notes(reader, judged.measure, notes)
        show_resets(judged, reader)
        _homes(judged, reader)
    with side:
        _definition(judged, reader)
        _stated(judged, reader)
    show_cases(judged, board, reader)
    with st.expander("The question in SQL"):
        st.code(sql_of(judged.measure.name), language="sql", wrap_lines=True)


def _headline(judged: Judged) -> None:
    signal = judged.verdict.evidence.signal
    look.answer(sentence_of(judged.verdict))
    shape = (
        "" if signal in (Signal.NOT_JUDGED, Signal.TOO_FEW) else signal_shape(signal)
    )
    look.html(
        f'<p class="ig-line">{look.status(judged.verdict.status)}'
        f'<span class="ig-pill">{shape}{look.text(SIGNAL_WORDS[signal])}</span>'
        f'<span class="ig-small">Data to {look.day(judged.data_to)}</span></p>'
    )


def _homes(judged: Judged, reader: Reader) -> None:
    names = look.told_apart(reader.homes())
    rows = home_rows(judged, names)
    if compared := homes_of(judged, names):
        show(compared, "homes", has_twin=False)
    if rows:
        heads = ["Home", "Met", "Of", "Value", "Not known"]
        body = look.table(heads, rows, numeric=(1, 2, 3, 4))
        look.html(look.card(f"<h2>By home</h2>{body}"))
        title = f"{judged.measure.title} by home"
        export.offer_shown(reader, title, heads, rows, "measure_homes")


def _how_sure(judged: Judged, reader: Reader) -> str:
    kinds = kinds_of(judged.measure)
    mark = mark_of(kinds, asked.marks(reader, kinds))
    return f"{mark.words}. {mark.checked_words}."


def _stated(judged: Judged, reader: Reader) -> None:
    """What people say of it under their own names: its target, its sources."""
    if not stated.may(reader, Stated.SOURCE_CHECKED):
        return
    with st.container(border=True, key="stated"):
        stated.target(reader, judged.measure)
        kinds = [kind for kind in judged.measure.reads if kind in all_sources()]
        stated.source(reader, kinds, "measure")


def _definition(judged: Judged, reader: Reader) -> None:
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
        "How sure": _how_sure(judged, reader),
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
