"""How is a chart drawn on the screen, by Plotly?

Only from the spec, and laid out by `placing` as paper is. The headline, the subtitle
and the source line belong in the page, where they wrap and are read aloud; `chrome`
draws them in the figure, for who takes the figure away.
"""

from typing import Any, Final

from plotly import graph_objects as go

from oversight.charts import scales
from oversight.charts.captions import BOTTOM, LEFT, captions, chrome_room, chrome_words
from oversight.charts.chart import ChartSpec
from oversight.charts.frame import Frame, frame_of
from oversight.charts.panel import Panel
from oversight.charts.panel_screen import panel_figure
from oversight.charts.tokens import FONT, Theme, tokens
from oversight.charts.traces import Colours, bands, lines, marks, resets

CONFIG: Final = {
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "svg"},
}
RIGHT: Final = 126
UNNAMED: Final = 16  # on the right, where no line has a name
TOP: Final = 46


def to_plotly(
    spec: ChartSpec | Panel,
    theme: Theme,
    chrome: bool = False,
    width: int = 760,
    height: int = 360,
) -> go.Figure:
    """The figure, for st.plotly_chart(…, theme=None, config=CONFIG).

    The height is fixed; the width is the narrowest the page will make it, by which
    notes are placed. Each point's customdata is its date in ISO. A panel is as high as
    its rows ask for.
    """
    if isinstance(spec, Panel):
        return panel_figure(spec, theme, width if chrome else None)
    colours = tokens(theme)
    head, foot = chrome_room(spec, width) if chrome else (0.0, 0.0)
    high = height - TOP - BOTTOM - head - foot
    right = RIGHT if spec.labels else UNNAMED
    frame = frame_of(spec, LEFT, TOP + head, width - LEFT - right, high)
    layout = _layout(spec, colours, frame, width if chrome else None, height)
    layout["margin"]["r"] = right
    layout["shapes"] = [*bands(spec, colours), *resets(spec, colours)]
    layout["annotations"] = captions(spec, frame, colours)
    if chrome:
        layout["annotations"] += chrome_words(spec, frame, width, colours)
    # Checking every property costs more than drawing; the tests check them instead.
    return go.Figure(
        {"data": [*lines(spec, colours), *marks(spec, colours)], "layout": layout},
        _validate=False,
    )


def _layout(
    spec: ChartSpec, colours: Colours, frame: Frame, width: int | None, height: int
) -> dict[str, Any]:
    bottom = height - frame.top - frame.height
    return {
        "template": {},
        "height": height,
        "width": width,
        "autosize": width is None,
        "margin": {"l": LEFT, "t": frame.top, "b": bottom},
        "paper_bgcolor": colours["card"],
        "plot_bgcolor": colours["card"],
        "font": {"family": FONT, "size": 12.5, "color": colours["ink2"]},
        "hovermode": "x",
        "hoverlabel": {
            "bgcolor": colours["card"],
            "bordercolor": colours["border_strong"],
            "font": {"family": FONT, "size": 13.5, "color": colours["ink"]},
            "align": "left",
        },
        "modebar": {"bgcolor": colours["card"], "color": colours["ink2"]},
        "dragmode": False,
        "showlegend": False,
        "xaxis": _months_axis(spec, colours),
        "yaxis": _values_axis(spec, colours, 1 / frame.height),
    }


def _months_axis(spec: ChartSpec, colours: Colours) -> dict[str, Any]:
    """Months by place: every month is as wide as the next."""
    ticks = scales.ticks_of(spec)
    return {
        "range": [-0.5, len(spec.points) - 0.5],
        "tickvals": [place for place, _, _ in ticks],
        "ticktext": [f"{month}<br>{year}" for _, month, year in ticks],
        "ticks": "outside",
        "ticklen": 5,
        "tickangle": 0,
        "tickcolor": colours["limit"],
        "linecolor": colours["limit"],
        "showline": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _values_axis(spec: ChartSpec, colours: Colours, pixel: float) -> dict[str, Any]:
    """A pixel longer than its steps, so that a line on the rim keeps its width."""
    low, high = spec.axis[0], spec.axis[-1]
    more = (high - low) * pixel
    return {
        "range": [low - more, high + more],
        "tickvals": list(spec.axis),
        "ticktext": [f"{step:,g}{spec.unit}" for step in spec.axis],
        "ticklabelstandoff": 6,
        "gridcolor": colours["grid"],
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }
