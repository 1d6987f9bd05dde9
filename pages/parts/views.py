"""What is done with a question: saved, sent to the next review; and the views saved."""

import streamlit as st

from oversight import roles
from oversight.explore import saving, sending
from oversight.explore.question import Question
from oversight.reader import Reader
from oversight.words import ROLE_WORDS, Role
from pages.parts import look
from pages.parts.deeds import do

# Those who may open what is saved for them.
ROLES = tuple(role for role in Role if roles.may_see_figures(role))


def act(reader: Reader, wanted: Question) -> None:
    with st.container(horizontal=True, key="explore_acts"):
        with st.popover("Save this view"), st.form("explore_save", border=False):
            name = st.text_input(
                "Name", wanted.title[: saving.LONGEST], max_chars=saving.LONGEST
            )
            role = None
            if roles.may_share_views(reader.person.role):
                whose = [None, *ROLES]
                role = st.selectbox(
                    "For whom",
                    whose,
                    format_func=lambda one: ROLE_WORDS[one] if one else "Me alone",
                )
            if st.form_submit_button("Save"):
                do(
                    lambda: saving.save(reader, name, wanted.asked(), role),
                    f"“{name.strip()}” is saved.",
                )
        if roles.may_comment(reader.person.role):
            with (
                st.popover("Send to the next review"),
                st.form("explore_send", border=False, clear_on_submit=True),
            ):
                words = st.text_area("Your question", max_chars=1000)
                if st.form_submit_button("Send it"):
                    do(
                        lambda: sending.send(reader, wanted, words),
                        "The question is in the papers of the next review.",
                    )


def saved(reader: Reader) -> None:
    """The views there are, each a link, and a way to take one's own away."""
    found = saving.views(reader)
    if not found:
        return
    rows = [
        [
            look.link(view.page, view.name, **view.asked),
            look.text(ROLE_WORDS[view.role] if view.role else "Me alone"),
            look.text(view.person),
        ]
        for view in found
    ]
    body = look.table(["View", "For", "Saved by"], rows, kind="ig-stack")
    look.html(look.card(f"<h2>Saved views</h2>{body}"))
    can = [
        view
        for view in found
        if view.role is None or roles.may_share_views(reader.person.role)
    ]
    if not can:
        return
    with st.popover("Take a view away"), st.form("explore_take_away", border=False):
        which = st.selectbox(
            "Which",
            can,
            format_func=lambda one: (
                f"{one.name} ({ROLE_WORDS[one.role] if one.role else 'me alone'})"
            ),
        )
        if st.form_submit_button("Take it away") and which is not None:
            do(lambda: saving.take_away(reader, which), f"“{which.name}” is gone.")
