"""What kind of file is it, by its first bytes, and who reads that?"""

from pathlib import Path

from oversight.reading_room.books import Workbook
from oversight.reading_room.documents import read_documents
from oversight.reading_room.readers import Sheet, read_sheets

WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def open_file(path: Path, name: str) -> list[Sheet] | Workbook:
    """The sheets of a file; the sender calls it `name`, which decides nothing."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(WORKBOOK):
        # Loaded only now: tests of queries do without what reads workbooks.
        from oversight.reading_room.workbooks import read_workbook

        return read_workbook(path, name)
    if _first_letter(path) in ("{", "["):
        return [read_documents(path, name)]
    return read_sheets(path, name)


def _first_letter(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(1024).decode("utf-8-sig", "replace").lstrip()[:1]
