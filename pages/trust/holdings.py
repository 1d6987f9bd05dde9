"""What does this system hold about people, why, and for how long?"""

import streamlit as st

from oversight.reader import Reader
from oversight.trust import holdings
from oversight.trust.holdings import NOBODY, Holding
from oversight.verdicts import sentences
from oversight.words import Role
from pages.parts import export, look

TITLE = "What is held"
SECTION = "trust"
ORDER = 91
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR)

HEADS = ["Kind of record", "About", "Rows", "Since", "Shows clauses", "Kept", "Owner"]
HEADS_TO_COME = ["Kind of record", "About", "Kept", "Owner"]
OWN_HEADS = ["What", "About", "Why", "Kept", "Number"]
ROWS, NUMBER = 2, 4


def render(reader: Reader) -> None:
    """Every kind about people, what is kept of those who sign in, and the draft."""
    found = holdings.holdings(reader)
    about = [one for one in found if one.about != (NOBODY,)]
    rows = sum(one.rows for one in about)
    kinds = sentences.number(sum(one.rows > 0 for one in about))
    if rows:
        look.answer(f"{rows:,} rows about people came in, of {kinds} kinds of record.")
    else:
        look.answer("Nothing about people has come in yet.")
    look.html(
        "<p>Residents and staff stand in them by reference, never by name. This is the"
        " dashboard&rsquo;s own entry for the record of processing, written from its"
        " definitions.</p>"
    )
    here = sorted((one for one in about if one.rows), key=lambda one: -one.rows)
    if here:
        body = look.table(HEADS, [_row(one) for one in here], (ROWS,), "ig-stack")
        look.html(look.card(f"<h2>Records about people</h2>{body}"))
        rows_of = [_row(one) for one in here]
        export.offer_shown(reader, "What is held", HEADS, rows_of, "holdings")
    if nothing := [one for one in about if not one.rows]:
        rows_to_come = [
            [_title(one), *_row(one)[1:2], *_row(one)[5:]] for one in nothing
        ]
        body = look.table(HEADS_TO_COME, rows_to_come, (), "ig-stack")
        head = "About people, and nothing has come in yet"
        look.html(look.card(f"<h2>{head}</h2>{body}"))
    _own(reader)
    others = sentences.listed([one.title for one in found if one.about == (NOBODY,)])
    look.html(look.card(f"<h2>About nobody</h2><p>{look.text(others)}.</p>"))
    st.download_button(
        "Take the draft assessment (DPIA)",
        lambda: holdings.draft_assessment(reader),
        file_name="draft-dpia.md",
        mime="text/markdown",
        key="holdings_dpia",
        on_click="ignore",
    )


def _row(one: Holding) -> list[str]:
    return [
        _title(one),
        look.text("; ".join(one.about)),
        f"{one.rows:,}",
        look.day(one.oldest) if one.oldest else "–",
        look.text(", ".join(one.used_for) or "–"),
        look.text(one.rule.words),
        look.text(one.owner),
    ]


def _title(one: Holding) -> str:
    return f"<strong>{look.text(one.title)}</strong>"


def _own(reader: Reader) -> None:
    rows = [
        [
            f"<strong>{look.text(one.title)}</strong>",
            look.text(one.about),
            look.text(one.why),
            look.text(one.kept),
            f"{one.count:,}" if one.count else "–",
        ]
        for one in holdings.own_holdings(reader)
    ]
    body = look.table(OWN_HEADS, rows, (NUMBER,), "ig-stack")
    look.html(look.card(f"<h2>About those who sign in</h2>{body}"))
