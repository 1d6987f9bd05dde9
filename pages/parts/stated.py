"""Where somebody states under their own name what no figure can: and takes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from oversight.measures import find_measure
from oversight.promises import Measure
from oversight.reader import Reader
from oversight.records import today
from oversight.sources import all_sources
from oversight.statements import (
    Stated,
    Statement,
    may_state,
    state,
    statements,
    take_back,
)
from oversight.store import StoreError
from pages.parts import look

SAID = "stated_said"


@dataclass(frozen=True)
class Offer:
    """What a button states: `detail` is kept with it, `why` is asked beside it."""

    what: Stated
    button: str
    why: str
    detail: str = ""


def may(reader: Reader, what: Stated) -> bool:
    """Whether the reader may state it; a past day is looked at and not written to."""
    return may_state(reader.person.role, what) and reader.as_of >= today()


def standing(reader: Reader, what: Stated) -> dict[str, Statement]:
    """What stands of a sort on the reader's day, by its subject."""
    with reader.store.reading(reader.scope) as cursor:
        return statements(cursor, what, reader.as_of)


def tell_what_was_said() -> None:
    """One line, once, after something was stated."""
    if said := st.session_state.pop(SAID, ""):
        look.html(f'<p class="ig-note" role="status">{look.text(said)}</p>')


def offer(reader: Reader, made: Offer, subject: str, named: str) -> None:
    """The button to state it of a subject, or who stated it and the way to undo that.

    named: the subject in words.
    """
    said = standing(reader, made.what).get(subject)
    # Of a target that was changed since, what was confirmed no longer speaks.
    stands = said is not None and said.detail == made.detail
    if said is not None and stands:
        why = f": {said.reason}" if said.reason else "."
        look.html(
            f'<p class="ig-small">{look.text(made.what.capitalize())} by'
            f" {look.text(said.person)} on {look.day(said.said_on)}{look.text(why)}</p>"
        )
    label = "Take it back" if stands else made.button
    key = f"stated_{made.what}_{subject}".replace(" ", "_")
    with (
        st.popover(label, key=f"{key}_open"),
        st.form(key, clear_on_submit=True, border=False),
    ):
        asked = "Why it is taken back" if stands else made.why
        reason = st.text_input(asked, key=f"{key}_why", max_chars=500)
        if not st.form_submit_button(label):
            return
        try:
            _write(reader, made, subject, reason, takes_back=stands)
        except StoreError as refusal:
            look.html(f'<p role="alert">{look.text(str(refusal))}</p>')
            return
    done = "No longer stated" if stands else "Stated"
    st.session_state[SAID] = f"{done} of {named}: {made.what}."
    st.rerun()


def _write(
    reader: Reader, made: Offer, subject: str, reason: str, *, takes_back: bool
) -> None:
    name = reader.person.name
    if takes_back:
        take_back(reader.store, made.what, subject, name, reason)
    else:
        state(reader.store, made.what, subject, name, reason, made.detail)


def target(reader: Reader, measure: Measure) -> None:
    """That a provisional target is the company's own, or who has said so."""
    targets = find_measure(measure.id).targets
    is_open = bool(targets) and targets[-1].provisional
    if is_open and may(reader, Stated.TARGET_CONFIRMED):
        look.html("<h2>The target</h2>")
        offer(
            reader,
            Offer(
                Stated.TARGET_CONFIRMED,
                f"Confirm {targets[-1].words} as our target",
                "Who decided it, and where it is written",
                targets[-1].words,
            ),
            measure.id,
            measure.title,
        )


def source(reader: Reader, kinds: Sequence[str], key: str) -> None:
    """That one of the sources was held against what it stands for."""
    titles = {kind: all_sources()[kind].title for kind in kinds}
    if not titles or not may(reader, Stated.SOURCE_CHECKED):
        return
    look.html("<h2>Was a source checked?</h2>")
    kind = st.selectbox(
        "Source",
        sorted(titles, key=lambda one: titles[one]),
        format_func=lambda one: titles[one],
        key=f"{key}_source",
    )
    asked = "What was looked at, and against what"
    checked = Offer(Stated.SOURCE_CHECKED, "I have checked this source", asked)
    offer(reader, checked, kind, titles[kind])


def clause(reader: Reader, promises: Mapping[str, str]) -> None:
    """That a clause does not apply, and why; by number, with what it promises."""
    if not may(reader, Stated.CLAUSE_NOT_APPLICABLE):
        return
    look.html("<h2>A clause that does not apply</h2>")
    number = st.selectbox(
        "Clause",
        list(promises),
        format_func=lambda one: f"{one}  {promises[one]}",
        key="stated_clause",
    )
    made = Offer(
        Stated.CLAUSE_NOT_APPLICABLE,
        "State that it does not apply",
        "The reason, for a review to judge",
    )
    offer(reader, made, number, f"clause {number}")
