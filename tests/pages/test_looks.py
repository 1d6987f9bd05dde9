"""Does it fit, read and work by keyboard: on a laptop, on a phone, light and dark?"""

import re
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from oversight.charts.tokens import tokens
from oversight.words import Role
from tests.browsers import wait_until_finished
from tests.pages.grounds import PASSPHRASE
from tests.pages.visits import DRAWN, LAPTOP, PHONE, rgb, visiting

EVERY_PAGE = (
    "/",
    "/measures",
    "/measure?id=S01",
    "/measure?id=L11",
    "/sources",
    "/policy",
    "/toolkit",
    "/strand",
    "/strand?strand=openness",
    "/audits",
    "/training",
    "/actions",
    "/homes",
    "/homes?home=Elm+House",
    "/incidents",
    "/openness",
    "/lookahead",
    "/access",
    "/explore?kind=incidents&rows=cause&columns=home",
    "/sql",
    "/review",
    "/meeting",
    "/journal",
    "/holdings",
)

# What a page is asked about itself, in its own language.
ASKED = """
(() => {
  const all = found => [...document.querySelectorAll(found)];
  const seen = all('main *').filter(e => e.checkVisibility() && !e.closest('svg'));
  const said = e => e.textContent.trim().slice(0, 60);
  return {
    widths: [document.documentElement, document.querySelector('main')]
      .map(e => e.scrollWidth),
    over: seen.filter(e => !e.closest(
      '.stDataFrame, .stCode, [class*="st-key-wide_"]') // what scrolls within itself
      && e.getBoundingClientRect().right > innerWidth + 1).map(said),
    scrolls: all('[class*="st-key-wide_"]').map(e => [
      getComputedStyle(e).overflowX, e.getBoundingClientRect().right <= innerWidth]),
    small: seen.filter(e => parseFloat(getComputedStyle(e).fontSize) < 12.5
      && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(said),
    levels: all('main :is(h1, h2, h3, h4, h5, h6, [role=heading])')
      .map(e => +(e.ariaLevel ?? e.tagName[1])),
    tables: all('table.ig-table').map(e => ({
      heads: [...e.querySelectorAll('thead th[scope=col]')].map(said),
      cells: [...e.rows].map(row => row.cells.length),
    })),
    links: all('a[href]').filter(e => e.checkVisibility())
      .map(e => [e.ariaLabel || said(e), e.href]),
    ids: all('[id]:not(.stDataFrame *)').map(e => e.id),
  };
})()
"""
# What has the focus, and whether anything about it or around it looks otherwise for it.
FOCUS = """
(async () => {
  const e = document.activeElement, around = [e];
  if (e === document.body) return {name: 'the end'};
  const name = (e.ariaLabel || e.textContent || '').trim().slice(0, 60);
  const isGrid = e.closest('[data-testid=stDataFrame]') && e.tagName !== 'BUTTON';
  if (isGrid) return {name, isGrid};
  while (around.length < 6 && around.at(-1).parentElement)
    around.push(around.at(-1).parentElement);
  const drawn = () => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(done)));
  const look = () => around.map(one => getComputedStyle(one)).map(s =>
    [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor,
      s.opacity].join()).join();
  const lit = look();
  e.blur();
  await drawn();
  const isSeen = lit !== look();
  e.focus();
  await drawn();
  return {name, isSeen, tag: e.tagName};
})()
"""
AT_ONCE = (
    "*, *::before, *::after { transition: none !important; animation: none !important }"
)


def bottom(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", [Role.SENIOR_MANAGER, Role.IG_LEAD])
def test_the_overview_fits_the_screen_of_a_laptop(visits, role, scheme):
    with visits(role, color_scheme=scheme) as page:
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
        cards = page.locator(".ig-strand")
        expect(cards).to_have_count(4)
        table = page.get_by_role("table")
        expect(table.get_by_role("row")).to_have_count(6)
        for part in (*cards.all(), table):
            assert bottom(part) <= LAPTOP["height"]
        assert (
            page.locator(".ig-clip").evaluate_all(
                "all => all.filter(e => e.scrollHeight > e.clientHeight + 1)"
                ".map(e => e.textContent)"
            )
            == []
        )


@pytest.fixture(scope="module")
def both_answers(visits):
    """What every page says of itself, by its address: on a laptop and on a phone."""
    with visits(Role.IG_LEAD) as page:
        return {address: answers_of(page, address) for address in EVERY_PAGE}


@pytest.fixture(params=[0, 1], ids=["laptop", "phone"])
def answers(request, both_answers):
    return {address: both[request.param] for address, both in both_answers.items()}


def answers_of(page, address):
    page.set_viewport_size(LAPTOP)
    page.goto(urljoin(page.url, address))
    page.get_by_role("heading", level=1).wait_for()
    found = []
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)
        wait_until_finished(page)
        page.wait_for_function(DRAWN)
        found.append(page.evaluate(ASKED))
    return found


each_page = pytest.mark.parametrize("address", EVERY_PAGE)


