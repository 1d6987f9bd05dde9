"""Where are the reference files that stand beside the repository, if they do?"""

import csv
import os
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"
SHARED = Path(os.environ.get("OVERSIGHT_SHARED") or BESIDE)
ABSENT = pytest.param(None, id="folder-absent")


def require(folder: str) -> None:
    """Skip a test whose reference folder is absent; in CI, fail it.

    A run that compared nothing must never look like a run that found no difference.
    """
    if (SHARED / folder).is_dir():
        return
    sentence = (
        f"The reference folder {folder!r} is not in {SHARED}: nothing was compared. "
        "Put it there, or name the folder that holds it in OVERSIGHT_SHARED."
    )
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def rows(file: str) -> list[dict[str, str]]:
    """The rows of a reference CSV; none when its folder is absent."""
    path = SHARED / file
    if not path.parent.is_dir():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by(*columns: str, file: str) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """The rows of a reference CSV under each value of some columns, in its order."""
    key = itemgetter(*columns) if len(columns) > 1 else lambda row: (row[columns[0]],)
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for value, group in groupby(rows(file), key):
        found.setdefault(value, []).extend(group)
    return found
