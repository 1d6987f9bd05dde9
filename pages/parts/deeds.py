"""One deed of a reader on a page, and what became of it, said when it is drawn anew."""

from collections.abc import Callable

import streamlit as st

from oversight import roles
from oversight.store import StoreError
from pages.parts import look

SAID = "deed_said"


def do(deed: Callable[[], object], said: str) -> None:
    """One deed, and the page again with what became of it."""
    try:
        deed()
        st.session_state[SAID] = (said, "status")
    except (StoreError, ValueError, roles.NotAllowed) as refusal:
        st.session_state[SAID] = (str(refusal), "alert")
    st.rerun()


def say_what_happened() -> None:
    """What became of the deed before, once."""
    sentence, role = st.session_state.pop(SAID, ("", ""))
    if sentence:
        kind = "ig-note ig-done" if role == "status" else "ig-fault"
        look.html(f'<p class="{kind}" role="{role}">{look.text(sentence)}</p>')
