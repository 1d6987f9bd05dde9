"""What is on our registers, and what do I enter by hand? One kind at a time."""

from typing import Any

import pandas as pd
import streamlit as st

from oversight import records
from oversight.arrivals.forms import Entered, fields_of
from oversight.reader import Reader
from oversight.records import Listed, Record
from oversight.sources import Source
from oversight.verdicts.sentences import day_in_words
from oversight.words import COMPANY, EVERY_HOME, Role
from pages.parts import export, look
from pages.parts.evidence import show_evidence
from pages.parts.record_form import draw_fields
from pages.parts.templates import offer_templates

TITLE = "Records"
SECTION = "records"
ORDER = 8.1
SEEN_BY = (Role.IG_LEAD, Role.HOME_MANAGER)

SEE, ADD, CORRECT, PROOF = "See them", "Add one", "Correct one", "Evidence"
# What this page keeps of a visit: its forms so far, and what became of the last entry.
FORM, SAID, FAULTS = "records_form", "records_said", "records_faults"
NO_HOMES = (
    "A record belongs to a home, so the register of homes comes first: import it, or"
    " add the homes here."
)


def render(reader: Reader) -> None:
    """The records of one kind, and a form to add one or to correct one's own."""
    kinds = records.kinds_open_to(reader)
    homes = reader.homes()
    kind = _asked(kinds, "incidents" if homes else "homes")
    if kind is None or not (homes or EVERY_HOME in reader.allowed):
        look.answer("No home of yours is on the register: its records are not known.")
        look.html("<p>Ask an administrator which homes are yours.</p>")
        return
    source = kinds[kind]
    found = records.listed(reader, kind)
    look.answer(_answer(reader, source, found, homes))
    kind = _choose_kind(kinds, kind)
    _tell_what_happened()
    if not records.may_enter_now(reader):
        look.html("<p class='ig-note'>A past day is looked at and not written to.</p>")
        _table(reader, source, found, homes)
        return
    choices = [SEE, ADD, CORRECT if found.entered_here else None]
    what = st.segmented_control(
        "What to do",
        [*filter(None, choices), *([PROOF] if found.records else [])],
        default=SEE,
        key=f"records_do_{kind}_{_form_number()}",
        label_visibility="collapsed",
    )
    if what == ADD:
        _form(reader, source, homes, None)
    elif what == CORRECT:
        _correct(reader, source, homes, found)
    elif what == PROOF:
        _evidence(reader, source, found)
    else:
        _table(reader, source, found, homes)


def _asked(kinds: dict[str, Source], first: str) -> str | None:
    asked = st.query_params.get("kind", "")
    if asked in kinds:
        return asked
    return first if first in kinds else next(iter(kinds), None)


def _choose_kind(kinds: dict[str, Source], kind: str) -> str:
    """The kinds to choose among, kept in the address: a form can be linked to."""

    def ask_for() -> None:
        st.query_params["kind"] = st.session_state.records_kind

    st.session_state.records_kind = kind
    st.selectbox(
        "Kind of record",
        sorted(kinds, key=lambda each: kinds[each].title),
        format_func=lambda each: kinds[each].title,
        key="records_kind",
        on_change=ask_for,
        width=420,
    )
    return kind


def _answer(
    reader: Reader, source: Source, found: Listed, homes: dict[str, str]
) -> str:
    if not homes and not found.total:
        return "Nothing has been imported yet."
    count = f"{found.total:,} record{'' if found.total == 1 else 's'}"
    here = f"{found.entered_here:,} entered here" if found.total else "none so far"
    return f"{source.title}: {count} on {day_in_words(reader.as_of)}, {here}."


