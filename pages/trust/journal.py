"""Who did what here, and is the record of it whole?"""

import pandas as pd
import streamlit as st

from oversight.reader import Reader
from oversight.trust import looking_back
from oversight.trust.looking_back import Asked, Entry
from oversight.words import Role
from pages.parts import look

TITLE = "Journal"
SECTION = "trust"
ORDER = 90
SEEN_BY = (Role.IG_LEAD, Role.AUDITOR)

EVERYBODY, EVERYTHING = "", ""
COLUMNS = {
    "No.": st.column_config.NumberColumn(width=70),
    "When": st.column_config.DatetimeColumn(
        format=look.TIME_FORMAT, timezone=look.UK, width=150
    ),
    "Who": st.column_config.TextColumn(width=130),
    "What": st.column_config.TextColumn(width=190),
    "About": st.column_config.TextColumn(width=620),
    "Seal": st.column_config.TextColumn(width=120),
}


def render(reader: Reader) -> None:
    """How many entries, whether the chain holds on asking, and the newest of them."""
    total = looking_back.counted(reader, Asked())
    if not total:
        look.answer("The journal is empty.")
        why = "Every sign-in, import, decision and look at rows will be written here."
        look.empty("Nothing has been done here yet", why, "")
        return
    count = f"{total:,} entr{'y' if total == 1 else 'ies'}"
    look.answer(f"{count} up to this day, each sealed to the one before.")
    asked = _asked(reader)
    found = looking_back.entries(reader, asked)
    with st.container(border=True, key="journal"):
        look.html(f"<h2>{_shown(len(found), looking_back.counted(reader, asked))}</h2>")
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Check the chain", key="journal_check"):
                _check(reader, total)
            st.download_button(
                "Take these as CSV",
                lambda: looking_back.exported(reader, asked),
                file_name=f"journal-{reader.as_of}.csv",
                mime="text/csv",
                key="journal_csv",
                on_click="ignore",
            )
        if found:
            _table(found)


def _asked(reader: Reader) -> Asked:
    persons, deeds = looking_back.choices(reader)
    with st.container(horizontal=True):
        person = st.selectbox(
            "Who",
            [EVERYBODY, *persons],
            format_func=lambda each: each or "Everybody",
            key="journal_who",
            width=220,
        )
        what = st.selectbox(
            "What",
            [EVERYTHING, *deeds],
            format_func=lambda each: each or "Everything",
            key="journal_what",
            width=260,
        )
        since = st.date_input(
            "Since",
            None,
            max_value=reader.as_of,
            format="DD/MM/YYYY",
            key="journal_since",
            width=160,
        )
    return Asked(person or "", what or "", since)


def _shown(shown: int, found: int) -> str:
    if not found:
        return "No entry is like that"
    if shown < found:
        return f"The newest {shown:,} of {found:,}"
    return f"{found:,} entr{'y' if found == 1 else 'ies'}, newest first"


def _check(reader: Reader, total: int) -> None:
    broken = looking_back.first_broken(reader)
    if broken is None:
        look.html(
            f'<p role="status">The chain holds: all {total:,} seals are as they were'
            " made.</p>"
        )
    else:
        look.html(
            f'<p class="ig-fault" role="alert">Entry {broken} is not as it was written.'
            " Restore the store from a backup, and say who could reach its file.</p>"
        )


def _table(found: list[Entry]) -> None:
    frame = pd.DataFrame(
        {
            "No.": [one.number for one in found],
            "When": [one.at for one in found],
            "Who": [one.person for one in found],
            "What": [one.what for one in found],
            "About": [one.about for one in found],
            "Seal": [one.sha256[:12] for one in found],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        key="journal_table",
        column_config=COLUMNS,
        alt="Entries of the journal, newest first: when, who, what and about what",
    )
