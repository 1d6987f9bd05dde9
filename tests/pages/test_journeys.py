"""What a person does, in a real browser, from signing in to signing out."""

import json
import re
import shutil
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from oversight.__main__ import main
from oversight.definitions import open_store
from oversight.people import Person
from oversight.reader import Reader
from oversight.verdicts.sentences import day_in_words, first_sentence, sentence_of
from oversight.words import ROLL_UP_ORDER, Role
from pages.frame import page_modules, today
from pages.parts import menu
from tests.browsers import sign_in, wait_until_finished
from tests.pages.grounds import OWN_HOME, PASSPHRASE
from tests.pages.visits import visiting

PAST = today().replace(day=1)
TRAINED = "S01"  # staff in date with training: met or not of somebody on any day


@pytest.fixture(scope="session")
def store(made_up, tmp_path_factory):
    """The store that the server has a copy of, to ask what the pages should say."""
    copy = tmp_path_factory.mktemp("beside") / "store.duckdb"
    opened = open_store(f"duckdb:///{shutil.copy(made_up, copy)}")
    yield opened
    opened.close()


def asking(store, as_of=None, home=None):
    lead = Person("tester", Role.IG_LEAD, (), True, "")
    names = {name: ref for ref, name in Reader(store, lead, today()).homes().items()}
    return Reader(store, lead, as_of or today(), names.get(home))


def first_sentence_of(store, **asked):
    board = asking(store, **asked).board()
    return first_sentence([judged.verdict for judged in board.judged])


def bar(page):
    """The menu as it stands across the top: the Overview, the groups of the rest."""
    return page.get_by_test_id("stTopNav")


def go_to(page, title, group):
    """To a page of the menu, as the mouse goes: its group first."""
    bar(page).get_by_role("button", name=group).click()
    page.get_by_role("menuitem", name=title, exact=True).click()


def heading(page):
    return page.get_by_role("heading", level=1)


def about(page):
    """The line that says which day and which homes the page is about."""
    return page.locator("p.ig-fresh").first


def choose_home(page, name):
    page.get_by_role("combobox", name="Home").click()
    page.get_by_role("option", name=name).click()


def choose_day(page, day):
    for part in ("day", "month", "year"):
        page.get_by_role("spinbutton", name=f"{part}, As of").focus()
        page.keyboard.type(str(getattr(day, part)))
    page.get_by_role("link", name="Sign out").focus()  # leaving the field asks


def test_the_first_sentence_after_signing_in_is_what_the_figures_say(
    browser, server, store, made_up, tmp_path
):
    with visiting(browser, server) as page:
        sign_in(page, Role.SENIOR_MANAGER, PASSPHRASE)
        expect(heading(page)).to_have_text(first_sentence_of(store))
        said = heading(page).inner_text()
    copy = shutil.copy(made_up, tmp_path / "store.duckdb")
    asked = ["measures", "--json", "--store", f"duckdb:///{copy}"]
    rows = json.loads(CliRunner().invoke(main, asked).stdout)
    met = sum(row["status"] == "met" for row in rows)
    judged = sum(row["status"] in ROLL_UP_ORDER for row in rows)
    assert f"We meet {met or 'none'} of {judged} measures." in said


def test_the_ig_lead_drills_from_the_overview_to_the_file_and_the_row(visits, store):
    with visits(Role.IG_LEAD) as page:
        listed = page.get_by_role("table").get_by_role("link")
        title = listed.first.inner_text()
        listed.first.click()
        expect(heading(page)).to_contain_text(title)
        expect(page).to_have_title(f"{title} – Calsan IG")
        reader = asking(store)
        judged = next(j for j in reader.board().judged if j.measure.title == title)
        unmet = [c for c in reader.cases(judged.measure) if c.is_met is not True]
        shown = page.get_by_test_id("stDataFrame").locator("tbody tr")
        expect(shown.first).to_be_attached()
        cells = shown.first.locator("td").all_inner_texts()
        assert unmet[0].case_ref.endswith(cells[0])
        assert cells[3:6] == ["not met", unmet[0].file_name, str(unmet[0].row)]


def test_the_cases_that_are_met_are_shown_on_asking(visits, store):
    reader = asking(store)
    measure = reader.board().find(TRAINED).measure
    with visits(Role.IG_LEAD, f"/measure?id={TRAINED}") as page:
        table = page.get_by_test_id("stDataFrame").locator("table")
        few = 1 + sum(c.is_met is not True for c in reader.cases(measure))
        expect(table).to_have_attribute("aria-rowcount", str(few))
        page.get_by_text("Show the cases that are met too").click()
        many = 1 + len(reader.cases(measure))
        expect(table).to_have_attribute("aria-rowcount", str(many))


