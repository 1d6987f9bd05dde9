"""Limits start afresh with a reason and a name, visibly; the store forgets nothing."""

import json
from datetime import date

import pytest

from oversight import resets
from oversight.resets import Reset
from oversight.store import EVERYTHING, Store, StoreError

pytestmark = pytest.mark.queries

DAY = date(2025, 12, 5)
RESET = Reset("S05", DAY, "two new homes joined", "A. Grey")


def in_force(store: Store, known: int | None = None) -> dict[str, tuple[Reset, ...]]:
    with store.reading(EVERYTHING, known) as cursor:
        return resets.in_force(cursor)


def journal(store: Store) -> list[tuple[str, str, dict[str, str]]]:
    with store.reading() as cursor:
        rows = cursor.execute(
            "select person, what, about from journal order by number"
        ).fetchall()
    return [(person, what, json.loads(about)) for person, what, about in rows]


def test_a_reset_holds_and_is_journalled_with_its_reason(store):
    resets.add(store, RESET)
    assert in_force(store) == {"S05": (RESET,)}
    about = {"measure": "S05", "from": "2025-12-05", "why": "two new homes joined"}
    assert journal(store)[-1] == ("A. Grey", "limits reset", about)


def test_a_withdrawn_reset_holds_no_more_and_both_are_kept(store):
    resets.add(store, RESET)
    resets.withdraw(store, Reset("S05", DAY, "the homes left again", "B. Hill"))
    assert in_force(store) == {}
    assert [what for _, what, _ in journal(store)] == [
        "limits reset",
        "limits reset withdrawn",
    ]
    resets.add(store, RESET)
    assert in_force(store) == {"S05": (RESET,)}


def test_at_an_earlier_knowledge_limits_are_as_they_were_then(store):
    with store.writing() as before:
        pass
    resets.add(store, RESET)
    assert in_force(store, before.number) == {}


def test_resets_are_listed_by_measure_in_the_order_of_days(store):
    for measure, month in (("S05", 6), ("S01", 3), ("S05", 2)):
        resets.add(store, Reset(measure, date(2025, month, 1), "a new form", "A"))
    found = in_force(store)
    assert [r.day.month for r in found["S05"]] == [2, 6]
    assert list(found) == ["S01", "S05"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"why": "  "}, "only with a reason that says what changed: wanted 10"),
        ({"why": "see above"}, "got 'see above'"),
        ({"person": " "}, "only by somebody: give a name"),
        ({"day": date(2199, 1, 1)}, "2199-01-01: that day is still to come"),
    ],
)
def test_without_reason_name_or_a_day_that_has_come_nothing_is_reset(
    store, changed, sentence
):
    with pytest.raises(StoreError, match=sentence):
        resets.add(store, Reset(**vars(RESET) | changed))
    assert in_force(store) == {}
    assert journal(store) == []


def test_the_same_day_is_reset_once_and_only_what_holds_is_withdrawn(store):
    with pytest.raises(StoreError, match="No limits of S05 start afresh on 2025-12-05"):
        resets.withdraw(store, RESET)
    resets.add(store, RESET)
    with pytest.raises(StoreError, match="start afresh on 2025-12-05 already"):
        resets.add(store, RESET)
