"""What the pages of trust are made of: accounts, the journal, holdings."""

import csv
import io

import pytest

from oversight import journal, passphrases, people
from oversight.people import Person
from oversight.reader import Reader
from oversight.sources import all_sources
from oversight.store import StoreError
from oversight.trust import accounts, holdings, keeping, looking_back
from oversight.trust.looking_back import Asked
from oversight.words import Role
from tests.conftest import TODAY

LATER = TODAY.replace(year=2199)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(passphrases, "hash_of", lambda words: f"hash of {words}")


@pytest.fixture
def admin(store):
    people.add(store, Person("ada", Role.ADMINISTRATOR, (), True, "h"), "first")
    return Reader(store, people.find(store, "ada"), TODAY)


def auditor(store, **more):
    return Reader(store, Person("aud", Role.AUDITOR, (), True, ""), LATER, **more)


# Accounts


def test_somebody_is_added_with_a_passphrase_made_here(admin, store):
    made = accounts.add(admin, " bo ", Role.AUDITOR, [])
    assert people.find(store, "bo").password_hash == f"hash of {made}"
    passphrases.check_is_strong(made, "bo")
    assert made not in str(accounts.accounts(admin))
    assert accounts.add(admin, "bea", Role.AUDITOR, []) != made


def test_a_home_manager_needs_a_home_that_there_is(admin, known, store):
    known("homes", "home_ref | name\n1-1 | Elm House")
    for own in ([], ["1-9"], ["*"]):
        with pytest.raises(ValueError, match="choose at least one"):
            accounts.add(admin, "hal", Role.HOME_MANAGER, own)
    accounts.add(admin, "hal", Role.HOME_MANAGER, ["1-1", "1-1"])
    assert people.find(store, "hal").homes == ("1-1",)
    accounts.set_role(admin, "hal", Role.AUDITOR, ["1-1"])
    assert people.find(store, "hal").homes == ()


def test_the_last_administrator_stays(admin):
    with pytest.raises(StoreError, match="only administrator"):
        accounts.set_enabled(admin, "ada", False)
    with pytest.raises(StoreError, match="only administrator"):
        accounts.set_role(admin, "ADA", Role.AUDITOR, [])
    accounts.add(admin, "abe", Role.ADMINISTRATOR, [])
    accounts.set_enabled(admin, "ada", False)


def test_every_change_is_journalled_by_whom(admin, store):
    accounts.add(admin, "bo", Role.AUDITOR, [])
    accounts.set_enabled(admin, "bo", False)
    accounts.set_enabled(admin, "bo", True)
    accounts.set_role(admin, "bo", Role.IG_LEAD, [])
    accounts.new_passphrase(admin, "bo")
    accounts.reset_second_factor(admin, "bo")
    accounts.change_settings(admin, {"company name": "Other Ltd"})
    found = looking_back.entries(auditor(store), Asked(person="ada"))
    assert [one.what for one in found] == [
        "settings changed",
        "second factor reset",
        "passphrase changed",
        "role changed",
        "person enabled",
        "person disabled",
        "person added",
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"made up": "yes"},
        {"no such": "x"},
        {"company name": ""},
        {"company name": "x" * 201},
        {"company name": "a\u202eb"},
    ],
)
def test_what_is_no_setting_is_not_kept(admin, said):
    before = accounts.settings_now(admin)
    with pytest.raises(ValueError, match="wanted 1 to"):
        accounts.change_settings(admin, said)
    assert accounts.settings_now(admin) == before


def test_only_what_differs_is_kept(admin, store):
    assert accounts.change_settings(admin, accounts.settings_now(admin)) == []
    assert accounts.change_settings(admin, {"company name": " A  B "}) == [
        "company name"
    ]
    assert accounts.settings_now(admin)["company name"] == "A B"


# The journal


def test_the_journal_is_narrowed_by_whom_what_and_since(store):
    for who, what in (("ann", "one"), ("ben", "two"), ("ann", "two")):
        with store.writing() as writing:
            journal.append(writing, who, what, {"said": "ring 020 7946 0018"})
    reader = auditor(store)
    assert [e.what for e in looking_back.entries(reader, Asked("ann"))] == [
        "two",
        "one",
    ]
    assert looking_back.counted(reader, Asked(what="two")) == 2
    assert looking_back.counted(reader, Asked(since=LATER)) == 0
    assert looking_back.choices(reader) == (["ann", "ben"], ["one", "two"])
    assert "[phone]" in looking_back.entries(reader, Asked())[0].about
    assert looking_back.first_broken(reader) is None


def test_taking_it_away_is_told_of_and_its_cells_are_harmless(store):
    with store.writing() as writing:
        journal.append(writing, "=1+1", "@x", {})
    told = []
    reader = auditor(store, tell=lambda *entry: told.append(entry))
    body = looking_back.exported(reader, Asked()).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body, newline=""))
    assert (row["person"], row["what"]) == ("'=1+1", "'@x")
    assert [(who, what) for who, what, _ in told] == [("aud", "journal exported")]


# Holdings


def test_every_kind_is_said_to_be_about_somebody_or_nobody(store):
    found = {one.kind: one for one in holdings.holdings(auditor(store))}
    assert set(found) == set(all_sources())
    assert holdings.ABOUT_STAFF in found["staff"].about
    assert holdings.ABOUT_RESIDENTS in found["residents"].about
    assert holdings.FREE_TEXT in found["incidents"].about
    assert found["homes"].rows == 0


def test_every_kind_has_a_period_and_its_line_is_in_the_schedule():
    for source in all_sources().values():
        rule = keeping.rule_of(source)
        assert 0 < rule.years < 100
        assert rule.line == "" or rule.line in keeping.schedule()
    assert keeping.rule_of(all_sources()["incidents"]).words == (
        "20 years (RT08, not confirmed)"
    )
    leap = keeping.Rule(1, "", "").cut_off(TODAY.replace(year=2024, month=2, day=29))
    assert (leap.month, leap.day) == (2, 28)


def test_the_draft_assessment_is_filled_in_with_what_is_so(store, known):
    known("homes", "home_ref | name\n1-1 | Elm House")
    known("staff", "home | staff_ref\nElm House | S1")
    said = holdings.draft_assessment(auditor(store))
    assert "| Staff in post | staff, by reference | 1 |" in said
    assert "Information Commission" in said
    assert "S1" not in said.replace("RTS1", "").split("Staff in post")[1].split("\n")[0]


def test_what_is_kept_of_those_who_sign_in_is_counted(admin, store):
    found = {one.title: one.count for one in holdings.own_holdings(auditor(store))}
    assert found["Accounts"] == 1
    assert found["Journal"] == 1
