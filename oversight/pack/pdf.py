"""The paper as PDF: A4, archivable (PDF/A-2a) and accessible (PDF/UA-1), by Typst.

Typst refuses a document that breaks either, so that every paper there is passes its
checks. The moment is the freeze: the same snapshot gives the same bytes.
"""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from oversight.charts.chart import ChartSpec
from oversight.charts.panel import Panel
from oversight.charts.paper import to_svg
from oversight.charts.tokens import FONT, tokens
from oversight.pack.paper import Paper, long
from oversight.pack.parts import Part
from oversight.store import StoreError

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
STANDARDS: Final = ["a-2a", "ua-1"]
# The first that is installed; the last comes with Typst itself.
FAMILIES: Final = ("Source Sans 3", "Liberation Sans", "Arial", "DejaVu Sans")
EMBEDDED: Final = "Libertinus Serif"
WIDTH: Final = 660  # px of a chart on the page's 17 cm: its smallest type is 9 pt
HEIGHT: Final = 330
PPI: Final = 220


def pdf(paper: Paper) -> bytes:
    """The paper as one PDF."""
    files = {"main": TEMPLATE.read_bytes(), **_charts(paper)}
    files["data.json"] = json.dumps(_data(paper), ensure_ascii=False).encode()
    return _compiled(
        files,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(paper.frozen_at.timestamp()),
    )


def pictures(paper: Paper) -> dict[str, bytes]:
    """Each chart as PNG by its measure: for Word, which takes no SVG everywhere."""
    charts = _charts(paper)
    if not charts:
        return {}
    pages = "\n".join(f'#page(image("{name}", width: 100%))' for name in charts)
    main = f"#set page(width: 17cm, height: auto, margin: 0pt)\n{pages}"
    drawn: Any = _compiled({"main": main.encode(), **charts}, format="png", ppi=PPI)
    each = drawn if isinstance(drawn, list) else [drawn]
    keys = [name.removesuffix(".svg") for name in charts]
    return dict(zip(keys, each, strict=True))


def _compiled(files: dict[str, bytes], **how: Any) -> bytes:
    try:
        made: bytes = typst.compile(files, **how)
    except typst.TypstError as refusal:
        raise StoreError(
            f"The paper cannot be set: {refusal.message} Wanted words that the fonts"
            " here can show; install a font that has them, or correct the name."
        ) from refusal
    return made


def _charts(paper: Paper) -> dict[str, bytes]:
    found = {f.id: f.chart for f in paper.figures if f.chart is not None}
    return {f"{key}.svg": _svg(chart) for key, chart in found.items()}


def _svg(chart: ChartSpec | Panel) -> bytes:
    family = ",".join(f"'{name}'" for name in fonts())
    drawn = to_svg(chart, "light", WIDTH, HEIGHT)
    return drawn.replace(FONT, family).encode()


@cache
def fonts() -> tuple[str, ...]:
    """The families to set the paper in: one that is installed, then Typst's own."""
    there = set(typst.Fonts().families())
    return (*[name for name in FAMILIES if name in there][:1], EMBEDDED)


def _data(paper: Paper) -> dict[str, Any]:
    """All that the template reads."""
    return {
        "colours": dict(tokens("light")),
        "fonts": fonts(),
        "title": paper.title,
        "company": paper.company,
        "header": paper.header,
        "footer": paper.footer,
        "is_draft": paper.is_draft,
        "period": paper.period,
        "meeting": paper.meeting,
        "as_of": long(paper.as_of),
        "snapshot": paper.snapshot,
        "bottom_line": paper.bottom_line,
        "strands": [
            {**asdict(strip), "status_words": strip.status_words}
            for strip in paper.strands
        ],
        "asked": paper.asked,
        "how_sure": paper.how_sure,
        "figures": [
            {
                "id": figure.id,
                "title": figure.title,
                "strand": figure.strand,
                "status": figure.status,
                "status_words": figure.status_words,
                "sentence": figure.sentence,
                "shown": figure.shown,
                "target": figure.target,
                "signal": figure.signal,
                "clauses": figure.clauses,
                "owner": figure.owner,
                "so_what": figure.so_what,
                "chart": f"{figure.id}.svg" if figure.chart else None,
                "alternative": figure.chart.alternative if figure.chart else "",
                "no_chart": figure.no_chart,
            }
            for figure in paper.figures
        ],
        "agenda": [_part(part) for part in paper.agenda],
        "summary": asdict(paper.summary),
        "sources": asdict(paper.sources),
        "clauses": asdict(paper.clauses),
        "minutes": [_part(part) for part in paper.minutes],
    }


def _part(part: Part) -> dict[str, Any]:
    heads, rows = part.table.heads, part.table.rows
    longest = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    return {
        "title": part.title,
        "sentences": part.sentences,
        "heads": heads,
        "rows": rows,
        "widths": [min(max(length, 6), 40) for length in longest],
    }
