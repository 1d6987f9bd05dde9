"""Every page for every role: what it shows, what it refuses, what it never lets out."""

import importlib
import re
import sys
from dataclasses import replace
from datetime import UTC, date
from types import SimpleNamespace

import pytest

from oversight import people, roles
from oversight.gate import front
from oversight.measures import all_measures, cases_on
from oversight.people import Person
from oversight.reader import Reader
from oversight.store import EVERYTHING
from oversight.verdicts.changes import changes
from oversight.verdicts.sentences import number
from oversight.words import EVERY_HOME, ROLE_WORDS, Role, Status
from pages import frame
from pages.parts import look, menu
from tests.conftest import TODAY
from tests.pages.scripts import AppTest

SECONDS = 60
PAGES = frame.page_modules()
NAMES = [module.__name__ for module in PAGES]
MEASURES = ["S01", "L11"]
MEASURE_PAGE = "pages.measures.measure"
SOME = [measure.id for measure in all_measures().values()][::6]
BEFORE_ANYTHING = date(2015, 1, 1)
NONE_IS_KNOWN = "No measure is known on"
ABOUT_PEOPLE = {"staff", "training", "incidents", "requests", "residents", "accounts"}
EMPTY = (
    "No log of access has come in",
    NONE_IS_KNOWN,
    "Nothing has been imported yet.",
    "not known.",
    "The journal is empty.",
    "Nothing about people has come in yet.",
    "Nobody has an account yet.",
    "What would you like to know?",
    "No question is saved for you yet.",
    "No review is planned.",
    "No review is frozen, so there is nothing to meet about.",
)

pages = pytest.mark.parametrize("module", PAGES, ids=NAMES)
each_role = pytest.mark.parametrize("role", Role)


def draw(name, reader):
    """The script that is run: one page for one reader, as the frame shows it."""
    from importlib import import_module

    from pages.frame import show

    show(import_module(name), reader)


def shown(module, reader, **asked):
    """A page as it was drawn; asked: what the address says beside the filters."""
    drawn = AppTest.from_function(
        draw, default_timeout=SECONDS, args=(module.__name__, reader)
    )
    for name, value in asked.items():
        drawn.query_params[name] = value
    drawn.run()
    assert [fault.value for fault in drawn.exception] == []
    return drawn


def said(drawn):
    """All the markup of a page."""
    return "\n".join(each.value for each in drawn.markdown)


def sent(drawn):
    """Every byte that went to the browser, tables and charts too."""
    nodes = [node for node in drawn._tree if hasattr(node, "proto")]
    assert len(nodes) > 1
    return b"\n".join(
        node.proto.SerializeToString()
        for node in nodes
        if hasattr(node.proto, "SerializeToString")
    )


def everything_sent(reader, measures=None):
    """What goes to a reader's browser, page by page; the page of a measure for each."""
    measures = measures or [judged.measure.id for judged in reader.board().judged]
    for module in PAGES:
        if reader.person.role in module.SEEN_BY:
            takes_one = module.__name__ == MEASURE_PAGE
            for measure in measures if takes_one else measures[:1]:
                yield sent(shown(module, reader, id=measure))


@pytest.fixture(scope="module")
def names(company):
    """The names of every home there ever was, by reference."""
    return reader_of(company, Role.IG_LEAD).homes()


def reader_of(store, role, own=(), as_of=TODAY, home=None):
    return Reader(store, Person("a reader", role, tuple(own), True, ""), as_of, home)


@pytest.fixture(scope="module")
def own(names):
    """The home of the home manager."""
    return min(names)


def somebody(company, role, own):
    return reader_of(company, role, own=[own])


# What a page is


@pages
def test_a_page_says_what_it_is_called_where_it_stands_and_who_sees_it(module):
    assert module.__doc__
    assert module.TITLE.strip() == module.TITLE != ""
    assert module.__name__.split(".")[1] == module.SECTION
    assert isinstance(module.ORDER, int | float)
    assert module.SEEN_BY
    assert all(isinstance(role, Role) for role in module.SEEN_BY)
    assert callable(module.render)


def test_no_two_pages_share_a_place_a_title_or_an_address():
    for what in ("ORDER", "TITLE"):
        assert len({getattr(module, what) for module in PAGES}) == len(PAGES)
    assert len({name.rpartition(".")[2] for name in NAMES}) == len(PAGES)


