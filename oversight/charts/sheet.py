"""What stands round any picture on paper: its words, its name, its background?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from oversight.charts.chart import Mark
from oversight.charts.frame import text_width, wrapped
from oversight.charts.marks import Paint, point_shape
from oversight.charts.svg import text
from oversight.charts.tokens import FONT

LINE: Final = 22  # px a line of the headline, 18 px bold
SMALL: Final = 17  # px a line of what is smaller


@dataclass(frozen=True)
class Sheet:
    """The lines above and below a picture, and how much room they take."""

    width: int
    heads: tuple[str, ...]
    subs: tuple[str, ...]
    feet: tuple[str, ...]

    @property
    def top(self) -> float:
        """Px above the key."""
        return 12 + LINE * len(self.heads) + SMALL * len(self.subs)

    @property
    def foot(self) -> float:
        """Px that the source line takes."""
        return SMALL * len(self.feet)

    def words(self, height: float, paint: Paint) -> Iterator[str]:
        """Headline, subtitle and source line of a sheet so high."""
        subs_top, feet_top = 12 + LINE * len(self.heads), height - self.foot - 4
        yield from _block(self.heads, 12, LINE, 18, paint("ink"), bold=True)
        yield from _block(self.subs, subs_top, SMALL, 13.5, paint("ink2"))
        yield from _block(self.feet, feet_top, SMALL, 12.5, paint("ink2"))


def sheet_of(headline: str, subtitle: str, source: str, width: int) -> Sheet:
    """The words wrapped to a width."""
    return Sheet(
        width,
        tuple(wrapped(headline, width - 20, 18.6)),  # bold is wider
        tuple(wrapped(subtitle, width - 20, 13.5)),
        tuple(wrapped(source, width - 20)),
    )


def svg_of(
    parts: Iterable[str],
    size: tuple[int, int],
    name: tuple[str, str],
    paint: Paint,
) -> str:
    """The parts as one SVG of a size, named by its headline and alternative text."""
    (width, height), (headline, alternative) = size, name
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONT}" '
        f'font-size="12.5" aria-label="{escape(headline)}">'
        f"<title>{escape(headline)}</title>"
        f"<desc>{escape(alternative)}</desc>"
        f'<rect width="{width}" height="{height}" fill="{paint("card")}"/>'
        f"{''.join(parts)}</svg>"
    )


def key(entries: Sequence[tuple[Mark, str]], y: float, paint: Paint) -> Iterator[str]:
    """Each shape drawn, with its word."""
    x = 16.0
    for mark, word in entries:
        yield point_shape(mark, x, y, 4.4, paint)
        yield text(word, x + 10, y + 4.3, paint("ink2"))
        x += 30 + text_width(word)


def _block(
    lines: Sequence[str],
    top: float,
    high: float,
    size: float,
    colour: str,
    bold: bool = False,
) -> Iterator[str]:
    for row, line in enumerate(lines):
        yield text(line, 10, top + high * row + size, colour, size=size, bold=bold)
