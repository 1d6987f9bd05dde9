"""What each paper says, read by another library than wrote it where there is one."""

import io
import re
from collections.abc import Iterator

import docx
import openpyxl
import pypdf
from pptx import Presentation


def words_of(name: str, body: bytes) -> str:
    """All the words of a paper in their order, spaces and line ends as one space."""
    return " ".join(" ".join(READERS[name](io.BytesIO(body))).split())


def plain(words: str) -> str:
    """Without any space: a PDF breaks lines, and so words, where it will."""
    return re.sub(r"\s+", "", words)


def _pdf(body: io.BytesIO) -> Iterator[str]:
    for page in pypdf.PdfReader(body).pages:
        yield page.extract_text()


def _pptx(body: io.BytesIO) -> Iterator[str]:
    for slide in Presentation(body).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                for row in shape.table.rows:
                    yield from (cell.text for cell in row.cells)


def _docx(body: io.BytesIO) -> Iterator[str]:
    document = docx.Document(body)
    for section in document.sections:
        yield from (paragraph.text for paragraph in section.header.paragraphs)
        yield from (paragraph.text for paragraph in section.footer.paragraphs)
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def _xlsx(body: io.BytesIO) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(body).worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield from (str(cell) for cell in row if cell is not None)


READERS = {"pdf": _pdf, "pptx": _pptx, "docx": _docx, "xlsx": _xlsx}