def test_every_module_in_a_section_is_a_page():
    files = {path.stem for path in (frame.ROOT / "pages").glob("*/*.py")}
    parts = {path.stem for path in (frame.ROOT / "pages" / "parts").glob("*.py")}
    assert {name.rpartition(".")[2] for name in NAMES} == files - parts


def bring_in(name):
    import importlib
    import sys

    sys.modules.pop(name, None)
    importlib.import_module(name)


@pytest.mark.parametrize("name", [*NAMES, "pages.frame"])
def test_a_page_draws_nothing_by_being_imported(name):
    kept = sys.modules[name]
    drawn = AppTest.from_function(bring_in, default_timeout=SECONDS, args=(name,)).run()
    sys.modules[name] = kept
    parent, _, child = name.rpartition(".")
    setattr(importlib.import_module(parent), child, kept)
    assert drawn.main.children == {}


# The frame


@pytest.fixture
def framed(monkeypatch, company):
    """The frame as somebody has it; None is a browser that is not signed in."""

    def framed(person):
        session = person and SimpleNamespace(person=person.name, version=0, key="")
        monkeypatch.setattr(front, "store", lambda: company)
        monkeypatch.setattr(front, "session_in", lambda cookies: session)
        monkeypatch.setattr(people, "find", lambda store, name: person)
        path = frame.ROOT / "pages" / "frame.py"
        drawn = AppTest.from_file(path, default_timeout=SECONDS).run()
        assert [fault.value for fault in drawn.exception] == []
        return drawn

    return framed


@pytest.mark.parametrize(
    "person",
    [None, Person("gone", Role.IG_LEAD, (), False, "")],
    ids=["none", "disabled"],
)
def test_the_frame_draws_nothing_for_one_who_is_not_or_no_longer_let_in(framed, person):
    drawn = framed(person)
    assert "You are signed out." in said(drawn)
    assert len(drawn.selectbox) == len(drawn.date_input) == 0


def test_a_role_without_a_page_is_told_so(framed, monkeypatch):
    for module in PAGES:
        others = tuple(set(module.SEEN_BY) - {Role.ADMINISTRATOR})
        monkeypatch.setattr(module, "SEEN_BY", others)
    drawn = framed(Person("admin", Role.ADMINISTRATOR, (), True, ""))
    assert "There is no page for your role yet." in said(drawn)
    assert len(drawn.selectbox) == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_the_frame_offers_the_homes_of_the_role_and_no_day_to_come(
    framed, names, own, role
):
    drawn = framed(Person("a reader", role, (own,), True, ""))
    homes = [names[own]] if role is Role.HOME_MANAGER else sorted(names.values())
    every = "All my homes" if role is Role.HOME_MANAGER else "All homes"
    assert drawn.selectbox[0].options == [every, *homes]
    assert drawn.date_input[0].value == drawn.date_input[0].max == frame.today()
    assert f"a reader, {ROLE_WORDS[role]}" in said(drawn)


def test_what_was_known_on_an_earlier_day_is_asked_for_and_said(framed):
    drawn = framed(Person("a reader", Role.SENIOR_MANAGER, (), True, ""))
    assert "Known at" not in said(drawn)
    drawn.date_input(key="known").set_value(BEFORE_ANYTHING).run()
    assert "Known at 1 Jan 2015" in said(drawn)
    assert NONE_IS_KNOWN in said(drawn)
    drawn.date_input(key="known").set_value(frame.today()).run()
    assert "Known at" not in said(drawn)  # it is what is known now


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 7, 1), "2026-07-01T22:59:59.999999+00:00"),
        (date(2026, 12, 1), "2026-12-01T23:59:59.999999+00:00"),
    ],
)
def test_a_day_ends_by_the_clocks_of_the_uk(day, instant):
    assert frame.end_of(day).astimezone(UTC).isoformat() == instant


# The menu


def test_every_page_is_in_one_group_of_the_menu_and_few_pages_are_in_none():
    held = menu.grouped(PAGES)
    every = [module for modules in held.values() for module in modules]
    assert sorted(every, key=lambda module: module.ORDER) == PAGES
    assert all(words.strip() == words for words in held)
    assert list(menu.grouped(PAGES[:2])) == [menu.FIRST]


