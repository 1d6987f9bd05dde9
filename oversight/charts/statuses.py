"""How many measures stand how, strand by strand?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from oversight.charts.chart import ChartKind
from oversight.charts.panel import Axis, Box, Panel, Text, Tick
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import first_sentence
from oversight.words import STATUS_WORDS, STRAND_WORDS, Status, Strand

ROW: Final = 52.0  # px: a bar, and its numbers in words below it
NARROWEST: Final = 400.0  # px of the plot at which a piece has room for its number
LABEL: Final = 30.0  # px
MIDDLE: Final = 0.32  # of a row: of the bar in it
HALF: Final = 0.26
IN_WORDS: Final = 0.78
# Fill, edge, words: hollow where nothing is known or due, so that grey prints tell.
LOOKS: Final = {
    Status.NOT_MET: ("bad", "card", "on_fill", "×"),
    Status.NOT_KNOWN: ("card", "unknown", "unknown", "?"),
    Status.AT_RISK: ("watch", "card", "on_fill", "!"),
    Status.MET: ("good", "card", "on_fill", "✓"),
    Status.NOTHING_DUE: ("card", "border_strong", "ink2", "○"),
    Status.FOR_INFORMATION: ("band", "border_strong", "ink2", "•"),
}


def statuses(judged: Sequence[Judged], source: str) -> Panel:
    """One bar a strand, a piece a status, worst first; every number stands below it."""
    counted = {strand: Counter[Status]() for strand in Strand}
    for one in judged:
        counted[one.measure.strand][one.verdict.status] += 1
    most = max((counts.total() for counts in counted.values()), default=0)
    headline = first_sentence([one.verdict for one in judged]).split(". ")[0]
    said = "; ".join(
        f"{STRAND_WORDS[strand]}: {in_words(counts)}"
        for strand, counts in counted.items()
    )
    shown = [s for s in LOOKS if any(counts[s] for counts in counted.values())]
    return Panel(
        kind=ChartKind.STATUSES,
        title="Measures by strand and status",
        headline=headline.rstrip("."),
        subtitle="Number of measures by strand, in each the worst first",
        source=source,
        alternative=f"Measures by strand and status. {headline.rstrip('.')}. {said}.",
        x=Axis(0.0, float(max(most, 1))),
        y=Axis(
            float(len(Strand)),
            0.0,
            tuple(
                Tick(row + MIDDLE, STRAND_WORDS[strand])
                for row, strand in enumerate(Strand)
            ),
        ),
        height=ROW * len(Strand),
        heads=("Strand", *(STATUS_WORDS[status] for status in shown)),
        rows=tuple(
            (STRAND_WORDS[strand], *(f"{counts[status]}" for status in shown))
            for strand, counts in counted.items()
        ),
        numeric=tuple(range(1, len(shown) + 1)),
        boxes=tuple(
            box
            for row, (strand, counts) in enumerate(counted.items())
            for box, _ in _pieces(row, strand, counts, most)
        ),
        texts=tuple(
            text
            for row, (strand, counts) in enumerate(counted.items())
            for text in (
                *(label for _, label in _pieces(row, strand, counts, most)),
                _in_full(row, counts),
            )
        ),
        left=150,
        right=16,
    )


def in_words(counts: Counter[Status]) -> str:
    """The numbers with their words, worst first: "1 not met, 4 met"."""
    said = [f"{counts[s]} {STATUS_WORDS[s].lower()}" for s in LOOKS if counts[s]]
    return ", ".join(said) or "no measure reads this strand"


def _pieces(
    row: int, strand: Strand, counts: Counter[Status], most: int
) -> Iterator[tuple[Box, Text]]:
    start = 0
    for status, (fill, edge, ink, glyph) in LOOKS.items():
        if count := counts[status]:
            end = start + count
            words = f"{STRAND_WORDS[strand]}: {count} {STATUS_WORDS[status].lower()}"
            ends = (start, end, row + MIDDLE - HALF, row + MIDDLE + HALF)
            box = Box(*ends, fill, edge, status, words, edge_width=1.6)
            middle = (start + end) / 2
            # A piece too thin for its number has its sign; the words are below.
            is_wide = NARROWEST * count / most >= LABEL
            said = f"{glyph} {count}" if is_wide else glyph
            label = Text(middle, row + MIDDLE, said, ink, "middle", is_bold=True)
            yield box, label
            start = end


def _in_full(row: int, counts: Counter[Status]) -> Text:
    return Text(0.0, row + IN_WORDS, in_words(counts), "ink2")
