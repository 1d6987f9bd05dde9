"""The paper as Word: to be edited, and to be the minutes once decisions are taken."""

import io
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from oversight.charts.tokens import tokens
from oversight.pack.paper import Paper
from oversight.pack.parts import Part, Table

FONT: Final = "Arial"  # what every office has
WIDE: Final = Cm(17)


def minutes(paper: Paper, pictures: dict[str, bytes]) -> bytes:
    """The paper as one document; pictures: each chart as PNG by its measure."""
    made = docx.Document()
    _set_up(made, paper)
    made.add_paragraph(paper.company)
    made.add_heading(paper.title, 0)
    made.add_paragraph(
        f"Review period {paper.period}. As at {paper.as_of.day} {paper.as_of:%B %Y}."
        f" {paper.meeting}."
    )
    if paper.is_draft:
        _strong(made, "Draft: this review has not been signed and sealed.")
    _strong(made, paper.bottom_line)
    made.add_heading("The four strands", 2)
    strands = tuple((s.title, s.status_words, s.sentence) for s in paper.strands)
    _table(made, Table(("Strand", "Status", "So what"), strands), (3.5, 2.5, 11))
    made.add_heading("Decisions asked of this meeting", 2)
    for asked in paper.asked:
        made.add_paragraph(asked, style="List Number")
    if not paper.asked:
        made.add_paragraph("No decision is asked: no measure is not met.")
    made.add_heading("How sure are we?", 2)
    made.add_paragraph(paper.how_sure)
    for title, parts in (("The agenda", paper.agenda), ("Minutes", paper.minutes)):
        if parts:
            made.add_page_break()
            made.add_heading(title, 1)
        for part in parts:
            _part(made, part)
    for strip in paper.strands:
        made.add_page_break()
        made.add_heading(strip.title, 1)
        made.add_paragraph(f"{strip.status_words}. {strip.sentence}")
        for figure in paper.of(strip.strand):
            made.add_heading(f"{figure.id} {figure.title}", 2)
            made.add_paragraph(f"{figure.status_words}. {figure.sentence}")
            if figure.id in pictures and figure.chart is not None:
                _picture(made, pictures[figure.id], figure.chart.alternative)
            else:
                made.add_paragraph(figure.no_chart)
            made.add_paragraph(
                f"So what. {figure.so_what} Target: {figure.target}. Signal:"
                f" {figure.signal}. Clauses {figure.clauses}. Owner: {figure.owner}."
            )
    made.add_page_break()
    made.add_heading("Every figure", 1)
    _table(made, paper.summary, (1.3, 5, 3.2, 2.3, 2.2, 3))
    made.add_heading("Where the figures come from", 1)
    _table(made, paper.sources, (3, 2.6, 2.4, 2, 4.8, 2.2))
    made.add_heading("The policy, clause by clause", 1)
    _table(made, paper.clauses, (1.5, 4.5, 2.5, 8.5))
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def _set_up(made: Any, paper: Paper) -> None:
    core = made.core_properties
    core.title, core.author, core.language = paper.title, paper.company, "en-GB"
    core.created = core.modified = paper.frozen_at.replace(tzinfo=None)
    ink = RGBColor.from_string(tokens("light")["ink"].removeprefix("#"))
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Number"):
        style = made.styles[name]
        style.font.name, style.font.color.rgb = FONT, ink
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    made.styles["Normal"].font.size = Pt(10.5)
    page = made.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    left, right = paper.header
    page.header.paragraphs[0].text = f"{left}\t\t{right}"
    foot = page.footer.paragraphs[0]
    foot.text = f"{paper.footer} Page "
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    for paragraph in (page.header.paragraphs[0], foot):
        for run in paragraph.runs:
            run.font.size = Pt(8)


def _field(paragraph: Any, code: str) -> None:
    """A number that Word itself works out."""
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", code), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def _strong(made: Any, words: str) -> None:
    made.add_paragraph().add_run(words).bold = True


def _picture(made: Any, png: bytes, alternative: str) -> None:
    shape = made.add_picture(io.BytesIO(png), width=WIDE)
    shape._inline.docPr.set("descr", alternative)


def _part(made: Any, part: Part) -> None:
    made.add_heading(part.title, 2)
    for sentence in part.sentences:
        made.add_paragraph(sentence)
    if part.table.rows:
        heads = len(part.table.heads)
        _table(made, part.table, (17 / heads,) * heads)


def _table(made: Any, table: Table, widths: tuple[float, ...]) -> None:
    """A table whose first row is a heading, and is repeated on every page."""
    grid = made.add_table(len(table.rows) + 1, len(table.heads), style="Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    for row, cells in zip(grid.rows, (table.heads, *table.rows), strict=True):
        for cell, words, width in zip(row.cells, cells, widths, strict=True):
            cell.width = Cm(width)
            cell.text = words
            for run in cell.paragraphs[0].runs:
                run.font.size, run.font.bold = Pt(9), cells is table.heads
    first = grid.rows[0]._tr.get_or_add_trPr()
    first.append(OxmlElement("w:tblHeader"))
