"""What kinds of record are there? Definitions under queries/sources, checked."""

import re
from dataclasses import dataclass
from functools import cache

from oversight.headers import Definition, DefinitionError, read_folder
from oversight.store import ROOT

FOLDER = ROOT / "queries" / "sources"
DELIVERS = ("snapshot", "changes", "events")
ALLOWANCE = re.compile(r"(\d+) in (\d+)")


@dataclass(frozen=True)
class SourceColumn:
    """One column of a kind, as its template shows it."""

    name: str
    is_needed: bool
    wanted: str
    example: str
    meaning: str

    @property
    def is_person(self) -> bool:
        """Whether it says who on the staff, or which account: shown by pseudonym."""
        return (
            self.name.endswith("staff_ref")
            or self.wanted.startswith(("a login", "logins"))
            or "staff register" in self.meaning
            or self.name in ("holder_ref", "person_ref")
        )

    @property
    def is_free_text(self) -> bool:
        """Whether people may have typed anything into it."""
        return self.wanted == "text"


@dataclass(frozen=True)
class Source:
    """One kind of record: what it needs, how it is delivered, how old it may grow."""

    kind: str
    title: str
    delivers: str
    key: tuple[str, ...]
    repeats: (
        bool  # rows that agree on the key are told apart by their order in the file
    )
    whole_for: str  # the column a register is whole for, as one system; '' for all
    tells_states: bool  # a later row is a newer state, not a mended happening
    happened: tuple[str, ...]  # what says when a row is of, the first that is given
    freshness_days: int
    refused_allowance: float  # the share of rows that may be refused, 0 to 1
    owner: str
    columns: tuple[SourceColumn, ...]
    definition: Definition

    @property
    def has_home(self) -> bool:
        return any(column.name == "home" for column in self.columns)

    @property
    def happened_day(self) -> str:
        """SQL: the UK day a row is of; null where nothing says it."""
        days = [f"uk_day({n})" if n.endswith("_at") else n for n in self.happened]
        return f"coalesce({', '.join([*days, 'null::date'])})"

    @property
    def fact_table(self) -> str:
        return f"fact_{self.kind}"


@cache
def all_sources() -> dict[str, Source]:
    """Every kind by name, from the files found under queries/sources."""
    sources = [read_source(definition) for definition in read_folder(FOLDER)]
    return {source.kind: source for source in sources}


def read_source(definition: Definition) -> Source:
    """One source file, or a DefinitionError that names the line to mend."""
    columns = tuple(
        SourceColumn(
            row["column"],
            row["needed"] == "yes",
            row["wanted"],
            row["example"],
            row["what it is"],
        )
        for row in definition.table("columns")
    )
    source = Source(
        kind=definition.name,
        title=definition.one("title"),
        delivers=definition.one("delivers"),
        key=_names(definition.one("key")),
        repeats=definition.one("repeats", "refused") == "numbered",
        whole_for=definition.one("whole for", ""),
        tells_states=definition.one("tells", "happenings") == "states",
        happened=_names(definition.one("happened", "")),
        freshness_days=int(definition.one("freshness").removesuffix(" days")),
        refused_allowance=_allowance(definition),
        owner=definition.one("owner"),
        columns=columns,
        definition=definition,
    )
    _check(source)
    return source


def _names(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split(",") if part.strip())


def _allowance(definition: Definition) -> float:
    said = ALLOWANCE.fullmatch(definition.one("refused"))
    if said is None:
        raise DefinitionError(
            f"{definition.path}: wanted '-- refused: 2 in 100', got"
            f" {definition.one('refused')!r}"
        )
    return int(said[1]) / int(said[2])


def _check(source: Source) -> None:
    names = {column.name for column in source.columns}
    faults = [
        f"key column {name!r} is not drawn" for name in source.key if name not in names
    ]
    faults += [
        f"happened {name!r} is not a day (…_on) or a time (…_at) that is drawn"
        for name in source.happened
        if name not in names or not name.endswith(("_on", "_at"))
    ]
    if source.whole_for not in ("", *source.key):
        faults.append(f"whole for {source.whole_for!r} wants a column of the key")
    if source.delivers not in DELIVERS:
        faults.append(f"delivers wants one of {DELIVERS}, got {source.delivers!r}")
    faults += [
        f"column {column.name!r} has an empty cell"
        for column in source.columns
        if not (column.wanted and column.example and column.meaning)
    ]
    if faults:
        raise DefinitionError(f"{source.definition.path}: " + "; ".join(faults))