def _table(
    reader: Reader, source: Source, found: Listed, homes: dict[str, str]
) -> None:
    if not found.records:
        why = (
            NO_HOMES
            if not homes and source.has_home
            else source.definition.one("owner")
        )
        supplied = "" if why == NO_HOMES else "Supplied by: "
        look.empty(f"No {source.title.lower()} yet", supplied + why, "")
        offer_templates(source, "records")
        return
    named = {**homes, "company": "The company", "unmatched": "Not on the register"}
    columns = {
        field.label: [
            _shown(
                reader.cell(field.column, record.values[field.column.name]),
                named,
                field.shape,
            )
            for record in found.records
        ]
        for field in fields_of(source)
    }
    frame = pd.DataFrame(columns)
    frame["Entered or sent"] = [
        "entered here" if record.is_entered_here else record.file_name
        for record in found.records
    ]
    frame["Row"] = [record.row for record in found.records]
    frame["Arrival"] = [record.arrival for record in found.records]
    if len(found.records) < found.total:
        look.html(
            f'<p class="ig-small">The newest {len(found.records):,} of'
            f" {found.total:,} are shown.</p>"
        )
    st.dataframe(
        frame,
        hide_index=True,
        key=f"records_table_{source.kind}",
        placeholder="–",
        alt=f"{source.title}, newest arrival first, each with the file it came in",
    )
    rows = [
        [_plain(cell) for cell in row]
        for row in zip(*(list(frame[name]) for name in frame.columns), strict=True)
    ]
    export.offer(reader, source.title, list(frame.columns), rows, "records")


def _plain(value: Any) -> Any:
    """A cell of the table for a file: a list in words, a blank where there is none."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return None if value is None or value != value else value


def _shown(value: object, homes: dict[str, str], shape: str) -> object:
    if shape == "home":
        return homes.get(str(value), value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _correct(
    reader: Reader, source: Source, homes: dict[str, str], found: Listed
) -> None:
    here = {record.key: record for record in found.records if record.is_entered_here}
    key = st.selectbox(
        "Which record that was entered here",
        list(here),
        index=None,
        format_func=lambda one: _name(source, here[one]),
        placeholder="Choose one",
        key=f"records_which_{source.kind}_{_form_number()}",
        width=420,
    )
    if key is not None:
        _form(reader, source, homes, here[key])


def _evidence(reader: Reader, source: Source, found: Listed) -> None:
    there = {record.key: record for record in found.records}
    key = st.selectbox(
        "Evidence of which record",
        list(there),
        index=None,
        format_func=lambda one: _name(source, there[one]),
        placeholder="Choose one",
        key=f"records_evidence_{source.kind}",
        width=420,
    )
    if key is not None:
        show_evidence(reader, records.about(source.kind, there[key]), "records")


def _name(source: Source, record: Record) -> str:
    said = [record.cells[name] for name in source.key if name != "home"]
    return " · ".join(filter(None, said)) or record.key


def _form(
    reader: Reader, source: Source, homes: dict[str, str], record: Record | None
) -> None:
    number = _form_number()
    faults = st.session_state.get(FAULTS, ())
    fields = fields_of(source)
    with st.form(f"records_form_{source.kind}_{number}"):
        what = "Correct" if record else "Add"
        look.html(
            f"<h2>{what}: {look.text(source.title)}</h2>"
            '<p class="ig-small">The hour may be left out where nobody knows it. Names'
            " of residents do not belong here.</p>"
        )
        for fault in faults:
            if fault.column not in {field.column.name for field in fields}:
                look.html(
                    f'<p class="ig-fault" role="alert">{look.text(fault.reason)}</p>'
                )
        cells = draw_fields(
            fields,
            _places(reader, homes),
            record.cells if record else _only_home(homes),
            faults,
            f"records_{source.kind}_{number}_{record.key if record else ''}",
            source.key if record else (),
        )
        if st.form_submit_button("Save", type="primary"):
            _took(source, records.put(reader, source.kind, cells, record))


def _places(reader: Reader, homes: dict[str, str]) -> dict[str, str]:
    company = {COMPANY: "The company"} if EVERY_HOME in reader.allowed else {}
    return {**look.told_apart(homes), **company}


def _only_home(homes: dict[str, str]) -> dict[str, str]:
    return {"home": next(iter(homes))} if len(homes) == 1 else {}


def _took(source: Source, entered: Entered) -> None:
    """Drawn anew: an empty form and what became of it, or the same and its faults."""
    if entered.report is None:
        st.session_state[FAULTS] = entered.faults
    else:
        warned = [f.reason for f in entered.faults if f.severity == "warned"]
        st.session_state[SAID] = " ".join([entered.report.message, *warned])
        st.session_state[FORM] = _form_number() + 1
        st.session_state.pop(FAULTS, None)
    st.rerun()


def _tell_what_happened() -> None:
    if said := st.session_state.pop(SAID, None):
        look.html(f'<p class="ig-note ig-done" role="status">{look.text(said)}</p>')


def _form_number() -> int:
    return int(st.session_state.get(FORM, 0))
