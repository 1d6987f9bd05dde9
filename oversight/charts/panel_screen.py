"""How is a panel drawn on the screen, by Plotly?"""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

from plotly import graph_objects as go

from oversight.charts.captions import GLYPHS
from oversight.charts.frame import wrapped
from oversight.charts.marks import MARK_PAINT
from oversight.charts.panel import Axis, Box, Line, Panel, Text
from oversight.charts.tokens import FONT, Theme, tokens
from oversight.charts.traces import Colours, Part, symbol_of

KEY: Final = 36  # px
NO_KEY: Final = 10
TICKS: Final = 24
TITLE: Final = 20
HEAD: Final = 24  # px a line of the headline, where words are in the figure
SMALL: Final = 18
ANCHORS: Final = {"start": "left", "middle": "center", "end": "right"}


def panel_figure(panel: Panel, theme: Theme, width: int | None) -> go.Figure:
    """The figure; with a width, its words are in it, for who takes it away."""
    colours = tokens(theme)
    top: float = KEY if panel.key else NO_KEY
    bottom: float = TICKS * bool(panel.x.ticks) + TITLE * bool(panel.x.title) + 10
    words: list[Part] = []
    if width is not None:
        words, above, below = _chrome(panel, width, top, bottom, colours)
        top, bottom = top + above, bottom + below
    annotations = [_text(text, colours) for text in panel.texts] + words
    if panel.key:
        annotations.append(_key(panel, colours))
    layout = {
        "template": {},
        "height": round(panel.height + top + bottom),
        "width": width,
        "autosize": width is None,
        "margin": {"l": panel.left, "r": panel.right, "t": top, "b": bottom},
        "paper_bgcolor": colours["card"],
        "plot_bgcolor": colours["card"],
        "font": {"family": FONT, "size": 12.5, "color": colours["ink2"]},
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colours["card"],
            "bordercolor": colours["border_strong"],
            "font": {"family": FONT, "size": 13.5, "color": colours["ink"]},
            "align": "left",
        },
        "modebar": {"bgcolor": colours["card"], "color": colours["ink2"]},
        "dragmode": False,
        "showlegend": False,
        "barmode": "overlay",
        "annotations": annotations,
        "xaxis": _axis(panel.x, colours, is_across=True),
        "yaxis": _axis(panel.y, colours, is_across=False),
    }
    data = [*_boxes(panel, colours), *_lines(panel, colours), *_dots(panel, colours)]
    # An axis that bears nothing is not drawn by Plotly, nor its names.
    data.append({"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"})
    return go.Figure({"data": data, "layout": layout}, _validate=False)


def _axis(axis: Axis, colours: Colours, is_across: bool) -> Part:
    ink = "ink2" if is_across or axis.is_ruled else "ink"
    return {
        "range": [axis.low, axis.high],
        "tickvals": [tick.value for tick in axis.ticks],
        "ticktext": [_plain(t.words).replace("\n", "<br>") for t in axis.ticks],
        "tickfont": {"color": colours[ink]},
        "tickangle": 0,
        "ticklabelstandoff": 6 if not is_across else 0,
        "title": {
            "text": _plain(axis.title),
            "standoff": 6,
            "font": {"size": 12.5, "color": colours["ink2"]},
        },
        "showgrid": axis.is_ruled,
        "gridcolor": colours["grid"],
        "showline": is_across and bool(axis.ticks),
        "linecolor": colours["limit"],
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }


def _boxes(panel: Panel, colours: Colours) -> list[Part]:
    """One trace a flag: bars of one height each, from where they begin."""
    flags = dict.fromkeys(box.flag for box in panel.boxes)
    return [
        _bars(flag, [box for box in panel.boxes if box.flag == flag], colours)
        for flag in flags
    ]


