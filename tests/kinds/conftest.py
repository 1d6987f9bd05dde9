"""Rules of a kind drawn in pairs: a row just right beside one just wrong."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sending import findings, send

from oversight.reading_room import templates
from oversight.sources import Source, all_sources
from oversight.store import EVERYTHING, Store
from tests.conftest import TODAY

Pairs = Callable[[str, str], None]
Seen = Callable[..., dict[str, Any]]


@pytest.fixture
def pairs(store: Store, tmp_path: Path) -> Pairs:
    """`pairs("audits", drawn)`: column | severity | just right | just wrong, a line each.

    A cell says how the kind's example row is changed: `held_on=2026-11-22 & result=`.
    The right row must not be found fault with in that column, the wrong one must; and
    no rule of the kind may lack its pair.
    """

    def check(kind: str, drawn: str) -> None:
        source = all_sources()[kind]
        lines = [
            [cell.strip() for cell in line.split("|")]
            for line in drawn.strip().splitlines()
        ]
        assert_every_rule_has_a_pair(source, lines)
        rows = [changed(source, cell) for line in lines for cell in line[2:]]
        path = tmp_path / f"{kind}.csv"
        write(path, source, rows)
        report = send(store, path, kind=kind, taken_on=TODAY)
        found = defaultdict(set)
        for finding in findings(store, report):
            found[finding.row].add((finding.column, finding.severity))
        for at, (column, severity, right, wrong) in enumerate(lines):
            row = 2 + 2 * at
            assert (column, severity) not in found[row], f"{column}: {right}"
            assert (column, severity) in found[row + 1], f"{column}: {wrong}"

    return check


@pytest.fixture
def seen(store: Store) -> Seen:
    """`seen("audits", "is_held", on="2026-05-01")`: a view's column by reference.

    A reference is the last part of the case's own, in capitals, as in `met`.
    """

    def seen(view: str, column: str, on: date | str = TODAY) -> dict[str, Any]:
        with store.reading(EVERYTHING) as cursor:
            found = cursor.execute(
                f"select case_ref, {column} from {view}($as_of::date)",
                {"as_of": str(on)},
            ).fetchall()
        by_ref = {ref.split("|")[-1].upper(): value for ref, value in found}
        assert len(by_ref) == len(found), "two cases share a reference"
        return by_ref

    return seen


def assert_every_rule_has_a_pair(source: Source, lines: list[list[str]]) -> None:
    drawn = Counter((column, severity) for column, severity, *_ in lines)
    lacking = Counter(rules_of(source)) - drawn
    assert not lacking, f"{source.kind}: rules without a pair: {dict(lacking)}"


def rules_of(source: Source) -> list[tuple[str, str]]:
    """The column and severity of each refuse and warn in a kind's SQL.

    A day in the future is asked of every kind at once, in test_rules_of_kinds.
    """
    said = {"refuse": "refused", "warn": "warned"}
    rules = []
    for call, arguments in calls(source.definition.sql):
        if call in said:
            rules.append((arguments[1].strip("'"), said[call]))
    return rules


def calls(sql: str) -> list[tuple[str, list[str]]]:
    """Each refuse(…), warn(…), refuse_future(…) with its arguments, as written."""
    found = []
    for start in re.finditer(r"\b(refuse_future|refuse|warn)\(", sql):
        depth, quoted, argument, arguments = 1, False, "", []
        for letter in sql[start.end() :]:
            quoted ^= letter == "'"
            depth += 0 if quoted else (letter == "(") - (letter == ")")
            depth += 0 if quoted else (letter == "[") - (letter == "]")
            if depth == 0:
                break
            if letter == "," and depth == 1 and not quoted:
                arguments.append(argument.strip())
                argument = ""
            else:
                argument += letter
        found.append((start[1], [*arguments, argument.strip()]))
    return found


def changed(source: Source, cell: str) -> dict[str, str]:
    """The example row with some cells changed."""
    row = {column.name: templates.example(column) for column in source.columns}
    changes = dict(part.split("=", 1) for part in cell.split(" & ") if part)
    changes = {name.strip(): value.strip() for name, value in changes.items()}
    assert set(changes) <= set(row), f"{source.kind} has no {set(changes) - set(row)}"
    return row | changes


def write(path: Path, source: Source, rows: list[dict[str, str]]) -> None:
    """The rows as a CSV file, each under a key of its own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in source.columns])
        writer.writeheader()
        for at, row in enumerate(rows, start=1):
            writer.writerow(row | own_key(source, row, at))


def own_key(source: Source, row: dict[str, str], at: int) -> dict[str, str]:
    dated = {column.name for column in source.columns if column.wanted == "a date"}
    name = next(name for name in reversed(source.key) if name not in dated)
    if name == "item":
        return {name: f"1.{at // 90}.{at % 90 + 1}"} if row[name] == "1.3.2" else {}
    if name == "version" and "organisation_code" in row:
        return {"organisation_code": f"V{at:04}"}
    if name == "version":
        return {name: f"{at}.0"}
    return {name: f"{row[name]}-{at}"} if row[name] else {}