def test_a_section_that_no_group_names_has_its_own():
    new = SimpleNamespace(SECTION="gardens", ORDER=1, TITLE="Gardens")
    assert menu.grouped([*PAGES, new])["Gardens"] == [new]


# Who sees it


@pages
@each_role
def test_a_page_is_drawn_for_those_who_may_see_it_and_refused_to_the_rest(
    company, own, module, role
):
    drawn = shown(module, somebody(company, role, own), id=MEASURES[0])
    if role in module.SEEN_BY:
        assert "Not for this role." not in said(drawn)
        assert said(drawn).count("<h1") == 1
    else:
        assert "may not open this page." in said(drawn)
        assert len(drawn.main.children) == 1


@pytest.mark.parametrize("measure", MEASURES)
@each_role
def test_the_rows_behind_a_figure_are_shown_to_those_who_may_see_rows(
    company, own, measure, role
):
    module = importlib.import_module(MEASURE_PAGE)
    reader = somebody(company, role, own)
    if reader.person.role not in module.SEEN_BY or not reader.board().find(measure):
        return
    drawn = shown(module, reader, id=measure)
    assert said(drawn).count("<h1") == 1  # what is not for a role is not even tried
    assert len(drawn.dataframe) <= roles.may_see_rows(role)


def test_a_senior_manager_is_sent_no_case_and_no_reference_of_a_member_of_staff(
    company,
):
    lead = reader_of(company, Role.IG_LEAD)
    manager = reader_of(company, Role.SENIOR_MANAGER)
    references = set()
    with company.reading(EVERYTHING) as cursor:
        for judged in lead.board().judged:
            # A policy or a Toolkit item is no person's case: it is shown by name.
            if ABOUT_PEOPLE & set(judged.measure.reads):
                found = cases_on(cursor, judged.measure, TODAY)
                # What an account did on a day ends with that day, which is nobody's.
                refs = (re.sub(r"\|\d{4}-\d\d-\d\d$", "", c.case_ref) for c in found)
                said = {ref.rpartition("|")[2].lower() for ref in refs}
                references |= {one.encode() for one in said if re.search(r"\d", one)}
    assert min(map(len, references)) > 4
    assert len(references) > 100
    for out in everything_sent(manager):
        assert [reference for reference in references if reference in out.lower()] == []


def test_a_home_manager_is_sent_the_name_of_no_other_home(company, names, own):
    reader = reader_of(company, Role.HOME_MANAGER, own=[own])
    others = {text.encode() for ref, text in names.items() if ref != own}
    others |= {ref.encode() for ref in names if ref != own}
    assert len(others) >= 6
    for out in everything_sent(reader, SOME):
        assert [name for name in others if name in out] == []


def test_a_home_manager_who_asks_for_another_home_is_sent_nothing_of_it(
    company, names, own
):
    other = max(names)
    reader = reader_of(company, Role.HOME_MANAGER, own=[own], home=other)
    for out in everything_sent(reader, MEASURES[:1]):
        assert names[other].encode() not in out


def test_what_a_home_manager_must_not_be_sent_is_what_a_lead_is_sent(company, names):
    reader = reader_of(company, Role.IG_LEAD)
    module = importlib.import_module(MEASURE_PAGE)
    out = sent(shown(module, reader, id=MEASURES[0]))
    in_view = [r.home for r in reader.board().find(MEASURES[0]).by_home]
    assert all(names[home].encode() in out for home in in_view)


# What it shows when there is little to show


@pages
@each_role
def test_an_empty_store_gives_a_clear_empty_page(bare, module, role):
    if role in module.SEEN_BY:
        drawn = shown(module, reader_of(bare, role, own=["1"]), id=MEASURES[0])
        assert said(drawn).count("<h1") == 1
        assert any(words in said(drawn) for words in EMPTY)
        assert len(drawn.dataframe) == 0


@pages
@each_role
def test_a_day_before_there_was_any_data_gives_a_clear_empty_page(
    company, own, module, role
):
    if role in module.SEEN_BY:
        reader = replace(somebody(company, role, own), as_of=BEFORE_ANYTHING)
        drawn = shown(module, reader, id=MEASURES[0])
        assert said(drawn).count("<h1") == 1
        if module.__name__.endswith(("overview", "measures")):
            assert f"{NONE_IS_KNOWN} 1 January 2015." in said(drawn)
            assert "Who supplies it" in said(drawn)


