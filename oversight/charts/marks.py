"""How do a status, a signal and a point look, as small inline SVG?

In the page they are painted with CSS variables and so follow light and dark; on paper
with the colours themselves. Never colour alone: each has a shape of its own.
"""

from collections.abc import Callable
from html import escape
from typing import Final

from oversight.charts.chart import HOLLOW, Mark
from oversight.charts.tokens import css_paint
from oversight.words import SIGNAL_WORDS, STATUS_WORDS, Assurance, Signal, Status

Paint = Callable[[str], str]  # a token -> a colour

ASSURANCE_WORDS: Final = {
    Assurance.PASS: "Will meet target",
    Assurance.HIT_OR_MISS: "Hit or miss",
    Assurance.FAIL: "Will miss target",
    None: "No target, or too few months",
}
MARK_PAINT: Final = {
    Mark.DOUBTFUL: "line",
    Mark.PART: "mean",
    Mark.RUNNING: "mean",
    Mark.MISSED: "bad",
    Mark.KEPT: "good",
    Mark.IMPROVEMENT: "signal_good",
    Mark.CONCERN: "signal_bad",
    Mark.NEUTRAL: "signal_neutral",
    Mark.NORMAL: "common",
    Mark.MONTH: "common",
}
LABEL_PAINT: Final = {"target": "target", "average": "mean"}  # the rest: ink2
SIGNAL_MARK: Final = {
    Signal.IMPROVEMENT: Mark.IMPROVEMENT,
    Signal.CONCERN: Mark.CONCERN,
    Signal.NEUTRAL: Mark.NEUTRAL,
    Signal.NORMAL: Mark.NORMAL,
    Signal.TOO_FEW: Mark.DOUBTFUL,
}
TICK: Final = "M5.6 10.4l3 3 5.8-6.4"
CROSS: Final = "M6.4 6.4l7.2 7.2M13.6 6.4l-7.2 7.2"
QUESTION: Final = "M7.5 8.1a2.5 2.5 0 1 1 3.8 2.1q-1.3.8-1.3 1.9M10 14.2v.3"


def status_shape(status: Status, size: float = 18, alone: bool = False) -> str:
    """Circle and tick, triangle, square and cross …; `alone` gives it its name."""
    fill, on = css_paint, css_paint("on_fill")
    drawn = {
        Status.MET: _dot(9, fill("good")) + _stroke(TICK, on, 2.2),
        Status.AT_RISK: f'<path d="M10 1.6L19.2 18H.8z" fill="{fill("watch")}" '
        f'stroke="{fill("watch")}" stroke-width="1.2" stroke-linejoin="round"/>'
        + _stroke("M10 7.4v4.8M10 15v.2", on, 2.2),
        Status.NOT_MET: '<rect x="1.2" y="1.2" width="17.6" height="17.6" rx="2.4" '
        f'fill="{fill("bad")}"/>' + _stroke(CROSS, on, 2.2),
        Status.NOT_KNOWN: f'<circle cx="10" cy="10" r="8.4" fill="none" '
        f'stroke="{fill("unknown")}" stroke-width="1.7" stroke-dasharray="3.3 1.98"/>'
        + _stroke(QUESTION, fill("unknown"), 1.8),
        Status.NOTHING_DUE: '<circle cx="10" cy="10" r="7.6" fill="none" '
        f'stroke="{fill("border_strong")}" stroke-width="1.8"/>',
        Status.FOR_INFORMATION: _dot(4, fill("common")),
    }
    return _svg(drawn[status], size, STATUS_WORDS[status] if alone else "")


def signal_shape(signal: Signal, size: float = 14, alone: bool = False) -> str:
    """The shape its points have on a chart; hollow for too few, else a dash."""
    if signal in SIGNAL_MARK:
        drawn = point_shape(SIGNAL_MARK[signal], 10, 10, 7, css_paint)
    else:
        drawn = _stroke("M4 10h12", css_paint("common"), 2.4)
    return _svg(drawn, size, SIGNAL_WORDS[signal] if alone else "")


