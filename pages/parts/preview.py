"""A file as it would be taken in: rows as read, what is wrong, what would change."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from oversight.arrivals.forms import cell_of
from oversight.arrivals.preview import Change, Preview
from oversight.words import Status
from pages.parts import look

STATES = {
    "would_accept": (Status.MET, "can be taken in"),
    "already_in": (Status.NOTHING_DUE, "is in already"),
    "refused": (Status.NOT_MET, "is refused"),
}
SHOWN_KEYS = 12


def show_preview(seen: Preview, titles: Mapping[str, str], key: str) -> None:
    """One file: its fate in a line, then its rows, findings and differences."""
    report = seen.report
    assert report is not None
    status, words = STATES[report.state]
    look.html(
        f"<h2>{look.text(report.file)}</h2>"
        f'<p class="ig-line">{look.shape(status, words)}</p>'
        f"<p>{look.text(report.message)}</p>"
    )
    if report.state != "would_accept":
        return
    look.html(look.card(_facts(seen, titles)))
    if seen.findings:
        look.html(f"<h3>Refused and warned of ({len(seen.findings)})</h3>")
        st.dataframe(
            pd.DataFrame(seen.findings).rename(
                columns={
                    "row": "Row",
                    "column_name": "Column",
                    "severity": "Result",
                    "reason": "Why",
                }
            ),
            hide_index=True,
            key=f"{key}_findings",
            placeholder="–",
            alt=f"Rows of {report.file} refused or warned of, and why",
        )
    look.html("<h3>The first rows, as they are read</h3>")
    st.dataframe(
        pd.DataFrame([{n: _cell(v) for n, v in row.items()} for row in seen.rows]),
        hide_index=True,
        key=f"{key}_rows",
        placeholder="–",
        alt=f"The first rows of {report.file} as they are read",
    )


def _cell(value: object) -> object:
    # As a form shows it: times as UK clocks do.
    return value if isinstance(value, int) else cell_of(value) or None


def _facts(seen: Preview, titles: Mapping[str, str]) -> str:
    report = seen.report
    assert report is not None
    facts = {
        "Kind": f"{titles.get(report.kind or '', report.kind)} ({seen.profile_title})",
        "Taken on": look.day(seen.taken_on),
        "Rows": (
            f"{report.rows_read:,} read: {report.rows_accepted:,} new or changed,"
            f" {report.rows_unchanged:,} as before, {report.rows_refused:,} refused;"
            f" {report.rows_warned:,} with a warning"
        ),
        "New since last time": _change(seen.new),
        "Changed": _change(seen.changed),
        "Gone": _change(seen.gone),
        "Columns left out": ", ".join(seen.ignored) or "none",
        "Personal columns dropped": ", ".join(seen.dropped) or "none",
    }
    listed = "".join(
        f"<dt>{name}</dt><dd>{look.text(said)}</dd>" for name, said in facts.items()
    )
    return f'<dl class="ig-facts">{listed}</dl>'


def _change(change: Change) -> str:
    if not change.count:
        return "none"
    named = ", ".join(key.replace("|", " ") for key in change.keys[:SHOWN_KEYS])
    more = change.count - min(len(change.keys), SHOWN_KEYS)
    return f"{change.count:,}: {named}" + (f" and {more:,} more" if more else "")
