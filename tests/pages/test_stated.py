"""Somebody confirms a target, checks a source, says that a clause does not apply."""

from html import unescape

import pytest

from oversight import people
from oversight.people import Person
from oversight.reader import Reader
from oversight.records import today
from oversight.statements import Stated, statements
from oversight.store import EVERYTHING
from oversight.words import Role
from pages.measures import measure
from pages.policy import policy
from tests.conftest import TODAY
from tests.pages.test_pages import said as marked_up
from tests.pages.test_pages import shown

LEAD = Person("Ada", Role.IG_LEAD, (), True, "")
CONFIRM = "Confirm 100% as our target"


@pytest.fixture
def some(store, known):
    """A store of one home, and an account of the IG lead."""
    people.add(store, LEAD, "tester")
    known("homes", "home_ref | name\n1 | Elm House")
    known("staff", "staff_ref\nS1")
    return store


def said(drawn):
    return unescape(marked_up(drawn))


def reader(store, person=LEAD, as_of=None):
    return Reader(store, person, as_of or today())


def standing(store, what):
    with store.reading(EVERYTHING) as cursor:
        return statements(cursor, what)


def press(drawn, label, reason):
    drawn.text_input(key=reason[0]).input(reason[1])
    next(one for one in drawn.button if one.label == label).click()
    drawn.run()
    assert [fault.value for fault in drawn.exception] == []
    return drawn


def labels(drawn):
    return [one.label for one in drawn.button]


def test_a_provisional_target_is_confirmed_and_taken_back(some):
    drawn = shown(measure, reader(some), id="S02")
    assert "provisional: not yet confirmed" in said(drawn)
    why = "stated_target_confirmed_S02_why"
    drawn = press(drawn, CONFIRM, (why, "Senior team, 3 November"))
    found = standing(some, Stated.TARGET_CONFIRMED)["S02"]
    assert (found.person, found.detail, found.reason) == (
        "Ada",
        "100%",
        "Senior team, 3 November",
    )
    words = said(drawn)
    assert "provisional: not yet confirmed" not in words
    assert "confirmed by Ada" in words
    assert "Stated of Starters trained within a month: target confirmed." in words
    drawn = press(drawn, "Take it back", (why, "Not decided after all"))
    assert standing(some, Stated.TARGET_CONFIRMED) == {}
    assert CONFIRM in labels(drawn)


def test_a_target_from_the_law_is_nobodys_to_confirm(some):
    assert not [
        one
        for one in labels(shown(measure, reader(some), id="L11"))
        if one.startswith("Confirm")
    ]


def test_who_may_not_state_it_sees_no_button_and_a_past_day_is_not_written_to(some):
    auditor = Person("Bo", Role.AUDITOR, (), True, "")
    assert today() > TODAY
    for asked in (reader(some, auditor), reader(some, as_of=TODAY)):
        drawn = shown(measure, asked, id="S02")
        assert CONFIRM not in labels(drawn)
        assert "Was a source checked?" not in said(drawn)


def test_a_source_is_checked_by_name(some):
    drawn = shown(measure, reader(some), id="S02")
    drawn.selectbox(key="measure_source").select("staff").run()
    why = "stated_source_checked_staff_why"
    press(drawn, "I have checked this source", (why, "Against the payroll of October"))
    assert standing(some, Stated.SOURCE_CHECKED)["staff"].person == "Ada"


def test_a_clause_does_not_apply_only_with_a_reason(some):
    drawn = shown(policy, reader(some))
    drawn.selectbox(key="stated_clause").select("5.3").run()
    why, button = "stated_clause_not_applicable_5.3_why", "State that it does not apply"
    refused = press(drawn, button, (why, "no"))
    assert "wanted a reason of a few words" in said(refused)
    assert standing(some, Stated.CLAUSE_NOT_APPLICABLE) == {}
    reason = "The parent company answers the press for every home."
    done = press(refused, button, (why, reason))
    assert f"Not applicable, as Ada stated on {today():%-d %B %Y}: {reason}" in said(
        done
    )
