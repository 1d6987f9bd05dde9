"""Which colours and type are charts drawn in, light and dark?"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

Theme = Literal["light", "dark"]

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "tokens.json"
# Quoted: "Source Sans 3" unquoted is no CSS name, and falls back to serif in silence.
FONT: Final = "'Source Sans','Source Sans 3','Source Sans Pro',Arial,sans-serif"


@cache
def tokens(theme: Theme) -> Mapping[str, str]:
    """Each token's colour as #RRGGBB."""
    themes: dict[str, dict[str, str]] = json.loads(FILE.read_text("utf-8"))
    return themes[theme]


def css_variables() -> str:
    """The tokens as CSS: `:root{--ig-good:light-dark(#1D70B8,#5694CA);…}`.

    Each element takes the one of its own colour scheme, so that a page follows the
    reader's system from day to night without being drawn again.
    """
    dark = tokens("dark")
    said = (
        f"--ig-{_hyphened(token)}:light-dark({hex_},{dark[token]})"
        for token, hex_ in tokens("light").items()
    )
    return f":root{{{';'.join(said)}}}"


def css_paint(token: str) -> str:
    """A token as CSS names it: a drawing in the page then follows light and dark."""
    return f"var(--ig-{_hyphened(token)})"


def _hyphened(token: str) -> str:
    return token.replace("_", "-")
