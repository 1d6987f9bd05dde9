"""An empty file to fill, and one filled with an example: for each kind of record."""

from functools import partial

import streamlit as st

from oversight.reading_room import templates
from oversight.sources import Source
from pages.parts import look

CSV = "text/csv"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_templates(source: Source, key: str) -> None:
    """Four downloads: empty and with an example, as CSV and as a workbook."""
    look.html(
        f"<p>Files to fill for {look.text(source.title)}: the workbook says of each"
        " column what is wanted.</p>"
    )
    offered = (
        ("Workbook", templates.as_workbook, False, "xlsx", WORKBOOK),
        ("Workbook with an example", templates.as_workbook, True, "xlsx", WORKBOOK),
        ("CSV", templates.as_csv, False, "csv", CSV),
        ("CSV with an example", templates.as_csv, True, "csv", CSV),
    )
    with st.container(horizontal=True, key=f"{key}_templates"):
        for label, make, is_filled, end, mime in offered:
            example = "-example" if is_filled else ""
            st.download_button(
                label,
                partial(make, source, is_filled=is_filled),
                file_name=f"{source.kind}{example}.{end}",
                mime=mime,
                on_click="ignore",
                key=f"{key}_{source.kind}_{end}{example}",
            )
