"""One picture of every kind in both themes, drawn by Typst from the paper's own SVG.

    PYTHONPATH=. .venv/bin/python -m tests.charts.golden_pictures

writes them all anew into tests/charts/golden: look at each before it is kept. Only the
fonts that Typst brings with it are used, so that any machine draws the same picture.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import typst
from PIL import Image

from oversight.charts.chart import ChartKind
from oversight.charts.paper import to_svg
from oversight.charts.tokens import Theme
from tests.charts.kinds import GOLDEN

FOLDER = Path(__file__).with_name("golden")
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTH = 720  # px of the drawing, and of the picture
COLOURS = 64
PAGE = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def names() -> Iterator[tuple[ChartKind, Theme]]:
    """Every kind there is, in both themes."""
    for kind in ChartKind:
        for theme in THEMES:
            yield kind, theme


def path_of(kind: ChartKind, theme: Theme) -> Path:
    return FOLDER / f"{kind}-{theme}.png"


def drawn(kind: ChartKind, theme: Theme) -> Image.Image:
    """The picture as it is drawn now."""
    svg = to_svg(GOLDEN[kind], theme, width=WIDTH, height=360)
    png = typst.compile(
        PAGE.encode(),
        format="png",
        ppi=72,
        sys_inputs={"svg": svg},
        ignore_system_fonts=True,
    )
    return Image.open(io.BytesIO(png)).convert("RGB")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for kind, theme in names():
        picture = drawn(kind, theme).quantize(COLOURS)
        picture.save(path_of(kind, theme), optimize=True)
    kept = list(FOLDER.glob("*.png"))
    print(f"{len(kept)} pictures, {sum(p.stat().st_size for p in kept):,} bytes.")


if __name__ == "__main__":
    sys.exit(main())