def _bars(flag: str, boxes: Sequence[Box], colours: Colours) -> Part:
    return {
        "type": "bar",
        "orientation": "h",
        "name": _plain(flag),
        "base": [box.x0 for box in boxes],
        "x": [box.x1 - box.x0 for box in boxes],
        "y": [(box.y0 + box.y1) / 2 for box in boxes],
        "width": [abs(box.y1 - box.y0) for box in boxes],
        "marker": {
            "color": [colours[box.fill] for box in boxes],
            "line": {
                "color": [colours[box.edge] for box in boxes],
                "width": [box.edge_width for box in boxes],
            },
        },
        "hovertext": [_plain(box.words) for box in boxes],
        "hoverinfo": "text" if any(box.words for box in boxes) else "skip",
    }


def _lines(panel: Panel, colours: Colours) -> list[Part]:
    return [_line(line, colours) for line in panel.lines]


def _line(line: Line, colours: Colours) -> Part:
    dash = ",".join(f"{px}px" for px in line.dash) or "solid"
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.role,
        "x": [x for x, _ in line.corners],
        "y": [y for _, y in line.corners],
        "line": {"color": colours[line.colour], "width": line.width, "dash": dash},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _dots(panel: Panel, colours: Colours) -> list[Part]:
    traces = []
    for mark in dict.fromkeys(dot.mark for dot in panel.dots):
        dots = [dot for dot in panel.dots if dot.mark is mark]
        placed = {
            "name": str(mark),
            "x": [dot.x for dot in dots],
            "y": [dot.y for dot in dots],
            "hovertext": [_plain(dot.words) for dot in dots],
            "hoverinfo": "text",
            "cliponaxis": False,
        }
        traces.append(placed | symbol_of(mark, colours))
    return traces


def _text(text: Text, colours: Colours) -> Part:
    words = _plain(text.words)
    return {
        "x": text.x,
        "y": text.y,
        "xref": "x",
        "yref": "y",
        "xshift": text.dx,
        "yshift": -text.dy,
        "xanchor": ANCHORS[text.anchor],
        "yanchor": "middle",
        "borderpad": 0,
        "text": f"<b>{words}</b>" if text.is_bold else words,
        "font": {"size": text.size, "color": colours[text.colour]},
        "showarrow": False,
    }


def _key(panel: Panel, colours: Colours) -> Part:
    said = [
        f'<span style="color:{colours[MARK_PAINT[mark]]};font-size:14px">'
        f"{GLYPHS.get(mark, '●')}</span> {_plain(word)}"
        for mark, word in panel.key
    ]
    return _at_left("   ".join(said), 1, 32, 12.5, colours["ink2"], panel)


def _chrome(
    panel: Panel, width: int, top: float, bottom: float, colours: Colours
) -> tuple[list[Part], float, float]:
    """The words, and how much more room they need above and below."""
    heads = list(wrapped(panel.headline, width - 20, 18.6))
    subs = list(wrapped(panel.subtitle, width - 20, 13.5))
    feet = list(wrapped(panel.source, width - 20))
    above = HEAD * len(heads) + SMALL * len(subs) + 8
    below = SMALL * len(feet) + 6
    said = "<br>".join(f"<b>{_plain(line)}</b>" for line in heads)
    words = [
        _at_left(said, 1, top + above - 2, 18, colours["ink"], panel),
        _at_left(
            "<br>".join(map(_plain, subs)),
            1,
            top + SMALL * len(subs) + 6,
            13.5,
            colours["ink2"],
            panel,
        ),
        _at_left(
            "<br>".join(map(_plain, feet)), 0, -bottom, 12.5, colours["ink2"], panel
        ),
    ]
    return words, above, below


def _at_left(
    text: str, y: float, up: float, size: float, colour: str, panel: Panel
) -> Part:
    """Text from the figure's left edge, its top so many px above y of the plot."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6 - panel.left,
        "y": y,
        "yref": "paper",
        "yanchor": "top",
        "yshift": up,
        "align": "left",
        "borderpad": 0,
        "text": text,
        "font": {"size": size, "color": colour},
        "showarrow": False,
    }


def _plain(words: Any) -> str:
    """Text as it stands: Plotly reads a little HTML."""
    return escape(str(words), quote=False)
