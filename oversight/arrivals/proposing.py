"""A file of no layout that is known: which of its headings may be which of ours?

Proposed by name and by what stands below; a person decides. What can be read in two
ways, as 03/04/2026 can, is asked about and never settled here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oversight.arrivals.forms import Field, fields_of
from oversight.reading_room.books import Workbook
from oversight.reading_room.date_forms import FORMS, variables
from oversight.reading_room.opening import open_file
from oversight.reading_room.profiles import MISSING
from oversight.reading_room.readers import FileRefused, Row
from oversight.reading_room.recognition import FIGURES
from oversight.sources import Source, all_sources

LOOKED_AT = 20_000  # rows
DISTINCT = 200  # values of a column that are kept to be shown
FITS = 0.6  # the share of values that must fit before a column is proposed by them
SAME_WORDS = {"date": "on", "number": "ref", "reference": "ref", "site": "home"}
# Headings of what must not be kept, by words in them.
PERSONAL = frozenset(
    "address birth dob email ethnicity gender mobile nationality ni nino ninumber"
    " phone postcode religion salary sex telephone".split()
)


@dataclass(frozen=True)
class Headed:
    """A file's headings, and below each the first of its different values."""

    name: str
    headings: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    rows: int


def look_at(path: Path, name: str) -> Headed:
    """The headings of a file and what stands below them; FileRefused without any."""
    opened = open_file(path, name)
    sheets = opened.sheets if isinstance(opened, Workbook) else opened
    sheet = max(sheets, key=lambda sheet: sheet.width)
    if sheet.fault is not None:
        raise sheet.fault
    heading = next(filter(_may_be_headings, sheet.top), None)
    if heading is None:
        raise FileRefused(
            f"{name} has no row of headings among its first: wanted one, above the"
            " records. Export it with headings, or add them."
        )
    places = {c.strip(): at for at, c in enumerate(heading.cells) if c.strip()}
    values: dict[str, dict[str, None]] = {head: {} for head in places}
    count = 0
    for row in sheet.rows():
        if row.number <= heading.number:
            continue
        count += 1
        if count > LOOKED_AT:
            break
        for head, at in places.items():
            cell = row.cells[at].strip() if at < len(row.cells) else ""
            if cell and len(values[head]) < DISTINCT:
                values[head][cell] = None
    return Headed(
        name, tuple(places), {h: tuple(found) for h, found in values.items()}, count
    )


def likely_kinds(headed: Headed) -> tuple[list[str], bool]:
    """Every kind, the likeliest first, and whether that one stands out."""
    scores = {}
    for kind, source in all_sources().items():
        found = _matched(source, headed)
        needed = [column.name for column in source.columns if column.is_needed]
        share = sum(name in found for name in needed) / len(needed)
        scores[kind] = (sum(score for _, score in found.values()), share)
    kinds = sorted(scores, key=lambda kind: (scores[kind], kind), reverse=True)
    return kinds, scores[kinds[0]] > scores[kinds[1]]


def proposed(source: Source, headed: Headed) -> dict[str, str]:
    """The heading that likeliest holds each column; columns without one left out."""
    return {name: head for name, (head, _) in _matched(source, headed).items()}


def fitting_forms(values: Sequence[str]) -> list[str]:
    """The forms in which every one of these values is a date; several: ask a person."""
    cells = [cell for cell in values if cell not in MISSING]
    return [form for form in FORMS if cells and all(_is(form, c) for c in cells)]


def telling_examples(values: Sequence[str], forms: Sequence[str]) -> list[str]:
    """Some of the values, each as the forms would read it."""
    said = []
    for cell in values[:3]:
        readings = [f"{_read(form, cell):%-d %B %Y} as {form}" for form in forms]
        said.append(f"{cell} would be {' or '.join(readings)}")
    return said


def foreign_words(field: Field, values: Sequence[str]) -> list[str]:
    """The values of a column of set words that are none of them."""
    words = {"yes", "no"} if field.shape == "yes or no" else set(field.choices)
    if field.shape not in ("one of", "yes or no"):
        return []
    return [v for v in values if v.casefold() not in words and v not in MISSING]


def looks_personal(heading: str) -> bool:
    """Whether a heading seems to be that of something that must not be kept."""
    return bool(PERSONAL & set(_words(heading)))


def _matched(source: Source, headed: Headed) -> dict[str, tuple[str, float]]:
    scored = sorted(
        (
            (_score(field, head, headed.values[head]), field.column.name, head)
            for field in fields_of(source)
            for head in headed.headings
            if not looks_personal(head) or field.column.name in _names(head)
        ),
        key=lambda each: -each[0],
    )
    found: dict[str, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, name, head in scored:
        if score >= FITS and name not in found and head not in taken:
            found[name] = (head, score)
            taken.add(head)
    return found


def _names(heading: str) -> set[str]:
    """What a column would be called that asks for just this."""
    return {"_".join(_words(heading)), *_words(heading)}


def _score(field: Field, heading: str, values: Sequence[str]) -> float:
    ours, theirs = set(_words(field.column.name)), set(_words(heading))
    alike = len(ours & theirs) / len(ours | theirs) if theirs else 0.0
    fit = _share_that_fits(field, values)
    if fit == 0.0:
        return 0.0
    by_words = fit * 0.8 if field.shape in ("one of", "some of") else 0.0
    return max(alike, by_words if fit >= FITS else 0.0)


def _share_that_fits(field: Field, values: Sequence[str]) -> float:
    """How much of what stands there may be of this shape; 1 where anything may."""
    cells = [cell for cell in values if cell not in MISSING]
    if not cells:
        return 1.0
    if field.shape in ("day", "time"):
        return float(any(any(_is(form, cell) for form in FORMS) for cell in cells))
    if field.shape in ("one of", "some of"):
        words = {word.casefold() for word in field.choices}
        parts = [set(map(str.strip, re.split("[;,]", c.casefold()))) for c in cells]
        inside = sum(part <= words for part in parts) / len(cells)
        return inside or 0.01  # other words may be mapped to ours
    return 1.0


def _may_be_headings(row: Row) -> bool:
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    return len(filled) > 1 and not any(FIGURES.fullmatch(cell) for cell in filled)


def _words(name: str) -> list[str]:
    parts = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    words = re.findall(r"[a-z]+", parts.casefold())
    return [SAME_WORDS.get(word, word) for word in words]


def _is(form: str, cell: str) -> bool:
    return _read(form, cell) is not None


def _read(form: str, cell: str) -> datetime | None:
    said = variables(form)
    shapes = (
        (said["date_shape"], [said["date_format"]]),
        (said["time_shape"], said["time_formats"]),
    )
    for shape, formats in shapes:
        if not re.fullmatch(str(shape), cell):
            continue
        for parts in formats:
            try:
                return datetime.strptime(  # noqa: DTZ007 - only whether it is a day
                    cell.replace("T", " ").rstrip("Z"), str(parts)
                )
            except ValueError:
                continue
    return None
