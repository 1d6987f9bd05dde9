"""Which measures need a decision, by what is changing and what can be relied on?

Across, the signal; down, whether the target will be met. Legal duties stand apart: one
miss is a breach, and neither question is asked of them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Final

from oversight.charts import figures
from oversight.charts.marks import assurance_shape, signal_shape, status_shape
from oversight.charts.sentences import is_duty
from oversight.charts.tokens import css_paint
from oversight.readings import MonthPoint
from oversight.verdicts.judgement import Judged
from oversight.words import Assurance, Signal, Status


class Ask(StrEnum):
    """What a cell asks of the board."""

    DECIDE = "decide"
    WATCH = "watch"
    NOTHING = ""


COLUMNS: Final = {
    Signal.IMPROVEMENT: ("Improving", "better than chance"),
    Signal.NORMAL: ("Normal variation", "no real change"),
    Signal.CONCERN: ("Concern", "worse than chance"),
    Signal.NEUTRAL: ("Changing", "neither better nor worse"),
    Signal.TOO_FEW: ("Too few months", "fewer than 12"),
}
ROWS: Final[dict[Assurance | None, tuple[str, str]]] = {
    Assurance.PASS: ("Will meet target", "limits lie on the right side"),
    Assurance.HIT_OR_MISS: ("Hit or miss", "may or may not meet it"),
    Assurance.FAIL: ("Will miss target", "limits lie on the wrong side"),
    None: ("No target", "or too few months to say"),
}
LOOKS: Final = {
    Ask.DECIDE: ("bad_tint", "bad", 2),
    Ask.WATCH: ("watch_tint", "watch", 1),
    Ask.NOTHING: ("card", "border", 1),
}
HEAD: Final = "text-align:left;font-weight:600;border:0"


@dataclass(frozen=True)
class Entry:
    """One measure in the grid, with its value on the day judged."""

    measure: str
    title: str
    shown: str
    status: Status


Cells = dict[tuple[Signal, Assurance | None], tuple[Entry, ...]]
Address = Callable[[str], str]  # a measure's id -> its link


@dataclass(frozen=True)
class Grid:
    """The headline, the cells that hold anything, and the duties that stand apart."""

    headline: str
    columns: tuple[Signal, ...]
    cells: Cells
    duties: tuple[Entry, ...]


def grid_of(judged: Sequence[Judged]) -> Grid:
    """Every measure in its place, in the order given."""
    cells: Cells = {}
    duties: list[Entry] = []
    for one in judged:
        entry = _entry(one)
        if is_duty(one):
            duties.append(entry)
            continue
        place = one.verdict.evidence.signal, one.assurance
        cells[place] = (*cells.get(place, ()), entry)
    held = {signal for signal, _ in cells}
    columns = tuple(s for s in COLUMNS if s is not Signal.NEUTRAL or s in held)
    return Grid(_headline(cells), columns, cells, tuple(duties))


def ask_of(signal: Signal, assurance: Assurance | None) -> Ask:
    """A target out of reach asks for a decision, unless things are on their way up."""
    if assurance is Assurance.FAIL:
        return Ask.WATCH if signal is Signal.IMPROVEMENT else Ask.DECIDE
    return Ask.WATCH if signal is Signal.CONCERN else Ask.NOTHING


def icon_grid(judged: Sequence[Judged], address: Address | None = None) -> str:
    """The grid as one HTML table; `address` gives the link of a measure's id."""
    grid = grid_of(judged)
    heads = "".join(map(_head, grid.columns))
    rows = "".join(_row(grid, assurance, address) for assurance in ROWS)
    looks = "border-collapse:separate;border-spacing:6px;width:100%;table-layout:fixed"
    return (
        f'<table style="{looks}"><thead><tr>'
        f'<td style="width:12em;border:0"></td>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _entry(judged: Judged) -> Entry:
    """The value that was judged, so that figure and status speak of the same cases."""
    verdict, measure = judged.verdict, judged.measure
    known = verdict.evidence
    whole = MonthPoint(known.as_of, known.met, known.total, verdict.value, False)
    is_known = verdict.status is not Status.NOT_KNOWN
    shown = figures.value_in_figures(measure, whole, verdict.target)
    shown = shown if is_known else "?"
    return Entry(measure.id, measure.title, shown, verdict.status)


def _headline(cells: Cells) -> str:
    asked: Counter[Ask] = Counter()
    for place, entries in cells.items():
        asked[ask_of(*place)] += len(entries)
    if not asked.total():
        return "No measure to place yet"
    decide, watch, rest = (asked[ask] for ask in Ask)
    return (
        f"{_need(decide, f' of {asked.total()} measures').capitalize()} a decision, "
        f"{_need(watch)} watching, {_need(rest)} no discussion"
    )


def _need(count: int, of: str = "") -> str:
    return f"{count or 'none'}{of} need{'s' if count < 2 else ''}"


def _head(signal: Signal) -> str:
    name, what = COLUMNS[signal]
    return (
        f'<th scope="col" style="{HEAD}">'
        f"{signal_shape(signal)} {name}{_small(what)}</th>"
    )


def _row(grid: Grid, assurance: Assurance | None, address: Address | None) -> str:
    name, what = ROWS[assurance]
    head = (
        f'<th scope="row" style="{HEAD};vertical-align:top">'
        f"{assurance_shape(assurance)} {name}{_small(what)}</th>"
    )
    return f"<tr>{head}{''.join(_cells(grid, assurance, address))}</tr>"


def _cells(
    grid: Grid, assurance: Assurance | None, address: Address | None
) -> Iterator[str]:
    for signal in grid.columns:
        entries = grid.cells.get((signal, assurance), ())
        ask = ask_of(signal, assurance) if entries else Ask.NOTHING
        tint, edge, width = LOOKS[ask]
        if entries and assurance is Assurance.PASS and ask is Ask.NOTHING:
            tint = "good_tint"
        held = "".join(_line(entry, address) for entry in entries) or _small("none")
        word = f'<div style="text-align:right;color:{css_paint(edge)}">{ask}</div>'
        yield (
            f'<td style="vertical-align:top;padding:8px 10px;border-radius:4px;'
            f"background:{css_paint(tint)};border:{width}px solid {css_paint(edge)}"
            f'">{held}{word if ask else ""}</td>'
        )


def _line(entry: Entry, address: Address | None) -> str:
    title = escape(entry.title)
    if address is not None:
        href = escape(address(entry.measure))
        title = f'<a href="{href}" target="_self">{title}</a>'
    return (
        f'<div style="display:flex;gap:8px;align-items:baseline">'
        f"{status_shape(entry.status, 14, alone=True)}"
        f'<span style="flex:1">{title}</span>'
        f"<strong>{escape(entry.shown)}</strong></div>"
    )


def _small(words: str) -> str:
    return (
        f'<div style="font-weight:400;font-size:13.5px;color:{css_paint("ink2")}">'
        f"{words}</div>"
    )