@pages
@each_role
def test_one_home_alone_can_be_asked_about(company, own, module, role):
    if role in module.SEEN_BY:
        reader = replace(somebody(company, role, own), home=own)
        assert said(shown(module, reader, id=MEASURES[0])).count("<h1") == 1


@pages
def test_a_home_manager_without_a_home_is_shown_no_figure(company, module):
    if Role.HOME_MANAGER in module.SEEN_BY:
        drawn = shown(module, reader_of(company, Role.HOME_MANAGER), id=MEASURES[0])
        assert len(drawn.dataframe) == 0
        assert any(words in said(drawn) for words in (*EMPTY, "not known"))


@pytest.mark.parametrize("asked", ["", "X99", "<script>", "s01"])
def test_a_measure_that_is_not_there_is_said_to_be_not_there(company, asked):
    module = importlib.import_module(MEASURE_PAGE)
    drawn = shown(module, reader_of(company, Role.IG_LEAD), id=asked)
    wanted = f"There is no measure {look.text(asked)}." if asked else "Which measure?"
    assert wanted in said(drawn)


# Compared with an earlier day


def test_the_overview_says_what_got_better_and_worse_since_an_earlier_day(company):
    overview = importlib.import_module("pages.overview.overview")
    lead = reader_of(company, Role.IG_LEAD)
    assert "Compared with" not in said(shown(overview, lead))
    then = frame.months_before(TODAY, 3)
    found = changes(replace(lead, as_of=then).board().judged, lead.board().judged)
    drawn = said(shown(overview, replace(lead, compared_on=then)))
    assert "Compared with 22 August 2026:" in drawn
    for judged in (*found.better, *found.worse):
        assert f"id={judged.measure.id}" in drawn
    held = (found.better, found.worse, found.same, found.unsure)
    assert sum(map(len, held)) == len(lead.board().judged)
    assert f"{number(len(found.worse))} worse" in drawn


@pytest.mark.parametrize(
    ("then", "now", "place"),
    [
        ("not_met", "met", "better"),
        ("at_risk", "not_met", "worse"),
        ("met", "met", "same"),
        ("not_known", "met", "unsure"),
        ("met", "not_known", "unsure"),
    ],
)
def test_not_known_is_neither_better_nor_worse(then, now, place):
    def judged(status):
        measure = SimpleNamespace(id="S01")
        return [
            SimpleNamespace(measure=measure, verdict=SimpleNamespace(status=status))
        ]

    found = changes(judged(Status(then)), judged(Status(now)))
    assert len(getattr(found, place)) == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_so_many_months_before_is_the_same_day_or_the_last(day, months, before):
    assert frame.months_before(day, months) == before


# Small parts


def test_homes_of_one_name_are_told_apart_by_their_reference():
    assert look.told_apart({"1": "Elm House", "2": "Oak Lodge", "3": "Elm House"}) == {
        "1": "Elm House (1)",
        "2": "Oak Lodge",
        "3": "Elm House (3)",
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 22), "22 Nov 2026"),
        (date(2026, 1, 2), "2 Jan 2026"),
        (None, "never"),
    ],
)
def test_a_day_is_written_as_it_is_read(value, words):
    assert look.day(value) == words


def test_the_scope_that_leaves_no_home_out_is_for_those_who_see_every_home(company):
    for role in Role:
        allowed = reader_of(company, role, own=[EVERY_HOME]).allowed
        assert (EVERY_HOME in allowed) is (role in roles.SEE_EVERY_HOME)


@pytest.mark.parametrize(
    ("page", "key", "alternative", "heads"),
    [
        ("pages.lookahead.lookahead", "card_calendar", "What falls due.", ">Who<"),
        (
            "pages.measures.strand",
            "card_statuses",
            "Measures by strand and status.",
            ">Strand<",
        ),
    ],
)
def test_a_picture_of_the_whole_has_words_and_a_table(
    company, page, key, alternative, heads
):
    drawn = shown(importlib.import_module(page), reader_of(company, Role.IG_LEAD))
    said_of = [chart.proto.alt for chart in drawn.get("plotly_chart")]
    assert any(each.startswith(alternative) for each in said_of)
    assert heads not in said(drawn)
    (control,) = [each for each in drawn.segmented_control if each.key == f"{key}_as"]
    control.set_value("Table").run()
    assert [fault.value for fault in drawn.exception] == []
    assert heads in said(drawn)
