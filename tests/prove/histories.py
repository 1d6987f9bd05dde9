"""The properties of the suite, over many more histories made by chance."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from oversight.store import ROOT
from tests.prove import Line

TITLE = "Histories made by chance"
TIMES = 40  # as many as in the suite


def prove(size: float, only: str = "") -> Iterator[Line]:
    """Each file of tests that counts its examples by `tests.chance`, once more."""
    times = max(2, round(TIMES * size))
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        names = re.findall(r"examples\((\d+)\).*?\ndef (test_\w+)\(", text, re.DOTALL)
        for few, name in names:
            if only in name:
                yield _line(path, name, int(few) * times, times)


def _line(path: Path, name: str, count: int, times: int) -> Line:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"{path}::{name}"],
        env=os.environ | {"EXAMPLES": str(times)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    last = ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr
    found = "held by all" if ran.returncode == 0 else f"did not hold: {last[:200]}"
    what = name.removeprefix("test_").replace("_", " ")
    return Line(what, count, found, ran.returncode == 0)
