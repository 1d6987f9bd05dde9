"""The measures that speak of one subject, worst first, as a table of the page."""

from collections.abc import Collection

from oversight.reader import Board
from oversight.verdicts.judgement import Judged, kinds_of
from pages.parts import look
from pages.parts.figures import MEASURE_HEADS, NUMERIC, measure_cells, worst_first


def reading(board: Board, kinds: Collection[str]) -> list[Judged]:
    """The measures that rest on any of these kinds of record, worst first."""
    wanted = set(kinds)
    return worst_first([j for j in board.judged if wanted & set(kinds_of(j.measure))])


def promised(board: Board, kinds: Collection[str], title: str) -> None:
    """What the policy promises of a subject, and how each promise stands."""
    rows = [measure_cells(one, board) for one in reading(board, kinds)]
    if rows:
        body = look.table(MEASURE_HEADS, rows, NUMERIC, "ig-measures ig-stack")
        look.html(look.card(f"<h2>{look.text(title)}</h2>{body}"))
