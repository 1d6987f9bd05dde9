"""What does a chart cost to build and to send?

Every kind of picture, of the measures the chart tests make up: from its spec to what
is sent (Plotly's JSON), and the longest series there is. The bounds: 5 ms to build,
40,000 bytes to send.
"""

from collections.abc import Callable, Iterator
from functools import partial
from time import process_time

from oversight.charts.screen import to_plotly
from oversight.charts.spec import spec_of
from tests.bench import Line
from tests.charts import kinds, made_up

TITLE = "Charts"
BUILD_MS = 5.0
SEND_BYTES = 40_000
TIMES = 30


def bench(size: float) -> Iterator[Line]:
    """One line a picture, and one for the spec itself; the middle of many builds.

    The figure is built from its spec and written as JSON, as Streamlit does.
    """
    times = max(5, round(TIMES * size))
    for name, spec in kinds.EVERY.items():
        build = _ms(partial(to_plotly, spec, "light"), times)
        sent = len(to_plotly(spec, "light").to_json().encode())
        found = f"{build:.2f} ms of CPU to build, {sent:,} bytes sent"
        is_met = build < BUILD_MS and sent < SEND_BYTES
        yield Line(f"{spec.kind}: {name}", "one picture", found, is_met)
    judged = made_up.CASES["target moved"]
    took = _ms(lambda: spec_of(judged, made_up.HOMES, kinds.NOTES), times)
    found = f"{took:.2f} ms"
    yield Line("its spec, of what is judged", "36 months", found, took < BUILD_MS)


def _ms(work: Callable[[], object], times: int) -> float:
    """The median of many, after one that warms what is cached."""
    work()
    took = []
    for _ in range(times):
        start = process_time()
        work()
        took.append(1000 * (process_time() - start))
    return round(sorted(took)[times // 2], 2)
