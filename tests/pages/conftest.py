"""One made-up company for all the tests of the pages, behind one server a process."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import made_once
from tests.pages.grounds import build
from tests.pages.visits import Visits
from tests.servers import Server, started

expect.set_options(timeout=30_000)  # two cores, shared with other tests


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store's file, closed, to be copied; one test process makes it for all."""
    folder = made_once(
        tmp_path_factory, "made-up", lambda folder: build(folder / "store.duckdb")
    )
    return folder / "store.duckdb"


@pytest.fixture(scope="session")
def server(made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    own = shutil.copy(made_up, tmp_path_factory.mktemp("server") / "store.duckdb")
    with started(store=Path(own)) as running:
        yield running


@pytest.fixture(scope="session")
def visits(browser: Browser, server: Server) -> Visits:
    """`with visits(Role.IG_LEAD, "/measures") as page:` somebody who is signed in."""
    return Visits(browser, server)
