"""Notes pinned to a measure: on its chart, listed below it, and a form for one more."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from oversight import pinned, roles
from oversight.pinned import Note
from oversight.promises import Measure
from oversight.reader import Reader
from oversight.store import StoreError
from oversight.words import COMPANY, EVERY_HOME
from pages.parts import look

SAID = "pinning_said"
HEADS = ["Month", "Home", "Note", "By"]
THE_COMPANY = "The company as a whole"


def notes_of(reader: Reader, measure: Measure) -> list[Note]:
    """Those that this reader may read, the newest first."""
    with reader.reading() as cursor:
        return pinned.notes_on(cursor, measure.id, reader.home)


def for_chart(notes: list[Note]) -> list[tuple[date, str]]:
    """The same as a chart takes them: a day and words."""
    return [(note.month, note.words) for note in notes]


def show_notes(reader: Reader, measure: Measure, notes: list[Note]) -> None:
    """The notes as a table; for who may, a form to pin one and to take one off."""
    may = roles.may_pin_notes(reader.person.role) and reader.known is None
    sentence, role = st.session_state.pop(SAID, ("", ""))
    if not notes and not may:
        return
    homes = reader.homes()
    if sentence:
        kind = "ig-note ig-done" if role == "status" else "ig-fault"
        look.html(f'<p class="{kind}" role="{role}">{look.text(sentence)}</p>')
    if notes:
        rows = [
            [
                f"{note.month:%b %Y}",
                look.text(homes.get(note.home, THE_COMPANY)),
                look.text(note.words),
                look.text(f"{note.person}, {look.day(note.at.date())}"),
            ]
            for note in notes
        ]
        body = look.table(HEADS, rows, kind="ig-stack")
        look.html(look.card(f"<h2>Notes</h2>{body}"))
    if not may:
        return
    with st.container(horizontal=True):
        with st.popover("Pin a note"), st.form("pin_note", border=False):
            _form(reader, measure, homes)
        mine = [note for note in notes if note.person == reader.person.name]
        if mine:
            with st.popover("Take a note off"), st.form("take_note", border=False):
                which = st.selectbox(
                    "Which of yours", mine, format_func=lambda note: note.words[:80]
                )
                if st.form_submit_button("Take it off") and which is not None:
                    _do(
                        lambda: pinned.take_off(
                            reader.store, reader.person.name, which.number
                        ),
                        "The note is off; the journal keeps it.",
                    )


def _form(reader: Reader, measure: Measure, homes: dict[str, str]) -> None:
    sees_all = EVERY_HOME in reader.allowed
    where = [*([COMPANY] if sees_all else []), *homes]
    home = st.selectbox(
        "Home",
        where,
        where.index(reader.home) if reader.home in where else 0,
        format_func=lambda one: homes.get(one, THE_COMPANY),
        key="pin_home",
    )
    day = st.date_input(
        "A day of the month it is of",
        reader.as_of,
        max_value=reader.as_of,
        format="DD/MM/YYYY",
        key="pin_day",
    )
    words = st.text_area(
        "Note; no names of residents", max_chars=pinned.LONGEST, key="pin_words"
    )
    if st.form_submit_button("Pin it") and home is not None and isinstance(day, date):
        _do(lambda: pin(reader, measure, home, day, words), "The note is pinned.")


def pin(reader: Reader, measure: Measure, home: str, day: date, words: str) -> None:
    """A note by this reader, within the homes their role may see."""
    roles.check_may_pin_notes(reader.person.role)
    if EVERY_HOME not in reader.allowed and home not in reader.allowed:
        raise StoreError("A note is pinned to a home of one's own.")
    pinned.pin(reader.store, reader.person.name, measure.id, home, day, words)


def _do(deed: Callable[[], None], said: str) -> None:
    try:
        deed()
        st.session_state[SAID] = (said, "status")
    except (StoreError, roles.NotAllowed) as refusal:
        st.session_state[SAID] = (str(refusal), "alert")
    st.rerun()
