"""Whose columns are these? Saved mappings from a sender's headings to a kind's columns."""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from oversight.readers import FileRefused, Row, Sheet
from oversight.sources import Source, all_sources
from oversight.store import ROOT

FOLDER = ROOT / "data" / "profiles"
ISO = "YYYY-MM-DD"
MISSING = ("", "NA", "N/A", "-", "NULL", "None")
# Ends that say a time is UTC; formats.md 1.2.
UTC_END = re.compile(r"\s*[\[(]utc[\])]$")


@dataclass(frozen=True)
class Column:
    """How one column of a kind is had from the sender's headings."""

    name: str
    heading: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    split: str | None = None
    always: str | None = None
    from_content: bool = False


@dataclass(frozen=True)
class Profile:
    """A named mapping onto one kind; dates, missing values and drops are stated, not guessed."""

    name: str
    title: str
    kind: str
    dates: str
    columns: tuple[Column, ...]
    needs: tuple[str, ...]
    drops: tuple[str, ...] = ()
    missing: tuple[str, ...] = MISSING
    file_names: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(c.heading for c in self.columns if c.heading is not None)


@dataclass(frozen=True)
class Recognised:
    """A sheet whose kind and layout are known, and where its headings stand."""

    profile: Profile
    source: Source
    heading_row: Row
    ignored: tuple[str, ...]
    dropped: tuple[str, ...]


def fold(heading: str) -> str:
    """How headings are compared: trimmed, single-spaced, case and '[UTC]' set aside."""
    return UTC_END.sub("", " ".join(heading.split()).casefold())


def read_profile(path: Path) -> Profile:
    """A profile as saved (JSON); see docs/how-to for what each field says."""
    saved: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    columns = tuple(
        Column(
            name,
            said.get("from"),
            {k.casefold(): v for k, v in said.get("values", {}).items()},
            said.get("split"),
            said.get("always"),
            said.get("from content", False),
        )
        for name, said in saved["columns"].items()
    )
    optional = {fold(heading) for heading in saved.get("optional", [])}
    return Profile(
        name=path.stem,
        title=saved["title"],
        kind=saved["kind"],
        dates=saved["dates"],
        columns=columns,
        needs=tuple(
            c.heading for c in columns if c.heading and fold(c.heading) not in optional
        ),
        drops=tuple(saved.get("drops", [])),
        missing=tuple(saved.get("missing", MISSING)),
        file_names=tuple(saved.get("file names", [])),
    )


def own_profile(source: Source) -> Profile:
    """The kind's own template: its columns by their own names, dates as YYYY-MM-DD."""
    return Profile(
        name=f"template_{source.kind}",
        title=f"{source.title}: our own template",
        kind=source.kind,
        dates=ISO,
        columns=tuple(Column(c.name, c.name) for c in source.columns),
        needs=tuple(c.name for c in source.columns if c.is_needed),
        file_names=(f"*{source.kind}*.csv",),
    )


@cache
def all_profiles() -> dict[str, Profile]:
    """Every profile by name: those saved, and each kind's own template."""
    saved = [read_profile(path) for path in sorted(FOLDER.glob("*.json"))]
    own = [own_profile(source) for source in all_sources().values()]
    return {profile.name: profile for profile in [*saved, *own]}


def recognise(
    sheet: Sheet, file_name: str, kind: str | None = None, named: str | None = None
) -> Recognised:
    """Finds the profile whose headings are all there; refuses rather than guesses."""
    candidates = _candidates(kind, named)
    fitting = [
        (profile, row)
        for profile in candidates
        for row in sheet.top
        if not _lacking(profile, row)
    ]
    if not fitting:
        raise FileRefused(_not_recognised(candidates, sheet, file_name))
    best = max(_fit(profile, file_name) for profile, _ in fitting)
    chosen = [each for each in fitting if _fit(each[0], file_name) == best]
    if len({profile.name for profile, _ in chosen}) > 1:
        names = ", ".join(sorted({profile.name for profile, _ in chosen}))
        raise FileRefused(
            f"{file_name} could be read in more than one way ({names}). Say which, with"
            " --profile."
        )
    profile, heading_row = chosen[0]
    _check_doubles(profile, heading_row, file_name)
    return _recognised(profile, heading_row)


def taken_on_by_name(file_name: str) -> date | None:
    """The one ISO date in a file's name, such as 2026-10-31-staff.csv."""
    found = re.findall(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)", file_name)
    try:
        return date.fromisoformat(found[0]) if len(found) == 1 else None
    except ValueError:
        return None


def _candidates(kind: str | None, named: str | None) -> list[Profile]:
    profiles = all_profiles()
    if named is not None:
        if named not in profiles:
            raise FileRefused(
                f"There is no profile {named!r}. There are: {', '.join(sorted(profiles))}."
            )
        return [profiles[named]]
    if kind is not None and kind not in all_sources():
        raise FileRefused(
            f"There is no kind {kind!r}. There are: {', '.join(all_sources())}."
        )
    return [p for p in profiles.values() if kind in (None, p.kind)]


def _lacking(profile: Profile, row: Row) -> list[str]:
    there = {fold(cell) for cell in row.cells}
    return [heading for heading in profile.needs if fold(heading) not in there]


def _fit(profile: Profile, file_name: str) -> tuple[int, bool]:
    # More headings matched is a surer sign than the file's name, which people change.
    return len(profile.needs), any(
        fnmatchcase(file_name.casefold(), pattern) for pattern in profile.file_names
    )


def _check_doubles(profile: Profile, row: Row, file_name: str) -> None:
    folded = [fold(cell) for cell in row.cells]
    twice = [h for h in profile.headings if folded.count(fold(h)) > 1]
    if twice:
        raise FileRefused(
            f"{file_name}, row {row.number}: the heading {twice[0]!r} stands there twice,"
            " so it cannot be told which is meant. Rename or remove one of them."
        )


def _recognised(profile: Profile, heading_row: Row) -> Recognised:
    used = {fold(heading) for heading in profile.headings}
    personal = {fold(heading) for heading in profile.drops}
    others = [
        cell.strip()
        for cell in heading_row.cells
        if cell.strip() and fold(cell) not in used
    ]
    return Recognised(
        profile,
        all_sources()[profile.kind],
        heading_row,
        ignored=tuple(cell for cell in others if fold(cell) not in personal),
        dropped=tuple(cell for cell in others if fold(cell) in personal),
    )


def _not_recognised(candidates: list[Profile], sheet: Sheet, file_name: str) -> str:
    profile, row = max(
        ((profile, row) for profile in candidates for row in sheet.top),
        key=lambda each: len(each[0].needs) and (
            1 - len(_lacking(*each)) / len(each[0].needs)
        ),
    )
    lacking = _lacking(profile, row)
    came = ", ".join(cell.strip() for cell in sheet.top[0].cells[:8])
    if len(lacking) == len(profile.needs):
        return (
            f"{file_name} has no row of headings that is known. Its first row reads:"
            f" {came[:200]}. If the file has no headings, add them; if it is somebody"
            " else's layout, make a profile for it; `kinds` lists what can be imported."
        )
    return (
        f"{file_name} is not recognised. It comes closest to {profile.title}"
        f" ({profile.name}), but row {row.number} lacks {', '.join(map(repr, lacking[:6]))}."
        f" Headings that came: {came[:200]}. Export it again in the current layout, or"
        " make a profile for this one. Nothing of it was loaded."
    )
