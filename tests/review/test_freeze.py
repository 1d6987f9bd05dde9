"""What was frozen stays, can be asked again, and says what has changed since."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from oversight import arrivals, integrity, settings
from oversight.definitions import open_store
from oversight.measures import all_measures
from oversight.review import freeze, record, snapshot
from oversight.store import EVERYTHING, Store, StoreError
from tests.conftest import Known, copy_of_store, knower

YEAR = (date(2025, 12, 1), date(2026, 10, 31))
MEETING = date(2026, 12, 8)
HOMES = """
    home_ref | name
    H1       | Elm House
"""
STAFF = """
    home      | staff_ref | started_on
    Elm House | S1        | 2024-01-01
    Elm House | S2        | 2024-01-01
"""
TRAINED = """
    home      | staff_ref | category | completed_on | expires_on
    Elm House | S1        | 26       | 2026-03-01   | 2027-02-28
"""
BOTH_TRAINED = f"""{TRAINED.rstrip()}
    Elm House | S2        | 26       | 2026-04-01   | 2027-03-31
"""


def plan(store: Store, known: Known) -> record.Review:
    """One review planned, over two people, one of them trained."""
    known("homes", HOMES, taken_on="2026-10-31")
    known("staff", STAFF, taken_on="2026-10-31")
    known("training", TRAINED, taken_on="2026-10-31")
    return record.plan(store, "lead", YEAR, MEETING, "Ann Lee", ["Bo Ray"])


@pytest.fixture
def planned(store, known):
    return plan(store, known)


@pytest.fixture(scope="module")
def frozen_once(new_store, tmp_path_factory):
    """The file of a store whose one review is frozen: to freeze takes seconds."""
    folder = tmp_path_factory.mktemp("frozen")
    path = Path(shutil.copy(new_store, folder / "store.duckdb"))
    store = open_store(f"duckdb:///{path}")
    freeze.freeze(store, plan(store, knower(store, folder)).id, "lead")
    store.close()
    return path


@pytest.fixture
def store_path(request, new_store, tmp_path):
    """An empty store, or for a test that asks for what was frozen, that one."""
    if "frozen" in request.fixturenames:
        return copy_of_store(request.getfixturevalue("frozen_once"), tmp_path)
    return Path(shutil.copy(new_store, tmp_path / "store.duckdb"))


@pytest.fixture
def frozen(store):
    with store.reading(EVERYTHING) as cursor:
        return record.find(cursor, "2026-1")


def trained(store: Store, review: record.Review) -> str:
    document = freeze.document_of(store, review)
    return next(one["brief"] for one in document["measures"] if one["id"] == "S01")


def test_a_review_is_named_by_its_year_and_in_order(store):
    ids = [
        record.plan(store, "lead", YEAR, day, "Ann Lee").id
        for day in (MEETING, date(2027, 1, 4), MEETING)
    ]
    assert ids == ["2026-1", "2027-1", "2026-2"]


@pytest.mark.parametrize(
    ("period", "chair", "reason"),
    [
        ((date(2026, 2, 1), date(2026, 1, 1)), "Ann Lee", "first day before its last"),
        (YEAR, "  ", "somebody in the chair"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(store, period, chair, reason):
    with pytest.raises(StoreError, match=reason):
        record.plan(store, "lead", period, MEETING, chair)
    with store.reading(EVERYTHING) as cursor:
        assert record.reviews(cursor) == []


def test_what_is_frozen_are_the_figures_of_the_last_day_of_the_period(store, frozen):
    document = freeze.document_of(store, frozen)
    assert (frozen.state, frozen.as_of) == ("frozen", date(2026, 10, 31))
    assert document["number"] == frozen.number
    assert trained(store, frozen) == "Staff in date with IG training: 1 of 2 (50%)."
    assert len(document["measures"]) == frozen.figures == len(all_measures())
    assert len(document["clauses"]) == 55


def test_every_source_in_doubt_is_accepted_by_somebody(store, planned):
    with pytest.raises(StoreError, match=r"nobody has accepted.*incidents"):
        freeze.freeze(store, planned.id, "lead", accepted={})
    frozen = freeze.freeze(store, planned.id, "lead")
    assert {"kind": "incidents", "by": "lead"} in frozen.accepted


def test_a_review_is_frozen_once(store, frozen):
    with pytest.raises(StoreError, match="frozen already"):
        freeze.freeze(store, frozen.id, "lead")


def test_what_arrives_while_freezing_stops_it(store, planned, known, monkeypatch):
    take = snapshot.take

    def and_meanwhile(cursor, as_of):
        document = take(cursor, as_of)
        known("training", BOTH_TRAINED, taken_on="2026-11-01")
        return document

    monkeypatch.setattr(snapshot, "take", and_meanwhile)
    with pytest.raises(StoreError, match="came in while"):
        freeze.freeze(store, planned.id, "lead")
    with store.reading(EVERYTHING) as cursor:
        assert record.find(cursor, planned.id).state == "planned"


def test_asked_again_the_bytes_are_the_same_whatever_came_since(store, frozen, known):
    assert freeze.recheck(store, frozen) == freeze.Recheck(True, (), ())
    late = known("training", BOTH_TRAINED, taken_on="2026-10-31")
    assert trained(store, frozen) == "Staff in date with IG training: 1 of 2 (50%)."
    assert freeze.recheck(store, frozen).same_bytes
    changed = {one.id: one.now for one in freeze.since(store, frozen)}
    assert "2 of 2 (100%)" in changed["S01"]
    assert late.arrival is not None
    arrivals.undo(store, late.arrival, "sent by mistake", "lead")
    assert freeze.recheck(store, frozen).same_bytes
    assert freeze.since(store, frozen) == ()


def test_undoing_what_it_rested_on_leaves_it_as_it_was(store, frozen):
    with store.reading(EVERYTHING) as cursor:
        row = cursor.execute(
            "select max(number) from arrival where kind = 'training'"
        ).fetchone()
    arrivals.undo(store, row[0], "another company's", "lead")
    assert freeze.recheck(store, frozen).same_bytes
    assert "S01" in {one.id for one in freeze.since(store, frozen)}


def test_a_changed_target_is_named_and_the_old_one_stays(store, frozen, monkeypatch):
    measures = dict(all_measures())
    old = measures["staff_trained_in_ig"]
    lower = tuple(replace(target, value=40.0) for target in old.targets)
    measures[old.name] = replace(old, targets=lower)
    monkeypatch.setattr("oversight.verdicts.judgement.all_measures", lambda: measures)
    behind = snapshot.behind

    def of_another_definition(cursor):
        each = dict(behind(cursor)["each_definition"])
        name = next(name for name in each if name.endswith("staff_trained_in_ig.sql"))
        return behind(cursor) | {"each_definition": each | {name: "another"}}

    monkeypatch.setattr(snapshot, "behind", of_another_definition)
    again = freeze.recheck(store, frozen)
    assert not again.same_bytes
    assert again.changed == (
        "the definition measures/information_security/staff_trained_in_ig.sql"
        " is another",
    )
    assert [one.id for one in again.differs] == ["S01"]
    document = freeze.document_of(store, frozen)
    target = next(one["target"] for one in document["measures"] if one["id"] == "S01")
    assert target["value"] == 95.0


def test_a_retired_measure_still_says_what_it_said(store, frozen, monkeypatch):
    measures = dict(all_measures())
    del measures["staff_trained_in_ig"]
    monkeypatch.setattr("oversight.verdicts.judgement.all_measures", lambda: measures)
    gone = {one.id: one for one in freeze.since(store, frozen)}
    assert gone["S01"].now == "not measured"
    assert trained(store, frozen) == "Staff in date with IG training: 1 of 2 (50%)."


def test_a_changed_setting_is_named(store, frozen):
    with store.writing() as writing:
        settings.write(writing, "admin", {settings.COMPANY_NAME: "Another Ltd"})
    # Settings are knowledge too: at the review's own number the old one is in force.
    assert freeze.recheck(store, frozen).same_bytes


def test_a_byte_changed_in_what_was_kept_is_found(store, frozen):
    path = next(store.kept.glob("review-*.json"))
    body = path.read_bytes()
    path.write_bytes(body.replace(b"1 of 2", b"2 of 2", 1))
    with pytest.raises(StoreError, match="not what was sealed"):
        freeze.document_of(store, frozen)
    assert not all(check.ok for check in integrity.verify(store))
    path.unlink()
    with pytest.raises(StoreError, match="no longer among the kept files"):
        freeze.document_of(store, frozen)
    assert not all(check.ok for check in integrity.verify(store))


def test_a_review_that_is_not_there_is_named(store):
    with pytest.raises(LookupError, match="none yet"):
        freeze.freeze(store, "2026-1", "lead")


def test_it_stands_in_a_store_that_is_opened_again(store, store_path, frozen):
    store.close()
    again = open_store(f"duckdb:///{store_path}")
    try:
        assert freeze.recheck(again, frozen).same_bytes
    finally:
        again.close()


def test_a_review_of_the_past_is_rebuilt_in_its_order(store, known):
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    review = record.plan(store, "lead", YEAR, MEETING, "Ann Lee", at=at)
    frozen = freeze.freeze(store, review.id, "lead", at=at.replace(hour=10))
    assert frozen.frozen_at == at.replace(hour=10)
    with pytest.raises(StoreError):
        record.plan(store, "lead", YEAR, MEETING, "Ann Lee", at=at.replace(hour=8))


def test_the_document_is_one_form_of_json(store, frozen):
    body = next(store.kept.glob("review-*.json")).read_bytes()
    assert snapshot.in_bytes(json.loads(body)) == body
    assert frozen.snapshot == snapshot.seal_of(body)
    path = Path(store.kept / f"review-{frozen.snapshot}.json")
    assert path.stat().st_mode & 0o77 == 0  # nobody else's to read
