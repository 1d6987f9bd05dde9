"""Somebody else's columns matched to ours: proposed, and then a person decides."""

from typing import Any

import streamlit as st

from oversight.arrivals import proposing
from oversight.arrivals.forms import Field, fields_of
from oversight.arrivals.proposing import Headed
from oversight.reading_room.date_forms import FORMS
from oversight.reading_room.profiles import MISSING
from oversight.sources import all_sources
from pages.parts import look

NOWHERE = "– not in this file –"
SAMPLES = 4


def draw_mapping(headed: Headed, key: str) -> tuple[str, dict[str, Any]] | None:
    """The name and the mapping as far as they are put together; None without a kind."""
    look.html(
        "<h3>Whose columns are these?</h3>"
        '<p class="ig-small">Say once which heading holds what. It is kept under a name'
        " and such files are then recognised by their headings.</p>"
    )
    kinds, stands_out = proposing.likely_kinds(headed)
    kind = st.selectbox(
        "Kind of record",
        kinds,
        index=0 if stands_out else None,
        placeholder="Choose what these are",
        format_func=lambda each: all_sources()[each].title,
        key=f"{key}_kind",
    )
    if kind is None:
        return None
    source = all_sources()[kind]
    fields = fields_of(source)
    likely = proposing.proposed(source, headed)
    columns: dict[str, Any] = {}
    for field in sorted(fields, key=lambda each: not each.column.is_needed):
        if chosen := _heading(field, headed, likely, f"{key}_{kind}"):
            columns[field.column.name] = chosen
    dates = _dates(fields, columns, headed, f"{key}_{kind}")
    _words(fields, columns, headed, f"{key}_{kind}")
    used = {said.get("from") for said in columns.values()}
    others = [heading for heading in headed.headings if heading not in used]
    drops = st.multiselect(
        "Personal columns that are dropped, and named in every report",
        others,
        [heading for heading in others if proposing.looks_personal(heading)],
        # Proposed anew for what is left over: another list is another question.
        key=f"{key}_{kind}_drops_{hash(tuple(others))}",
    )
    missing = st.text_input(
        "Words that mean a blank, divided by commas",
        ", ".join(word for word in MISSING if word),
        key=f"{key}_missing",
    )
    title = st.text_input(
        "What this layout is called", "", key=f"{key}_title", placeholder="Old log"
    )
    name = st.text_input(
        "Name to keep it under",
        _short(title),
        key=f"{key}_name_{_short(title)}",
        placeholder="old_log",
    )
    return name.strip(), {
        "title": title.strip() or headed.name,
        "kind": kind,
        "dates": dates,
        "columns": columns,
        "drops": drops,
        "missing": ["", *(w.strip() for w in missing.split(",") if w.strip())],
    }


def _heading(
    field: Field, headed: Headed, likely: dict[str, str], key: str
) -> dict[str, Any] | None:
    needed = " (needed)" if field.column.is_needed else ""
    options = [NOWHERE, *headed.headings]
    before = likely.get(field.column.name, NOWHERE)
    chosen = st.selectbox(
        f"{field.label}{needed}",
        options,
        index=options.index(before),
        format_func=lambda each: _with_samples(headed, each),
        help=field.column.meaning,
        key=f"{key}_{field.column.name}",
    )
    return None if chosen == NOWHERE else {"from": chosen}


def _with_samples(headed: Headed, heading: str) -> str:
    if heading == NOWHERE:
        return heading
    shown = ", ".join(value[:24] for value in headed.values[heading][:SAMPLES])
    return f"{heading}: {shown}" if shown else f"{heading}: empty"


def _dates(
    fields: tuple[Field, ...], columns: dict[str, Any], headed: Headed, key: str
) -> str:
    """How dates are written: settled by the file where it can be, else asked about."""
    values = [
        value
        for field in fields
        if field.shape in ("day", "time") and field.column.name in columns
        for value in headed.values[columns[field.column.name]["from"]]
    ]
    fitting = proposing.fitting_forms(values)
    if not values:
        return next(iter(FORMS))
    if len(fitting) > 1:
        examples = "; ".join(proposing.telling_examples(values, fitting))
        look.html(
            f'<p class="ig-note">Every date in it can be read in more than one way:'
            f" {look.text(examples)}. Which is meant?</p>"
        )
    elif not fitting:
        look.html(
            '<p class="ig-note">No one form fits every date. Choose that of most of'
            " them; the rest will be refused row by row.</p>"
        )
    chosen = st.radio(
        "How its dates are written",
        fitting if len(fitting) > 1 else list(FORMS),
        index=list(FORMS).index(fitting[0]) if len(fitting) == 1 else None,
        key=f"{key}_dates_{'_'.join(fitting)}",
        horizontal=True,
    )
    return chosen or ""


def _words(
    fields: tuple[Field, ...], columns: dict[str, Any], headed: Headed, key: str
) -> None:
    """Their words for ours, where a column takes only certain words."""
    for field in fields:
        if field.column.name not in columns:
            continue
        heading = columns[field.column.name]["from"]
        ours = ("yes", "no") if field.shape == "yes or no" else field.choices
        theirs = proposing.foreign_words(field, headed.values[heading])[:40]
        if not theirs:
            continue
        look.html(
            f"<h3>{look.text(heading)}: which of our words is each of theirs?</h3>"
        )
        meant = {
            word: st.selectbox(
                word,
                ours,
                index=None,
                placeholder="left as it is, and refused",
                key=f"{key}_{field.column.name}_{word}",
            )
            for word in theirs
        }
        columns[field.column.name]["values"] = {
            word: ours_ for word, ours_ in meant.items() if ours_
        }


def _short(title: str) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.casefold())
    return "_".join(words.split())[:60]
