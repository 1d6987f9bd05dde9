"""Are we in control, and what must be decided? One screen."""

from collections.abc import Sequence

from oversight import verdicts
from oversight.charts.spec import spec_of
from oversight.charts.sparkline import sparkline
from oversight.judgement import Judged
from oversight.reader import Age, Board, Reader
from oversight.sources import all_sources
from oversight.words import ROLL_UP_ORDER, STRAND_WORDS, Role, Status, Strand
from pages.parts import look
from pages.parts.figures import figure, target_words

TITLE = "Overview"
SECTION = "overview"
ORDER = 1
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

SHOWN = 6
SOURCE_WORDS = {Status.MET: "current", Status.NOT_KNOWN: "behind"}
ASK = {Status.NOT_MET: "Decide", Status.AT_RISK: "Watch", Status.NOT_KNOWN: "Chase"}


def render(reader: Reader) -> None:
    """The first sentence, the four strands, the worst measures, the sources behind them."""
    board = reader.board()
    look.answer(verdicts.first_sentence([judged.verdict for judged in board.judged]))
    cards = "".join(_strand(board, strand) for strand in Strand)
    look.html(f'<div class="ig-cards">{cards}</div>')
    look.html(f'<div class="ig-two">{_worst(board, reader)}{_sources(reader)}</div>')


def _strand(board: Board, strand: Strand) -> str:
    judged = [j for j in board.judged if j.measure.strand is strand]
    roll = verdicts.roll_up(j.verdict.status for j in judged)
    worst = _worst_first(judged)
    words = worst[0].verdict.sentence if worst else "No measure reads this strand yet."
    return (
        f'<section class="ig-card ig-strand ig-{roll.status.replace("_", "-")}">'
        f"<header><h2>{STRAND_WORDS[strand]}</h2>{look.status(roll.status)}</header>"
        f'<p class="ig-clip">{look.text(words)}</p>'
        f'<p class="ig-small">{look.text(verdicts.counts_in_words(roll))}</p></section>'
    )


def _worst(board: Board, reader: Reader) -> str:
    pressing = [j for j in _worst_first(board.judged) if j.verdict.status in ASK]
    if not pressing:
        return look.card("<h2>No exceptions</h2><p>Every measure judged is met.</p>")
    rows = [_row(judged, board, reader) for judged in pressing[:SHOWN]]
    heads = ["Status", "Measure", "Latest", "Target", "24 months", "So what", "Ask"]
    more = len(pressing) - SHOWN
    rest = look.link("measure", f"Show {more} more", reader) if more > 0 else ""
    number = verdicts.number(min(SHOWN, len(pressing)), start=True)
    noun = "measure" if len(pressing) == 1 else "measures"
    return look.card(
        f'<div class="ig-source"><h2>{number} {noun} to look at, worst first</h2>{rest}</div>'
        f'<div class="ig-scroll">{look.table(heads, rows, numeric=(2, 3))}</div>'
    )


def _row(judged: Judged, board: Board, reader: Reader) -> list[str]:
    status = judged.verdict.status
    ask = f'<span class="ig-ask ig-{status.replace("_", "-")}">{ASK[status]}</span>'
    measure = look.link("measure", judged.measure.title, reader, measure=judged.measure.id)
    return [
        look.status(status),
        f"{measure}<small>{look.text(judged.measure.owner)}</small>",
        f"<strong>{look.text(figure(judged))}</strong>",
        look.text(target_words(judged)),
        sparkline(spec_of(judged, board.names)),
        f'<span class="ig-clip">{look.text(_so_what(judged))}</span>',
        ask,
    ]


def _so_what(judged: Judged) -> str:
    """What the verdict adds to the figure: the reason, without the title and the count."""
    _, _, words = judged.verdict.sentence.partition(": ")
    return words[0].upper() + words[1:]


def _sources(reader: Reader) -> str:
    lines = "".join(_source(age) for age in reader.ages())
    return look.card(f"<h2>What the figures rest on</h2>{lines}")


def _source(age: Age) -> str:
    status = Status.NOT_KNOWN if age.doubts else Status.MET
    words = " ".join(verdicts.doubt_in_words(doubt) for doubt in age.doubts)
    title = all_sources()[age.kind].title
    return (
        f'<div class="ig-source"><div><strong>{look.text(title)}</strong>'
        f'<div class="ig-small">{look.text(words or "to " + look.day(age.data_to))}</div>'
        f"</div>{look.shape(status, SOURCE_WORDS[status])}</div>"
    )


def _worst_first(judged: Sequence[Judged]) -> list[Judged]:
    """Legal duties before the rest within a status; then the order of the catalogue."""
    ranks = (*ROLL_UP_ORDER, Status.NOTHING_DUE, Status.FOR_INFORMATION)
    return sorted(
        judged, key=lambda j: (ranks.index(j.verdict.status), not j.measure.duty)
    )
