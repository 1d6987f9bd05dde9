"""What named people state: who may, what stands, and what it changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from command_line import oversight

from oversight import people
from oversight.measures import find_measure
from oversight.people import Person
from oversight.promises import Source, Target
from oversight.statements import Stated, state, statements, take_back
from oversight.store import EVERYTHING, StoreError
from oversight.verdicts import judgement
from oversight.verdicts.judgement import with_confirmed_target
from oversight.verdicts.sentences import day_in_words
from oversight.words import Role
from pages.frame import today

WHO = {
    Stated.SOURCE_CHECKED: {Role.IG_LEAD, Role.HOME_MANAGER},
    Stated.TARGET_CONFIRMED: {Role.IG_LEAD},
    Stated.CLAUSE_NOT_APPLICABLE: {Role.IG_LEAD},
}
REASON = "It was looked at against the file."


@pytest.fixture
def staffed(store):
    for role in Role:
        people.add(store, Person(str(role), role, (), True, ""), "tester")
    gone = Person("gone", Role.IG_LEAD, (), False, "")
    people.add(store, gone, "tester")
    return store


def standing(store, what, by_day=None):
    with store.reading(EVERYTHING) as cursor:
        return statements(cursor, what, by_day)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", Stated)
def test_only_the_roles_that_may_state_it(staffed, what, role):
    if role in WHO[what]:
        state(staffed, what, "staff", role, REASON)
        found = standing(staffed, what)["staff"]
        assert (found.person, found.reason) == (role, REASON)
        assert found.said_on == today()
    else:
        with pytest.raises(StoreError, match="wanted the name of somebody who may"):
            state(staffed, what, "staff", role, REASON)
        assert standing(staffed, what) == {}


@pytest.mark.parametrize("by", ["gone", "nobody", ""])
def test_nobody_without_an_account_states_anything(staffed, by):
    with pytest.raises(StoreError):
        state(staffed, Stated.SOURCE_CHECKED, "staff", by)


def test_the_newest_stands_and_what_is_taken_back_does_not(staffed):
    what = Stated.CLAUSE_NOT_APPLICABLE
    state(staffed, what, "5.3", Role.IG_LEAD, "The first of two reasons")
    state(staffed, what, "5.3", Role.IG_LEAD, "The second of two reasons")
    assert standing(staffed, what)["5.3"].reason == "The second of two reasons"
    assert standing(staffed, what, today() - timedelta(days=1)) == {}
    take_back(staffed, what, "5.3", Role.IG_LEAD, "It applies after all")
    assert standing(staffed, what) == {}
    with pytest.raises(StoreError, match="Nobody has stated"):
        take_back(staffed, what, "5.3", Role.IG_LEAD, "It applies after all")


def test_what_was_not_yet_stated_was_not_known(staffed):
    with staffed.reading(EVERYTHING) as cursor:
        before = cursor.execute("select getvariable('known_number')").fetchone()[0]
    state(staffed, Stated.SOURCE_CHECKED, "staff", Role.IG_LEAD)
    with staffed.reading(EVERYTHING, before) as cursor:
        assert statements(cursor, Stated.SOURCE_CHECKED) == {}


def provisional(value):
    target = Target(value, "%", date.min, Source.COMPANY, "", True)
    return replace(find_measure("S01"), targets=(target,))


@pytest.mark.parametrize(
    ("confirmed", "asked", "is_provisional"),
    [("95%", 95, False), ("95%", 90, True), (None, 95, True)],
)
def test_a_provisional_target_is_the_companys_once_it_is_confirmed(
    staffed, confirmed, asked, is_provisional
):
    if confirmed:
        state(
            staffed,
            Stated.TARGET_CONFIRMED,
            "S01",
            Role.IG_LEAD,
            detail=confirmed,
        )
    said = standing(staffed, Stated.TARGET_CONFIRMED).get("S01")
    target = with_confirmed_target(provisional(asked), said).targets[0]
    assert target.provisional is is_provisional
    on = f"confirmed by {Role.IG_LEAD} on {day_in_words(today())}"
    assert (target.reference == on) is (not is_provisional)


def test_every_verdict_takes_in_what_was_confirmed(staffed, monkeypatch):
    one = provisional(95)
    monkeypatch.setattr(judgement, "all_measures", lambda: {one.name: one})
    detail = one.targets[0].words
    for is_provisional in (True, False):
        with staffed.reading(EVERYTHING) as cursor:
            found = judgement.judge_all(cursor, today())[0].measure.targets[0]
        assert found.provisional is is_provisional
        state(staffed, Stated.TARGET_CONFIRMED, one.id, Role.IG_LEAD, detail=detail)


def test_the_commands_state_list_and_take_back(staffed, store_path):
    staffed.close()
    lead = ("--as", str(Role.IG_LEAD))
    assert oversight("sign", "staff", *lead, store=store_path).status == 0
    why = "The parent company does it"
    assert (
        oversight("not-applicable", "5.3", "--why", why, *lead, store=store_path).status
        == 0
    )
    told = oversight("statements", "--json", store=store_path).document
    assert [(row["what"], row["subject"], row["reason"]) for row in told] == [
        ("source checked", "staff", ""),
        ("clause not applicable", "5.3", why),
    ]
    words = ("clause not applicable", "5.3", "--why", why)
    assert oversight("take-back", *words, *lead, store=store_path).status == 0
    told = oversight("statements", "--json", store=store_path).document
    assert [row["subject"] for row in told] == ["staff"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("sign", "nothing"), "There is no kind 'nothing'"),
        (("confirm", "L11"), "wanted a provisional target"),
        (("not-applicable", "99", "--why", "no such clause"), "There is no clause"),
        (("sign", "staff"), "wanted the name of somebody"),
    ],
)
def test_the_commands_say_no_in_a_sentence(store_path, argv, words):
    told = oversight(*argv, "--as", "tester", store=store_path)
    assert told.status == 1
    assert words in told.err
