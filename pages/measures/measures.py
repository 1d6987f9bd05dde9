"""Which promises are kept and which are not, strand by strand, worst first?"""

from oversight.charts.grid import grid_of, icon_grid
from oversight.reader import Board, Reader
from oversight.verdicts.sentences import first_sentence
from oversight.verdicts.status import counts_in_words, roll_up
from oversight.words import STRAND_WORDS, Role, Strand
from pages.parts import export, look
from pages.parts.figures import (
    MEASURE_HEADS,
    NUMERIC,
    measure_cells,
    strand_place,
    worst_first,
)
from pages.parts.missing import nothing_is_known

TITLE = "Measures"
SECTION = "measures"
ORDER = 2
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)


def render(reader: Reader) -> None:
    """Every measure on the day, in a table a strand."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    look.answer(first_sentence([judged.verdict for judged in board.judged]))
    for strand in Strand:
        look.html(look.card(_strand(board, strand)))
    rows = [measure_cells(one, board) for one in worst_first(board.judged)]
    export.offer_shown(reader, "Every measure", MEASURE_HEADS, rows, "measures")
    look.html(look.card(_grid(board), "ig-only-wide"))


def _grid(board: Board) -> str:
    """Which measures need discussing: by what changes, and what can be relied on."""
    headline = grid_of(board.judged).headline
    table = icon_grid(board.judged, lambda id_: look.address("measure", id=id_))
    return (
        f"<h2>{look.text(headline)}</h2>"
        '<p class="ig-small">Each measure stands where its signal (across) and its '
        "reliability against target (down) meet. Legal duties are judged by each case "
        "and stand apart.</p>"
        f'<div class="ig-wide" tabindex="0" role="region" aria-label="Icon grid">'
        f"{table}</div>"
    )


def _strand(board: Board, strand: Strand) -> str:
    judged = worst_first([j for j in board.judged if j.measure.strand is strand])
    counts = counts_in_words(roll_up(j.verdict.status for j in judged))
    rows = [measure_cells(one, board) for one in judged]
    title = f'<h2 id="{strand_place(strand)}">{STRAND_WORDS[strand]}</h2>'
    counted = f'<p class="ig-small">{look.text(counts)}</p>'
    return (
        f'<div class="ig-ends">{title}{counted}</div>'
        f"{look.table(MEASURE_HEADS, rows, NUMERIC, 'ig-measures ig-stack')}"
    )
