"""The files that are evidence of something: what is there, and one more."""

from functools import partial

import streamlit as st

from oversight import records, roles
from oversight.attachments import LARGEST, WANTED, About, Attachment
from oversight.reader import Reader
from oversight.store import StoreError
from pages.parts import look

SAID = "evidence_said"
# Whatever it is, it goes out as bytes to be saved: no browser is to open it here.
AS_BYTES = "application/octet-stream"


def show_evidence(reader: Reader, about: About, key: str) -> None:
    """What is attached, each to be downloaded; a form to attach, one to remove."""
    found = records.evidence(reader, about)
    if said := st.session_state.pop(SAID, None):
        look.html(f'<p class="ig-note ig-done" role="status">{look.text(said)}</p>')
    if not found:
        look.html("<p>Nothing is attached yet.</p>")
    for each in found:
        _one(reader, each, key)
    if roles.may_attach(reader.person.role):
        _attach(reader, about, key, len(found))
    if found and roles.may_remove_evidence(reader.person.role):
        _remove(reader, found, key)


def _one(reader: Reader, each: Attachment, key: str) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        expired = each.is_out_of_date(records.today())
        until = (
            f" · {'ran out on' if expired else 'good to'} {look.day(each.expires_on)}"
            if each.expires_on
            else ""
        )
        look.html(
            f"<p><strong>{look.text(each.name)}</strong>"
            f'<span class="ig-small"> {_size(each.size)} · attached by'
            f" {look.text(each.person)}{until}</span></p>"
            + (f"<p>{look.text(each.note)}</p>" if each.note else "")
        )
    with right:
        st.download_button(
            "Download",
            partial(records.evidence_bytes, reader, each.number),
            file_name=each.name,
            mime=AS_BYTES,
            on_click="ignore",
            key=f"{key}_download_{each.number}",
            help=f"Download {each.name}",
        )


def _size(count: int) -> str:
    return f"{count:,} bytes" if count < 1024 else f"{count / 1024:,.0f} KB"


def _attach(reader: Reader, about: About, key: str, count: int) -> None:
    form = f"{key}_attach_{about.reference}_{count}"
    with st.form(form):
        file = st.file_uploader(
            f"Attach {WANTED} (up to {LARGEST >> 20} MB)",
            max_upload_size=LARGEST >> 20,
            key=f"{form}_file",
        )
        expires_on = st.date_input(
            "Good until (left blank where it does not run out)",
            None,
            format="DD/MM/YYYY",
            key=f"{form}_until",
        )
        note = st.text_input("What it shows", "", key=f"{form}_note")
        if not st.form_submit_button("Attach"):
            return
    if file is None:
        _fault("Wanted a file; choose one.")
        return
    try:
        made = records.add_evidence(
            reader, about, file.name, file.getvalue(), expires_on, note
        )
    except StoreError as refusal:
        _fault(str(refusal))
        return
    st.session_state[SAID] = f"{made.name} is attached."
    st.rerun()


def _remove(reader: Reader, found: list[Attachment], key: str) -> None:
    names = {each.number: each.name for each in found}
    form = f"{key}_remove_{found[0].reference}_{len(found)}"
    with st.expander("Remove a file"), st.form(form):
        number = st.selectbox(
            "Which", list(names), format_func=lambda n: names[n], key=f"{form}_which"
        )
        why = st.text_input("Why (it is kept)", "", key=f"{form}_why")
        if not st.form_submit_button("Remove it"):
            return
        try:
            records.remove_evidence(reader, number, why)
        except StoreError as refusal:
            _fault(str(refusal))
            return
    st.session_state[SAID] = f"{names[number]} is removed."
    st.rerun()


def _fault(sentence: str) -> None:
    look.html(f'<p class="ig-fault" role="alert">{look.text(sentence)}</p>')
