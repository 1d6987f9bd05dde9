"""What axe-core finds wrong for people who cannot see, hear or point: nothing."""

from importlib.resources import files
from urllib.parse import urljoin

import pytest

from oversight.charts.tokens import tokens
from oversight.words import Role
from tests.browsers import wait_until_finished
from tests.pages.visits import DRAWN, PHONE, rgb

EVERY_PAGE = (
    "/",
    "/?home=No+such+home",
    "/?as_of=2015-01-01",
    "/measures",
    "/measure?id=S01",
    "/measure?id=L11",
    "/measure?id=X99",
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
    "/records?kind=incidents",
    "/imports",
    "/explore?kind=incidents&rows=cause&columns=home&is_cause=error",
    "/sql",
    "/review",
    "/meeting",
)
READERS = (Role.IG_LEAD, Role.SENIOR_MANAGER, Role.HOME_MANAGER)
# What axe cannot decide, such as text upon a drawing, is no finding.
RUN = """
axe.run(document, {resultTypes: ['violations']}).then(found => [
  found.passes.length,
  found.violations.map(one =>
    [one.id, ...one.nodes.map(node => node.html.slice(0, 120))]),
])
"""
WEARS = "(paint) => getComputedStyle(document.body).backgroundColor === paint"


@pytest.fixture(scope="session")
def axe():
    """The script of axe-core, as its Python package brings it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def findings(page, axe):
    """What axe finds on a page once it is drawn: each rule, and what breaks it."""
    page.get_by_role("heading", level=1).wait_for()
    wait_until_finished(page)
    return findings_now(page, axe)


def findings_now(page, axe):
    page.evaluate(axe)
    passed, found = page.evaluate(RUN)
    assert passed > 10  # it did look
    return [
        one
        for one in found
        if not is_the_drop_zone(*one) and not is_the_menu_of_a_phone(*one)
    ]


def is_the_drop_zone(rule, *nodes):
    """Streamlit names its own drop zone, which it says is decoration; its button is
    named as well, and that is what the keyboard comes to. Nothing of ours.
    """
    zone = 'data-testid="stFileUploaderDropzone"'
    return rule == "presentation-role-conflict" and all(zone in node for node in nodes)


def is_the_menu_of_a_phone(rule, *nodes):
    """Streamlit draws a menu in groups, where the bar is too narrow for it, as a list
    whose entries are not its direct children. Its links keep their names and their
    order. Nothing of ours: what we draw has no class of Streamlit's.
    """
    own = {
        "list": '<ul data-testid="stSidebarNavItems"',
        "listitem": '<li class="st-emotion-cache-',
    }
    return rule in own and all(node.startswith(own[rule]) for node in nodes)


def every_way(page, axe, *, on_phone):
    """What axe finds in light, in dark and on a phone, of one page brought once."""
    size = page.viewport_size
    phone = [("dark", PHONE)] if on_phone else []
    for scheme, viewport in (("light", size), ("dark", size), *phone):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(viewport)
        page.wait_for_function(WEARS, arg=rgb(tokens(scheme)["page"]))
        page.wait_for_function(DRAWN)
        found = findings(page, axe)
        yield from ((scheme, viewport["width"], *each) for each in found)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size)


@pytest.mark.parametrize("role", READERS)
def test_axe_finds_nothing_on_any_page(visits, axe, role):
    with visits(role) as page:
        for address in EVERY_PAGE:
            page.goto(urljoin(page.url, address))
            found = every_way(page, axe, on_phone=role is Role.IG_LEAD)
            assert (address, list(found)) == (address, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_administrators_page(visits, axe, scheme):
    # At the page's own address, though it is the first of the role: it once was told
    # of as a page that is not there.
    with visits(Role.ADMINISTRATOR, "/people", color_scheme=scheme) as page:
        assert findings(page, axe) == []
        assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/journal", "/holdings"])
def test_axe_finds_nothing_on_the_pages_of_trust(visits, axe, address, scheme):
    with visits(Role.AUDITOR, address, color_scheme=scheme) as page:
        assert findings(page, axe) == []


def test_axe_finds_nothing_on_the_pages_of_trust_on_a_phone(visits, axe):
    for role, address in (
        (Role.ADMINISTRATOR, "/"),
        (Role.AUDITOR, "/journal"),
        (Role.SENIOR_MANAGER, "/holdings"),
    ):
        with visits(role, address, viewport=PHONE) as page:
            assert (address, findings(page, axe)) == (address, [])


def test_axe_finds_nothing_on_ones_own_account(visits, axe):
    with visits(Role.SENIOR_MANAGER) as page:
        page.goto(urljoin(page.url, "/account"))
        assert findings_now(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_opens_and_changes(visits, axe, scheme):
    with visits(Role.IG_LEAD, "/measure?id=S01", color_scheme=scheme) as page:
        page.get_by_role("radio", name="Table").click()
        page.get_by_text("The question in SQL").click()
        page.get_by_text("Show the cases that are met too").click()
        page.get_by_role("cell").first.wait_for()
        assert findings(page, axe) == []


def test_axe_finds_nothing_on_an_open_list_of_homes(visits, axe):
    with visits(Role.IG_LEAD) as page:
        page.get_by_role("combobox", name="Home").click()
        page.get_by_role("option").first.wait_for()
        # Streamlit draws an open list at the end of the body, outside every landmark.
        assert {rule for rule, *_ in findings_now(page, axe)} == {"region"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_sign_in_page(browser, server, axe, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{server.address}/sign-in")
    assert findings_now(page, axe) == []
    context.close()
