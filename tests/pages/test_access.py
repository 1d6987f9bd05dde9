"""The Access page: what it says of an empty store, and what a review there does."""

from oversight import records
from oversight.access import reviewing
from oversight.people import Person
from oversight.reader import Reader
from oversight.words import Role
from tests.pages.scripts import AppTest
from tests.pages.test_pages import said
from tests.proofs.made_events import homes, send

SECONDS = 60


def draw(reader):
    from pages.access import access
    from pages.frame import show

    show(access, reader)


def reader_of(store, role=Role.IG_LEAD):
    return Reader(store, Person("a reader", role, (), True, ""), records.today())


def opened(store, role=Role.IG_LEAD):
    page = AppTest.from_function(
        draw, default_timeout=SECONDS, args=(reader_of(store, role),)
    )
    return page.run()


def exported(store, known):
    send(store, "homes", homes(["Elm House", "Oak House"]))
    known(
        "access_events",
        "event_id | home | actor_login | event_type | occurred_at\n"
        f"1 | Elm House | s1 | export | {records.today()}T00:00:00Z",
        records.today(),
    )


def test_with_no_log_nothing_is_said_to_be_well(store):
    page = opened(store)
    assert "No log of access has come" in said(page)
    assert not page.exception


def test_a_home_whose_log_never_came_stands_apart(store, known):
    exported(store, known)
    page = opened(store)
    assert "One person has exceptions" in said(page)
    assert "never came" in said(page)
    assert "Oak House" in said(page)


def test_a_review_there_is_written_down_and_closes(store, known):
    exported(store, known)
    page = opened(store)
    (reason,) = [each for each in page.text_input if each.label == "Reason"]
    (outcome,) = [each for each in page.selectbox if each.label == "What comes of it"]
    outcome.set_value(reviewing.JUSTIFIED)
    reason.set_value("The hospital asked for it")
    (button,) = [each for each in page.button if each.label == "Write it down"]
    button.click()
    page.run()
    assert not page.exception
    assert "Written into the journal" in said(page)
    assert "is waiting for review" in said(page)


def test_an_auditor_looks_and_changes_nothing(store, known):
    exported(store, known)
    page = opened(store, Role.AUDITOR)
    assert "One person has exceptions" in said(page)
    assert not page.button
