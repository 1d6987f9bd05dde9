"""The Review and Meeting pages: a review is run from its plan to its seal."""

from datetime import date

import pytest

from oversight.people import Person
from oversight.reader import Reader
from oversight.review import record
from oversight.store import EVERYTHING
from oversight.words import Role
from tests.pages.scripts import AppTest
from tests.pages.test_pages import said

SECONDS = 120
YEAR = (date(2025, 12, 1), date(2026, 10, 31))


def draw(reader, page):
    import importlib

    from pages.frame import show

    show(importlib.import_module(f"pages.review.{page}"), reader)


def opened(store, page, role=Role.IG_LEAD, name="a reader", at=None):
    reader = Reader(store, Person(name, role, (), True, ""), date(2026, 11, 22))
    run = AppTest.from_function(draw, default_timeout=SECONDS, args=(reader, page))
    if at is not None:
        run.session_state["meeting_at"] = at
    return run.run()


def press(run, label):
    next(button for button in run.button if button.label == label).click()
    return run.run()


def review(store):
    with store.reading(EVERYTHING) as cursor:
        return record.reviews(cursor)[-1]


@pytest.mark.parametrize("page", ["review", "meeting"])
def test_with_no_review_it_says_what_to_do(store, page):
    words = said(opened(store, page))
    assert "No review is" in words
    assert ("10.4" if page == "review" else "Plan one and freeze it") in words


@pytest.mark.parametrize("page", ["review", "meeting"])
def test_a_home_manager_is_told_who_may(store, page):
    assert "Who may" in said(opened(store, page, Role.HOME_MANAGER))


def test_a_review_is_run_from_its_plan_to_its_seal(store, known):
    known("homes", "home_ref | name\nH1 | Elm House")
    record.plan(store, "lead", YEAR, date(2026, 12, 8), "Ann Lee", ["Bo Ray"])
    run = opened(store, "review")
    assert "sources cannot be relied on" in said(run)
    refused = press(run, "Freeze the figures")
    assert "nobody has accepted" in said(refused)
    for box in refused.checkbox:
        box.check()
    frozen = press(refused, "Freeze the figures")
    assert "No figures differ since the freeze" in said(frozen)
    assert review(store).state == "frozen"
    here = press(opened(store, "meeting", at=0), "Keep who is here")
    assert "Ann Lee and Bo Ray. Conflicts of interest" in said(here)
    ann = opened(store, "meeting", Role.SENIOR_MANAGER, "Ann Lee", at=1)
    ann.text_area[0].input("Noted; late again.")
    assert "is taken down" in said(press(ann, "Take it down"))
    last = 99  # past the end is the last screen
    early = press(
        opened(store, "meeting", Role.SENIOR_MANAGER, "Ann Lee", last),
        "Seal the review",
    )
    assert "cannot be sealed" in said(early)
    for name in ("Ann Lee", "Bo Ray"):
        run = opened(store, "meeting", Role.SENIOR_MANAGER, name, last)
        if name == "Ann Lee":
            run = press(run, "Everything has been read back")
        assert "You have signed" in said(press(run, "Sign with my name"))
    run = opened(store, "meeting", Role.SENIOR_MANAGER, "Ann Lee", last)
    assert "is sealed" in said(press(run, "Seal the review"))
    assert review(store).state == "sealed"
    assert "signed by Ann Lee and Bo Ray" in said(opened(store, "review"))
    assert not [
        button
        for button in opened(store, "meeting", Role.SENIOR_MANAGER, at=1).button
        if button.label == "Take it down"
    ]
