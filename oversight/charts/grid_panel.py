"""How does the icon grid stand on paper? The same grid as a panel."""

from collections.abc import Iterator, Sequence
from typing import Final

from oversight.charts.chart import ChartKind
from oversight.charts.frame import wrapped
from oversight.charts.grid import COLUMNS, LOOKS, ROWS, Ask, Entry, Grid, ask_of
from oversight.charts.panel import Axis, Box, Panel, Text
from oversight.words import STATUS_WORDS, Assurance, Signal

LINE: Final = 17.0  # px
PADDING: Final = 10.0
GAP: Final = 6.0  # between cells
HEAD: Final = 46.0
VALUE: Final = 52.0  # of a cell, for its figure
EDGE: Final = 14.0
SIDE: Final = 150.0  # px for the names of rows
LEAST_LINES: Final = 3  # so that an empty cell is still a cell
SIGNAL_GLYPHS: Final = {
    Signal.IMPROVEMENT: "◆",
    Signal.NORMAL: "●",
    Signal.CONCERN: "▲",
    Signal.NEUTRAL: "◊",
    Signal.TOO_FEW: "○",
}
ASSURANCE_GLYPHS: Final = {
    Assurance.PASS: ("✓", "good"),
    Assurance.HIT_OR_MISS: ("≈", "watch"),
    Assurance.FAIL: ("×", "bad"),
    None: ("–", "ink2"),
}
SIGNAL_INKS: Final = {
    Signal.IMPROVEMENT: "signal_good",
    Signal.CONCERN: "signal_bad",
    Signal.NEUTRAL: "signal_neutral",
}
SAID: Final = (
    "Each measure stands where its signal (across) and its target (down) meet."
)
DUTIES: Final = "Legal duties are judged by each case and stand apart"


def grid_panel(grid: Grid, source: str, width: int = 900) -> Panel:
    """The grid with its headline; the duties that stand apart are named below it.

    width: px of the whole picture, by which titles are wrapped: draw it as wide.
    """
    across = width - SIDE - EDGE
    wide = across / len(grid.columns)
    heights = [_height(grid, assurance, wide) for assurance in ROWS]
    tops = [HEAD + sum(heights[:row]) for row in range(len(ROWS))]
    rows = tuple(_rows(grid))
    said = "; ".join(f"{row[0]}: {row[1]}, {row[2].lower()}" for row in rows)
    feet = f"{source} {_duties(grid)}".strip()
    boxes: list[Box] = []
    texts: list[Text] = list(_heads(grid, wide))
    for (assurance, (name, what)), top, high in zip(
        ROWS.items(), tops, heights, strict=True
    ):
        glyph, ink = ASSURANCE_GLYPHS[assurance]
        first, second = top + PADDING + 8, top + PADDING + 8 + LINE
        texts.append(Text(0, first, glyph, ink, dx=10 - SIDE, is_bold=True))
        texts.append(Text(0, first, name, "ink", dx=26 - SIDE, is_bold=True))
        below = wrapped(what, SIDE - 30)
        texts += [
            Text(0, second + LINE * at, line, "ink2", dx=26 - SIDE)
            for at, line in enumerate(below)
        ]
        for column, signal in enumerate(grid.columns):
            left, right = column * wide, (column + 1) * wide - GAP
            box, words = _cell(
                grid, (signal, assurance), (left, right, top, top + high - GAP)
            )
            boxes.append(box)
            texts += words
    return Panel(
        kind=ChartKind.GRID,
        title="Measures by signal and target",
        headline=grid.headline,
        subtitle=SAID,
        source=feet,
        alternative=f"{SAID} {grid.headline}. {said or 'No measure yet'}.",
        x=Axis(0.0, across),
        y=Axis(HEAD + sum(heights), 0.0),
        height=HEAD + sum(heights),
        heads=("Signal", "Target", "Measure", "Value", "Status", "Asks"),
        rows=tuple((row[1], row[2], row[0], *row[3:]) for row in rows),
        numeric=(3,),
        boxes=tuple(boxes),
        texts=tuple(texts),
        left=SIDE,
        right=EDGE,
    )


def _rows(grid: Grid) -> Iterator[tuple[str, ...]]:
    for assurance, (name, _) in ROWS.items():
        for signal in grid.columns:
            for entry in grid.cells.get((signal, assurance), ()):
                ask = ask_of(signal, assurance) or "nothing"
                status = STATUS_WORDS[entry.status]
                shown = entry.shown or "–"
                yield entry.title, COLUMNS[signal][0], name, shown, status, str(ask)


def _duties(grid: Grid) -> str:
    if not grid.duties:
        return ""
    named = "; ".join(
        f"{entry.title} ({STATUS_WORDS[entry.status].lower()})" for entry in grid.duties
    )
    return f"{DUTIES}: {named}."


def _height(grid: Grid, assurance: Assurance | None, wide: float) -> float:
    most = max(
        _lines_of(grid.cells.get((signal, assurance), ()), wide)
        + bool(_ask(grid, signal, assurance))
        for signal in grid.columns
    )
    return LINE * max(most, LEAST_LINES) + 2 * PADDING + GAP


def _lines_of(entries: Sequence[Entry], wide: float) -> int:
    return sum(len(_title(entry, wide)) for entry in entries)


def _title(entry: Entry, wide: float) -> list[str]:
    return list(wrapped(entry.title, wide - GAP - 2 * PADDING - VALUE)) or [""]


def _ask(grid: Grid, signal: Signal, assurance: Assurance | None) -> Ask:
    held = grid.cells.get((signal, assurance))
    return ask_of(signal, assurance) if held else Ask.NOTHING


def _heads(grid: Grid, wide: float) -> Iterator[Text]:
    for column, signal in enumerate(grid.columns):
        name, what = COLUMNS[signal]
        left, ink = column * wide + PADDING, SIGNAL_INKS.get(signal, "ink2")
        yield Text(left, 12, SIGNAL_GLYPHS[signal], ink, is_bold=True)
        yield Text(left, 12, name, "ink", dx=16, is_bold=True)
        yield Text(left, 12 + LINE, what, "ink2", dx=16)


def _cell(
    grid: Grid,
    place: tuple[Signal, Assurance | None],
    ends: tuple[float, float, float, float],
) -> tuple[Box, list[Text]]:
    left, right, top, bottom = ends
    entries, ask = grid.cells.get(place, ()), _ask(grid, *place)
    tint, edge, width = LOOKS[ask]
    if entries and place[1] is Assurance.PASS and ask is Ask.NOTHING:
        tint = "good_tint"
    words = "; ".join(f"{entry.title} {entry.shown}".strip() for entry in entries)
    flag = ask or ("held" if entries else "none")
    box = Box(left, right, top, bottom, tint, edge, str(flag), words, float(width))
    texts, y = [], top + PADDING + LINE / 2
    if not entries:
        texts.append(Text(left + PADDING, y, "none", "ink2"))
    for entry in entries:
        end = right - PADDING
        texts.append(Text(end, y, entry.shown, "ink", "end", is_bold=True))
        for line in _title(entry, right - left + GAP):
            texts.append(Text(left + PADDING, y, line, "ink"))
            y += LINE
    if ask:
        y = bottom - PADDING - LINE / 2
        texts.append(Text(right - PADDING, y, ask, edge, "end", is_bold=True))
    return box, texts
