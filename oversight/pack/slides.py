"""The paper as PowerPoint: one message a slide, its chart native and editable."""

import io
from typing import Any, Final

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from oversight.charts.chart import ChartSpec
from oversight.charts.tokens import tokens
from oversight.pack.paper import Figure, Paper
from oversight.pack.parts import Part, Table
from oversight.pack.series import Series, is_columns, series_of
from oversight.words import Status

FONT: Final = "Arial"  # what every office has
WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
TITLE_ONLY: Final = 5  # the layout of the default template with a title and no more
ROWS_A_SLIDE: Final = 9
TONES: Final = {
    Status.MET: ("good", MSO_SHAPE.OVAL),
    Status.NOT_MET: ("bad", MSO_SHAPE.RECTANGLE),
    Status.AT_RISK: ("watch", MSO_SHAPE.ISOSCELES_TRIANGLE),
    Status.NOT_KNOWN: ("unknown", MSO_SHAPE.OVAL),
}
MARKERS: Final = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle": XL_MARKER_STYLE.TRIANGLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "none": XL_MARKER_STYLE.NONE,
}
DASHES: Final = {
    "solid": MSO_LINE.SOLID,
    "dash": MSO_LINE.DASH,
    "dash_dot": MSO_LINE.LONG_DASH_DOT,
}


def slides(paper: Paper) -> bytes:
    """The paper as one presentation."""
    shown = Presentation()
    shown.slide_width, shown.slide_height = WIDTH, HEIGHT
    core = shown.core_properties
    core.title, core.author, core.language = paper.title, paper.company, "en-GB"
    core.created = core.modified = paper.frozen_at.replace(tzinfo=None)
    _summary(shown, paper)
    _words(shown, paper, "How sure are we?", (paper.how_sure,), paper.sources)
    for part in paper.agenda:
        _part(shown, paper, part)
    for strip in paper.strands:
        figures = paper.of(strip.strand)
        table = Table(
            ("Measure", "Figure", "Target", "Status"),
            tuple((f.title, f.shown, f.target, f.status_words) for f in figures),
        )
        said = (f"{strip.status_words}. {strip.sentence}",)
        _words(shown, paper, strip.title, said, table)
        for figure in figures:
            _figure(shown, paper, figure)
    for part in paper.minutes:
        _part(shown, paper, part)
    into = io.BytesIO()
    shown.save(into)
    return into.getvalue()


def _summary(shown: Any, paper: Paper) -> None:
    slide = _slide(shown, paper, paper.title)
    about = f"{paper.company}. Review period {paper.period}. {paper.meeting}."
    _text(slide, about, (EDGE, Inches(1.15), Inches(12), Inches(0.4)), 13, "ink2")
    box = (EDGE, Inches(1.6), Inches(12.1), Inches(0.95))
    _text(slide, paper.bottom_line, box, 20, bold=True)
    rows = tuple((s.title, s.status_words, s.sentence) for s in paper.strands)
    table = Table(("Strand", "Status", "So what"), rows)
    _table(slide, table, Inches(2.65), (0.18, 0.12, 0.7))
    asked = "\n".join(f"{at}. {one}" for at, one in enumerate(paper.asked, 1))
    said = asked or "No decision is asked: no measure is not met."
    under = (EDGE, Inches(5.05), Inches(12.1), Inches(0.35))
    _text(slide, "Decisions asked of this meeting", under, 14, bold=True)
    _text(slide, said, (EDGE, Inches(5.4), Inches(12.1), Inches(1.4)), 12)


def _figure(shown: Any, paper: Paper, figure: Figure) -> None:
    headline = figure.chart.headline if figure.chart else figure.title
    slide = _slide(shown, paper, headline)
    spec = figure.chart
    subtitle = f"{figure.id} {figure.title}"
    if spec is not None:
        subtitle = f"{figure.id} {spec.subtitle}"
    _text(slide, subtitle, (EDGE, Inches(1.2), Inches(12.1), Inches(0.4)), 14, "ink2")
    if isinstance(spec, ChartSpec):
        _chart(slide, spec)
        _text(
            slide, spec.source, (EDGE, Inches(6.3), Inches(8.6), Inches(0.5)), 9, "ink2"
        )
    else:
        said = figure.no_chart or "The chart is in the PDF."
        _text(slide, said, (EDGE, Inches(1.9), Inches(8.4), Inches(1)), 16, "ink2")
    left = Inches(9.5)
    colour, form = TONES.get(figure.status, ("border_strong", MSO_SHAPE.OVAL))
    mark = slide.shapes.add_shape(form, left, Inches(1.9), Inches(0.26), Inches(0.26))
    mark.name = f"Status: {figure.status_words}"
    mark.shadow.inherit = False
    mark.fill.solid()
    mark.fill.fore_color.rgb = _rgb(colour)
    mark.line.fill.background()
    box = (left + Inches(0.35), Inches(1.8), Inches(3), Inches(0.45))
    _text(slide, figure.status_words, box, 18, colour, bold=True)
    rest = (
        f"{figure.sentence}",
        f"Signal: {figure.signal}. Target: {figure.target}.",
        f"So what: {figure.so_what}",
        f"Clauses {figure.clauses}. Owner: {figure.owner}.",
    )
    box = (left, Inches(2.35), Inches(3.3), Inches(4.2))
    _text(slide, "\n".join(rest), box, 12)


def _part(shown: Any, paper: Paper, part: Part) -> None:
    _words(shown, paper, part.title, part.sentences, part.table)


