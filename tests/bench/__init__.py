"""What is measured, as ratios in one run: `make bench`, into docs/reference/figures.

Each module here that has a TITLE and `bench(size)`, which yields lines, is found by
listing. size: 1 is the whole; less is a shorter one, and the page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was measured, of how much, what came of it, and is that as wanted?"""

    what: str
    of: str
    found: str
    is_met: bool


def table(lines: Sequence[Line]) -> str:
    """Lines as a table of a page."""
    head = "| what | of how much | ratio or figure | as wanted |\n|---|---|---|---|"
    rows = (
        f"| {line.what} | {line.of} | {line.found} |"
        f" {'yes' if line.is_met else '**no**'} |"
        for line in lines
    )
    return "\n".join([head, *rows])