def test_the_months_are_told_by_a_table_as_well_as_by_the_chart(visits, store):
    month = asking(store).board().find(TRAINED).months[-2]
    with visits(Role.SENIOR_MANAGER, f"/measure?id={TRAINED}") as page:
        page.get_by_role("radio", name="Table").click()
        row = page.get_by_role("row", name=f"{month.day:%b %Y}")
        expect(row.get_by_role("cell").nth(1)).to_have_text(str(month.met))
        expect(page.locator(".st-key-months .js-plotly-plot")).to_have_count(0)


def test_choosing_a_home_narrows_every_page_and_stays_in_the_address(
    visits, store, server
):
    one_home = first_sentence_of(store, home=OWN_HOME)
    asked = f"home={quote_plus(OWN_HOME)}"
    with visits(Role.IG_LEAD) as page:
        choose_home(page, OWN_HOME)
        expect(about(page)).to_contain_text(OWN_HOME)
        expect(heading(page)).to_have_text(one_home)
        expect(page).to_have_url(f"{server.address}/?{asked}")
        page.reload()
        expect(heading(page)).to_have_text(one_home)
        go_to(page, "Measures", "Measures")
        expect(page).to_have_url(f"{server.address}/measures?{asked}")
        expect(heading(page)).to_have_text(one_home)
        page.get_by_role("table").get_by_role("link").first.click()
        expect(page).to_have_url(re.compile(rf"/measure\?.*{re.escape(asked)}"))
        expect(about(page)).to_contain_text(OWN_HOME)
        bar(page).get_by_role("link", name="Overview").click()
        expect(heading(page)).to_have_text(one_home)
        expect(page).to_have_url(f"{server.address}/?{asked}")


def test_a_home_in_the_table_of_a_measure_leads_to_that_home_alone(visits, store):
    verdict = asking(store, home=OWN_HOME).board().find(TRAINED).verdict
    with visits(Role.SENIOR_MANAGER, f"/measure?id={TRAINED}") as page:
        page.get_by_role("link", name=OWN_HOME).click()
        expect(heading(page)).to_have_text(sentence_of(verdict))
        expect(about(page)).to_contain_text(OWN_HOME)


def test_a_past_day_is_asked_about_marked_and_kept_by_every_page(visits, store, server):
    then = first_sentence_of(store, as_of=PAST)
    with visits(Role.IG_LEAD) as page:
        expect(about(page).locator(".ig-past")).to_have_count(0)
        choose_day(page, PAST)
        expect(heading(page)).to_have_text(then)
        expect(page).to_have_url(f"{server.address}/?as_of={PAST}")
        marked = about(page).locator(".ig-past")
        expect(marked).to_have_text(f"As at {PAST.day} {PAST:%b %Y}")
        go_to(page, "Measures", "Measures")
        expect(heading(page)).to_have_text(then)
        expect(marked).to_be_visible()
        expect(page).to_have_url(f"{server.address}/measures?as_of={PAST}")


def test_a_shared_address_asks_for_a_sign_in_and_then_shows_the_same(
    visits, browser, server, store
):
    verdict = asking(store, PAST, OWN_HOME).board().find(TRAINED).verdict
    assert day_in_words(PAST) in sentence_of(verdict)
    with visits(Role.IG_LEAD, f"/measure?id={TRAINED}&as_of={PAST}") as page:
        choose_home(page, OWN_HOME)
        expect(heading(page)).to_have_text(sentence_of(verdict))
        shared = page.url.removeprefix(server.address)
        line = about(page).inner_text()
    with visiting(browser, server, shared) as page:
        expect(page).to_have_url(re.compile("/sign-in"))
        expect(page.get_by_text(OWN_HOME)).to_have_count(0)
        sign_in(page, Role.SENIOR_MANAGER, PASSPHRASE)
        expect(page).to_have_url(f"{server.address}{shared}")
        expect(heading(page)).to_have_text(sentence_of(verdict))
        expect(about(page)).to_have_text(line)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?home=No+such+home", "no home called No such home; this is all homes"),
        ("/?as_of=2999-01-01", "the day 2999-01-01; this is today"),
        ("/?as_of=rubbish", "the day rubbish; this is today"),
    ],
)
def test_what_an_address_asks_for_and_cannot_have_is_said(visits, store, address, said):
    with visits(Role.IG_LEAD, address) as page:
        expect(page.get_by_role("status").get_by_text(said)).to_be_visible()
        expect(heading(page)).to_have_text(first_sentence_of(store))
        choose_home(page, OWN_HOME)
        expect(about(page)).to_contain_text(OWN_HOME)
        expect(page.get_by_text(said)).to_have_count(0)


def test_the_link_of_another_home_shows_a_home_manager_none_of_it(visits):
    with visits(Role.HOME_MANAGER, "/?home=Oak+Lodge") as page:
        said = "no home called Oak Lodge; this is all my homes"
        expect(page.get_by_role("status").get_by_text(said)).to_be_visible()
        page.get_by_role("combobox", name="Home").click()
        expect(page.get_by_role("option")).to_have_text(["All my homes", OWN_HOME])


