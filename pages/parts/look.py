"""How things look: the page's dress, HTML always escaped, and plain messages."""

from collections import Counter
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from oversight.charts.marks import status_shape
from oversight.charts.tokens import css_variables
from oversight.words import STATUS_WORDS, Status

STYLE = Path(__file__).with_name("style.css")
BRAND = "Calsan IG"
UK = "Europe/London"
DAY_FORMAT = "D MMM YYYY"  # as `day` has it, for a column of days
TIME_FORMAT = "D MMM YYYY, HH:mm"
FILTERS = (
    "home",
    "as_of",
    "compare",
    "known",
    "period",
)  # what the filter bar keeps in the address


def theme() -> str:
    """`light` or `dark`, as the reader's browser has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def dress() -> None:
    """The style sheet and the colours of both themes, once a run."""
    css = STYLE.read_text(encoding="utf-8")
    # The menu's own place for a name takes a picture, whose text has another font.
    # What opens above the page lies outside of it, and is told which theme it has.
    brand = f':root{{--ig-brand:"{BRAND}";color-scheme:{theme()}}}'
    st.html(f"<style>{css_variables()}{brand}\n{css}</style>")


def name_the_tab(title: str) -> None:
    """What the browser calls the page, in its tab and its history."""
    st.set_page_config(page_title=f"{title} – {BRAND}")


def mark_in_the_menu(place: int) -> None:
    """The entry of the menu, counted from 1, that holds the page looked at."""
    entry = f".rc-overflow-item:nth-child({place}) [data-testid=stTopNavSection]"
    st.html(
        f"<style>{entry}{{border-bottom-color:var(--ig-link)}}"
        f"{entry} p{{color:var(--ig-ink);font-weight:600}}</style>"
    )


def html(markup: str) -> None:
    """Markup made by these pages; every value in it must have passed `text`."""
    # st.html strips inline SVG, markdown keeps it; there an indented line is code.
    lines = (line.strip() for line in markup.splitlines())
    st.markdown("".join(line for line in lines if line), unsafe_allow_html=True)


def text(value: object) -> str:
    """A value as text in HTML, and not as Markdown either."""
    said = escape(str(value), quote=True)
    for mark in "\\`*_[]$~:|#<>":
        if mark in said and mark not in "#<>":
            said = said.replace(mark, f"&#{ord(mark)};")
    return said


def label(value: str) -> str:
    """A value as a button's label: Streamlit reads Markdown there, whatever is escaped,
    so the marks of it are left out.
    """
    return "".join(mark for mark in value if mark not in "\\`*_[]{}$~:|#<>&^")


def day(value: date | None) -> str:
    """A day in a table: 22 Nov 2026."""
    return "never" if value is None else f"{value.day} {value:%b %Y}"


def told_apart(homes: dict[str, str]) -> dict[str, str]:
    """Names by reference; homes of one name (registered anew) say their reference."""
    often = {name for name, count in Counter(homes.values()).items() if count > 1}
    return {
        ref: f"{name} ({ref})" if name in often else name for ref, name in homes.items()
    }


def address(page: str, place: str = "", **more: str) -> str:
    """The address of a page with the reader's filters, but for those it states."""
    kept = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    asked = {**kept, **more}
    asked_of = f"/{page}" + (f"?{urlencode(asked)}" if asked else "")
    return asked_of + (f"#{place}" if place else "")


def link(page: str, label: str, place: str = "", **more: str) -> str:
    """A link to a page that keeps the reader's filters, but for those it states."""
    href = escape(address(page, place, **more))
    return f'<a href="{href}" target="_self">{text(label)}</a>'


def status(value: Status, size: int = 18) -> str:
    """A status as shape and word together."""
    return shape(value, STATUS_WORDS[value], size)


def shape(value: Status, word: str, size: int = 16) -> str:
    """A status's shape and colour with a word of its own beside it."""
    return (
        f'<span class="ig-status ig-{value.replace("_", "-")}">'
        f"{status_shape(value, size)}<span>{text(word)}</span></span>"
    )


def answer(sentence: str) -> None:
    """The one sentence that answers the page's question."""
    html(f'<h1 class="ig-answer">{text(sentence)}</h1>')


def card(body: str, extra: str = "") -> str:
    return f'<section class="ig-card {extra}">{body}</section>'


def table(
    heads: list[str],
    rows: list[list[str]],
    numeric: tuple[int, ...] = (),
    kind: str = "",
) -> str:
    """A real table of cells that are HTML already.

    numeric: the columns that hold numbers. kind: a class of its own in the style sheet;
    ig-stack puts the cells below one another where the screen is narrow.
    """
    number = [' class="ig-number"' if at in numeric else "" for at in range(len(heads))]
    top = "".join(
        f'<th scope="col"{cls}>{head}</th>'
        for head, cls in zip(heads, number, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{head}"{cls}>{cell}</td>'
            for head, cls, cell in zip(heads, number, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="ig-table {kind}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def empty(what: str, why: str, body: str) -> None:
    """Never an empty rectangle: what is missing, why it matters, who supplies it."""
    html(card(f"<h2>{text(what)}</h2><p>{text(why)}</p>{body}", "ig-empty"))
