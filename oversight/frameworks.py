"""What the Toolkit, Caldicott, the NDG, the ICO and the CQC ask, by item; our measures.

The items lie in data/reference, and which measures bear on them in
framework_measures.csv. A lead edits both by importing `framework_items`: an imported
row stands in place of ours, one of a new item is added, `in_use: no` takes one away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from oversight import reference
from oversight.store import Cursor, rows

TOOLKIT: Final = "Toolkit"
CALDICOTT: Final = "Caldicott"
NDG: Final = "National Data Guardian"
ICO: Final = "ICO accountability"
CQC: Final = "CQC"
FRAMEWORKS: Final = (TOOLKIT, CALDICOTT, NDG, ICO, CQC)
MUST: Final = {"Y": "yes", "N": "no", "?": "not known"}


@dataclass(frozen=True)
class FrameworkItem:
    """One thing a framework asks, and the measures that bear on it."""

    framework: str
    version: str
    item: str  # its number or name
    wording: str
    measures: tuple[str, ...]
    mandatory: str  # yes, no, not known
    mandatory_approaching: str  # for the Toolkit's status Approaching Standards
    confidence: str  # of the item; A confirmed, B partly, C not
    mapping_confidence: str  # of the measures named; empty where none are
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.framework, self.version.lower(), self.item.lower()

    @property
    def shown(self) -> str:
        """Its wording with the mark of a row that nobody confirmed."""
        return reference.marked(self.wording, self.confidence)


def framework_items(cursor: Cursor, as_of: date) -> list[FrameworkItem]:
    """Every item in use on a day: ours, with what was imported in place of it."""
    found = {item.key: item for item in own_items()}
    for row in _imported(cursor, as_of):
        key = row["framework"], row["version"].lower(), row["item"].lower()
        before = found.pop(key, None)
        if row["in_use"] is not False:
            found[key] = _item(row, before)
    place = {name: at for at, name in enumerate(FRAMEWORKS)}
    return sorted(
        found.values(),
        key=lambda each: (
            place.get(each.framework, len(place)),
            each.version,
            numbered(each.item),
        ),
    )


def own_items() -> list[FrameworkItem]:
    """The items of data/reference, with the measures that bear on them."""
    said = {
        (row["framework"], row["item"]): row
        for row in reference.rows("framework_measures")
    }
    found = []
    for item in (*_toolkit(), *_caldicott(), *_ndg(), *_ico(), *_cqc()):
        row = said.get((item.framework, item.item))
        if row is not None:
            item = replace(
                item,
                measures=tuple(row["measures"].split("; ")),
                mapping_confidence=row["confidence"],
            )
        found.append(item)
    return found


def numbered(item: str) -> tuple[tuple[int, int, str], ...]:
    """An item's number as it sorts: 1.3.2 before 1.3.11, words after numbers."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in item.split(".")
    )


def _imported(cursor: Cursor, as_of: date) -> list[dict[str, Any]]:
    cursor.execute(
        """
        select framework, version, item, wording, measures, mandatory,
            mandatory_approaching, in_use, confidence, source
        from framework_items(?::date)
        """,
        [as_of],
    )
    return rows(cursor)


def _item(row: Mapping[str, Any], before: FrameworkItem | None) -> FrameworkItem:
    source = str(row["source"] or "")
    confidence = str(row["confidence"] or "C") if source else "C"
    blank = FrameworkItem(
        str(row["framework"]),
        str(row["version"]),
        str(row["item"]),
        "",
        (),
        "not known",
        "not known",
        confidence,
        "",
        source or "imported without a source",
    )
    item = before or blank
    # What the row leaves blank stays as it was; measures are the lead's own word.
    if row["wording"]:
        item = replace(
            item,
            wording=str(row["wording"]),
            confidence=confidence,
            source=blank.source,
        )
    if row["measures"] is not None:
        item = replace(item, measures=tuple(row["measures"]), mapping_confidence="A")
    return replace(
        item,
        mandatory=str(row["mandatory"] or item.mandatory),
        mandatory_approaching=str(
            row["mandatory_approaching"] or item.mandatory_approaching
        ),
    )


def _toolkit() -> Iterator[FrameworkItem]:
    for row in reference.rows("dspt_evidence_items"):
        yield FrameworkItem(
            TOOLKIT,
            row["version"].partition(" Category")[0],
            row["item"],
            row["short_wording"],
            (),
            MUST[row["mandatory_standards_met"]],
            MUST[row["mandatory_approaching"]],
            row["confidence"],
            "",
            row["source"],
        )
    for row in reference.rows("dspt_optional_items"):
        yield _plain(TOOLKIT, row["version"], row["item"], row["short_wording"], row)


def _caldicott() -> Iterator[FrameworkItem]:
    for row in reference.rows("caldicott"):
        yield _plain(CALDICOTT, "2020", row["no"], row["title"], row)


def _ndg() -> Iterator[FrameworkItem]:
    for row in reference.rows("ndg_standards"):
        yield _plain(NDG, "2016", row["no"], row["short_title"], row)


def _ico() -> Iterator[FrameworkItem]:
    for row in reference.rows("ico_accountability"):
        yield _plain(ICO, "", row["no"], row["category"], row)


def _cqc() -> Iterator[FrameworkItem]:
    for row in reference.rows("cqc_map"):
        yield _plain(CQC, row["framework"], row["statement"], row["key_question"], row)


def _plain(
    framework: str, version: str, item: str, wording: str, row: dict[str, str]
) -> FrameworkItem:
    must = "no" if framework == TOOLKIT else "not known"
    return FrameworkItem(
        framework,
        version,
        item,
        wording,
        (),
        must,
        must,
        row.get("confidence", "B"),
        "",
        row["source"],
    )
