"""Are we in control, and what must be decided? One screen."""

from oversight import verdicts
from oversight.judgement import Judged, kinds_of
from oversight.reader import Age, Board, Reader
from oversight.sources import all_sources
from oversight.words import STRAND_WORDS, Role, Status, Strand
from pages.parts import look
from pages.parts.figures import MEASURE_HEADS, NUMERIC, measure_cells, worst_first

TITLE = "Overview"
SECTION = "overview"
ORDER = 1
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

SHOWN = 5  # what fits one screen of a laptop
SOURCE_WORDS = {Status.MET: "current", Status.NOT_KNOWN: "behind"}
ASK = {Status.NOT_MET: "Decide", Status.AT_RISK: "Watch", Status.NOT_KNOWN: "Chase"}


def render(reader: Reader) -> None:
    """The first sentence, the four strands, the worst measures, the sources."""
    board = reader.board()
    look.answer(verdicts.first_sentence([judged.verdict for judged in board.judged]))
    cards = "".join(_strand(board, strand) for strand in Strand)
    look.html(f'<div class="ig-cards">{cards}</div>')
    look.html(f'<div class="ig-two">{_worst(board, reader)}{_sources(board, reader)}</div>')


def _strand(board: Board, strand: Strand) -> str:
    judged = [j for j in board.judged if j.measure.strand is strand]
    roll = verdicts.roll_up(j.verdict.status for j in judged)
    worst = worst_first(judged)
    words = (
        verdicts.brief_of(worst[0].verdict)
        if worst
        else "No measure reads this strand."
    )
    return (
        f'<section class="ig-card ig-strand ig-{roll.status.replace("_", "-")}">'
        f"<header><h2>{STRAND_WORDS[strand]}</h2>{look.status(roll.status)}</header>"
        f'<p class="ig-clip">{look.text(words)}</p>'
        f'<p class="ig-small">{look.text(verdicts.counts_in_words(roll))}</p></section>'
    )


def _worst(board: Board, reader: Reader) -> str:
    pressing = [j for j in worst_first(board.judged) if j.verdict.status in ASK]
    if not pressing:
        return look.card("<h2>No exceptions</h2><p>Every measure judged is met.</p>")
    rows = [_row(judged, board, reader) for judged in pressing[:SHOWN]]
    more = len(pressing) - SHOWN
    rest = look.link("measures", f"Show {more} more") if more > 0 else ""
    number = verdicts.number(min(SHOWN, len(pressing)), start=True)
    noun = "measure" if len(pressing) == 1 else "measures"
    title = f"<h2>{number} {noun} to look at, worst first</h2>"
    body = look.table([*MEASURE_HEADS, "Ask"], rows, NUMERIC)
    return look.card(
        f'<div class="ig-source">{title}{rest}</div><div class="ig-scroll">{body}</div>'
    )


def _row(judged: Judged, board: Board, reader: Reader) -> list[str]:
    status = judged.verdict.status
    ask = f'<span class="ig-ask ig-{status.replace("_", "-")}">{ASK[status]}</span>'
    return [*measure_cells(judged, board, reader), ask]


def _sources(board: Board, reader: Reader) -> str:
    kinds = sorted({kind for j in board.judged for kind in kinds_of(j.measure)})
    lines = "".join(_source(age) for age in reader.ages(kinds))
    return look.card(f"<h2>What the figures rest on</h2>{lines}")


def _source(age: Age) -> str:
    status = Status.NOT_KNOWN if age.doubts else Status.MET
    words = " ".join(verdicts.doubt_in_words(doubt) for doubt in age.doubts)
    title = all_sources()[age.kind].title
    speaks = words or f"to {look.day(age.data_to)}"
    return (
        f'<div class="ig-source"><div><strong>{look.text(title)}</strong>'
        f'<div class="ig-small">{look.text(speaks)}</div>'
        f"</div>{look.shape(status, SOURCE_WORDS[status])}</div>"
    )
