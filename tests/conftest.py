"""The test ground: a fresh store, tables drawn in text, a small made-up company."""

import csv
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oversight import arrivals, demo
from oversight.arrivals import Report, Sent
from oversight.definitions import open_store
from oversight.demo import SentFile, access_reviews
from oversight.demo.bringing_in import bring_in
from oversight.measures import cases_on, find_measure
from oversight.sources import all_sources
from oversight.store import EVERYTHING, Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The day most examples ask about; a table with no day of its own was taken on it.
TODAY = date(2026, 11, 22)

Known = Callable[..., Report]
Met = Callable[..., dict[str, bool | None]]


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, to copy: making one takes most of a second."""
    path = tmp_path_factory.mktemp("new") / "store.duckdb"
    open_store(f"duckdb:///{path}").close()
    return path


@pytest.fixture(scope="session")
def bare(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty store for all tests that only look: what is worked out is kept."""
    path = tmp_path_factory.mktemp("bare") / "store.duckdb"
    opened = open_store(f"duckdb:///{shutil.copy(new_store, path)}")
    yield opened
    opened.close()


@pytest.fixture
def store_path(new_store: Path, tmp_path: Path) -> Path:
    """The file of an empty store that is the test's own, closed."""
    return Path(shutil.copy(new_store, tmp_path / "store.duckdb"))


@pytest.fixture
def store(store_path: Path) -> Iterator[Store]:
    """An empty store that is the test's own."""
    opened = open_store(f"duckdb:///{store_path}")
    yield opened
    opened.close()


@pytest.fixture
def known(store: Store, tmp_path: Path) -> Known:
    """As `knower`, of the test's own store."""
    return knower(store, tmp_path)


def knower(store: Store, folder: Path) -> Known:
    """`known("staff", drawn_table, taken_on=…)`: imports a table drawn in text.

    Columns are divided by `|`; only those that matter are drawn. What a kind needs
    beside them is filled in with its example. Every row must be accepted, so that a
    slip in a drawing cannot pass; what else is given goes to `Sent` as it is.
    """
    arrived = 0

    def known(
        kind: str, drawn: str, taken_on: date | str | None = None, **said: object
    ) -> Report:
        nonlocal arrived
        arrived += 1
        path = folder / f"{kind}-{arrived}.csv"
        write_drawn(path, kind, drawn)
        taken_on = (
            date.fromisoformat(taken_on) if isinstance(taken_on, str) else taken_on
        )
        sent = Sent(
            path,
            "tester",
            kind,
            profile=f"template_{kind}",
            taken_on=taken_on or TODAY,
            **said,  # type: ignore[arg-type]
        )
        report = arrivals.import_file(store, sent, readings_later=True)
        assert (report.state, report.rows_refused) == ("accepted", 0), report.message
        return report

    return known


@pytest.fixture
def met(store: Store) -> Met:
    """`met("measure", on="2026-11-22")`: each case by its reference; None is not known.

    A reference is the last part of the case's own, in capitals: S1, not elm house|s1.
    """

    def met(measure: str, on: date | str = TODAY) -> dict[str, bool | None]:
        as_of = date.fromisoformat(on) if isinstance(on, str) else on
        with store.reading(EVERYTHING) as cursor:
            cases = cases_on(cursor, find_measure(measure), as_of)
        found = {case.case_ref.split("|")[-1].upper(): case.is_met for case in cases}
        assert len(found) == len(cases), "two cases share a reference"
        return found

    return met


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The one browser of a test process: Playwright starts only once in each."""
    from tests.browsers import chromium  # the query tests do without Playwright

    with chromium() as running:
        yield running


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """A folder that one test process makes for all of them; never to be written to."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            being_made = base / f"{name}.part"
            being_made.mkdir()
            make(being_made)
            being_made.rename(folder)
    return folder


@pytest.fixture(scope="session")
def company_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `company.duckdb`, a made-up company, closed: to be copied."""
    return made_once(tmp_path_factory, "company", make_company)


@pytest.fixture(scope="session")
def company_files(tmp_path_factory: pytest.TempPathFactory) -> list[SentFile]:
    """The files that company sent, in their order, once more: the same bytes."""
    return write_files(tmp_path_factory.mktemp("company_files"))


def write_files(folder: Path) -> list[SentFile]:
    return demo.write_company(
        folder, homes=4, months=12, as_of=TODAY, access_events=2000, is_brief=True
    )


def make_company(folder: Path) -> None:
    made = open_store(f"duckdb:///{folder / 'company.duckdb'}")
    files = write_files(folder / "files")
    bring_in(made, "tester", files, TODAY, is_brief=True)
    # What was looked into on the day itself.
    seven = datetime.combine(TODAY, time(7, tzinfo=UTC))
    assert access_reviews.look_into(made, "tester", seven)
    with made.writing():
        pass  # one moment more that tells nothing: to know less is to know as much
    made.close()


def copy_of_store(store: Path, folder: Path) -> Path:
    """A closed store's file, and what is kept beside it, in a folder of one's own."""
    for beside in store.parent.glob(f"{store.stem}.*"):
        if beside.is_dir():
            shutil.copytree(beside, folder / beside.name)
        elif beside.suffix not in (".reserve", ".owner"):
            shutil.copy(beside, folder / beside.name)
    return folder / store.name


@pytest.fixture(scope="session")
def company(
    company_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A small made-up company as of TODAY, to be read and never written to."""
    own = copy_of_store(
        company_folder / "company.duckdb", tmp_path_factory.mktemp("company")
    )
    made = open_store(f"duckdb:///{own}")
    yield made
    made.close()


def write_drawn(path: Path, kind: str, drawn: str) -> None:
    """A table drawn in text as a CSV file of the kind's own template."""
    lines = [line.split("|") for line in drawn.strip().splitlines()]
    headings, *rows = [[cell.strip() for cell in line] for line in lines]
    columns = {column.name: column for column in all_sources()[kind].columns}
    assert set(headings) <= set(columns), f"{kind} has {', '.join(columns)}"
    untold = [c for c in columns.values() if c.is_needed and c.name not in headings]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*headings, *(column.name for column in untold)])
        for row in rows:
            assert len(row) == len(headings), f"{row} has other cells than {headings}"
            writer.writerow([*row, *(column.example for column in untold)])
