"""Which kind of record is this file, in whose layout, and where are its headings?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from oversight.reading_room.books import Workbook, WorkbookSheet
from oversight.reading_room.profiles import Profile, all_profiles, fold
from oversight.reading_room.readers import FileRefused, Row, Sheet
from oversight.reading_room.sheets_joined import JoinedSheets
from oversight.sources import Source, all_sources

# A number, a date, a time: what stands in a record and never is a heading.
FIGURES = re.compile(r"[\d\s/.:,+-]*\d[\d\s/.:,+-]*")
MAKE_ONE = "make a profile for"  # said where a mapping would help
SHOWN = 8  # of the headings that came, as many as a sentence bears


@dataclass(frozen=True)
class Recognised:
    """The kind and layout of a sheet, and where its headings stand."""

    profile: Profile
    source: Source
    heading_row: Row
    ignored: tuple[str, ...]
    dropped: tuple[str, ...]
    encoding: str = "utf-8-sig"
    sheets: tuple[str, ...] = ()  # of a workbook: those that are read, by their titles
    passed_over: tuple[str, ...] = ()  # those that are not, and why


def recognise(
    sheets: Sequence[Sheet] | Workbook,
    file_name: str,
    kind: str | None = None,
    named: str | None = None,
    profiles: Mapping[str, Profile] | None = None,
) -> tuple[Sheet, Recognised]:
    """Finds the profile whose headings are all there; refuses rather than guesses.

    profiles: those made here, beside those that come with the program.
    """
    candidates = _candidates({**all_profiles(), **(profiles or {})}, kind, named)
    if isinstance(sheets, Workbook):
        return _recognise_workbook(sheets, candidates, file_name)
    for sheet in sheets:
        if fitting := [p for p in candidates if _heading_row(p, sheet) is not None]:
            profile = _best(fitting, file_name)
            return sheet, _recognised(sheet, profile, file_name)
    # Divided otherwise than it was written, a sound file has faults of its own.
    likely = sheets[0]
    raise likely.fault or FileRefused(_not_recognised(candidates, likely, file_name))


def _recognise_workbook(
    book: Workbook, candidates: list[Profile], file_name: str
) -> tuple[Sheet, Recognised]:
    """The sheets of one layout, as one; the others are passed over, and said to be."""
    found: list[tuple[WorkbookSheet, Profile]] = []
    passed_over = []
    for sheet in book.sheets:
        if fitting := [p for p in candidates if _heading_row(p, sheet) is not None]:
            found.append((sheet, _best(fitting, file_name)))
        else:
            passed_over.append(f"“{sheet.title}” (no headings that are known)")
    if not found:
        likely = max(book.sheets, key=lambda sheet: sheet.width)
        where = f"{file_name}, sheet “{likely.title}”,"
        raise FileRefused(_not_recognised(candidates, likely, where))
    profiles = {profile.name: profile for _, profile in found}
    if len(profiles) > 1:
        said = ", ".join(
            f"“{sheet.title}” is {all_sources()[profile.kind].title} ({profile.name})"
            for sheet, profile in found
        )
        raise FileRefused(
            f"{file_name} has sheets of several kinds: {said}. A file is one arrival of"
            " one kind. Say which is meant with --kind or --profile, once for each, or"
            " save the sheets as files of their own. Nothing was loaded."
        )
    profile = found[0][1]
    recognised = [_recognised(sheet, profile, file_name) for sheet, _ in found]
    headings = [each.heading_row for each in recognised]
    sheets = [sheet for sheet, _ in found]
    joined = JoinedSheets.of(list(zip(sheets, headings, strict=True)))
    return joined, replace(
        recognised[0],
        heading_row=joined.headings,
        ignored=_each(name for r in recognised for name in r.ignored),
        dropped=_each(name for r in recognised for name in r.dropped),
        encoding="",
        sheets=tuple(sheet.title for sheet in sheets),
        passed_over=(*passed_over, *book.passed_over),
    )


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def may_be_mapped(message: str) -> bool:
    """Whether a file was refused for want of a word on whose columns these are."""
    return MAKE_ONE in message


def taken_on_by_name(file_name: str) -> date | None:
    """The one ISO date in a file's name, such as 2026-10-31-staff.csv."""
    found = re.findall(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)", file_name)
    try:
        return date.fromisoformat(found[0]) if len(found) == 1 else None
    except ValueError:
        return None


