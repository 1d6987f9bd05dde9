"""A review from planning to its seal: who may do what when, and nothing is lost."""

import threading
from datetime import date

import pytest

from oversight.people import Person
from oversight.review import acts, freeze, record
from oversight.review.acts import Raised
from oversight.review.record import ALLOWED, Act, State
from oversight.roles import NotAllowed
from oversight.store import EVERYTHING, Store, StoreError, rows
from oversight.words import Role

YEAR = (date(2025, 12, 1), date(2026, 10, 31))
LEAD = Person("lead", Role.IG_LEAD, (), True, "")
ANN = Person("Ann Lee", Role.SENIOR_MANAGER, (), True, "")
BO = Person("Bo Ray", Role.SENIOR_MANAGER, (), True, "")
MANAGER = Person("Cy", Role.HOME_MANAGER, ("H1",), True, "")
DUE = date(2027, 3, 31)


@pytest.fixture
def planned(store):
    return record.plan(store, "lead", YEAR, date(2026, 12, 8), "Ann Lee").id


@pytest.fixture
def frozen(store, planned, monkeypatch):
    """Frozen over nothing but words: what is frozen is told of in test_freeze."""
    monkeypatch.setattr(
        freeze.snapshot, "take", lambda *_: {"sources": [], "measures": []}
    )
    return freeze.freeze(store, planned, "lead").id


def standing(store: Store, review: str) -> record.Review:
    with store.reading(EVERYTHING) as cursor:
        return record.find(cursor, review)


def everything_decided(store: Store, review: str) -> None:
    acts.attend(store, review, LEAD, ["Ann Lee", "Bo Ray"], ["Di"], "Bo: the supplier")
    acts.decide(store, review, ANN, "5", "approve", "Buy unique accounts.")
    acts.read_back(store, review, LEAD)


def signed(store: Store, review: str) -> None:
    everything_decided(store, review)
    acts.sign(store, review, ANN)
    acts.sign(store, review, BO)


def test_a_review_runs_from_its_plan_to_its_seal(store, frozen):
    signed(store, frozen)
    sealed = acts.seal(store, frozen, ANN)
    assert (sealed.state, sealed.sealed_by) == (State.SEALED, "Ann Lee")
    assert [one.person for one in sealed.signatures] == ["Ann Lee", "Bo Ray"]
    added = acts.add(store, frozen, LEAD, "The price was 4,300 pounds.")
    assert added.told(Act.ADDED)[0].about["words"] == "The price was 4,300 pounds."
    assert added.signatures == sealed.signatures


DO = {
    Act.COMMENTED: lambda s, r: acts.comment(s, r, LEAD, "1", "Late again."),
    Act.FROZEN: lambda s, r: freeze.freeze(s, r, "lead"),
    Act.ATTENDED: lambda s, r: acts.attend(s, r, LEAD, ["Ann Lee", "Bo Ray"]),
    Act.DECIDED: lambda s, r: acts.decide(s, r, ANN, "1", "note", "Noted."),
    Act.DISSENTED: lambda s, r: acts.dissent(s, r, BO, 1, "I would not."),
    Act.ACTION_RAISED: lambda s, r: acts.raise_action(
        s, r, ANN, "1", Raised("Do it", "IG lead", DUE)
    ),
    Act.READ_BACK: lambda s, r: acts.read_back(s, r, LEAD),
    Act.SIGNED: lambda s, r: acts.sign(s, r, ANN),
    Act.SEALED: lambda s, r: acts.seal(s, r, ANN),
    Act.ADDED: lambda s, r: acts.add(s, r, LEAD, "More."),
}


def test_every_act_has_its_row_in_the_table():
    assert set(ALLOWED) == set(Act) - {Act.PLANNED} == set(DO)


@pytest.mark.parametrize(
    "act", [act for act in DO if State.PLANNED not in ALLOWED[act]]
)
def test_what_waits_for_the_freeze_is_refused_before_it(store, planned, act):
    with pytest.raises(StoreError, match="planned"):
        DO[act](store, planned)
    assert standing(store, planned).acts == ()


def test_once_sealed_it_is_only_added_to(store, frozen):
    signed(store, frozen)
    acts.seal(store, frozen, ANN)
    before = standing(store, frozen)
    for act, do in DO.items():
        if act is not Act.ADDED:
            with pytest.raises(StoreError, match="sealed"):
                do(store, frozen)
    assert standing(store, frozen) == before


