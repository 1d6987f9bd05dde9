"""What people typed is shown as they typed it, whatever it would mean to a machine."""

import csv

import pytest
from playwright.sync_api import expect

from oversight import passphrases, people
from oversight.definitions import open_store
from oversight.people import Person
from oversight.words import Role
from pages.frame import today
from tests.pages.grounds import PASSPHRASE
from tests.pages.visits import Visits
from tests.sending import send
from tests.servers import ROOT, started

MARKED = (
    "Elm <script>document.title = 'taken'</script><img src=x onerror=alert(1)>"
    " [x](javascript:alert(1)) $x^2$ :red[y] **z** `c` ~~d~~ :material/home: -> &amp;"
)
# No file name can hold a slash.
FILE = "<b onclick=alert(1)> [x](javascript:alert(1)) $x^2$ :red[y] **z** {kind}.csv"
MADE = (
    "main script, main img, main [onclick], main [onerror], main .katex,"
    " main a[href^='javascript'], main h1 :is(strong, b, code, del),"
    " main td :is(b, code, del), main [data-testid=stIconMaterial]:text('home')"
)

# The dashboard itself, but for the title of every measure.
DOOR = f"""
from dataclasses import replace

import streamlit as st
from starlette.middleware import Middleware

from oversight import reader
from oversight.gate import front
from oversight.gate.middleware import Gate
from oversight.gate.sign_in import sign_in_routes

judge_all = reader.judge_all


def with_a_title(judged):
    measure = replace(judged.verdict.measure, title={MARKED!r})
    return replace(judged, verdict=replace(judged.verdict, measure=measure))


reader.judge_all = lambda cursor, day: map(with_a_title, judge_all(cursor, day))
app = st.App(
    {str(ROOT / "pages" / "frame.py")!r},
    middleware=[Middleware(Gate, sessions=front.SESSIONS)],
    routes=sign_in_routes(front.find_person, front.SESSIONS),
)
"""


def arrive(store, folder, kind, *rows):
    path = folder / FILE.format(kind=kind)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    told = {"kind": kind, "profile": f"template_{kind}", "taken_on": today()}
    return send(store, path, **told)


@pytest.fixture(scope="module")
def lead(browser, tmp_path_factory):
    """Visits to a dashboard where every name holds markup."""
    folder = tmp_path_factory.mktemp("marked")
    file = folder / "store.duckdb"
    store = open_store(f"duckdb:///{file}")
    homes = arrive(store, folder, "homes", ["home_ref", "name"], ["1-1", MARKED])
    staff = arrive(
        store,
        folder,
        "staff",
        ["home", "staff_ref", "started_on"],
        ["1-1", "<b>S1</b>", "2020-01-01"],
        ["1-1", "S2", f"{MARKED}"],
    )
    training = arrive(
        store,
        folder,
        "training",
        ["home", "staff_ref", "category"],
        ["1-1", "<b>S1</b>", "1"],
    )
    for report in (homes, staff, training):
        assert (report.state, report.rows_accepted > 0) == ("accepted", True)
    assert staff.rows_refused == 1
    hashed = passphrases.hash_of(PASSPHRASE)
    people.add(store, Person(Role.IG_LEAD, Role.IG_LEAD, (), True, hashed), "tester")
    store.close()
    door = folder / "door.py"
    door.write_text(DOOR, encoding="utf-8")
    with started(door, file) as server:
        yield Visits(browser, server)


@pytest.mark.parametrize("address", ["/", "/measures", "/measure?id=S01"])
def test_titles_and_names_that_hold_markup_are_shown_as_text(lead, address):
    with lead(Role.IG_LEAD, address) as page:
        expect(page.get_by_role("main").get_by_text(MARKED).first).to_be_visible()
        expect(page.locator(MADE)).to_have_count(0)
        expect(page).not_to_have_title("taken")


def test_a_home_is_chosen_and_named_by_its_text(lead):
    with lead(Role.IG_LEAD, "/measure?id=S01") as page:
        expect(
            page.get_by_role("main").locator("td").get_by_text(MARKED)
        ).to_be_visible()
        page.get_by_role("combobox", name="Home").click()
        expect(page.get_by_role("option").nth(1)).to_have_text(MARKED)
        page.get_by_role("option").nth(1).click()
        expect(page.locator("p.ig-fresh").first).to_contain_text(MARKED)
        expect(page.locator(MADE)).to_have_count(0)


def test_a_case_a_file_and_what_was_refused_are_named_by_their_text(lead):
    with lead(Role.IG_LEAD, "/measure?id=S01") as page:
        cells = page.get_by_test_id("stDataFrame").locator("tbody td")
        expect(cells.filter(has_text=FILE.format(kind="staff"))).to_have_count(1)
        # Staff stand by pseudonym until somebody says why they ask.
        expect(cells.filter(has_text="<b>s1</b>")).to_have_count(0)
    with lead(Role.IG_LEAD, "/sources") as page:
        cells = page.get_by_test_id("stDataFrame").locator("tbody td")
        expect(cells.filter(has_text=f'got "{MARKED[:20]}').first).to_be_attached()
        expect(page.locator(MADE)).to_have_count(0)


def test_what_an_address_asks_for_is_repeated_as_text(lead):
    with lead(Role.IG_LEAD) as page:
        page.goto(f"{page.url}?home=%3Cscript%3Ealert(1)%3C/script%3E+:red[x]+$y$")
        wanted = (
            "no home called <script>alert(1)</script> :red[x] $y$; this is all homes"
        )
        expect(page.get_by_role("status").get_by_text(wanted)).to_be_visible()
        expect(page.locator(MADE)).to_have_count(0)
