"""What does a chart cost to build and to send?

Every kind of picture, of the measures the chart tests make up: from its spec to what
is sent (Plotly's JSON), and the longest series there is. The bounds: 5 ms to build,
40,000 bytes to send.
"""

from collections.abc import Callable, Iterator
from functools import partial
from time import process_time

from oversight.charts.ahead import ahead
from oversight.charts.funnel import funnel
from oversight.charts.screen import to_plotly
from oversight.charts.spec import spec_of
from oversight.charts.statuses import statuses
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
    for name, how_much, work in _specs():
        took = _ms(work, times)
        yield Line(name, how_much, f"{took:.2f} ms of CPU", took < BUILD_MS)


def _specs() -> Iterator[tuple[str, str, Callable[[], object]]]:
    """What makes a spec, of as much as a company has."""
    judged = made_up.CASES["target moved"]
    homes = [(f"Home {n:02}", 30 + n % 7, 40 + n % 9) for n in range(12)]
    many = kinds.every_judged() * 8
    dues = kinds.COMING
    yield (
        "a spec: of what is judged",
        "36 months",
        lambda: spec_of(judged, made_up.HOMES, kinds.NOTES),
    )
    yield (
        "a spec: funnel, names placed",
        f"{len(homes)} homes",
        lambda: funnel("Audits", homes, kinds.PERIOD, kinds.SOURCE),
    )
    yield (
        "a spec: statuses",
        f"{len(many)} measures",
        lambda: statuses(many, kinds.SOURCE),
    )
    yield (
        "a spec: ahead",
        f"{len(dues)} measures",
        lambda: ahead("What falls due", dues, kinds.TODAY, kinds.SOURCE),
    )


def _ms(work: Callable[[], object], times: int) -> float:
    """The median of many, after one that warms what is cached."""
    work()
    took = []
    for _ in range(times):
        start = process_time()
        work()
        took.append(1000 * (process_time() - start))
    return round(sorted(took)[times // 2], 2)