def test_a_change_after_signing_asks_for_new_signatures(store, frozen):
    signed(store, frozen)
    changed = acts.decide(store, frozen, BO, "6", "defer", "To March.")
    assert (changed.read_back, changed.signatures) == (None, ())
    with pytest.raises(StoreError, match="has not been read back"):
        acts.sign(store, frozen, ANN)
    with pytest.raises(StoreError, match="cannot be sealed"):
        acts.seal(store, frozen, ANN)


def test_nobody_signs_twice_and_one_signature_is_too_few(store, frozen):
    everything_decided(store, frozen)
    acts.sign(store, frozen, ANN)
    with pytest.raises(StoreError, match="has signed"):
        acts.sign(store, frozen, ANN)
    with pytest.raises(StoreError, match="2 people sign before it is sealed; 1 have"):
        acts.seal(store, frozen, ANN)


def test_without_a_quorum_nothing_is_sealed(store, frozen):
    signed(store, frozen)
    acts.attend(store, frozen, LEAD, ["Ann Lee"], quorum=3)
    acts.read_back(store, frozen, LEAD)
    acts.sign(store, frozen, ANN)
    acts.sign(store, frozen, BO)
    with pytest.raises(StoreError, match="1 are present and the quorum is 3"):
        acts.seal(store, frozen, ANN)


@pytest.mark.parametrize(
    ("person", "act"),
    [
        (LEAD, lambda s, r, p: acts.decide(s, r, p, "1", "note", "x")),
        (LEAD, lambda s, r, p: acts.sign(s, r, p)),
        (LEAD, lambda s, r, p: acts.seal(s, r, p)),
        (MANAGER, lambda s, r, p: acts.comment(s, r, p, "1", "x")),
        (MANAGER, lambda s, r, p: acts.attend(s, r, p, ["x"])),
        (MANAGER, lambda s, r, p: acts.add(s, r, p, "x")),
    ],
)
def test_a_role_that_may_not_is_told_who_may(store, frozen, person, act):
    with pytest.raises(NotAllowed, match="Who may"):
        act(store, frozen, person)


@pytest.mark.parametrize(
    ("do", "why"),
    [
        (lambda s, r: acts.decide(s, r, ANN, "1", "maybe", "x"), "one of approve"),
        (lambda s, r: acts.decide(s, r, ANN, "1", "note", "  "), "wants words"),
        (lambda s, r: acts.decide(s, r, ANN, "1", "note", "x" * 5000), "at most 4,000"),
        (lambda s, r: acts.dissent(s, r, ANN, 99, "x"), "no decision 99"),
        (lambda s, r: acts.attend(s, r, ANN, [" "]), "somebody present"),
        (
            lambda s, r: acts.raise_action(
                s, r, ANN, "1", Raised("x", "IG lead", DUE, measure="X99")
            ),
            "no measure 'X99'",
        ),
    ],
)
def test_what_cannot_be_taken_down_is_refused_in_words(store, frozen, do, why):
    before = standing(store, frozen)
    with pytest.raises(StoreError, match=why):
        do(store, frozen)
    assert standing(store, frozen) == before


def test_an_action_stands_in_the_one_register(store, frozen):
    raised = Raised("Unique accounts", "Home manager", DUE, "None shared", "S01")
    review = acts.raise_action(store, frozen, ANN, "5", raised)
    told = review.told(Act.ACTION_RAISED)[0].about
    with store.reading(EVERYTHING) as cursor:
        cursor.execute("select * from known_actions(date '2027-01-01')")
        found = rows(cursor)
    assert [(one["action_ref"], one["source_type"]) for one in found] == [
        (told["action_ref"], "management review")
    ]
    assert (found[0]["source_ref"], found[0]["due_on"]) == (frozen, DUE)
    assert (found[0]["measure"], found[0]["owner"]) == ("S01", "Home manager")


def test_two_people_at_once_lose_nothing(store, frozen):
    faults = []

    def write(person: Person) -> None:
        try:
            for n in range(5):
                acts.decide(store, frozen, person, "5", "note", f"{person.name} {n}")
        except Exception as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    at_work = [threading.Thread(target=write, args=(one,)) for one in (ANN, BO)]
    for one in at_work:
        one.start()
    for one in at_work:
        one.join()
    assert faults == []
    said = {e.about["words"] for e in standing(store, frozen).told(Act.DECIDED)}
    assert said == {f"{one.name} {n}" for one in (ANN, BO) for n in range(5)}