def _words(
    shown: Any, paper: Paper, title: str, said: tuple[str, ...], table: Table
) -> None:
    """A slide of sentences and a table; what does not fit goes on to the next."""
    rows = table.rows
    starts = range(0, max(len(rows), 1), ROWS_A_SLIDE)
    for at in starts:
        slide = _slide(shown, paper, title if not at else f"{title} (continued)")
        top = int(Inches(1.3))
        if not at:
            text = "\n".join(said)
            lines = sum(1 + len(one) // 120 for one in said) or 1
            high = Inches(min(0.34 * lines, 4.5))
            _text(slide, text, (EDGE, Emu(top), Inches(12.1), high), 15)
            top += int(high + Inches(0.15))
        if rows:
            part = Table(table.heads, rows[at : at + ROWS_A_SLIDE])
            _table(slide, part, Emu(top))


def _slide(shown: Any, paper: Paper, title: str) -> Any:
    """A slide with its title, header and footer."""
    slide = shown.slides.add_slide(shown.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (
        EDGE,
        Inches(0.4),
        Inches(12.1),
        Inches(0.75),
    )
    head.text_frame.word_wrap = True
    head.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    head.text_frame.text = title
    _type(head.text_frame, 26 if len(title) < 75 else 20, "ink", bold=True)
    left, right = paper.header
    _text(
        slide,
        f"{left}. {right}.",
        (EDGE, Inches(0.12), Inches(12.1), Inches(0.3)),
        9,
        "ink2",
    )
    page = f"{paper.footer} Page {len(shown.slides)}"
    _text(slide, page, (EDGE, Inches(6.95), Inches(12.1), Inches(0.35)), 9, "ink2")
    return slide


def _text(
    slide: Any,
    words: str,
    box: tuple[Any, ...],
    size: int,
    colour: str = "ink",
    bold: bool = False,
) -> None:
    frame = slide.shapes.add_textbox(*(Emu(int(side)) for side in box)).text_frame
    frame.word_wrap = True
    frame.text = words
    _type(frame, size, colour, bold)


def _type(frame: Any, size: int, colour: str, bold: bool) -> None:
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(4)
        for run in paragraph.runs:
            run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
            run.font.color.rgb = _rgb(colour)


def _table(
    slide: Any, table: Table, top: Any, shares: tuple[float, ...] | None = None
) -> None:
    rows = (table.heads, *table.rows)
    wide = Inches(12.1)
    made = slide.shapes.add_table(
        len(rows), len(table.heads), EDGE, top, wide, Inches(0.3) * len(rows)
    )
    grid = made.table
    longest = [max(len(row[at]) for row in rows) for at in range(len(table.heads))]
    limited = [min(max(length, 8), 60) for length in longest]
    parts = shares or tuple(length / sum(limited) for length in limited)
    for at, share in enumerate(parts):
        grid.columns[at].width = Emu(int(wide * share))
    for down, row in enumerate(rows):
        for across, words in enumerate(row):
            cell = grid.cell(down, across)
            cell.text = words
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb("band" if not down else "card")
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            _type(cell.text_frame, 11, "ink", bold=not down)


def _chart(slide: Any, spec: ChartSpec) -> None:
    data = CategoryChartData(
        number_format=f'0"{spec.unit}"' if spec.unit else "General"
    )
    data.categories = [point.label for point in spec.points]
    every = series_of(spec)
    for one in every:
        data.add_series(one.name, one.values)
    kind = (
        XL_CHART_TYPE.COLUMN_CLUSTERED
        if is_columns(spec)
        else XL_CHART_TYPE.LINE_MARKERS
    )
    box = (EDGE, Inches(1.7), Inches(8.6), Inches(4.6))
    frame = slide.shapes.add_chart(kind, *box, data)
    frame.name = spec.title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", spec.alternative)
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.name = Pt(10), FONT
    chart.font.color.rgb = _rgb("ink2")
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    scale = chart.value_axis
    scale.minimum_scale, scale.maximum_scale = spec.axis[0], spec.axis[-1]
    scale.major_gridlines.format.line.color.rgb = _rgb("grid")
    scale.format.line.fill.background()
    scale.tick_labels.number_format = f'0"{spec.unit}"' if spec.unit else "General"
    scale.tick_labels.number_format_is_linked = False
    for drawn, one in zip(chart.plots[0].series, every, strict=True):
        _look(drawn, one, is_columns(spec))
    if not is_columns(spec) and spec.latest is not None:
        _label(chart.plots[0].series, every, spec)


def _label(drawn: Any, every: tuple[Series, ...], spec: ChartSpec) -> None:
    """The latest value, written beside its month."""
    latest = spec.latest
    assert latest is not None
    at = next(
        (n for n, one in enumerate(every) if one.values[latest] is not None), None
    )
    if at is None:
        return
    label = drawn[at].points[latest].data_label
    label.has_text_frame = True
    label.text_frame.text = spec.points[latest].shown
    _type(label.text_frame, 14, "ink", bold=True)


def _look(drawn: Any, one: Series, is_column: bool) -> None:
    if is_column:
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _rgb(one.colour)
        return
    drawn.smooth = False
    drawn.marker.style = MARKERS[one.shape]
    if one.is_marks:
        drawn.format.line.fill.background()
        drawn.marker.size = 8
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = _rgb(one.colour)
        drawn.marker.format.line.color.rgb = _rgb("border_strong")
        return
    drawn.format.line.color.rgb = _rgb(one.colour)
    drawn.format.line.width = Pt(1.75)
    drawn.format.line.dash_style = DASHES[one.dash]


def _rgb(token: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(tokens("light")[token].removeprefix("#"))
    return made
