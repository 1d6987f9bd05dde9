"""How many measures stand how, strand by strand?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from oversight.charts.chart import ChartKind
from oversight.charts.panel import Axis, Box, Panel, Text, row_axis
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import first_sentence
from oversight.words import STATUS_WORDS, STRAND_WORDS, Status, Strand

ROW: Final = 44.0  # px
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
    """One bar a strand, a piece a status, worst first; every piece says its number."""
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
        y=row_axis([STRAND_WORDS[strand] for strand in Strand]),
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
            for box, _ in _pieces(row, strand, counts)
        ),
        texts=tuple(
            text
            for row, (strand, counts) in enumerate(counted.items())
            for text in (
                *(label for _, label in _pieces(row, strand, counts)),
                _total(row, counts),
            )
        ),
        left=150,
        right=250,
    )


def in_words(counts: Counter[Status]) -> str:
    """The numbers with their words, worst first: "1 not met, 4 met"."""
    said = [f"{counts[s]} {STATUS_WORDS[s].lower()}" for s in LOOKS if counts[s]]
    return ", ".join(said) or "no measure reads this strand"


def _pieces(
    row: int, strand: Strand, counts: Counter[Status]
) -> Iterator[tuple[Box, Text]]:
    start = 0
    for status, (fill, edge, ink, glyph) in LOOKS.items():
        if count := counts[status]:
            end = start + count
            words = f"{STRAND_WORDS[strand]}: {count} {STATUS_WORDS[status].lower()}"
            ends = (start, end, row + 0.18, row + 0.82)
            box = Box(*ends, fill, edge, status, words, edge_width=1.6)
            middle = (start + end) / 2
            label = Text(
                middle, row + 0.5, f"{glyph} {count}", ink, "middle", is_bold=True
            )
            yield box, label
            start = end


def _total(row: int, counts: Counter[Status]) -> Text:
    return Text(float(counts.total()), row + 0.5, in_words(counts), "ink2", dx=10)
