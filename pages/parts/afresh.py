"""Where do a measure's limits start afresh, why and by whom; a form for who may."""

from datetime import date

import streamlit as st

from oversight import limits
from oversight.charts.figures import short_month
from oversight.reader import Reader
from oversight.resets import LEAST_REASON, Reset
from oversight.roles import NotAllowed
from oversight.store import StoreError
from oversight.verdicts.judgement import Judged
from pages.parts import look

LONGEST = 200  # characters of a reason
SAID = "afresh_said"
WHEN = (
    "Set afresh when something has changed that lasts, and is known: limits that learn"
    " from what was before would judge by what is no more. It holds for every home."
)


def show_resets(judged: Judged, reader: Reader) -> None:
    """Every reset in force; and for who may, one more, or one withdrawn."""
    if said := st.session_state.pop(SAID, None):
        look.html(f'<p class="ig-note ig-done" role="status">{look.text(said)}</p>')
    months = limits.months_of(judged) if limits.may_set_now(reader) else []
    if judged.resets:
        rows = [_row(reset) for reset in judged.resets]
        body = look.table(["From", "Why", "Set by"], rows, kind="ig-stack")
        look.html(look.card(f"<h2>Limits set afresh</h2>{body}"))
    if months:
        _set(judged, reader, months)
    if judged.resets and limits.may_set_now(reader):
        _withdraw(judged, reader)


def _row(reset: Reset) -> list[str]:
    return [look.day(reset.day), look.text(reset.why), look.text(reset.person)]


def _set(judged: Judged, reader: Reader, months: list[date]) -> None:
    form = _form(judged, "set")
    with st.expander("Set the limits afresh"), st.form(form, border=False):
        look.html(f'<p class="ig-small">{look.text(WHEN)}</p>')
        since = st.selectbox(
            "From the beginning of",
            months,
            format_func=short_month,
            key=f"{form}_since",
            width=220,
        )
        why = _why("What has changed", f"{form}_why")
        if not st.form_submit_button("Set them afresh"):
            return
        done = f"The limits start afresh from {short_month(since)}."
        try:
            limits.set_afresh(reader, judged.measure, since, why)
        except (StoreError, NotAllowed) as refusal:
            _fault(refusal)
            return
    _say(done)


def _withdraw(judged: Judged, reader: Reader) -> None:
    by_day = {reset.day: reset for reset in judged.resets}
    form = _form(judged, "withdraw")
    with st.expander("Withdraw a reset"), st.form(form, border=False):
        day = st.selectbox(
            "Which",
            list(by_day),
            format_func=lambda day: f"{look.day(day)}: {by_day[day].why}",
            key=f"{form}_which",
        )
        why = _why("Why the older limits hold again", f"{form}_why")
        if not st.form_submit_button("Withdraw it"):
            return
        try:
            limits.withdraw(reader, judged.measure, day, why)
        except (StoreError, NotAllowed) as refusal:
            _fault(refusal)
            return
    _say(f"The reset of {look.day(day)} is withdrawn: the older limits hold again.")


def _form(judged: Judged, what: str) -> str:
    """A form's key: another measure, or one reset more, has an empty form."""
    return f"afresh_{what}_{judged.measure.id}_{len(judged.resets)}"


def _why(label: str, key: str) -> str:
    return st.text_input(
        f"{label} ({LEAST_REASON} letters or more; kept and shown with your name)",
        key=key,
        max_chars=LONGEST,
    )


def _say(sentence: str) -> None:
    st.session_state[SAID] = sentence
    st.rerun()


def _fault(refusal: Exception) -> None:
    look.html(f'<p class="ig-fault" role="alert">{look.text(str(refusal))}</p>')
