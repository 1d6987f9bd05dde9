"""Long proofs, whose figures land in docs/reference/proofs: `make prove`.

Each module here that has a TITLE and `prove(size)`, which yields lines, is found by
listing. size: 1 is the whole proof; less is a shorter one, and the page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was done, how often, what came of it, and whether that is as it must be."""

    what: str
    times: int
    found: str
    is_right: bool


def table(lines: Sequence[Line]) -> str:
    """Lines as a table of a page."""
    head = "| what | times | what came of it | as it must be |\n|---|--:|---|---|"
    rows = (
        f"| {line.what} | {line.times:,} | {line.found} |"
        f" {'yes' if line.is_right else '**no**'} |"
        for line in lines
    )
    return "\n".join([head, *rows])
