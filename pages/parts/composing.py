"""The controls of a question: each as the address has it, which then follows them."""

import streamlit as st

from oversight.explore import answering, question
from oversight.explore.columns import Column, Sort, columns_of
from oversight.explore.question import Question
from oversight.reader import Reader
from oversight.sources import all_sources

NOTHING = ""


def asked_for() -> dict[str, str]:
    """What the address asks, its filters of home and day left out."""
    return {
        name: value
        for name, value in st.query_params.items()
        if question.is_of_a_question(name)
    }


def choose_kind(kind: str) -> None:
    """Which kind of record; another begins another question."""
    sources = all_sources()
    ordered = sorted(sources, key=lambda one: sources[one].title)

    def ask_for() -> None:
        chosen = st.session_state.explore_kind
        for name in asked_for():
            del st.query_params[name]
        if chosen:
            st.query_params["kind"] = chosen

    st.session_state.explore_kind = kind
    st.selectbox(
        "Kind of record",
        [NOTHING, *ordered],
        format_func=lambda one: sources[one].title if one else "Choose a kind",
        key="explore_kind",
        on_change=ask_for,
        width=300,
    )


def composed(reader: Reader, asked: dict[str, str]) -> Question:
    """The question of the address, as the controls above it now have it."""
    kind = asked["kind"]
    if kind not in all_sources():
        question.read(asked)  # which says that there is none
    columns = columns_of(kind)
    places = _places(columns)
    asked = {"rows": _first_place(columns), **asked}
    wanted = question.read(asked)
    with st.container(border=True, key="card_explore"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            choose_kind(kind)
            rows = _choose("Rows", places, wanted.rows, kind)
            across = _choose(
                "Columns", {NOTHING: "none", **places}, wanted.columns, kind
            )
            measure = _choose("Measure", _measures(columns), wanted.measure, kind)
        chosen = _choose_filters(reader, columns, wanted, kind)
        small = st.checkbox(
            "Hide small counts",
            wanted.hides_small,
            key=f"explore_small_{kind}",
            help="To give the answer to people outside the company.",
        )
    now = {"kind": kind, "rows": rows, "measure": measure, **chosen}
    if across:
        now["columns"] = across
    if small:
        now["small"] = "hidden"
    wanted = question.read(now)
    _keep_in_address(wanted)
    return wanted


def _keep_in_address(wanted: Question) -> None:
    now = wanted.asked()
    for name in asked_for():
        if name not in now:
            del st.query_params[name]
    for name, value in now.items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value


def _choose(label: str, options: dict[str, str], value: str, kind: str) -> str:
    names = list(options)
    return str(
        st.selectbox(
            label,
            names,
            index=names.index(value) if value in options else 0,
            format_func=options.__getitem__,
            key=f"explore_{label.lower()}_{kind}",
            width=240,
        )
        or ""
    )


def _places(columns: dict[str, Column]) -> dict[str, str]:
    """Everything that rows can be counted by, and its words."""
    found = {}
    for column in columns.values():
        if column.can_divide:
            for part in column.parts:
                place = f"{column.name}:{part}" if part else column.name
                found[place] = f"{column.label}, by {part}" if part else column.label
    return found


def _first_place(columns: dict[str, Column]) -> str:
    """What rows are counted by until somebody says: a choice, the home, else any."""
    for sorts in ((Sort.HOME,), (Sort.WORD, Sort.FLAG, Sort.DAY, Sort.PERSON)):
        for column in columns.values():
            if column.sort in sorts and column.can_divide:
                return column.name
    return next(one.name for one in columns.values() if one.can_divide)


def _measures(columns: dict[str, Column]) -> dict[str, str]:
    found = {question.COUNT: "Number of rows"}
    for how, (words, sorts, _) in question.HOWS.items():
        for column in columns.values():
            if column.sort in sorts:
                words_of = f"{words} {column.label.lower()}"
                found[f"{how}:{column.name}"] = words_of[0].upper() + words_of[1:]
    return found


def _choose_filters(
    reader: Reader, columns: dict[str, Column], wanted: Question, kind: str
) -> dict[str, str]:
    """Which columns to choose rows by, and for each its own control."""
    can = {
        one.name: one.label
        for one in columns.values()
        if one.can_choose or one.can_bound
    }
    there = list(dict.fromkeys(f.column for f in wanted.filters if f.column in can))
    names = st.multiselect(
        "Only rows by",
        list(can),
        there,
        format_func=can.__getitem__,
        key=f"explore_filters_{kind}",
        max_selections=6,
        placeholder="Choose columns to filter by",
    )
    found = {
        f"{f.how}_{f.column}": wanted.asked()[f"{f.how}_{f.column}"]
        for f in wanted.filters
        if f.how == question.HAS
    }
    if names:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for name in names:
                found |= _choose_filter(reader, columns[name], wanted)
    return found


def _choose_filter(reader: Reader, column: Column, wanted: Question) -> dict[str, str]:
    at = {f.how: f.values for f in wanted.filters if f.column == column.name}
    key = f"explore_{wanted.kind}_{column.name}"
    if column.can_choose:
        names = reader.homes() if column.sort is Sort.HOME else {}
        words = {**answering.NO_HOME, **names, "": "not said"}
        held = answering.values_of(reader, wanted.kind, column)
        options = list(dict.fromkeys([*held, *at.get(question.IS, ()), ""]))
        chosen = st.multiselect(
            column.label,
            options,
            [one for one in at.get(question.IS, ()) if one in options],
            format_func=lambda one: words.get(one, one),
            key=key,
            width=300,
        )
        said = question.said_in_address(chosen)
        return {f"{question.IS}_{column.name}": said} if chosen else {}
    found = {}
    for how in (question.FROM, question.TO):
        value = at.get(how, ("",))[0]
        label = f"{column.label}, {how}"
        if column.sort is Sort.NUMBER:
            chosen = st.number_input(
                label,
                value=float(value) if value else None,
                key=f"{key}_{how}",
                width=180,
            )
            said = "" if chosen is None else f"{chosen:g}"
        else:
            day = st.date_input(
                label,
                value or None,
                format="DD/MM/YYYY",
                key=f"{key}_{how}",
                width=180,
            )
            said = "" if day is None else day.isoformat()
        if said:
            found[f"{how}_{column.name}"] = said
    return found
