"""Would we pass if we published the Toolkit today, and does the data bear it out?"""

import streamlit as st

from oversight import asked, frameworks
from oversight.frameworks import FrameworkItem
from oversight.reader import Board, Reader
from oversight.reference import UNVERIFIED
from oversight.toolkit import MET, Answered, Standing, Toolkit
from oversight.verdicts.sentences import day_in_words
from oversight.verdicts.status import roll_up
from oversight.words import Role, Status
from pages.parts import export, look

TITLE = "Toolkit"
SECTION = "toolkit"
ORDER = 7
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR)

HEADS = ["Item", "What it asks", "How it stands", "Evidence", "Data says"]
SHAPES = {
    Standing.CONTRADICTED: Status.NOT_MET,
    Standing.NOT_ANSWERED: Status.NOT_KNOWN,
    Standing.NOT_COMPLETE: Status.NOT_MET,
    Standing.NO_EVIDENCE: Status.AT_RISK,
    Standing.OUT_OF_DATE: Status.AT_RISK,
    Standing.REVIEW_OVERDUE: Status.AT_RISK,
    Standing.READY: Status.MET,
}
WORDS = {
    Standing.CONTRADICTED: "Contradicted",
    Standing.NOT_ANSWERED: "Not answered",
    Standing.NOT_COMPLETE: "Not complete",
    Standing.NO_EVIDENCE: "No evidence",
    Standing.OUT_OF_DATE: "Out of date",
    Standing.REVIEW_OVERDUE: "Review overdue",
    Standing.READY: "Ready",
}
MANDATORY, EVERYTHING = "Mandatory items", "Every item"


def render(reader: Reader) -> None:
    """Readiness and the pace, publishing now, item by item, the other frameworks."""
    found = asked.toolkit(reader)
    look.answer(found.sentence)
    look.html(f'<div class="ig-cards ig-three">{_now(found)}</div>')
    _items(found, reader)
    _frameworks(asked.frameworks(reader), reader.board())


def _now(found: Toolkit) -> str:
    as_answered = found.if_published_now(by_the_data=False)
    by_data = found.if_published_now(by_the_data=True)
    last = "Nothing published is known."
    if (published := found.published) is not None:
        on = day_in_words(published.published_on) if published.published_on else "?"
        last = f"{published.cycle}: {published.status}, published on {on}."
    cards = (
        ("If we published now", as_answered, "as answered"),
        ("As the data shows", by_data, "what it contradicts counts as not complete"),
    )
    drawn = [_card(*card) for card in cards]
    drawn.append(
        look.card(
            f"<h2>{look.text(found.name)}</h2><p>{look.text(found.version)}</p>"
            f'<p class="ig-small">{look.text(last)}</p>'
        )
    )
    return "".join(drawn)


def _card(title: str, status: str, said: str) -> str:
    shape = Status.MET if status == MET else Status.NOT_MET
    return look.card(
        f"<h2>{look.text(title)}</h2><p>{look.shape(shape, status)}</p>"
        f'<p class="ig-small">{look.text(said)}</p>'
    )


def _items(found: Toolkit, reader: Reader) -> None:
    with st.container(border=True, key="items"):
        look.html("<h2>Item by item, what the data contradicts first</h2>")
        which = st.segmented_control(
            "Which items",
            [MANDATORY, EVERYTHING],
            default=MANDATORY,
            key="items_which",
            label_visibility="collapsed",
        )
        shown = [
            each
            for each in found.items
            if which == EVERYTHING
            or each.is_mandatory
            or each.standing is Standing.CONTRADICTED
        ]
        if not shown:
            look.html(
                "<p>No item of this version is known. Import the items of this year as"
                " framework items, or name another version in the settings.</p>"
            )
            return
        rows = [_item(each, found) for each in shown]
        look.html(look.table(HEADS, rows, kind="ig-stack ig-items"))
        export.offer_shown(reader, "Toolkit items", HEADS, rows, "toolkit", which=which)


def _item(each: Answered, found: Toolkit) -> list[str]:
    must = "" if each.is_mandatory else "<small>not mandatory</small>"
    return [
        f"<strong>{look.text(each.item.item)}</strong>{must}",
        f"{look.text(each.item.shown)}<small>{look.text(_owner(each))}</small>",
        look.shape(SHAPES[each.standing], WORDS[each.standing]),
        f"{look.text(each.evidence or '–')}<small>{look.text(_dates(each))}</small>",
        _data(each),
    ]


def _owner(each: Answered) -> str:
    return each.owner or "no owner named"


def _dates(each: Answered) -> str:
    said = []
    if each.evidence_expires_on:
        said.append(f"to {look.day(each.evidence_expires_on)}")
    if each.review_due_on:
        said.append(f"review by {look.day(each.review_due_on)}")
    return ", ".join(said)


def _data(each: Answered) -> str:
    if not each.data:
        return look.text(each.data_says)
    lines = [
        f"{look.status(one.verdict.status, 15)} "
        + look.link("measure", one.measure.title, id=one.measure.id)
        for one in each.data
    ]
    if each.item.mapping_confidence == "C":
        lines.append(f"<small>{UNVERIFIED}: which measures bear on it</small>")
    return "<br>".join(lines)


def _frameworks(items: list[FrameworkItem], board: Board) -> None:
    others = [name for name in frameworks.FRAMEWORKS if name != frameworks.TOOLKIT]
    for name in others:
        rows = [_framework(each, board) for each in items if each.framework == name]
        with st.expander(f"The same measures by {name}"):
            heads = ["Item", "What it asks", "Status", "Measures"]
            look.html(look.table(heads, rows, kind="ig-stack"))


def _framework(each: FrameworkItem, board: Board) -> list[str]:
    found = [one for m in each.measures if (one := board.find(m)) is not None]
    links = ", ".join(
        look.link("measure", one.measure.id, id=one.measure.id) for one in found
    )
    status = "–"
    if found:
        status = look.status(roll_up(one.verdict.status for one in found).status)
    elif each.measures:
        status = look.shape(Status.NOT_KNOWN, "Not measured")
    unsure = each.mapping_confidence == "C"
    return [
        f"<strong>{look.text(each.item)}</strong><small>{look.text(each.version)}</small>",
        look.text(each.shown),
        status,
        (links or "–") + (f"<small>{UNVERIFIED}</small>" if unsure else ""),
    ]
