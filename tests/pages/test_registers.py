"""The pages of the registers: what they say of rows drawn here, and to whom."""

import pytest

from oversight.measures import find_measure
from oversight.words import Role
from pages.actions import actions
from pages.audits import audits
from pages.homes import homes
from pages.training import training
from tests.pages.test_pages import reader_of, said, shown

LEAD, SENIOR = Role.IG_LEAD, Role.SENIOR_MANAGER
HOMES = """
home_ref | name
1        | Elm House
2        | Oak Lodge
"""


@pytest.fixture
def two_homes(known):
    known("homes", HOMES)


def headline(drawn):
    return said(drawn).partition("<h1")[2].partition("</h1>")[0].partition(">")[2]


def test_audits_held_and_late_and_findings_overdue_are_told_first(
    store, known, two_homes
):
    known(
        "audits",
        """
        audit_ref | home    | title         | strand               | is_annual | planned_on | held_on
        A1        | company | Law audit     | legal compliance     | yes       | 2026-05-11 | 2026-05-13
        A2        | company | Records audit | quality assurance    | yes       | 2026-11-10 |
        A3        | company | Keys audit    | information security | no        | 2026-05-11 | 2026-05-13
        """,
    )
    known(
        "findings",
        """
        finding_ref | home      | grade | raised_on  | due_on     | closed_on
        1           | Elm House | minor | 2026-05-20 | 2026-12-01 |
        2           | Elm House | major | 2026-05-20 | 2026-11-01 |
        3           | Elm House | major | 2026-05-20 | 2026-11-01 | 2026-10-01
        """,
    )
    drawn = shown(audits, reader_of(store, LEAD))
    assert headline(drawn) == (
        "One of three yearly audits was held in the last 12 months; Records audit is 12"
        " days late. Two findings are open, one past the day to put it right."
    )
    assert said(drawn).index("21 days late") < said(drawn).index("9 days left")
    counts = shown(audits, reader_of(store, SENIOR))
    assert headline(counts) == headline(drawn)
    assert "AUD-2026-003" in said(drawn)
    assert "AUD-2026-003" not in said(counts)


def test_actions_are_told_late_soon_and_done_and_a_moved_day_is_counted(
    store, known, two_homes
):
    known(
        "actions",
        """
        action_ref | title | raised_on  | original_due_on | due_on     | times_moved | status | done_on
        T1         | Late  | 2026-05-01 |                 | 2026-11-12 | 2           | open   |
        T2         | Soon  | 2026-05-01 |                 | 2026-12-01 |             | open   |
        T3         | Then  | 2026-05-01 |                 | 2027-05-01 |             | open   |
        T4         | Done  | 2026-05-01 |                 | 2026-06-01 |             | done   | 2026-06-01
        T5         | After | 2026-05-01 | 2026-06-01      | 2026-07-01 | 1           | done   | 2026-06-21
        """,
    )
    drawn = shown(actions, reader_of(store, LEAD))
    assert headline(drawn) == (
        "One of three open actions is late; it is 10 days late. Of two done in the last"
        " 12 months one was done by the day first agreed."
    )
    order = [said(drawn).index(words) for words in ("10 days late", "9 days left")]
    assert order == sorted(order)
    assert "2×" in said(drawn)
    assert "done, 20 days late" in said(drawn)


STAFF = """
staff_ref | home      | job_role | started_on
S1        | Elm House | Carer    | 2020-01-01
S2        | Elm House | Carer    | 2020-01-01
S3        | Elm House | Nurse    | 2020-01-01
S4        | Oak Lodge | Nurse    | 2020-01-01
"""
TRAINING = """
staff_ref | home      | category | completed_on | expires_on
S1        | Elm House | 26       | 2026-01-01   |
S2        | Elm House | 26       | 2025-01-01   |
"""


def test_training_says_who_is_out_of_date_to_those_who_see_rows_alone(
    store, known, two_homes
):
    known("staff", STAFF)
    known("training", TRAINING)
    drawn = shown(training, reader_of(store, LEAD))
    assert headline(drawn).startswith("1 of 4 staff in post are in date")
    assert "Three are not, two of them at Elm House." in headline(drawn)
    listed = drawn.dataframe[0].value
    assert len(listed) == 3
    assert all(name.startswith("person-") for name in listed["Staff"])
    counts = shown(training, reader_of(store, SENIOR))
    assert "at Elm House" not in headline(counts)  # fewer than five
    assert training.HIDDEN in said(counts)
    assert training.HIDDEN not in said(drawn)
    assert len(counts.dataframe) == 0


def test_looking_at_the_training_list_is_told_of(store, known, two_homes):
    from dataclasses import replace

    known("staff", STAFF)
    known("training", TRAINING)
    told = []
    reader = reader_of(store, LEAD)
    shown(training, replace(reader, tell=lambda *entry: told.append(entry)))
    assert [(what, about["rows"]) for _, what, about in told] == [("rows viewed", 3)]
    assert told[0][2]["measure"] == find_measure("staff_trained_in_ig").id


def test_one_home_stands_on_one_page_and_homes_are_never_ranked(company):
    every = reader_of(company, LEAD)
    names = every.homes()
    home = min(names)
    drawn = shown(homes, reader_of(company, LEAD, home=home))
    assert headline(drawn).startswith(names[home])
    together = shown(homes, every)
    assert all(name in said(together) for name in names.values())
