"""The few elements of SVG that charts on paper are made of, each as a string."""

from collections.abc import Iterable
from html import escape


def level(
    name: str, ends: tuple[float, float], y: float, colour: str, width: float, dash: str
) -> str:
    """A level line that says which of the chart's lines it is."""
    left, right = ends
    return (
        f'<path data-line="{name}" d="M{left:.1f} {y:.2f}H{right:.1f}" '
        f'stroke="{colour}" stroke-width="{width:g}"{_dash(dash)}/>'
    )


def upright(
    x: float, ends: tuple[float, float], colour: str, width: float, dash: str = ""
) -> str:
    """An upright line."""
    top, bottom = ends
    return (
        f'<path d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="{colour}" '
        f'stroke-width="{width:g}"{_dash(dash)}/>'
    )


def joined(
    corners: Iterable[tuple[float, float]], colour: str, width: float, dash: str = ""
) -> str:
    """A line through corners."""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" '
        f'stroke-width="{width:g}" stroke-linejoin="round"{_dash(dash)}/>'
    )


def rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{max(height, 0):.1f}" fill="{colour}"/>'
    )


def text(
    words: str,
    x: float,
    y: float,
    colour: str,
    size: float = 12.5,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """A line of text on its baseline; nothing for no words."""
    if not words:
        return ""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size:g}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def _dash(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""
