"""Records as JSON -> one document each: NDJSON, a Bundle, a list, or a single one.

What is in a document is said by the SQL of its format (queries/formats); the headings
that gives are read by a profile, as if the file had been a table.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from oversight.headers import Definition, read_folder
from oversight.reading_room.pieces import Piece
from oversight.reading_room.readers import (
    FileRefused,
    Row,
    Sheet,
    check_lines,
)
from oversight.store import ROOT

FOLDER = ROOT / "queries" / "formats"
LARGEST_WHOLE = 64 << 20  # bytes of a file that is one document; NDJSON may be longer
PIECE = 16 << 20
LOOKED_AT = 20  # lines, to find out what they hold
KEYS_SHOWN = 6
LINES = "Export it as NDJSON (one record a line), or as CSV"

Document = dict[str, Any]


@dataclass(frozen=True)
class Format:
    """One format of documents: what marks it, and the headings that its SQL gives.

    marks: keys that every document has, each with the one value it must have, or None.
    """

    name: str
    marks: tuple[tuple[str, str | None], ...]
    versions: tuple[str, ...]
    headings: tuple[str, ...]
    definition: Definition

    def fits(self, document: Document) -> bool:
        """Whether a document is of this format."""
        return all(
            key in document and value in (None, document[key])
            for key, value in self.marks
        )


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format, from the files found under queries/formats."""
    return tuple(map(read_format, read_folder(FOLDER)))


def read_format(definition: Definition) -> Format:
    """One format file."""
    marks = (mark.partition("=") for mark in _listed(definition.one("marks")))
    return Format(
        definition.one("format"),
        tuple((key, value or None) for key, _, value in marks),
        tuple(_listed(definition.one("versions", ""))),
        tuple(_listed(definition.one("headings"))),
        definition,
    )


def _listed(said: str) -> list[str]:
    return [part.strip() for part in said.replace("\n", " ").split(",") if part.strip()]


@dataclass(frozen=True)
class Documents(Sheet):
    """A file of documents; its headings are those that its format gives."""

    form: Format
    is_lines: bool

    def pieces(self) -> Iterator[Piece]:
        """The documents in order: a line each, or as they stand in the whole."""
        if self.is_lines:
            yield from _lines(self.path, self.form)
        else:
            records = _records(_whole(self.path, self.name))
            texts = [json.dumps(record) for record in records]
            yield _piece(list(range(1, len(texts) + 1)), texts, self.form)


def read_documents(path: Path, name: str) -> Documents:
    """What a JSON file holds; FileRefused where it is damaged or of no known format."""
    try:
        check_lines(path, name, "utf-8-sig")
    except UnicodeError:
        raise FileRefused(
            f"{name} is JSON and not UTF-8, which all JSON is. {LINES}."
        ) from None
    is_lines = _is_lines(path)
    records = _first_lines(path) if is_lines else _records(_whole(path, name))
    first = next((record for record in records if isinstance(record, dict)), None)
    if first is None:
        raise FileRefused(f"{name} is JSON and holds no record. {LINES}.")
    form = next((form for form in all_formats() if form.fits(first)), None)
    if form is None:
        raise FileRefused(_not_known(name, first))
    top = (Row(0, form.headings),)
    return Documents(
        path, name, "utf-8-sig", "", top, None, form=form, is_lines=is_lines
    )


def _not_known(name: str, first: Document) -> str:
    known = ", ".join(form.name for form in all_formats())
    kind = first.get("resourceType")
    said = (
        f"a FHIR {kind}"
        if isinstance(kind, str)
        else "a record of " + ", ".join(list(map(str, first))[:KEYS_SHOWN])
    )
    return (
        f"{name} is JSON and not a table, and of no format that is known: it begins"
        f" with {said[:200]}. Known are: {known}. Nothing was loaded. Export it as"
        " CSV, or import another file."
    )


def _is_lines(path: Path) -> bool:
    """Whether each line is a document by itself, as far as the first two tell."""
    with path.open(encoding="utf-8-sig") as file:
        filled = list(islice((line for line in file if line.strip()), 2))
    return len(filled) == 2 and any(isinstance(_parsed(x), dict) for x in filled)


def _first_lines(path: Path) -> list[Any]:
    with path.open(encoding="utf-8-sig") as file:
        return [_parsed(line) for line in islice(file, LOOKED_AT)]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _whole(path: Path, name: str) -> Any:
    if path.stat().st_size > LARGEST_WHOLE:
        raise FileRefused(
            f"{name} is one JSON document of {path.stat().st_size >> 20} MB: wanted at"
            f" most {LARGEST_WHOLE >> 20} MB. {LINES}."
        )
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as fault:
        raise FileRefused(
            f"{name} is damaged JSON: {fault.msg} at line {fault.lineno}, column"
            f" {fault.colno}. Nothing was loaded. Export it again."
        ) from None
    except (RecursionError, ValueError):
        raise FileRefused(
            f"{name} is JSON that no system writes: nested too deeply, or with numbers"
            f" too long. Nothing was loaded. {LINES}."
        ) from None


def _records(whole: Any) -> list[Any]:
    """A Bundle's resources, a list's items, an answer's `value`; else the one."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        if whole.get("resourceType") == "Bundle":
            entries = whole.get("entry")
            entries = entries if isinstance(entries, list) else []
            return [e.get("resource") if isinstance(e, dict) else e for e in entries]
        if isinstance(whole.get("value"), list):
            return list(whole["value"])
    return [whole]


def _lines(path: Path, form: Format) -> Iterator[Piece]:
    numbers: list[int] = []
    lines: list[str] = []
    size = 0
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            numbers.append(number)
            lines.append(line)
            size += len(line)
            if size > PIECE:
                yield _piece(numbers, lines, form)
                numbers, lines, size = [], [], 0
    if lines:
        yield _piece(numbers, lines, form)


def _piece(numbers: list[int], texts: list[str], form: Format) -> Piece:
    table = pa.table(
        {"row": pa.array(numbers, pa.int64()), "text": pa.array(texts, pa.string())}
    )
    return Piece(table, "", form.definition.sql, form.marks, form.versions)
