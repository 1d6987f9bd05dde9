"""Runs `python -m oversight` as a scheduled job would, and reads what it answers."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from oversight.__main__ import main

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Answer:
    """What a command gave: its exit status, and what it said on each channel."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as the one JSON document that --json promises."""
        return json.loads(self.out, parse_constant=_no_number)


def oversight(*argv: object, store: Path | None = None) -> Answer:
    """The command in this process: quick, and coverage of the same code."""
    result = CliRunner().invoke(main, _words(argv, store))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def oversight_process(*argv: object, store: Path | None = None) -> Answer:
    """The command in a process of its own, from its first import on."""
    done = subprocess.run(
        [sys.executable, "-m", "oversight", *_words(argv, store)],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def _words(argv: tuple[object, ...], store: Path | None) -> list[str]:
    address = [] if store is None else ["--store", f"duckdb:///{store}"]
    return [*map(str, argv), *address]


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
