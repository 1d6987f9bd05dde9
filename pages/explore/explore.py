"""The IG lead's own question: which kind of record, counted how, in which homes?"""

import streamlit as st

from oversight import roles
from oversight.explore import answering, question, saving
from oversight.explore.question import CannotAsk
from oversight.reader import Reader
from oversight.verdicts.sentences import number
from oversight.words import Role
from pages.parts import answers, composing, look, views
from pages.parts.deeds import say_what_happened

TITLE = "Explore"
SECTION = "explore"
ORDER = 8.3
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.HOME_MANAGER, Role.AUDITOR)

EXAMPLES = (
    {"kind": "incidents", "rows": "cause", "columns": "home"},
    {"kind": "requests", "rows": "received_on:quarter", "columns": "request_type"},
    {"kind": "training", "rows": "home", "measure": "distinct:staff_ref"},
    {"kind": "access_events", "rows": "occurred_at:hour", "columns": "event_type"},
)


def render(reader: Reader) -> None:
    """What is asked, its answer, and what can be done with it."""
    if not roles.may_explore(reader.person.role):
        _only_saved(reader)
        return
    if not reader.scope:
        look.answer("No home of yours is on the register: its records are not known.")
        look.html("<p>Ask an administrator which homes are yours.</p>")
        return
    top = st.container()  # the answer comes first, and is known last
    asked = composing.asked_for()
    try:
        if "kind" not in asked:
            with top:
                look.answer("What would you like to know?")
            say_what_happened()
            composing.choose_kind("")
            _begin(reader)
            return
        wanted = composing.composed(reader, asked)
        with top:
            found = answers.say(reader, wanted)
    except CannotAsk as why:
        with top:
            look.answer("That cannot be asked.")
        look.html(f'<p class="ig-fault" role="alert">{look.text(why)}</p>')
        look.html('<p><a href="/explore" target="_self">Ask something else</a></p>')
        return
    say_what_happened()
    answers.show(reader, found)
    views.act(reader, wanted)
    views.saved(reader)


def _begin(reader: Reader) -> None:
    """Four worked examples, and what is saved."""
    rows = [
        f"<li>{look.link('explore', question.read(each).title, **each)}</li>"
        for each in EXAMPLES
    ]
    look.html(look.card(f"<h2>For example</h2><ul>{''.join(rows)}</ul>"))
    views.saved(reader)


def _only_saved(reader: Reader) -> None:
    """What was saved for a role that asks nothing of its own, of all homes."""
    asked = composing.asked_for()
    if asked:
        try:
            found = answers.say(answering.whole(reader), question.read(asked))
        except CannotAsk as why:
            look.answer("That cannot be asked.")
            look.html(f'<p class="ig-fault" role="alert">{look.text(why)}</p>')
            return
        if reader.home is not None:
            look.html('<p class="ig-note">A saved question is of all homes.</p>')
        answers.show(answering.whole(reader), found)
        views.saved(reader)
        return
    found = saving.views(reader)
    count = f"{number(len(found), start=True)} saved"
    noun = "question is" if len(found) == 1 else "questions are"
    look.answer(
        f"{count} {noun} here for you."
        if found
        else "No question is saved for you yet."
    )
    if not found:
        look.html("<p>The IG lead asks them here and saves them for a role.</p>")
    views.saved(reader)