def _candidates(
    profiles: Mapping[str, Profile], kind: str | None, named: str | None
) -> list[Profile]:
    if kind is not None and kind not in all_sources():
        raise FileRefused(
            f"There is no kind {kind!r}. There are: {', '.join(all_sources())}."
        )
    if named is None:
        return [p for p in profiles.values() if kind in (None, p.kind)]
    if named not in profiles:
        raise FileRefused(
            f"There is no profile {named!r}. There are: {', '.join(sorted(profiles))}."
        )
    if kind not in (None, profiles[named].kind):
        raise FileRefused(
            f"The profile {named!r} is for {profiles[named].kind}, not for {kind}. Give"
            " one of the two."
        )
    return [profiles[named]]


def _heading_row(profile: Profile, sheet: Sheet) -> Row | None:
    return next((row for row in sheet.top if not _lacking(profile, row)), None)


def _lacking(profile: Profile, row: Row) -> list[str]:
    there = {fold(cell) for cell in row.cells}
    return [said for need, said in profile.folded_needs.items() if need not in there]


def _best(fitting: list[Profile], file_name: str) -> Profile:
    # More headings matched is a surer sign than the file's name, which people change.
    def fit(profile: Profile) -> tuple[int, bool]:
        name = file_name.casefold()
        return len(profile.needs), any(fnmatchcase(name, p) for p in profile.file_names)

    best = max(map(fit, fitting))
    chosen = [profile for profile in fitting if fit(profile) == best]
    if len(chosen) > 1:
        names = ", ".join(sorted(profile.name for profile in chosen))
        raise FileRefused(
            f"{file_name} could be read in more than one way ({names}). Say which, with"
            " --profile."
        )
    return chosen[0]


def _recognised(sheet: Sheet, profile: Profile, file_name: str) -> Recognised:
    heading_row = _heading_row(profile, sheet)
    assert heading_row is not None
    _check_doubles(profile, heading_row, file_name)
    others = [
        cell.strip()
        for cell in heading_row.cells
        if cell.strip() and fold(cell) not in profile.folded_headings
    ]
    return Recognised(
        profile,
        all_sources()[profile.kind],
        heading_row,
        ignored=tuple(c for c in others if fold(c) not in profile.folded_drops),
        dropped=tuple(c for c in others if fold(c) in profile.folded_drops),
        encoding=sheet.encoding,
    )


def _check_doubles(profile: Profile, row: Row, file_name: str) -> None:
    folded = [fold(cell) for cell in row.cells]
    twice = [h for h in profile.headings if folded.count(fold(h)) > 1]
    if twice:
        raise FileRefused(
            f"{file_name}, row {row.number}: the heading {twice[0]!r} stands there"
            " twice, so it cannot be told which is meant. Rename or remove one of them."
        )


def _not_recognised(candidates: list[Profile], sheet: Sheet, file_name: str) -> str:
    profile, row = max(
        ((profile, row) for profile in candidates for row in sheet.top),
        key=lambda each: _closeness(*each),
    )
    if _closeness(profile, row) < 0.5:
        return f"{file_name} {_no_headings(sheet.top)} Nothing of it was loaded."
    lacking = ", ".join(map(repr, _lacking(profile, row)[:SHOWN]))
    title = all_sources()[profile.kind].title
    return (
        f"{file_name} is not recognised. It comes closest to {title} ({profile.title},"
        f" --profile {profile.name}), but row {row.number} lacks {lacking}. Headings"
        f" that came: {_shown(row)}. Export it again in the current layout, or"
        f" {MAKE_ONE} this one. Nothing of it was loaded."
    )


def _closeness(profile: Profile, row: Row) -> float:
    """The share of a row's cells that a profile knows for headings, 0 to 1."""
    there = {fold(cell) for cell in row.cells if cell.strip()}
    known = profile.folded_headings | profile.folded_drops
    return len(there & known) / len(there)


def _no_headings(top: Sequence[Row]) -> str:
    """Why the first rows give nothing to go by; a record's cells are never repeated."""
    start = top[0].cells[0].lstrip()[:1]
    if start in ("{", "["):
        return "is JSON and not a table: wanted a CSV file with a row of headings."
    if start == "<":
        return "is a web page or XML and not a table: wanted a CSV file with headings."
    # A title above the headings is one cell.
    row = next((row for row in top if len(_filled(row)) > 1), top[0])
    known = f"What can be imported: {', '.join(all_sources())}."
    if any(FIGURES.fullmatch(cell) for cell in _filled(row)):
        return (
            f"has no headings: its row {row.number} is a record already. Wanted a row"
            " of headings above the records; export it with headings, or add them."
            f" {known}"
        )
    return (
        f"is of no layout that is known: its row {row.number} reads {_shown(row)}. If"
        f" these are its headings, {MAKE_ONE} them. {known}"
    )


def _filled(row: Row) -> list[str]:
    return [cell.strip() for cell in row.cells if cell.strip()]


def _shown(row: Row) -> str:
    said = [cell[:40] for cell in _filled(row)]
    more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
    return ", ".join(said[:SHOWN]) + more
