"""Who comes out on top of the queue, for which reasons; what a review does to it."""

import json

import pytest

from oversight import journal, records
from oversight.access import reviewing
from oversight.access.queue import queue
from oversight.people import Person
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.store import EVERYTHING
from oversight.words import Role
from tests.access.planted import HOMES, TODAY, plant
from tests.proofs.made_events import homes, send

pytestmark = pytest.mark.queries


def in_queue(store):
    with store.reading(EVERYTHING) as cursor:
        return queue(cursor, TODAY)


def tell(store, known, made) -> None:
    send(store, "homes", homes(list(HOMES)))
    for kind in ("staff", "residents", "rota", "access_events"):
        known(kind, made.drawn(kind), TODAY)


def test_those_who_were_planted_are_on_top_with_reasons_and_the_busy_are_not(
    store, known
):
    made = plant(1)
    tell(store, known, made)
    found = in_queue(store)
    top = {one.person for one in found[: len(made.guilty)]}
    assert top == made.guilty
    assert not made.busy & {one.person for one in found}
    said = {one.person: [reason.words for reason in one.reasons] for one in found}
    assert "18 residents outside their home in 30 days; peers: 0" in said["s1-0"]
    assert any("after its owner had left" in words for words in said["s0-0"])
    assert any("two homes" in words for words in said["s2-0"])
    assert all(sum(r.points for r in one.reasons) == one.score > 0 for one in found)


def lead(store, name="a reader", role=Role.IG_LEAD, own=()):
    return Reader(store, Person(name, role, own, True, ""), records.today())


@pytest.fixture
def exported(store, known):
    """A store where s1 exported records yesterday."""
    send(store, "homes", homes(["Elm House", "Oak House"]))
    known(
        "access_events",
        "event_id | home | actor_login | event_type | occurred_at\n"
        f"1 | Elm House | s1 | export | {records.today()}T00:00:00Z",
        records.today(),
    )
    return store


def test_what_was_asked_stays_and_what_was_closed_goes(exported):
    reader = lead(exported)
    (one,) = reviewing.asked(reader).people
    assert one.shown != "s1"
    reviewing.review(reader, one.who, "asked", "Asked the manager of Elm House")
    (one,) = reviewing.asked(reader).people
    assert [(step.outcome, step.by) for step in one.steps] == [("asked", "a reader")]
    reviewing.review(reader, one.who, "justified", "The export was for the hospital")
    assert reviewing.asked(reader).people == ()
    with exported.reading(EVERYTHING) as cursor:
        told = list(journal.entries(cursor, what=reviewing.REVIEWED))
    assert [json.loads(entry.about)["outcome"] for entry in told] == [
        "asked",
        "justified",
    ]


def test_nobody_reviews_themselves_and_no_other_role_reviews(exported):
    (one,) = reviewing.asked(lead(exported)).people
    with pytest.raises(NotAllowed, match="about yourself"):
        reviewing.review(lead(exported, "S1"), one.who, "justified", "It was only me")
    for role in (Role.AUDITOR, Role.HOME_MANAGER):
        reader = lead(exported, role=role, own=("1-9000000001",))
        with pytest.raises(NotAllowed):
            reviewing.review(reader, one.who, "justified", "It was for the hospital")
    with pytest.raises(ValueError, match="Wanted a reason"):
        reviewing.review(lead(exported), one.who, "justified", "ok")
    assert len(reviewing.asked(lead(exported)).people) == 1


def test_what_is_escalated_is_an_incident_with_its_clock_started(exported):
    reader = lead(exported)
    (one,) = reviewing.asked(reader).people
    number = reviewing.review(reader, one.who, "escalated", "No patient of theirs")
    (made,) = records.listed(reader, "incidents").records
    assert made.values["incident_ref"] == number
    assert made.values["aware_at"] is not None
    assert made.values["kind"] == "suspected"
    assert reviewing.asked(reader).people == ()


def test_a_manager_sees_their_own_home_by_reference_and_no_other(exported):
    own = lead(exported, role=Role.HOME_MANAGER, own=("1-9000000001",))
    other = lead(exported, role=Role.HOME_MANAGER, own=("1-9000000002",))
    assert [one.shown for one in reviewing.asked(own).people] == ["s1"]
    assert reviewing.asked(other).people == ()


def test_who_it_is_costs_a_reason_that_is_journalled_and_counted(exported):
    reader = lead(exported)
    (one,) = reviewing.asked(reader).people
    with pytest.raises(ValueError, match="Wanted a reason"):
        reviewing.unmask(reader, one.who, "x")
    assert reviewing.unmask(reader, one.who, "Case 12: to ask the manager") == "s1"
    assert reader.unmaskings() == 1
    with pytest.raises(NotAllowed):
        reviewing.unmask(lead(exported, role=Role.AUDITOR), one.who, "Case 12: to ask")
