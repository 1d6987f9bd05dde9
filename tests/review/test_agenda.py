"""Each item of the agenda is filled from the records, or says that none are there."""

from datetime import date

import pytest

from oversight import reference
from oversight.review import agenda
from oversight.review.agenda import FILLED, MORE
from oversight.store import EVERYTHING
from oversight.verdicts.judgement import judge_all

pytestmark = pytest.mark.queries
DAY = date(2026, 11, 22)
HOMES = """
    home_ref | name
    H1       | Elm House
"""
ACTIONS = """
    action_ref | home      | source_type       | title    | raised_on  | due_on     | original_due_on | done_on    | effect_seen | effect_judged_on | cancelled_on | verified_on | times_moved | status
    A1         | Elm House | management review | Train    | 2025-12-09 | 2026-03-31 |                 | 2026-03-01 | yes         | 2026-10-01       |              |             |             | done
    A2         | Elm House | management review | Accounts | 2025-12-09 | 2026-06-30 | 2026-03-31      |            |             |                  |              |             | 1           | open
    A3         | Elm House | audit finding     | Sign     | 2026-05-01 | 2026-06-30 |                 |            |             |                  |              |             |             | open
"""  # noqa: E501
RISKS = """
    risk_ref | home      | title       | raised_on  | likelihood | impact | closed_on
    R1       | Elm House | Small one   | 2026-01-01 | 1          | 2      |
    R2       | Elm House | The big one | 2026-01-01 | 4          | 5      |
"""


@pytest.fixture
def filled(store):
    def filled():
        with store.reading(EVERYTHING) as cursor:
            found = agenda.agenda(cursor, judge_all(cursor, DAY), DAY)
        return {item.order: item for item in found}

    return filled


def test_every_input_of_the_table_is_filled_and_in_its_order():
    listed = [
        row["order"]
        for row in reference.rows("management_review")
        if row["kind"] == agenda.INPUT
    ]
    assert [*listed, *(order for order, _ in MORE)] == list(FILLED)


def test_with_no_records_every_item_says_that_nothing_is_there(filled):
    for item in filled().values():
        assert item.says, item.title
        assert all(sentence.endswith(".") for sentence in item.says)
        assert all(len(row) == len(item.heads) for row in item.rows)


def test_actions_of_earlier_reviews_fill_the_first_item(known, filled):
    known("homes", HOMES)
    known("actions", ACTIONS)
    first = filled()["1"]
    assert first.says == (
        "1 of 2 actions of earlier reviews are done or given up; 1 late.",
        "The day of 1 was moved. 1 had the effect expected.",
    )
    assert [(row[0], row[3], row[5]) for row in first.rows] == [
        ("A1", "31 Mar 2026", "done"),
        ("A2", "30 Jun 2026", "open"),
    ]


def test_risks_are_shown_the_worst_first(known, filled):
    known("homes", HOMES)
    known("risks", RISKS)
    item = filled()["9"]
    assert item.says == ("2 risks are open; the highest scores 20.",)
    assert [row[0] for row in item.rows] == ["R2", "R1"]
