"""Whose columns are these? Saved mappings from headings to a kind's columns."""

import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from oversight.sources import Source, all_sources
from oversight.store import ROOT

FOLDER = ROOT / "data" / "profiles"
ISO = "YYYY-MM-DD"
MISSING = ("", "NA", "N/A", "-", "NULL", "None")
# Ends that say a time is UTC, as Microsoft's exports write them.
UTC_END = re.compile(r"\s*[\[(]utc[\])]$")


@dataclass(frozen=True)
class Column:
    """How one column of a kind is had from the sender's headings.

    values: the sender's words, folded, and ours ('' for those that say nothing).
    split: what divides several values in one cell. always: the one value, whatever the
    file says. from_content: a reference made from what the row says, for files that
    number nothing. instead: the heading to look under where the first has nothing. key:
    of what stands there as JSON. take: the part of a cell that is wanted, its first
    group. time: how an instant is written, in UTC. other: our word for all that values
    do not name.
    """

    name: str
    heading: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    split: str | None = None
    always: str | None = None
    from_content: bool = False
    instead: str | None = None
    key: str | None = None
    take: str | None = None
    time: str | None = None
    other: str | None = None


@dataclass(frozen=True)
class Profile:
    """A named mapping onto one kind; the form of its dates is stated, never guessed."""

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
        """The headings that are read."""
        both = [head for c in self.columns for head in (c.heading, c.instead)]
        return tuple(dict.fromkeys(heading for heading in both if heading is not None))

    @cached_property
    def folded_needs(self) -> dict[str, str]:
        """The headings that must be there, by how they are compared."""
        return {fold(heading): heading for heading in self.needs}

    @cached_property
    def folded_drops(self) -> frozenset[str]:
        """The headings of personal columns, which never get in."""
        return frozenset(map(fold, self.drops))

    @cached_property
    def folded_headings(self) -> frozenset[str]:
        """The headings that are read, by how they are compared."""
        return frozenset(map(fold, self.headings))


def fold(heading: str) -> str:
    """How headings are compared: trimmed, single-spaced, case and '[UTC]' set aside."""
    return UTC_END.sub("", _plain(heading))


def says_utc(heading: str) -> bool:
    """Whether a heading says that the times below it are UTC."""
    return UTC_END.search(_plain(heading)) is not None


def read_profile(path: Path) -> Profile:
    """A profile as saved (JSON); see docs/how-to for what each field says."""
    return profile_of(path.stem, json.loads(path.read_text(encoding="utf-8")))


def profile_of(name: str, saved: dict[str, Any]) -> Profile:
    """The same of what was saved elsewhere, under a name."""
    columns = tuple(
        Column(
            column,
            said.get("from"),
            {k.casefold(): v for k, v in said.get("values", {}).items()},
            said.get("split"),
            said.get("always"),
            said.get("from content", False),
            said.get("or from"),
            said.get("key"),
            said.get("take"),
            said.get("time"),
            said.get("other"),
        )
        for column, said in saved["columns"].items()
    )
    optional = {fold(heading) for heading in saved.get("optional", [])}
    return Profile(
        name=name,
        title=saved["title"],
        kind=saved["kind"],
        dates=saved["dates"],
        columns=columns,
        needs=tuple(
            dict.fromkeys(
                c.heading
                for c in columns
                if c.heading and fold(c.heading) not in optional
            )
        ),
        drops=tuple(saved.get("drops", [])),
        missing=tuple(saved.get("missing", MISSING)),
        file_names=tuple(saved.get("file names", [])),
    )


def own_profile(source: Source) -> Profile:
    """The kind's own template: its columns by their own names, dates as YYYY-MM-DD."""
    return Profile(
        name=f"template_{source.kind}",
        title="our own template",
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


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()
