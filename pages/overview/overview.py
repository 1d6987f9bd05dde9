"""Are we in control, and what must be decided? One screen."""

from collections.abc import Sequence
from dataclasses import replace

from oversight import asked
from oversight.asked import Clocks
from oversight.reader import Age, Board, Reader
from oversight.running import Ticking
from oversight.sources import all_sources
from oversight.verdicts import changes, sentences, status
from oversight.verdicts.judgement import Judged, kinds_of
from oversight.words import STRAND_WORDS, Role, Status, Strand
from pages.parts import look
from pages.parts.figures import (
    MEASURE_HEADS,
    NUMERIC,
    measure_cells,
    strand_place,
    worst_first,
)
from pages.parts.missing import nothing_is_known

TITLE = "Overview"
SECTION = "overview"
ORDER = 1
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

SHOWN = 5  # what fits one screen of a laptop
SOURCES_SHOWN = 4
CLOCKS_SHOWN = 4
ASK = {Status.NOT_MET: "Decide", Status.AT_RISK: "Watch", Status.NOT_KNOWN: "Chase"}


def render(reader: Reader) -> None:
    """The first sentence, the four strands, the worst measures, the sources."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    look.answer(sentences.first_sentence([judged.verdict for judged in board.judged]))
    _compared(board, reader)
    cards = "".join(_strand(board, strand) for strand in Strand)
    look.html(f'<div class="ig-cards">{cards}</div>')
    side = _clocks(asked.clocks(reader), board) + _sources(board, reader)
    look.html(f'<div class="ig-two">{_worst(board)}<div>{side}</div></div>')


def _compared(board: Board, reader: Reader) -> None:
    """What got better and worse since the day that was chosen, each by its link."""
    if reader.compared_on is None:
        return
    then = replace(reader, as_of=reader.compared_on, compared_on=None).board()
    found = changes.changes(then.judged, board.judged)
    parts = [
        f"{sentences.number(len(found.better))} better{_named(found.better)}",
        f"{sentences.number(len(found.worse))} worse{_named(found.worse)}",
        f"{sentences.number(len(found.same))} the same",
    ]
    if found.unsure:
        parts.append(
            f"{sentences.number(len(found.unsure))} not judged on one of the days"
        )
    on = sentences.day_in_words(reader.compared_on)
    look.html(
        f'<p class="ig-note" role="status">Compared with {on}: {"; ".join(parts)}.</p>'
    )


def _named(judged: Sequence[Judged]) -> str:
    links = [look.link("measure", j.measure.title, id=j.measure.id) for j in judged]
    return f" ({sentences.listed(links)})" if links else ""


def _strand(board: Board, strand: Strand) -> str:
    judged = [j for j in board.judged if j.measure.strand is strand]
    roll = status.roll_up(j.verdict.status for j in judged)
    worst = worst_first(judged)
    said = (
        sentences.brief_of(worst[0].verdict)
        if worst
        else "No measure reads this strand."
    )
    title = look.link("strand", STRAND_WORDS[strand], strand=strand_place(strand))
    return (
        f'<section class="ig-card ig-strand ig-{roll.status.replace("_", "-")}">'
        f"<header><h2>{title}</h2>{look.status(roll.status)}</header>"
        f'<p class="ig-clip">{look.text(said)}</p>'
        f'<p class="ig-small">{look.text(status.counts_in_words(roll))}</p></section>'
    )


def _worst(board: Board) -> str:
    pressing = [j for j in worst_first(board.judged) if j.verdict.status in ASK]
    if not pressing:
        return look.card("<h2>No exceptions</h2><p>Every measure judged is met.</p>")
    rows = [_row(judged, board) for judged in pressing[:SHOWN]]
    more = len(pressing) - SHOWN
    rest = look.link("measures", f"Show {more} more") if more > 0 else ""
    number = sentences.number(min(SHOWN, len(pressing)), start=True)
    noun = "measure" if len(pressing) == 1 else "measures"
    title = f"<h2>{number} {noun} to look at, worst first</h2>"
    body = look.table([*MEASURE_HEADS, "Ask"], rows, NUMERIC, "ig-measures ig-stack")
    return look.card(f'<div class="ig-ends">{title}{rest}</div>{body}')


def _row(judged: Judged, board: Board) -> list[str]:
    status = judged.verdict.status
    ask = f'<span class="ig-ask ig-{status.replace("_", "-")}">{ASK[status]}</span>'
    return [*measure_cells(judged, board), ask]


def _clocks(found: Clocks, board: Board) -> str:
    """What the law gives days or hours for and is not done, the late first."""
    if not found.open:
        return ""
    lines = [_clock(one, board) for one in found.open[:CLOCKS_SHOWN]]
    if len(found.open) > CLOCKS_SHOWN:
        more = len(found.open) - CLOCKS_SHOWN
        lines.append(f'<p class="ig-small">{more} more are running.</p>')
    return look.card(f"<h2>Clocks running</h2>{''.join(lines)}", "ig-running")


def _clock(one: Ticking, board: Board) -> str:
    page = "incidents" if one.is_by_hour else "openness"
    state = "ig-not-met" if one.is_late else "ig-at-risk"
    home = board.names.get(one.home, one.home)
    return (
        f'<div class="ig-source"><div class="ig-ends">'
        f"<strong>{look.link(page, one.ref)}</strong>"
        f'<strong class="ig-left {state}">{look.text(one.left_in_words)}</strong></div>'
        f'<p class="ig-small">{look.text(home)}: {look.text(one.what)}</p></div>'
    )


def _sources(board: Board, reader: Reader) -> str:
    kinds = sorted({kind for j in board.judged for kind in kinds_of(j.measure)})
    ages = reader.ages(kinds)
    behind = [age for age in ages if age.doubts]
    current = [age for age in ages if not age.doubts]
    lines = [_behind(age) for age in behind[:SOURCES_SHOWN]]
    if len(behind) > SOURCES_SHOWN:
        more = len(behind) - SOURCES_SHOWN
        lines.append(f'<p class="ig-small">{more} more are behind.</p>')
    return look.card(
        f"<h2>What the figures rest on</h2>{''.join(lines)}{_current(current)}"
    )


def _behind(age: Age) -> str:
    said = " ".join(sentences.doubt_in_words(doubt) for doubt in age.doubts)
    return (
        f'<div class="ig-source"><div class="ig-ends">'
        f"<strong>{look.text(all_sources()[age.kind].title)}</strong>"
        f"{look.shape(Status.NOT_KNOWN, 'behind')}</div>"
        f'<p class="ig-small ig-clip">{look.text(said)}</p></div>'
    )


def _current(ages: list[Age]) -> str:
    """The sources that are up to date, in few words: they ask nothing of anybody."""
    days = [age.data_to for age in ages if age.data_to]
    if not days:
        return ""
    titles = [all_sources()[age.kind].title for age in ages]
    few = len(titles) <= SOURCES_SHOWN
    named = sentences.listed(titles) if few else f"{len(titles)} kinds of record"
    said = f"{named}, to {look.day(min(days))}{' or later' * (len(set(days)) > 1)}"
    return (
        f'<div class="ig-source">{look.shape(Status.MET, "current")}'
        f'<p class="ig-small">{look.text(said)}</p></div>'
    )
