"""Reads the `-- name: value` lines at the top of any .sql."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

NAME_LINE = re.compile(r"^-- ([a-z][a-z ]*):(?:\s+(.*))?$")
MORE_LINE = re.compile(r"^--\s{3,}(\S.*)$")


class DefinitionError(Exception):
    """A definition under queries/ is faulty: our fault, never the reader's."""


@dataclass(frozen=True)
class Definition:
    """One .sql file: its header, line by line, and the SQL below it."""

    path: Path
    header: tuple[tuple[str, str], ...]
    sql: str
    sha256: str

    @property
    def name(self) -> str:
        return self.path.stem

    def all(self, field: str) -> tuple[str, ...]:
        """Every value of a field that may be stated more than once, in order."""
        return tuple(value for name, value in self.header if name == field)

    def one(self, field: str, default: str | None = None) -> str:
        """The single value of a field, its continuation lines joined by newlines."""
        values = self.all(field)
        if len(values) == 1:
            return values[0]
        if not values and default is not None:
            return default
        raise DefinitionError(
            f"{self.path}: wanted one line '-- {field}: …' in the header,"
            f" got {len(values)}"
        )

    def table(self, field: str) -> list[dict[str, str]]:
        """A field drawn as a table, its cells divided by `|`: one dict a row."""
        lines = [
            [cell.strip() for cell in line.split("|")]
            for line in self.one(field).splitlines()
            if line.strip()
        ]
        heads, rows = lines[0], lines[1:]
        for row in rows:
            if len(row) != len(heads):
                raise DefinitionError(
                    f"{self.path}: '{field}' wants {len(heads)} cells a line "
                    f"({', '.join(heads)}), got {len(row)}: {' | '.join(row)}"
                )
        return [dict(zip(heads, row, strict=True)) for row in rows]


def read_definition(path: Path) -> Definition:
    """The header and SQL of one file; a line of another form ends the header."""
    text = path.read_text(encoding="utf-8")
    header: list[tuple[str, str]] = []
    lines = text.splitlines()
    at = 0
    for at, line in enumerate(lines):  # noqa: B007
        if named := NAME_LINE.match(line):
            header.append((named[1].strip(), (named[2] or "").strip()))
        elif header and (more := MORE_LINE.match(line)):
            name, value = header[-1]
            header[-1] = (name, f"{value}\n{more[1].rstrip()}".lstrip("\n"))
        else:
            break
    else:
        at = len(lines)  # a header and nothing below it
    sql = "\n".join(lines[at:]).strip()
    if not header or not sql:
        raise DefinitionError(f"{path}: wanted '-- name: value' lines and then SQL")
    return Definition(
        path, tuple(header), sql, hashlib.sha256(text.encode()).hexdigest()
    )


def read_folder(folder: Path) -> list[Definition]:
    """Every .sql below a folder, sorted by path: nothing is registered by hand."""
    return [read_definition(path) for path in sorted(folder.rglob("*.sql"))]


def in_order(definitions: Iterable[Definition]) -> list[Definition]:
    """The same definitions, each after those whose names its SQL mentions."""
    by_name = {definition.name: definition for definition in definitions}
    graph = {
        name: sorted(
            set(re.findall(r"\b[a-z_]+(?=\()", definition.sql))
            & by_name.keys() - {name}
        )
        for name, definition in sorted(by_name.items())
    }
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as fault:
        raise DefinitionError(
            f"These definitions read each other: {fault.args[1]}"
        ) from None
