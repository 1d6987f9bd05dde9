"""Any table as a file to take away: its account in the first lines, then its rows."""

from collections.abc import Sequence
from functools import partial
from html.parser import HTMLParser
from typing import Any

import streamlit as st

from oversight import exports
from oversight.reader import Reader
from pages.parts import look
from pages.parts.templates import CSV, WORKBOOK

APART = "\0"
PARTS = ("small", "li", "p", "br", "div")  # what stands apart within a cell
MAKES = (
    ("CSV", exports.as_csv, "csv", CSV),
    ("Excel", exports.as_workbook, "xlsx", WORKBOOK),
)


def offer_shown(
    reader: Reader,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    key: str,
    **filters: str,
) -> None:
    """The same of a table drawn of cells that are HTML: its words, without the rest."""
    plain = [[words_of(cell) for cell in row] for row in rows]
    offer(reader, title, heads, plain, key, **filters)


def words_of(markup: str) -> str:
    """The words of a cell, each part of it apart from the next; no picture's."""
    reading = _Words()
    reading.feed(markup)
    reading.close()
    parts = (" ".join(part.split()) for part in "".join(reading.found).split(APART))
    return "; ".join(part for part in parts if part)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within_picture = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._within_picture += tag == "svg"
        if tag in PARTS:
            self.found.append(APART)

    def handle_endtag(self, tag: str) -> None:
        self._within_picture -= tag == "svg"
        if tag in PARTS:
            self.found.append(APART)

    def handle_data(self, data: str) -> None:
        if not self._within_picture:
            self.found.append(data)


def offer(
    reader: Reader,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    key: str,
    **filters: str,
) -> None:
    """Two downloads of what is shown; made, and told of, when one is asked for.

    rows: plain values under the heads. key: of its own on the page. filters: what has
    narrowed the rows beside home and day.
    """
    if not rows:
        return

    def made(make: Any) -> bytes:
        return bytes(make(exports.export(reader, title, heads, rows, filters)))

    with st.container(horizontal=True, key=f"{key}_export"):
        for label, make, end, mime in MAKES:
            st.download_button(
                look.label(f"{title} as {label}"),
                partial(made, make),
                file_name=f"{key.replace('_', '-')}-{reader.as_of}.{end}",
                mime=mime,
                on_click="ignore",
                type="tertiary",
                key=f"{key}_export_{end}",
            )