def assurance_shape(
    assurance: Assurance | None, size: float = 14, alone: bool = False
) -> str:
    """Tick, cross or waves; a dash where nothing can be said."""
    path, token = {
        Assurance.PASS: ("M3.5 11l4.3 4.5L16.5 4.8", "good"),
        Assurance.FAIL: ("M4 4l12 12M16 4L4 16", "bad"),
        Assurance.HIT_OR_MISS: (
            "M3 8q3.5-4 7 0t7 0M3 14q3.5-4 7 0t7 0",
            "watch",
        ),
        None: ("M4 10h12", "common"),
    }[assurance]
    drawn = _stroke(path, css_paint(token), 2.6)
    return _svg(drawn, size, ASSURANCE_WORDS[assurance] if alone else "")


def quality_mark(
    timely: bool, complete: bool, valid: bool, checked: bool, size: float = 10
) -> str:
    """Four squares, filled where the data are; the words are in its title."""
    held = {"timely": timely, "complete": complete, "valid": valid, "checked": checked}
    ink = css_paint("ink2")
    drawn = "".join(
        f'<rect x="{24 * place + 2}" y="2" width="16" height="16" rx="2" '
        f'fill="{ink if holds else "none"}" stroke="{ink}" stroke-width="2"/>'
        for place, holds in enumerate(held.values())
    )
    not_held = [word for word, holds in held.items() if not holds]
    words = f"Data quality {4 - len(not_held)} of 4"
    words += f": not {', not '.join(not_held)}" if not_held else ""
    return _svg(drawn, size, words, across=92)


def point_shape(mark: Mark, x: float, y: float, r: float, paint: Paint) -> str:
    """One month's shape round a place; a filled one has a rim of the card's colour."""
    colour, rim = paint(MARK_PAINT[mark]), paint("card")
    filled = f'fill="{colour}" stroke="{rim}" stroke-width="{_n(r / 4)}"'
    hollow = f'fill="{rim}" stroke="{colour}" stroke-width="{_n(r / 2.6)}"'
    diamond = f"M{_n(x)} {_n(y - r * 1.25)}l{_n(r * 1.25)} {_n(r * 1.25)}"
    diamond += f" {_n(-r * 1.25)} {_n(r * 1.25)} {_n(-r * 1.25)} {_n(-r * 1.25)}z"
    if mark is Mark.IMPROVEMENT:
        return f'<path d="{diamond}" {filled}/>'
    if mark is Mark.NEUTRAL:
        return f'<path d="{diamond}" {hollow}/>'
    if mark is Mark.CONCERN:
        up = f"M{_n(x)} {_n(y - r * 1.25)}l{_n(r * 1.25)} {_n(r * 2.2)}h{_n(-r * 2.5)}z"
        return f'<path d="{up}" {filled}/>'
    if mark is Mark.MISSED:
        corner = f'x="{_n(x - r * 0.9)}" y="{_n(y - r * 0.9)}"'
        side = f'width="{_n(r * 1.8)}" height="{_n(r * 1.8)}"'
        return f"<rect {corner} {side} {filled}/>"
    style = hollow if mark in HOLLOW else filled
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" {style}/>'


def _svg(body: str, size: float, words: str, across: float = 20) -> str:
    """Named when it stands alone; hidden from screen readers beside its word."""
    named = (
        f'role="img" aria-label="{escape(words)}"' if words else 'aria-hidden="true"'
    )
    title = f"<title>{escape(words)}</title>" if words else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(size * across / 20)}" '
        f'height="{_n(size)}" viewBox="0 0 {_n(across)} 20" {named} '
        f'style="vertical-align:-.2em;flex:none">{title}{body}</svg>'
    )


def _dot(radius: float, colour: str) -> str:
    return f'<circle cx="10" cy="10" r="{radius}" fill="{colour}"/>'


def _stroke(path: str, colour: str, width: float) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _n(number: float) -> str:
    """A coordinate, short: two places and no trailing zeros."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
