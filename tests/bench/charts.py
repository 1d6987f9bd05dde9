"""What does a chart cost to build and to send? Prints a table; asserts nothing.

    PYTHONPATH=. .venv/bin/python -m tests.bench.charts

Every kind of picture, of the measures the chart tests make up: from its spec to what
is sent (Plotly's JSON) and to paper (SVG), and the longest series there is. The bounds:
5 ms to build, 40,000 bytes to send.
"""

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from oversight.charts.paper import to_svg
from oversight.charts.screen import to_plotly
from oversight.charts.sparkline import sparkline
from oversight.charts.spec import spec_of
from tests.charts import kinds, made_up

BUILD_MS = 5.0
SEND_BYTES = 40_000
TIMES = 30


def run() -> list[dict[str, Any]]:
    """One row a picture: ms to build (the middle of many), bytes to send, within both.

    The figure is built from its spec and written as JSON, as Streamlit does.
    """
    rows = [_row(f"{spec.kind}: {name}", spec) for name, spec in kinds.EVERY.items()]
    judged = made_up.CASES["target moved"]
    rows.append(
        {
            "section": "charts",
            "what": "a spec of 36 months from what is judged",
            "build_ms": _ms(lambda: spec_of(judged, made_up.HOMES, kinds.NOTES)),
            "bound_ms": BUILD_MS,
        }
    )
    return rows


def _row(what: str, spec: Any) -> dict[str, Any]:
    build = _ms(lambda: to_plotly(spec, "light"))
    sent = len(to_plotly(spec, "light").to_json().encode())
    row = {
        "section": "charts",
        "what": what,
        "build_ms": build,
        "json_ms": _ms(lambda: to_plotly(spec, "light").to_json()),
        "svg_ms": _ms(lambda: to_svg(spec)),
        "sent_bytes": sent,
        "svg_bytes": len(to_svg(spec).encode()),
        "bound_ms": BUILD_MS,
        "bound_bytes": SEND_BYTES,
        "within": build < BUILD_MS and sent < SEND_BYTES,
    }
    if hasattr(spec, "points"):
        row["sparkline_bytes"] = len(sparkline(spec).encode())
    return row


def _ms(work: Callable[[], object]) -> float:
    """The median of many, after one that warms what is cached."""
    work()
    took = []
    for _ in range(TIMES):
        start = perf_counter()
        work()
        took.append(1000 * (perf_counter() - start))
    return round(sorted(took)[TIMES // 2], 2)


def main() -> None:
    print(f"{'picture':44} {'build ms':>9} {'svg ms':>7} {'sent':>8} {'svg':>8}")
    for row in run():
        sent, svg = row.get("sent_bytes", 0), row.get("svg_bytes", 0)
        print(
            f"{row['what']:44} {row['build_ms']:9.2f} {row.get('svg_ms', 0):7.2f}"
            f" {sent:8,} {svg:8,}"
        )


if __name__ == "__main__":
    sys.exit(main())
