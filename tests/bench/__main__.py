"""Runs the benches and writes their page: `python -m tests.bench [SIZE] [NAME…]`."""

import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from oversight.store import ROOT, engine_version
from tests.bench import Line, table

FOLDER = Path(__file__).parent
PAGES = ROOT / "docs" / "reference" / "figures"


def main() -> None:
    """One page a module, so that a short run of one leaves the others' standing."""
    said = sys.argv[1:]
    size = float(said.pop(0)) if said and said[0].replace(".", "").isdigit() else 1.0
    names = [path.stem for path in sorted(FOLDER.glob("[a-z]*.py"))]
    PAGES.mkdir(exist_ok=True)
    missed = False
    for name in said or names:
        module = importlib.import_module(f"tests.bench.{name}")
        if not hasattr(module, "bench"):
            continue
        lines: list[Line] = []
        for line in module.bench(size):
            lines.append(line)
            print(f"{line.what} ({line.of}): {line.found}", flush=True)
            page = _page(module.TITLE, lines, size)
            (PAGES / f"{name}.md").write_text(page, encoding="utf-8")
        missed = missed or not all(line.is_met for line in lines)
    sys.exit(1 if missed else 0)


def _page(title: str, lines: list[Line], size: float) -> str:
    load = os.getloadavg()[0]
    made = (
        f"Made by `make bench` on {datetime.now(UTC):%d %B %Y}, at size {size:g};"
        f" DuckDB {engine_version()}, {os.cpu_count()} cores, {platform.machine()},"
        f" Python {platform.python_version()}; {load:.1f} processes ran at the end."
    )
    return f"# {title}: figures\n\n{made}\n\n{table(lines)}\n"


if __name__ == "__main__":
    main()
