"""Notes pinned to a measure, a home and a month: who reads them, and what is kept."""

import importlib
from dataclasses import replace
from datetime import date

import pytest

from oversight import pinned
from oversight.measures import find_measure
from oversight.people import Person
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.store import StoreError
from oversight.words import COMPANY, Role
from pages.parts import pinning
from tests.conftest import TODAY
from tests.pages.test_pages import said, shown

MEASURE = find_measure("S01")
HOMES = "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge"


def reader_of(store, role=Role.IG_LEAD, own=(), name="ann"):
    return Reader(store, Person(name, role, tuple(own), True, ""), TODAY)


@pytest.fixture
def lead(store, known):
    known("homes", HOMES)
    return reader_of(store)


def words(reader):
    return [note.words for note in pinning.notes_of(reader, MEASURE)]


def test_a_note_is_read_where_its_home_is_seen(lead, store):
    pinning.pin(lead, MEASURE, "1-1", date(2026, 10, 9), "New  trainer\nfrom here")
    pinning.pin(lead, MEASURE, COMPANY, TODAY, "Ring 020 7946 0018 about it")
    assert words(lead) == ["Ring [phone] about it", "New trainer from here"]
    assert pinning.notes_of(lead, MEASURE)[1].month == date(2026, 10, 1)
    other = reader_of(store, Role.HOME_MANAGER, ["1-2"])
    assert words(other) == ["Ring [phone] about it"]
    assert words(replace(lead, home="1-1")) == words(lead)
    assert words(replace(lead, home="1-2")) == words(other)
    assert words(replace(lead, known=1)) == []


def test_who_may_not_and_what_is_no_note_is_refused(lead, store):
    with pytest.raises(NotAllowed):
        pinning.pin(reader_of(store, Role.AUDITOR), MEASURE, "1-1", TODAY, "A note")
    own = reader_of(store, Role.HOME_MANAGER, ["1-2"])
    for home in ("1-1", COMPANY):
        with pytest.raises(StoreError, match="of one's own"):
            pinning.pin(own, MEASURE, home, TODAY, "A note")
    for typed, day in (("", TODAY), ("x" * 301, TODAY), ("Later", date(2199, 1, 1))):
        with pytest.raises(StoreError):
            pinning.pin(lead, MEASURE, "1-1", day, typed)


def test_a_note_taken_off_is_shown_no_longer_and_stays_in_the_journal(lead, store):
    pinning.pin(lead, MEASURE, "1-1", TODAY, "Wrong month")
    (note,) = pinning.notes_of(lead, MEASURE)
    before = lead.board().number
    with pytest.raises(StoreError, match="of bo to take off"):
        pinned.take_off(store, "bo", note.number)
    pinned.take_off(store, "ann", note.number)
    assert words(lead) == []
    assert words(replace(lead, known=before)) == ["Wrong month"]
    with pytest.raises(StoreError, match="no note"):
        pinned.take_off(store, "ann", note.number)


def test_the_page_of_a_measure_shows_its_notes_escaped(lead):
    pinning.pin(lead, MEASURE, COMPANY, TODAY, "<b>Move</b> of *homes*")
    drawn = said(
        shown(importlib.import_module("pages.measures.measure"), lead, id="S01")
    )
    assert "&lt;b&gt;Move" in drawn
    assert "<b>Move" not in drawn
