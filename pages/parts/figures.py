"""A figure as it stands in a table: the value, its target, its months, its cases."""

from collections.abc import Sequence

from oversight.charts.sparkline import sparkline
from oversight.charts.spec import spec_of
from oversight.promises import Kind
from oversight.reader import Board
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import percent, reason_of
from oversight.words import COMPANY, ROLL_UP_ORDER, UNMATCHED, Status, Strand
from pages.parts import look
from pages.parts.look import text

MEASURE_HEADS = ["Status", "Measure", "Latest", "Target", "24 months", "So what"]
NUMERIC = (2, 3)  # which of them hold numbers
NO_HOME_WORDS = {COMPANY: "The company as a whole", UNMATCHED: "Not on the register"}


def measure_cells(judged: Judged, board: Board) -> list[str]:
    """One measure as the cells of a row, under MEASURE_HEADS."""
    measure = look.link("measure", judged.measure.title, id=judged.measure.id)
    return [
        look.status(judged.verdict.status),
        f"{measure}<small>{text(judged.measure.owner)}</small>",
        f"<strong>{text(figure(judged))}</strong>",
        text(target_words(judged)),
        sparkline(spec_of(judged, board.names)),
        f'<div class="ig-clip">{text(reason_of(judged.verdict) or "–")}</div>',
    ]


def strand_place(strand: Strand) -> str:
    """Where on the page of all measures a strand begins, as its address has it."""
    return strand.replace(" ", "-")


def worst_first(judged: Sequence[Judged]) -> list[Judged]:
    """Legal duties before the rest within a status; then the order of the catalogue."""
    ranks = (*ROLL_UP_ORDER, Status.NOTHING_DUE, Status.FOR_INFORMATION)
    return sorted(
        judged, key=lambda j: (ranks.index(j.verdict.status), not j.measure.duty)
    )


def figure(judged: Judged) -> str:
    """The value in a word or two; `?` when it is not known, never a blank."""
    verdict = judged.verdict
    if verdict.status is Status.NOT_KNOWN:
        return "?"
    if verdict.value is None:
        return "–"
    if judged.measure.kind in (Kind.COUNT, Kind.GAP):
        return f"{verdict.value:g}"
    evidence = verdict.evidence
    return percent(evidence.met, evidence.total, verdict.target)


def home_name(board: Board, home: str) -> str:
    """What a home is called; words where it is no home of the register."""
    return board.names.get(home, NO_HOME_WORDS.get(home, home))


def target_words(judged: Judged) -> str:
    target = judged.verdict.target
    return "–" if target is None else target.words


def home_rows(judged: Judged, homes: dict[str, str]) -> list[list[str]]:
    """One row a home, by name: met, of, value, cases that cannot be judged.

    In no order of merit: homes differ in size, and the picture above says which differ.
    homes: what each is called, which leads to the same measure for that home alone.
    """
    rows = []
    for reading in judged.by_home:
        value = judged.measure.value(reading.met, reading.total)
        shown = "–" if value is None else _value(judged, reading.met, reading.total)
        cells = [
            _home(judged, reading.home, homes),
            str(reading.met),
            str(reading.total),
            shown,
            str(reading.unknown) if reading.unknown else "–",
        ]
        name = homes.get(reading.home, reading.home).casefold()
        rows.append(((reading.home not in homes, name), cells))
    return [row for _, row in sorted(rows, key=lambda each: each[0])]


def _home(judged: Judged, home: str, homes: dict[str, str]) -> str:
    if home not in homes:
        return text(NO_HOME_WORDS.get(home, home))
    name = homes[home]
    return look.link("measure", name, id=judged.measure.id, home=name)


def _value(judged: Judged, met: int, total: int) -> str:
    if judged.measure.kind in (Kind.COUNT, Kind.GAP):
        value = judged.measure.value(met, total)
        return "–" if value is None else f"{value:g}"
    return percent(met, total, judged.verdict.target)
