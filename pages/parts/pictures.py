"""A chart in the page: its finding, the picture or the same as a table, its account."""

import streamlit as st

from oversight.charts.chart import ChartKind, ChartSpec
from oversight.charts.panel import Panel
from oversight.charts.screen import CONFIG, to_plotly
from oversight.charts.table import table_of
from pages.parts import look


def show(spec: ChartSpec | Panel, key: str, has_twin: bool = True) -> None:
    """The headline, the chart or its table, and how far to trust it.

    key: of its own on the page. has_twin: false where a table beside it says the same.
    """
    with st.container(border=True, key=key):
        look.html(
            # Two charts may find the same, and Streamlit names an h2 by its words.
            '<p class="ig-heading" role="heading" aria-level="2">'
            f"{look.text(spec.headline)}</p>"
            f'<p class="ig-small">{look.text(spec.subtitle)}</p>'
        )
        shown = "Chart"
        if has_twin:
            shown = st.segmented_control(
                "Show as",
                ["Chart", "Table"],
                default="Chart",
                key=f"{key}_as",
                label_visibility="collapsed",
            )
        if shown == "Table":
            look.html(as_table(spec))
        else:
            _chart(spec, key)
        look.html(f'<p class="ig-small">{look.text(spec.source)}</p>')


def _chart(spec: ChartSpec | Panel, key: str) -> None:
    """The picture; one with rows named beside it, or with many days, is drawn as wide
    on a phone, and scrolls.
    """
    is_wide = isinstance(spec, Panel) or spec.kind is ChartKind.GAPS or spec.notes
    with st.container(key=f"wide_{key}" if is_wide else f"fit_{key}"):
        st.plotly_chart(
            to_plotly(spec, look.theme()),
            theme=None,
            config=CONFIG,
            key=f"{key}_chart",
            alt=spec.alternative,
        )


def as_table(spec: ChartSpec | Panel) -> str:
    """The table that says the same as a picture."""
    twin = table_of(spec)
    rows = [[look.text(cell) for cell in row] for row in twin.rows]
    return look.table([look.text(h) for h in twin.heads], rows, twin.numeric)
