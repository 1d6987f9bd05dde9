"""Which rows made the number, and in which file does each stand?"""

from typing import Any

import pandas as pd
import streamlit as st

from oversight import roles
from oversight.reader import Board, Reader, Unmasking
from oversight.verdicts.judgement import Judged
from pages.parts import export, look

MET_WORDS = {True: "met", False: "not met", None: "not known"}
CASE_COLUMNS = {
    "Happened or due": st.column_config.DateColumn(format=look.DAY_FORMAT),
    "Result": st.column_config.TextColumn(width=90),
    "File": st.column_config.TextColumn(width=320),
    "Row": st.column_config.NumberColumn(width=70),
    "Arrival": st.column_config.NumberColumn(width=70),
}


def show_cases(judged: Judged, board: Board, reader: Reader) -> None:
    """Those not met, or all on asking; nothing for a role that may not see rows."""
    if not roles.may_see_rows(reader.person.role):
        return
    unmasking = _unmasking(judged, reader)
    cases = reader.cases(judged.measure, unmasking)
    unmet = [case for case in cases if case.is_met is not True]
    with st.container(border=True, key="cases"):
        look.html(
            f"<h2>{len(unmet)} of {len(cases)} cases are not met or not known</h2>"
            f'<p class="ig-small">Each with the file and row it came from.'
            f" {look.text(_whom(reader, unmasking))}</p>"
        )
        if not cases:
            return
        _ask_why(judged, reader, unmasking)
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
        title = f"Cases of {judged.measure.title}"
        rows = [[_plain(cell) for cell in row] for row in frame.itertuples(index=False)]
        export.offer(reader, title, list(frame.columns), rows, "cases")


def _plain(cell: Any) -> Any:
    return None if pd.isna(cell) else cell


def _whom(reader: Reader, unmasking: Unmasking | None) -> str:
    """How staff stand in the rows, and how often that was set aside."""
    if roles.may_see_own_staff(reader.person.role):
        return "Staff stand by the reference your home knows them by."
    times = reader.unmaskings()
    often = f"{times} time{'' if times == 1 else 's'} in the last 30 days."
    if unmasking is not None:
        return f"Staff are shown by reference for a quarter of an hour. Done {often}"
    return f"Staff stand by pseudonym. Set aside, with a reason, {often}"


def _key(judged: Judged) -> str:
    return f"unmasking_{judged.measure.id}"


def _unmasking(judged: Judged, reader: Reader) -> Unmasking | None:
    kept: Unmasking | None = st.session_state.get(_key(judged))
    if kept is None or not kept.holds_for(reader.person, judged.measure):
        return None
    return kept


def _ask_why(judged: Judged, reader: Reader, unmasking: Unmasking | None) -> None:
    """The form by which a role that may sees who a pseudonym stands for."""
    if unmasking is not None or not roles.may_unmask(reader.person.role):
        return
    with (
        st.popover("Show staff by reference"),
        st.form("unmask", clear_on_submit=True, border=False),
    ):
        look.html("<p>The reason is written into the journal, with your name.</p>")
        reason = st.text_input(
            "Why you need to know", key="unmask_reason", max_chars=300
        )
        if not st.form_submit_button("Show them"):
            return
        try:
            st.session_state[_key(judged)] = reader.unmask(judged.measure, reason)
        except ValueError as refusal:
            look.html(f'<p role="alert">{look.text(str(refusal))}</p>')
            return
    st.rerun()
