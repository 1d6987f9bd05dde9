"""Runs the proofs and writes their page: `python -m tests.prove [SIZE] [NAME…]`."""

import importlib
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from oversight.store import ROOT, engine_version
from tests.prove import Line, table

FOLDER = Path(__file__).parent
PAGES = ROOT / "docs" / "reference" / "proofs"


def main() -> None:
    """One page a module, so that a short proof of one leaves the others' standing."""
    said = sys.argv[1:]
    size = float(said.pop(0)) if said and said[0].replace(".", "").isdigit() else 1.0
    names = [path.stem for path in sorted(FOLDER.glob("[a-z]*.py"))]
    PAGES.mkdir(exist_ok=True)
    wrong = False
    for name in said or names:
        module = importlib.import_module(f"tests.prove.{name}")
        if not hasattr(module, "prove"):
            continue
        began, lines = time.perf_counter(), []
        for line in module.prove(size):
            lines.append(line)
            print(f"{line.what}: {line.times:,}: {line.found}", flush=True)
            page = _page(module.TITLE, lines, size, time.perf_counter() - began)
            (PAGES / f"{name}.md").write_text(page, encoding="utf-8")
        wrong = wrong or not all(line.is_right for line in lines)
    sys.exit(1 if wrong else 0)


def _page(title: str, lines: list[Line], size: float, seconds: float) -> str:
    made = (
        f"Made by `make prove` on {datetime.now(UTC):%d %B %Y} in {seconds:,.0f} s, at"
        f" size {size:g}; DuckDB {engine_version()}, {os.cpu_count()} cores,"
        f" {platform.machine()}, Python {platform.python_version()}."
    )
    return f"# {title}\n\n{made}\n\n{table(lines)}\n"


if __name__ == "__main__":
    main()
