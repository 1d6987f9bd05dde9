"""What people typed, in records, settings and addresses, is no markup on any page."""

import csv
import importlib
import re
import shutil

import pytest

from oversight import settings
from oversight.arrivals import Sent, import_file
from oversight.definitions import open_store
from oversight.people import Person
from oversight.reader import Reader
from oversight.sources import all_sources
from oversight.words import Role
from tests.conftest import TODAY
from tests.pages.test_pages import NAMES, said, shown

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
TYPED = f"{SCRIPT}{IMAGE}[x](javascript:alert(1))"
LIVE = re.compile(
    r"<script|<img[^>]*onerror|<[a-z]+ [^>]*\bon[a-z]+\s*=|\]\(javascript:"
    r"|href=[\"']?\s*javascript:",
    re.IGNORECASE,
)
# What may hold anything: free text, names and references.
OPEN = ("text", "a name", "a role", "a reference", "a word", "a pseudonym", "a login")
READERS = (Role.IG_LEAD, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.fixture(scope="module")
def marked(new_store, tmp_path_factory):
    """A store where every field that may hold markup does, of every kind it can."""
    folder = tmp_path_factory.mktemp("marked")
    path = shutil.copy(new_store, folder / "store.duckdb")
    store = open_store(f"duckdb:///{path}")
    arrived = set()
    kinds = sorted(all_sources(), key=lambda kind: kind != "homes")
    for kind in kinds:
        columns = all_sources()[kind].columns
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.name for column in columns)
            for n in range(2):
                writer.writerow(cell(kind, column, n) for column in columns)
        sent = Sent(path, TYPED, kind, profile=f"template_{kind}", taken_on=TODAY)
        if import_file(store, sent, readings_later=True).rows_accepted:
            arrived.add(kind)
    with store.writing() as writing:
        settings.write(writing, TYPED, {settings.COMPANY_NAME: TYPED})
    assert {"homes", "staff", "incidents"} <= arrived
    assert len(arrived) > 15
    yield store
    store.close()


def cell(kind, column, n):
    if column.name == "home_ref":
        return f"1-{n}"
    if kind == "homes" and column.name == "name":
        return f"{TYPED} {n}"
    if column.name == "home" or "a home" in column.wanted:
        return f"{TYPED} {n}"
    if column.wanted in OPEN and n == 0 and column.example != "-":
        return (TYPED if len(column.example) > 12 else "<b>x</b>")[:48]
    return column.example if column.example != "-" else ""


def test_the_pattern_finds_what_it_looks_for():
    assert LIVE.search(SCRIPT)
    assert LIVE.search(IMAGE)
    assert LIVE.search("[x](javascript:alert(1))")
    assert not LIVE.search("&lt;img src=x onerror=alert(1)&gt;")


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("name", NAMES)
def test_no_page_makes_markup_of_what_was_typed(marked, name, role):
    module = importlib.import_module(name)
    if role not in module.SEEN_BY:
        return
    person = Person("a reader", role, (), True, "")
    asked = {"id": "S01", "kind": "incidents"}
    drawn = shown(module, Reader(marked, person, TODAY), **asked)
    assert "<h1" in said(drawn)
    assert not LIVE.search(said(drawn)), LIVE.search(said(drawn))[0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "typed", [TYPED, "'\"><svg onload=alert(1)>", "\0", "x" * 5000]
)
def test_no_page_makes_markup_of_its_address(bare, name, typed):
    module = importlib.import_module(name)
    role = next(iter(module.SEEN_BY))
    person = Person("a reader", role, ("1-1",), True, "")
    asked = dict.fromkeys(("id", "kind", "home", "as_of", "what", "strand"), typed)
    drawn = shown(module, Reader(bare, person, TODAY), **asked)
    assert not LIVE.search(said(drawn))
