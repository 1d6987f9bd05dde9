"""The paper as Excel: every figure and case list, native charts, contents first."""

import io
import re
from typing import Any, Final

import xlsxwriter

from oversight.charts.chart import ChartSpec
from oversight.charts.table import table_of
from oversight.charts.tokens import tokens
from oversight.pack.paper import Figure, Paper
from oversight.pack.parts import Part, Table
from oversight.pack.series import Series, is_columns, series_of

FONT: Final = "Arial"  # what every office has
DASHES: Final = {"solid": "solid", "dash": "dash", "dash_dot": "long_dash_dot"}
NO_NAME: Final = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME: Final = 31  # letters of a sheet's name, as Excel has it
FIRST: Final = 3  # row of the headings, below title and what it is


class Book:
    """A workbook as it is written, and the contents of it so far."""

    def __init__(self, paper: Paper, into: io.BytesIO) -> None:
        # Words stay words: nothing that looks like a formula or an address becomes one.
        self.book = xlsxwriter.Workbook(
            into,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.paper = paper
        self.book.set_properties(
            {
                "title": paper.title,
                "author": paper.company,
                "created": paper.frozen_at.replace(tzinfo=None),
            }
        )
        self.book.formats[0].set_font_name(FONT)
        self.bold = self._format(bold=True, bottom=1)
        self.title = self._format(bold=True, font_size=14)
        self.cell = self._format(text_wrap=True, valign="top")
        self.contents = self.book.add_worksheet("Contents")
        self.listed: list[tuple[str, str]] = []

    def _format(self, **how: Any) -> Any:
        return self.book.add_format({"font_name": FONT, **how})

    def sheet(self, name: str, about: str) -> Any:
        """A new sheet with title, header and footer, and its line in the contents."""
        taken = {one.casefold() for one, _ in self.listed} | {"contents"}
        name = NO_NAME.sub("-", name)[:LONGEST_NAME]
        if name.casefold() in taken:
            name = f"{name[: LONGEST_NAME - 4]} {len(taken)}"
        made = self.book.add_worksheet(name)
        self.listed.append((name, about))
        made.write_string(0, 0, about, self.title)
        made.write_string(1, 0, self.paper.footer)
        self.set_up(made)
        return made

    def set_up(self, sheet: Any) -> None:
        """How a sheet is printed."""
        left, right = (plain.replace("&", "&&") for plain in self.paper.header)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L&8{left}&R&8{right}")
        # Excel takes 255 letters of a footer.
        sheet.set_footer(
            f"&L&8{self.paper.footer.replace('&', '&&')[:200]}&R&8Page &P of &N"
        )
        sheet.hide_gridlines(0)

    def table(self, sheet: Any, table: Table, top: int = FIRST) -> int:
        """A table from a row down, numbers as numbers; the row below it."""
        sheet.freeze_panes(top + 1, 0)
        for across, head in enumerate(table.heads):
            sheet.write_string(top, across, head, self.bold)
            longest = max((len(row[across]) for row in table.rows), default=0)
            sheet.set_column(across, across, min(max(longest, len(head), 8) + 2, 60))
        for down, row in enumerate(table.rows, top + 1):
            for across, words in enumerate(row):
                if words.isascii() and words.isdigit() and len(words) < 10:
                    sheet.write_number(down, across, int(words), self.cell)
                else:
                    sheet.write_string(down, across, words, self.cell)
        return top + 1 + len(table.rows)


def workbook(paper: Paper) -> bytes:
    """The paper as one workbook."""
    into = io.BytesIO()
    book = Book(paper, into)
    _summary(book)
    rows = tuple(
        (f.id, f.title, f.strand, f.shown, _number(f.met), _number(f.total), f.target,
         f.status_words, f.signal, f.sentence, f.so_what, f.clauses, f.owner)
        for f in paper.figures
    )  # fmt: skip
    heads = ("No.", "Measure", "Strand", "Figure", "Met", "Of", "Target", "Status")
    more = ("Signal", "In words", "So what", "Clauses", "Owner")
    sheet = book.sheet("Figures", "Every figure")
    book.table(sheet, Table((*heads, *more), rows))
    for part in (*paper.agenda, *paper.minutes):
        _part(book, part)
    book.table(book.sheet("Sources", "Where the figures come from"), paper.sources)
    book.table(book.sheet("Clauses", "The policy, clause by clause"), paper.clauses)
    _homes(book)
    for figure in paper.figures:
        _chart(book, figure)
    for figure in paper.figures:
        if figure.cases.rows:
            about = f"{figure.id} {figure.title}: the cases"
            book.table(book.sheet(f"{figure.id} cases", about), figure.cases)
    _contents(book)
    book.book.close()
    return into.getvalue()


def _number(count: int | None) -> str:
    return "" if count is None else f"{count}"


def _summary(book: Book) -> None:
    paper = book.paper
    sheet = book.sheet("Summary", paper.title)
    rows = tuple((s.title, s.status_words, s.counts, s.sentence) for s in paper.strands)
    below = book.table(sheet, Table(("Strand", "Status", "Counts", "So what"), rows))
    asked = paper.asked or ("No decision is asked: no measure is not met.",)
    said = [
        ("In two sentences", paper.bottom_line),
        ("Review", f"{paper.company}. {paper.period}. {paper.meeting}."),
        *(("Decision asked", one) for one in asked),
        ("How sure are we?", paper.how_sure),
    ]
    if paper.is_draft:
        said.insert(0, ("Draft", "This review has not been signed and sealed."))
    for down, (head, words) in enumerate(said, below + 1):
        sheet.write_string(down, 0, head, book.bold)
        sheet.write_string(down, 1, words)


def _part(book: Book, part: Part) -> None:
    sheet = book.sheet(part.title, part.title)
    top = FIRST
    for sentence in part.sentences:
        sheet.write_string(top, 0, sentence)
        top += 1
    if part.table.rows:
        book.table(sheet, part.table, top + 1)


def _homes(book: Book) -> None:
    rows = tuple(
        (figure.id, figure.title, *row)
        for figure in book.paper.figures
        for row in figure.by_home.rows
    )
    heads = ("No.", "Measure", "Home", "Met", "Of", "Not known")
    book.table(book.sheet("By home", "Every figure, home by home"), Table(heads, rows))


def _chart(book: Book, figure: Figure) -> None:
    """A sheet of one measure: what its chart is drawn from, and the chart beside it."""
    spec = figure.chart
    sheet = book.sheet(f"{figure.id} chart", f"{figure.id} {figure.title}")
    if spec is None:
        sheet.write_string(FIRST, 0, figure.no_chart)
        return
    sheet.write_string(2, 0, spec.headline, book.bold)
    if not isinstance(spec, ChartSpec):
        said = table_of(spec)
        book.table(sheet, Table(said.heads, said.rows))
        return
    every = series_of(spec)
    heads = ("Month", *(one.name for one in every))
    for across, head in enumerate(heads):
        sheet.write_string(FIRST, across, head, book.bold)
    for down, point in enumerate(spec.points, FIRST + 1):
        sheet.write_string(down, 0, point.label)
        for across, one in enumerate(every, 1):
            value = one.values[down - FIRST - 1]
            if value is not None:
                sheet.write_number(down, across, value)
    sheet.set_column(0, len(every), 12)
    chart = _drawn(book, sheet.get_name(), spec, every)
    place = {"description": spec.alternative, "x_scale": 1.6, "y_scale": 1.4}
    sheet.insert_chart(FIRST, len(heads) + 1, chart, place)


def _drawn(book: Book, name: str, spec: ChartSpec, every: tuple[Series, ...]) -> Any:
    chart = book.book.add_chart({"type": "column" if is_columns(spec) else "line"})
    last = FIRST + len(spec.points)
    for across, one in enumerate(every, 1):
        chart.add_series(
            {
                "name": [name, FIRST, across],
                "categories": [name, FIRST + 1, 0, last, 0],
                "values": [name, FIRST + 1, across, last, across],
                **_look(one, is_columns(spec)),
            }
        )
    chart.set_title({"name": spec.headline, "name_font": {"size": 12, "name": FONT}})
    chart.set_y_axis(
        {
            "min": spec.axis[0],
            "max": spec.axis[-1],
            "num_format": f'0"{spec.unit}"' if spec.unit else "General",
            "major_gridlines": {"visible": True, "line": {"color": _hex("grid")}},
        }
    )
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    return chart


def _look(one: Series, is_column: bool) -> dict[str, Any]:
    if is_column:
        return {"fill": {"color": _hex(one.colour)}}
    if one.is_marks:
        marker = {
            "type": one.shape,
            "size": 7,
            "fill": {"color": _hex(one.colour)},
            "border": {"color": _hex("border_strong")},
        }
        return {"line": {"none": True}, "marker": marker}
    line = {"color": _hex(one.colour), "width": 1.75, "dash_type": DASHES[one.dash]}
    return {"line": line, "marker": {"type": "none"}}


def _contents(book: Book) -> None:
    sheet = book.contents
    left, right = book.paper.header
    sheet.write_string(0, 0, left, book.title)
    sheet.write_string(1, 0, book.paper.footer)
    sheet.write_string(2, 0, right)
    sheet.write_string(FIRST, 0, "Sheet", book.bold)
    sheet.write_string(FIRST, 1, "What is in it", book.bold)
    for down, (name, about) in enumerate(book.listed, FIRST + 1):
        sheet.write_url(down, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(down, 1, about)
    sheet.set_column(0, 0, LONGEST_NAME)
    sheet.set_column(1, 1, 60)
    book.set_up(sheet)


def _hex(token: str) -> str:
    return tokens("light")[token]
