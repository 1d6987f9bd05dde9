"""The form of a kind of record, as it is defined; what is wrong stands beside it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from oversight.arrivals.forms import Fault, Field
from oversight.reading_room.templates import example
from oversight.words import COMPANY
from pages.parts import look

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
MARKS = {"refused": "ig-fault", "warned": "ig-fault ig-warned"}


def draw_fields(
    fields: Sequence[Field],
    homes: Mapping[str, str],
    before: Mapping[str, str],
    faults: Sequence[Fault],
    key: str,
    fixed: Sequence[str] = (),
) -> dict[str, str]:
    """Every field, and what was put into it: a cell a column, as the template has it.

    homes: names by reference, the company's too for whoever may write of it. before:
    the cells to begin with. fixed: columns that say which record it is, shown and not
    changed.
    """
    needed = [field for field in fields if field.column.is_needed]
    others = [field for field in fields if not field.column.is_needed]
    cells: dict[str, str] = {}
    for part in (needed, others):
        # A row for each two: on a narrow screen they keep their order.
        for pair in (part[at : at + 2] for at in range(0, len(part), 2)):
            for place, field in zip(st.columns(2, gap="medium"), pair, strict=False):
                name = field.column.name
                with place:
                    cells[name] = _draw(
                        field,
                        homes,
                        before.get(name, ""),
                        f"{key}_{name}",
                        name in fixed,
                    )
                    _say([fault for fault in faults if fault.column == name])
    return cells


def _say(faults: Sequence[Fault]) -> None:
    for fault in faults:
        look.html(
            f'<p class="{MARKS[fault.severity]}" role="alert">'
            f"{look.text(fault.reason)}</p>"
        )


def _draw(
    field: Field, homes: Mapping[str, str], before: str, key: str, is_fixed: bool
) -> str:
    label = f"{field.label} (needed)" if field.column.is_needed else field.label
    said = {"help": field.column.meaning, "key": key, "disabled": is_fixed}
    match field.shape:
        case "home":
            names = {
                h: n for h, n in homes.items() if h in field.choices or h != COMPANY
            }
            return _choose(label, tuple(names), before, said, names)
        case "yes or no":
            return _choose(label, ("yes", "no"), before, said)
        case "one of":
            return _choose(label, field.choices, before, said)
        case "some of":
            chosen = [word for word in before.split(";") if word in field.choices]
            return ";".join(
                st.multiselect(label, field.choices, chosen, placeholder="–", **said)
            )
        case "day":
            return _day(label, before, said)
        case "time":
            return _time(label, before, said)
        case "long text":
            return st.text_area(
                label, before, placeholder=_hint(field), height=80, **said
            )
        case _:
            return st.text_input(label, before, placeholder=_hint(field), **said)


def _hint(field: Field) -> str | None:
    shown = example(field.column)
    return f"e.g. {shown}" if shown else None


def _choose(
    label: str,
    options: Sequence[str],
    before: str,
    said: dict[str, object],
    names: Mapping[str, str] | None = None,
) -> str:
    chosen = st.selectbox(
        label,
        options,
        index=options.index(before) if before in options else None,
        format_func=lambda one: (names or {}).get(one, one),
        placeholder="–",
        **said,  # type: ignore[arg-type]
    )
    return chosen or ""


def _day(label: str, before: str, said: dict[str, object]) -> str:
    day = st.date_input(
        label,
        date.fromisoformat(before) if before else None,
        min_value=FIRST,
        max_value=LAST,
        format="DD/MM/YYYY",
        **said,  # type: ignore[arg-type]
    )
    return day.isoformat() if day else ""


def _time(label: str, before: str, said: dict[str, object]) -> str:
    """A day, and beside it the hour, which may be left out when nobody knows it."""
    day_before, _, hour_before = before.partition(" ")
    left, right = st.columns([3, 2], gap="small", vertical_alignment="bottom")
    with left:
        day = _day(label, day_before, said)
    with right:
        hour = st.text_input(
            f"{label}: hour",
            hour_before,
            key=f"{said['key']}_hour",
            placeholder="hour, e.g. 09:30",
            label_visibility="collapsed",
            disabled=bool(said["disabled"]),
        )
    return f"{day} {hour.strip()}".strip()
