"""Which words stand in a Plotly chart, and where?"""

from html import escape
from typing import Final

from oversight.charts import placing
from oversight.charts.chart import MARK_WORDS, ChartKind, ChartSpec, Mark, key_of
from oversight.charts.frame import Frame, wrapped
from oversight.charts.marks import LABEL_PAINT, MARK_PAINT
from oversight.charts.placing import PlacedNote
from oversight.charts.traces import Colours, Part

GLYPHS: Final = {
    Mark.IMPROVEMENT: "◆",
    Mark.CONCERN: "▲",
    Mark.NEUTRAL: "◊",  # of the hollow diamonds the one that Source Sans has
    Mark.MISSED: "■",
    Mark.PART: "○",
    Mark.RUNNING: "○",
    Mark.DOUBTFUL: "○",
}
LEFT: Final = 44  # px, the plot's margin: words at the left edge begin before it
BOTTOM: Final = 46
HEAD_LINE: Final = 23  # px a line of the headline
LINE: Final = 17
PADDING: Final = 4
BESIDE: Final = {"yanchor": "middle", "borderpad": 12, "showarrow": False}


def captions(spec: ChartSpec, frame: Frame, colours: Colours) -> list[Part]:
    """The key, the lines' names, the notes and the latest value."""
    found = [_key(spec, frame, colours), *_labels(spec, frame, colours)]
    found += _notes(spec, frame, colours)
    if spec.latest is not None:
        found.append(_latest(spec, spec.latest, frame, colours))
    if spec.kind is ChartKind.EMPTY:
        found.append(_instead(spec))
    return found


def chrome_words(
    spec: ChartSpec, frame: Frame, width: float, colours: Colours
) -> list[Part]:
    """The headline, subtitle and source line, for a figure that leaves the page."""
    heads, subs, feet = chrome_lines(spec, width)
    under = 10 + HEAD_LINE * len(heads)
    words = (
        ("<br>".join(map(_bold, heads)), 1 + (frame.top - 6) / frame.height, 18, "ink"),
        ("<br>".join(subs), 1 + (frame.top - under) / frame.height, 13.5, "ink2"),
        ("<br>".join(feet), -BOTTOM / frame.height, 12.5, "ink2"),
    )
    return [_at_left(text, y, size, colours[colour]) for text, y, size, colour in words]


def chrome_lines(
    spec: ChartSpec, width: float
) -> tuple[list[str], list[str], list[str]]:
    """The headline, subtitle and source line in lines that a figure so wide holds."""
    return (
        list(wrapped(spec.headline, width - 20, 18.6)),  # bold is wider
        [_plain(line) for line in wrapped(spec.subtitle, width - 20, 13.5)],
        [_plain(line) for line in wrapped(spec.source, width - 20)],
    )


def chrome_room(spec: ChartSpec, width: float) -> tuple[float, float]:
    """How much more room the words take above the plot, and below it."""
    heads, subs, feet = chrome_lines(spec, width)
    above = 10 + HEAD_LINE * len(heads) + LINE * len(subs)
    return above, LINE * len(feet) + 8


def _key(spec: ChartSpec, frame: Frame, colours: Colours) -> Part:
    """One line of shapes and words: Plotly's own legend would wrap into the chart."""
    said = [
        f'<span style="color:{colours[MARK_PAINT[mark]]};font-size:14px">'
        f"{GLYPHS.get(mark, '●')}</span> {MARK_WORDS[mark]}"
        for mark in key_of(spec.points)
    ]
    return _at_left("   ".join(said), 1 + 44 / frame.height, 12.5, colours["ink2"])


def _at_left(text: str, y: float, size: float, colour: str) -> Part:
    """A line of text from the figure's left edge, its top at y of the plot."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 2 - LEFT,
        "y": y,
        "yref": "paper",
        "yanchor": "top",
        "text": text,
        "align": "left",
        "font": {"size": size, "color": colour},
        "showarrow": False,
    }


def _labels(spec: ChartSpec, frame: Frame, colours: Colours) -> list[Part]:
    """The lines' names at the right edge, pushed apart."""
    heights = placing.label_heights(spec, frame)
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": label.value,
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 10,
            "yshift": frame.y(label.value) - y,
            "text": (_bold if label.role == "target" else _plain)(label.words),
            "font": {"color": colours[LABEL_PAINT.get(label.role, "ink2")]},
            "showarrow": False,
        }
        for label, y in zip(spec.labels, heights, strict=True)
    ]


def _latest(spec: ChartSpec, place: int, frame: Frame, colours: Colours) -> Part:
    point = spec.points[place]
    above = placing.is_latest_above(spec, frame)
    return {
        "x": place,
        "y": point.value,
        "yanchor": "bottom" if above else "top",
        "yshift": 7 if above else -7,
        "text": _bold(point.shown),
        "font": {"size": 15, "color": colours["ink"]},
        "showarrow": False,
    }


def _notes(spec: ChartSpec, frame: Frame, colours: Colours) -> list[Part]:
    """What people wrote, each tied to its month: beside it, or by a leader."""
    return [
        {
            "x": note.place - 0.5 * put.is_at_reset,
            "y": placing.height_of(spec, note.place),
            "text": "<br>".join(map(_plain, put.lines)),
            "xanchor": "right" if put.is_left else "left",
            "align": "right" if put.is_left else "left",
            **_tied(put, colours),
        }
        for note, put in zip(spec.notes, placing.place_notes(spec, frame), strict=True)
    ]


def _tied(put: PlacedNote, colours: Colours) -> Part:
    """Beside its point, at the line where limits start afresh, or by a leader."""
    if put.is_at_reset:
        return BESIDE | {"borderpad": PADDING, "yshift": put.y - put.middle}
    return BESIDE if put.is_beside else _leader(put, colours)


def _leader(put: PlacedNote, colours: Colours) -> Part:
    is_under = put.box.top > put.y
    return {
        "ax": 0,
        # The padding lies between the end of the leader and the text's own edge.
        "ay": put.leader_end - put.y + (PADDING if is_under else -PADDING),
        "yanchor": "bottom" if is_under else "top",
        "borderpad": PADDING,
        "standoff": 8,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1.2,
        "arrowcolor": colours["limit"],
    }


def _instead(spec: ChartSpec) -> Part:
    """Why there is nothing to see, in the middle of the empty plot."""
    middle = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    return middle | {
        "text": _plain(spec.headline),
        "font": {"size": 15},
        "showarrow": False,
    }


def _bold(text: str) -> str:
    return f"<b>{_plain(text)}</b>"


def _plain(text: str) -> str:
    """Text as it stands: Plotly reads a little HTML."""
    return escape(text, quote=False)
