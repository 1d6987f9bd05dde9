"""Any table as a file to take away: its account in the first lines, then its rows."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from oversight import exports
from oversight.reader import Reader
from pages.parts.templates import CSV, WORKBOOK

MAKES = (
    ("CSV", exports.as_csv, "csv", CSV),
    ("Excel", exports.as_workbook, "xlsx", WORKBOOK),
)


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
                f"{title} as {label}",
                partial(made, make),
                file_name=f"{key.replace('_', '-')}-{reader.as_of}.{end}",
                mime=mime,
                on_click="ignore",
                type="tertiary",
                key=f"{key}_export_{end}",
            )