@each_page
def test_no_page_scrolls_sideways(answers, request, address):
    wide = (LAPTOP, PHONE)[request.node.callspec.params["answers"]]["width"]
    assert answers[address]["widths"] == [wide] * 2
    assert answers[address]["over"] == []
    for style, is_inside in answers[address]["scrolls"]:
        assert is_inside
        assert style == ("auto" if wide == PHONE["width"] else "visible")


@each_page
def test_no_letter_is_too_small_to_read(answers, address):
    assert answers[address]["small"] == []


@each_page
def test_headings_begin_with_the_one_of_the_page_and_skip_no_level(answers, address):
    levels = answers[address]["levels"]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@each_page
def test_every_column_of_a_table_has_a_head(answers, address):
    for table in answers[address]["tables"]:
        assert all(table["heads"])
        assert set(table["cells"]) == {len(table["heads"])}


@each_page
def test_every_link_has_a_name_and_links_of_one_name_lead_to_one_place(
    answers, address
):
    links = answers[address]["links"]
    assert all(name for name, _ in links)
    assert len(dict(links)) == len(set(map(tuple, links)))


@each_page
def test_no_two_things_of_a_page_share_an_id(answers, address):
    ids = answers[address]["ids"]
    assert sorted(set(ids)) == sorted(ids)


FILTERS = ("home", "as_of")


def test_the_filters_stand_side_by_side_on_a_phone(visits):
    with visits(Role.IG_LEAD, viewport=PHONE) as page:
        home, day = (page.locator(f".st-key-{key}").bounding_box() for key in FILTERS)
        line = page.locator("p.ig-fresh").first.bounding_box()
        assert home["y"] == pytest.approx(day["y"], abs=2)
        assert home["x"] + home["width"] <= day["x"]
        assert line["y"] + line["height"] <= home["y"]
        assert line["width"] > PHONE["width"] * 0.8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_wears_the_colours_of_the_theme_the_reader_has(visits, scheme):
    with visits(Role.IG_LEAD, "/measure?id=S01", color_scheme=scheme) as page:
        page.wait_for_selector(".js-plotly-plot")
        worn = page.evaluate("""() => [
            getComputedStyle(document.querySelector('.stApp')).backgroundColor,
            getComputedStyle(document.querySelector('.ig-card')).backgroundColor,
            getComputedStyle(document.querySelector('h1')).color,
            document.querySelector('.js-plotly-plot .main-svg').style.background,
        ]""")
        names = ("page", "card", "ink", "card")
        assert worn == [rgb(tokens(scheme)[name]) for name in names]


@pytest.mark.parametrize("address", ["/", "/measure?id=S01"])
def test_what_the_keyboard_is_on_can_be_seen_and_has_a_name(visits, address):
    with visits(Role.IG_LEAD, address) as page:
        page.add_style_tag(content=AT_ONCE)
        # The grid of a table draws its own ring, on its canvas.
        stops = [stop for stop in by_tab(page) if not stop.get("isGrid")]
        assert len(stops) > 12
        assert [stop for stop in stops if not stop["isSeen"] or not stop["name"]] == []


def by_tab(page):
    """What the Tab key comes to, one after the other, to the end of the page."""
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["name"] == "the end":
            return
        yield stop
    raise AssertionError("80 times Tab, and no end")


def tab_to(page, name):
    """Press Tab until what has the focus is called so."""
    if not any(stop["name"].startswith(name) for stop in by_tab(page)):
        raise AssertionError(f"The keyboard does not come to {name!r}.")


def test_the_keyboard_alone_leads_from_signing_in_to_a_case(browser, server):
    with visiting(browser, server) as page:
        page.get_by_label("Name").wait_for()
        while page.evaluate("document.activeElement.id") != "name":
            page.keyboard.press("Tab")
        page.keyboard.type(Role.IG_LEAD)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSPHRASE)
        page.keyboard.press("Enter")
        table = page.get_by_role("table")
        first = table.get_by_role("link").first.inner_text()
        wait_until_finished(page)
        tab_to(page, first)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(first)
        grid = page.get_by_test_id("stDataFrame").locator("table")
        grid.wait_for(state="attached")
        rows = int(grid.get_attribute("aria-rowcount"))
        tab_to(page, "Show the cases that are met too")
        page.keyboard.press("Space")
        expect(grid).not_to_have_attribute("aria-rowcount", str(rows))
        tab_to(page, "Case")
        for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
            page.keyboard.press(key)
        chosen = grid.locator("td[aria-selected=true]")
        expect(chosen).to_have_count(1)
        assert re.fullmatch(r"glide-cell-\d+-\d+", chosen.get_attribute("id"))


def test_a_page_prints_without_what_only_a_screen_needs(visits):
    with visits(Role.SENIOR_MANAGER) as page:
        page.emulate_media(media="print")
        for gone in ("stHeader", "stSelectbox", "stDateInput"):
            expect(page.get_by_test_id(gone).first).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("p.ig-fresh").first).to_be_visible()
