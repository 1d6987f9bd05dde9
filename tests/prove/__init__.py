"""Long proofs, whose figures land in docs/reference/proofs: `make prove`.

Each module here that has a TITLE and `prove(size, only)`, which yields lines, is found
by listing. only: words in the name of what is to be done. size: 1 is the whole proof.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was done, how often, what came of it, and whether that is as it must be."""

    what: str
    times: int
    found: str
    is_right: bool


HEAD = (
    "| what | times | what came of it | as it must be | when |\n|---|--:|---|---|---|"
)


def row(line: Line, when: str) -> str:
    """A line as a row of its page's table."""
    right = "yes" if line.is_right else "**no**"
    return f"| {line.what} | {line.times:,} | {line.found} | {right} | {when} |"
