"""Is this strand of the policy kept, and by what evidence?"""

import streamlit as st

from oversight import asked
from oversight.charts.grid import grid_of, icon_grid
from oversight.charts.homes import homes_of
from oversight.charts.spec import spec_of
from oversight.charts.statuses import statuses
from oversight.policy import Clause
from oversight.reader import Board, Reader
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import first_sentence, listed
from oversight.verdicts.status import counts_in_words, roll_up
from oversight.words import ROLL_UP_ORDER, STRAND_WORDS, Role, Status, Strand
from pages.parts import export, look, pictures
from pages.parts.differing import lower_than_chance
from pages.parts.figures import (
    MEASURE_HEADS,
    NUMERIC,
    figure,
    measure_cells,
    strand_place,
    target_words,
    worst_first,
)
from pages.parts.missing import nothing_is_known

TITLE = "Strands"
SECTION = "measures"
ORDER = 1.9
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

DRAWN = 4  # charts of the months, the worst
CLAUSE_HEADS = ["Clause", "What the policy asks", "Measures", "Status"]
PLAIN_HEADS = ["Status", "Measure", "Latest", "Target", "Owner"]


def render(reader: Reader) -> None:
    """The strand that the address names; else the one that stands worst."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    strand = _wanted(board)
    look.name_the_tab(STRAND_WORDS[strand])
    judged = worst_first([j for j in board.judged if j.measure.strand is strand])
    _others(board, strand)
    said = first_sentence([one.verdict for one in judged])
    look.answer(f"{STRAND_WORDS[strand]}: {said[0].lower()}{said[1:]}")
    _measures(judged, board, reader, strand)
    _every_strand(board, reader)
    _homes(judged, reader)
    _charts(judged, board)
    _clauses(reader, strand)
    look.html(look.card(_grid(judged), "ig-only-wide"))


def _wanted(board: Board) -> Strand:
    asked_for = st.query_params.get("strand", "")
    places = {strand_place(strand): strand for strand in Strand}
    ranks = (*ROLL_UP_ORDER, Status.NOTHING_DUE, Status.FOR_INFORMATION)
    worst = min(Strand, key=lambda strand: ranks.index(_status(board, strand)))
    return places.get(asked_for, worst)


def _status(board: Board, strand: Strand) -> Status:
    return roll_up(
        j.verdict.status for j in board.judged if j.measure.strand is strand
    ).status


def _others(board: Board, strand: Strand) -> None:
    """All four, each with how it stands; the one looked at is no link."""
    names = {
        each: f'<strong aria-current="page">{STRAND_WORDS[each]}</strong>'
        if each is strand
        else look.link("strand", STRAND_WORDS[each], strand=strand_place(each))
        for each in Strand
    }
    body = "".join(
        f'<span class="ig-line">{names[each]}{look.status(_status(board, each))}</span>'
        for each in Strand
    )
    look.html(f'<nav class="ig-line" aria-label="The four strands">{body}</nav>')


def _measures(
    judged: list[Judged], board: Board, reader: Reader, strand: Strand
) -> None:
    if not judged:
        look.html(look.card("<h2>No measure reads this strand yet</h2>"))
        return
    counts = counts_in_words(roll_up(one.verdict.status for one in judged))
    rows = [measure_cells(one, board) for one in judged]
    body = look.table(MEASURE_HEADS, rows, NUMERIC, "ig-measures ig-stack")
    counted = f'<p class="ig-small">{look.text(counts)}</p>'
    look.html(
        look.card(
            f'<div class="ig-ends"><h2>Measures, worst first</h2>{counted}</div>{body}'
        )
    )
    plain = [
        (
            one.verdict.status.replace("_", " "),
            one.measure.title,
            figure(one),
            target_words(one),
            one.measure.owner,
        )
        for one in judged
    ]
    title = f"Measures of {STRAND_WORDS[strand].lower()}"
    export.offer(reader, title, PLAIN_HEADS, plain, "strand")


def _every_strand(board: Board, reader: Reader) -> None:
    """How this strand stands beside the other three."""
    source = f"As at {look.day(reader.as_of)}; a measure is in one strand."
    pictures.show(statuses(board.judged, source), "card_statuses")


def _homes(judged: list[Judged], reader: Reader) -> None:
    """Which homes are lower than chance allows, and in what; the rest by number."""
    names = look.told_apart(reader.homes())
    compared = [one for one in judged if homes_of(one, names) is not None]
    if not compared:
        return
    low = {one.measure.id: lower_than_chance(one, names) for one in compared}
    lines = [
        f"<li>{look.link('homes', name, home=name)}: "
        + listed(
            [
                look.link("measure", one.measure.title, id=one.measure.id)
                for one in compared
                if name in low[one.measure.id]
            ]
        )
        + "</li>"
        for name in sorted(set().union(*low.values()), key=str.casefold)
    ]
    said = (
        f"<p>Lower than chance allows, by name:</p><ul>{''.join(lines)}</ul>"
        if lines
        else "<p>No home is lower than chance allows.</p>"
    )
    count = f"{len(compared)} measure{'' if len(compared) == 1 else 's'}"
    look.html(look.card(f"<h2>By home, in {count} compared</h2>{said}"))


def _charts(judged: list[Judged], board: Board) -> None:
    """The months of the worst, two across."""
    drawn = judged[:DRAWN]
    for at in range(0, len(drawn), 2):
        for place, one in zip(st.columns(2), drawn[at : at + 2], strict=False):
            with place:
                pictures.show(spec_of(one, board.names), f"card_{one.measure.id}")


def _clauses(reader: Reader, strand: Strand) -> None:
    """What the policy asks of this strand; what nothing measures is said to be so."""
    held = [c for c in asked.clauses(reader) if c.strand == STRAND_WORDS[strand]]
    if not held:
        return
    rows = [
        [
            look.link("policy", one.clause),
            look.text(one.promise),
            listed([look.link("measure", each, id=each) for each in one.measures])
            if one.measures
            else "no measure yet",
            _clause_status(one),
        ]
        for one in held
    ]
    body = look.table(CLAUSE_HEADS, rows, kind="ig-stack")
    look.html(look.card(f"<h2>What the policy asks</h2>{body}"))


def _clause_status(one: Clause) -> str:
    if one.status is None:
        return look.shape(Status.NOT_KNOWN, "no measure")
    return look.status(one.status)


def _grid(judged: list[Judged]) -> str:
    headline = grid_of(judged).headline
    table = icon_grid(judged, lambda id_: look.address("measure", id=id_))
    return (
        f"<h2>{look.text(headline)}</h2>"
        f'<div class="ig-wide" tabindex="0" role="region" aria-label="Icon grid">'
        f"{table}</div>"
    )
