"""Which spec does a frozen review hold? Any of the one family."""

import json

from oversight.charts.chart import ChartSpec
from oversight.charts.panel import Panel


def spec_from_json(text: str) -> ChartSpec | Panel:
    """The spec that `to_json` wrote, whichever of the two it is."""
    is_series = "points" in json.loads(text)
    return ChartSpec.from_json(text) if is_series else Panel.from_json(text)
