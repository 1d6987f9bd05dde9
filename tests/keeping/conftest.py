"""A small made-up company that a test may do with as it likes."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from everything import DOCUMENT, TODAY, answers, last_moment_of

from oversight import arrivals, demo, keeping, people, settings
from oversight.arrivals import Sent
from oversight.definitions import open_store
from oversight.keeping import Summary
from oversight.people import Person
from oversight.store import kept
from oversight.words import Role

WHY = "a test"


@pytest.fixture(scope="session")
def lived_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small company's store, closed, after undoing, a setting and a new person."""
    folder = tmp_path_factory.mktemp("lived")
    path = folder / "store" / "store.duckdb"
    store = open_store(f"duckdb:///{path}")
    only = {"homes", "staff", "training", "incidents"}
    files = demo.write_company(
        folder / "files", homes=2, months=3, as_of=TODAY, only=only
    )
    sent = [
        Sent(
            file.path,
            "tester",
            file.kind,
            home=file.home,
            covers=file.covers,
            taken_on=file.taken_on,
            known_at=file.known_at,
        )
        for file in files
    ]
    assert {r.state for r in arrivals.import_files(store, sent)} == {"accepted"}
    with store.reading() as cursor:
        newest = cursor.execute(
            "select arg_max(number, number) from arrival where kind = 'staff'"
        ).fetchone()
    undone = arrivals.undo(store, newest[0], WHY, "tester")
    arrivals.undo(store, undone.arrival, WHY, "tester")
    with store.reading() as cursor:
        newest = cursor.execute(
            "select max(number) from arrival"
            " where kind = 'training' and target = number"
        ).fetchone()
    arrivals.undo(store, newest[0], WHY, "tester")
    with store.writing() as writing:
        settings.write(writing, "tester", {settings.COMPANY_NAME: "Élan Care"})
    people.add(store, Person("ann", Role.AUDITOR, (), True, "no hash"), "tester")
    store.keep("a-document.json", DOCUMENT)
    folder = path.with_suffix(".attachments")
    folder.mkdir()
    kept.keep(folder, "an-attachment", DOCUMENT, None)
    store.close()
    return path


@pytest.fixture(scope="session")
def before(lived_once: Path) -> dict[str, Any]:
    """What it answers."""
    return answers(lived_once, last_moment_of(lived_once))


@pytest.fixture(scope="session")
def made(lived_once: Path, before: object) -> tuple[Path, Summary]:
    """A backup of it in the clear, and what was said of that."""
    file = lived_once.parent.parent / "made.backup"
    with closing(open_store(f"duckdb:///{lived_once}")) as store:
        return file, keeping.backup(store, file, "tester")


@pytest.fixture
def lived(lived_once: Path, made: object, tmp_path: Path) -> Path:
    """A copy of it that is the test's own, closed."""
    shutil.copytree(lived_once.parent, tmp_path / "lived")
    return tmp_path / "lived" / "store.duckdb"


@pytest.fixture
def address() -> Callable[[Path], str]:
    return lambda path: f"duckdb:///{path}"
