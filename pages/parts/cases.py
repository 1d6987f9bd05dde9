"""Which rows made the number, and in which file does each stand?"""

import pandas as pd
import streamlit as st

from oversight import roles
from oversight.reader import Board, Reader
from oversight.verdicts.judgement import Judged
from pages.parts import look

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