def groups_of(role):
    """The groups that a role has a page in, in the order of the menu."""
    held = [m for m in page_modules() if role in m.SEEN_BY and menu.is_in_menu(m)]
    return [words for words in menu.grouped(held) if words != menu.FIRST]


def test_a_senior_manager_sees_counts_but_no_cases_and_no_data_page(visits):
    page_role = Role.SENIOR_MANAGER
    with visits(Role.SENIOR_MANAGER, f"/measure?id={TRAINED}") as page:
        expect(bar(page).get_by_role("link")).to_have_text(["Overview"])
        expect(bar(page).get_by_role("button")).to_have_text(groups_of(page_role))
        expect(page.get_by_role("heading", name="By home")).to_be_visible()
        expect(page.get_by_text("the file and row it came from")).to_have_count(0)
        expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
        page.goto(f"{page.url.partition('/measure')[0]}/sources")
        expect(heading(page)).to_have_text("Not for this role.")
        expect(page.get_by_text("Who may: IG lead.")).to_be_visible()
        expect(page.get_by_test_id("stDataFrame")).to_have_count(0)


def test_nobody_gets_back_in_after_signing_out(browser, server):
    with visiting(browser, server, f"/measure?id={TRAINED}") as page:
        sign_in(page, Role.IG_LEAD, PASSPHRASE)
        title = heading(page).inner_text()
        page.get_by_role("link", name="Sign out").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(f"{server.address}/sign-in")
        for way_back in (page.go_back, lambda: page.goto(f"{server.address}/measures")):
            way_back()
            expect(page).to_have_url(re.compile("/sign-in"))
            expect(page.get_by_label("Passphrase")).to_be_visible()
            expect(page.get_by_text(title)).to_have_count(0)


def test_a_file_is_uploaded_seen_taken_in_and_taken_back(visits, store, tmp_path):
    home = next(iter(asking(store).homes()))
    named = tmp_path / f"{today()}-incidents.csv"
    named.write_text(
        f"incident_ref,home,aware_at\nJ-1,{home},{PAST} 00:01\nJ-2,{home},soon\n"
    )
    with visits(Role.IG_LEAD, "/imports") as page:
        page.locator("input[type=file]").set_input_files(named)
        expect(heading(page)).to_contain_text("1 row new or changed, 1 refused")
        expect(page.get_by_text("wanted a UK time").first).to_be_visible()
        page.get_by_role("button", name="Take in 1 file").click()
        expect(heading(page)).to_have_text("One of 1 file taken in.")
        page.get_by_role("button", name="Bring in more").click()
        expect(heading(page)).to_contain_text("Choose files")
        wait_until_finished(page)
        page.get_by_text("Take a file back").click()
        which = page.get_by_role("combobox", name="Which arrival")
        which.fill(named.name)
        option = page.get_by_role("option", name=named.name).first
        for _ in range(40):
            if option.is_visible():
                break
            which.press("ArrowDown")  # a list shuts when its place moves, and opens
            page.wait_for_timeout(250)
        which.press("Enter")
        page.get_by_label("Why (it is kept)").fill("a test")
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_role("status").get_by_text("is undone")).to_be_visible()


def test_an_incident_added_by_form_is_seen_in_the_cases_of_its_measure(visits):
    near_misses, day = "S05", PAST - timedelta(days=1)
    with visits(Role.IG_LEAD, "/records?kind=incidents") as page:
        page.get_by_text("Add one", exact=True).click()
        wait_until_finished(page)
        page.get_by_role("textbox", name="Incident ref (needed)").fill("J-FORM")
        page.get_by_role("combobox", name="Home (needed)").click()
        page.get_by_role("option", name=OWN_HOME).click()
        for part in ("day", "month", "year"):
            page.get_by_role("spinbutton", name=f"{part}, Aware at").focus()
            page.keyboard.type(str(getattr(day, part)))
        page.get_by_role("textbox", name="Aware at: hour").fill("00:01")
        page.get_by_role("button", name="Save").click()
        said = page.get_by_role("status").get_by_text("one record entered")
        expect(said).to_be_visible()
        page.goto(f"{page.url.partition('/records')[0]}/measure?id={near_misses}")
        page.get_by_text("Show the cases that are met too").click()
        cells = page.get_by_test_id("stDataFrame").locator("tbody td")
        expect(cells.filter(has_text="j-form")).to_have_count(1)


def test_the_menu_is_worked_by_the_keyboard_alone(visits):
    with visits(Role.IG_LEAD) as page:
        group = bar(page).get_by_role("button", name="Policy")
        group.focus()
        page.keyboard.press("Enter")
        first = page.get_by_role("menuitem").first
        expect(first).to_be_focused()
        page.keyboard.press("Escape")
        expect(first).to_have_count(0)
        expect(group).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        title = page.get_by_role("menuitem").nth(1).inner_text()
        page.keyboard.press("Enter")
        expect(page).to_have_title(f"{title} – Calsan IG")
