"""Runs the proofs and writes their pages: `… -m tests.prove [SIZE] [NAME[:WORDS]…]`."""

import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from oversight.store import ROOT, engine_version
from tests.prove import HEAD, Line, row

FOLDER = Path(__file__).parent
PAGES = ROOT / "docs" / "reference" / "proofs"


def main() -> None:
    """One page a module; what is not done again keeps its row and its day."""
    said = sys.argv[1:]
    size = float(said.pop(0)) if said and said[0].replace(".", "").isdigit() else 1.0
    names = [path.stem for path in sorted(FOLDER.glob("[a-z]*.py"))]
    PAGES.mkdir(exist_ok=True)
    wrong = False
    for wanted in said or names:
        name, _, only = wanted.partition(":")
        module = importlib.import_module(f"tests.prove.{name}")
        if not hasattr(module, "prove"):
            continue
        page = PAGES / f"{name}.md"
        for line in module.prove(size, only):
            print(f"{line.what}: {line.times:,}: {line.found}", flush=True)
            page.write_text(_page(module.TITLE, page, line), encoding="utf-8")
            wrong = wrong or not line.is_right
    sys.exit(1 if wrong else 0)


def _page(title: str, page: Path, line: Line) -> str:
    before = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
    beginning = f"| {line.what} |"
    rows = [each for each in before if each.startswith("| ") and "| what |" not in each]
    when = f"{datetime.now(UTC):%d %B %Y}"
    made = row(line, when)
    there = next((at for at, r in enumerate(rows) if r.startswith(beginning)), None)
    if there is None:
        rows.append(made)
    else:
        rows[there] = made
    on = (
        f"Made by `make prove`, last on {when}: DuckDB {engine_version()},"
        f" {os.cpu_count()} cores, {platform.machine()}, Python"
        f" {platform.python_version()}."
    )
    return "\n".join([f"# {title}", "", on, "", HEAD, *rows]) + "\n"


if __name__ == "__main__":
    main()
