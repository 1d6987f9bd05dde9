"""The views of the kinds: what had not happened by a day had not happened."""

import pytest

from oversight.store import EVERYTHING

pytestmark = pytest.mark.queries

HOMES = "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge"


@pytest.fixture
def seen(store, known):
    """`seen("policies", "2026-11-22", "title")`: a view's rows on a day, sorted."""
    known("homes", HOMES, "2020-01-01")

    def seen(view, day, columns):
        with store.reading(EVERYTHING) as cursor:
            asked = f"select {columns} from {view}(date '{day}')"
            return sorted(cursor.execute(asked).fetchall(), key=str)

    return seen


def days(row):
    return tuple(str(cell) if cell is not None else None for cell in row)


# ---- Requests

REQUEST = """
request_ref | request_type | received_on | identity_asked_on | identity_received_on |\
 clarification_asked_on | clarification_answered_on | extension_told_on | answered_on
"""


def test_an_access_request_is_due_in_a_month_and_its_clock_stops(seen, known):
    head = REQUEST.strip()
    known(
        "requests",
        f"""{head}
        R1 | access        | 2026-09-01 |            |            | |            |            |
        R2 | access        | 2026-09-01 |            |            | 2026-09-10 | 2026-09-14 | |
        R3 | access        | 2026-09-01 |            |            | | | 2026-09-20 |
        R4 | access        | 2026-09-01 | 2026-09-03 | 2026-09-08 | | | |
        R5 | rectification | 2026-09-01 |            |            | 2026-09-10 | 2026-09-14 | |
        R6 | complaint     | 2026-09-01 |            |            | | | |
        R7 | FOI           | 2026-09-01 |            |            | | | |
        """,
    )
    due = {
        row[0]: str(row[1])
        for row in seen("requests", "2026-11-22", "request_ref, due_on")
    }
    assert due == {
        "R1": "2026-10-01",
        "R2": "2026-10-06",  # five days stopped, both ends included
        "R3": "2026-12-01",
        "R4": "2026-10-08",
        "R5": "2026-10-01",  # clarification stops the clock of access alone
        "R6": "2026-10-01",
        "R7": "2026-09-29",
    }


def test_what_came_after_the_day_had_not_come(seen, known):
    head = REQUEST.strip()
    known(
        "requests",
        f"""{head}
        R1 | access | 2026-09-01 | 2026-09-03 | 2026-09-08 | | | 2026-09-20 | 2026-10-05
        """,
    )
    asked = "request_ref, waits_to_start, due_on, is_open"
    assert seen("requests", "2026-08-31", asked) == []
    on = [
        days(seen("requests", day, asked)[0][1:])
        for day in (
            "2026-09-02",
            "2026-09-07",
            "2026-09-19",
            "2026-09-20",
            "2026-10-05",
        )
    ]
    assert on == [
        ("False", "2026-10-01", "True"),
        ("True", None, "True"),
        ("False", "2026-10-08", "True"),
        ("False", "2026-12-08", "True"),
        ("False", "2026-12-08", "False"),
    ]


# ---- Policies

MARCH = """
policy_no | title           | version | approved_on | effective_from
090       | Data Breach     | 1.9     | 2025-01-10  | 2025-02-01
090       | Data Breach     | 1.10    | 2026-03-01  | 2026-04-01
118       | Confidentiality | 1       | 2026-01-01  |
118       | Code of Conduct | 1       | 2026-01-01  |
117       | Record Keeping  | 1       |             |
"""
OCTOBER = """
policy_no | title           | version | approved_on | reviewed_on | review_due_on
090       | Data Breach     | 1.10    | 2026-03-01  | 2026-09-01  | 2027-01-31
"""
WITHDRAWN = """
policy_no | title           | version | approved_on | withdrawn_on
118       | Code of Conduct | 1       | 2026-01-01  | 2026-10-01
"""


@pytest.fixture
def register(known):
    known("policies", MARCH, "2026-03-31")
    known("policies", OCTOBER, "2026-10-01")
    known("policies", WITHDRAWN, "2026-10-01")


def in_force(seen, day):
    found = seen("policies", day, "policy_no, title, version, in_date_until")
    return {(row[0], row[1]): (row[2], str(row[3])) for row in found}


def test_the_version_that_began_last_is_in_force_and_1_10_is_not_1_1(seen, register):
    breach = ("090", "Data Breach")
    assert in_force(seen, "2026-03-31")[breach] == ("1.9", "2026-01-09")
    assert in_force(seen, "2026-04-01")[breach] == ("1.10", "2027-02-28")
    assert in_force(seen, "2026-10-01")[breach] == ("1.10", "2027-01-31")


def test_two_policies_share_118_and_nothing_unapproved_or_withdrawn_binds(
    seen, register
):
    both = {("118", "Confidentiality"), ("118", "Code of Conduct")}
    assert set(in_force(seen, "2026-09-30")) == {("090", "Data Breach"), *both}
    assert set(in_force(seen, "2026-10-01")) == {
        ("090", "Data Breach"),
        ("118", "Confidentiality"),
    }


def test_the_review_of_this_year_does_not_wipe_out_that_of_last(seen, known):
    head = "policy_no | title | version | approved_on | reviewed_on"
    known(
        "policies",
        f"{head}\n115 | Continuity | 2 | 2024-01-10 | 2025-01-05",
        "2025-02-01",
    )
    known(
        "policies",
        f"{head}\n115 | Continuity | 2 | 2024-01-10 | 2026-03-01",
        "2026-04-01",
    )
    policy = ("115", "Continuity")
    assert in_force(seen, "2025-12-31")[policy] == ("2", "2026-01-04")
    assert in_force(seen, "2026-02-01")[policy] == ("2", "2026-01-04")
    assert in_force(seen, "2026-04-01")[policy] == ("2", "2027-02-28")


def test_an_old_version_read_is_not_the_one_in_force_however_its_title_is_spelt(
    seen, known, register
):
    known(
        "acknowledgements",
        """
        staff_ref | policy_no | policy_title | version | issued_on  | acknowledged_on
        S1        | 090       | Data Breach  | 1.9     | 2025-02-01 | 2025-02-03
        S2        | 090       | DATA-BREACH. | 1.10    | 2026-04-01 | 2026-04-20
        S3        | 090       | Data Breach  | 1.1     | 2026-04-01 | 2026-04-20
        """,
    )
    asked = "staff_ref, acknowledged_on, is_current"
    on = [days(row) for row in seen("acknowledgements", "2026-04-10", asked)]
    assert on == [
        ("s1", "2025-02-03", "False"),
        ("s2", None, "True"),
        ("s3", None, "False"),
    ]


# ---- Roles, people, access


def test_a_role_is_filled_by_somebody_in_post_and_no_longer_when_they_have_left(
    seen, known
):
    known(
        "staff",
        """
        home      | staff_ref | started_on | left_on
        Elm House | S1        | 2024-01-01 | 2026-06-30
        Oak Lodge | S1        | 2024-01-01 |
        Elm House | S2        | 2024-01-01 |
        """,
        "2024-02-01",
    )
    known(
        "named_roles",
        """
        home    | role               | started_on | holder_home | holder_ref | deputy_home | deputy_ref | is_external | ended_on
        company | IG lead            | 2025-01-01 | Elm House   | S1         | Elm House   | S2         |             |
        company | Caldicott Guardian | 2025-01-01 |             |            |             |            | yes         |
        company | records lead       | 2025-01-01 | Elm House   | S2         |             |            |             | 2026-03-31
        """,
    )
    asked = "role, is_filled, has_deputy"

    def filled(day):
        return {row[0]: row[1:] for row in seen("named_roles", day, asked)}

    assert filled("2024-12-31") == {}
    assert filled("2026-03-31") == {
        "IG lead": (True, True),
        "Caldicott Guardian": (True, False),
        "records lead": (True, False),
    }
    assert filled("2026-06-30")["IG lead"] == (True, True)
    assert filled("2026-07-01")["IG lead"] == (False, True)
    assert filled("2026-04-01")["records lead"] == (False, False)


def test_a_resident_is_there_from_admission_to_the_last_day_or_the_next_list(
    seen, known
):
    head = "home | resident_ref | admitted_on | left_on"
    known(
        "residents",
        f"""{head}
        Elm House | R1 | 2026-01-10 | 2026-02-10
        Elm House | R2 | 2026-01-10 |
        Elm House | R3 |            |
        """,
        "2026-03-01",
    )
    known("residents", f"{head}\nElm House | R3 | |", "2026-04-01")

    def there(day):
        return [row[0] for row in seen("residents", day, "resident_ref")]

    assert there("2026-03-01") == ["r2", "r3"]
    assert there("2026-04-01") == ["r3"]
    ever = seen("residents_ever", "2026-04-01", "resident_ref, gone_from")
    assert [days(row) for row in ever] == [
        ("r1", "2026-02-11"),
        ("r2", "2026-04-01"),
        ("r3", None),
    ]


def test_an_account_counts_as_enabled_until_a_list_says_when_it_was_not(seen, known):
    known(
        "accounts",
        """
        login | is_enabled | disabled_on
        a1    | yes        |
        a2    | no         | 2026-10-10
        a3    | no         |
        """,
        "2026-10-12",
    )
    enabled = seen("accounts", "2026-10-12", "login, is_enabled")
    assert enabled == [("a1", True), ("a2", False), ("a3", True)]


def test_the_newest_analysis_says_what_a_role_needs(seen, known):
    known(
        "training_needs",
        """
        job_role | training | analysed_on | every_months | approved_on
        Carer    | IG       | 2025-01-10  | 24           | 2025-01-20
        Carer    | IG       | 2026-01-10  | 12           | 2026-02-01
        """,
    )
    asked = "every_months, approved_on"
    assert [days(r) for r in seen("training_needs", "2026-01-09", asked)] == [
        ("24", "2025-01-20")
    ]
    assert [days(r) for r in seen("training_needs", "2026-01-31", asked)] == [
        ("12", None)
    ]


@pytest.mark.parametrize(
    ("view", "drawn", "asked", "before", "then"),
    [
        (
            "access_reviews",
            "review_ref | planned_on | done_on | accounts_reviewed | accounts_kept\n"
            "V1 | 2026-04-01 | 2026-04-28 | 5 | 5",
            "is_done, accounts_reviewed",
            [(False, None)],
            [(True, 5)],
        ),
        (
            "media_enquiries",
            "media_ref | received_at | answered_at | outcome\n"
            "M1 | 2026-04-20 09:00 | 2026-04-28 00:00 | declined",
            "outcome, is_by_procedure",
            [(None, False)],
            [("declined", False)],
        ),
        (
            "privacy_notices",
            "notice_ref | act | done_on | next_due_on\n"
            "N1 | reviewed | 2026-04-28 | 2027-06-01",
            "act, next_due_on::varchar",
            [],
            [("reviewed", "2027-04-28")],
        ),
        (
            "advice_log",
            "advice_ref | given_on | people_reached\nA1 | 2026-04-28 | 4",
            "people_reached",
            [],
            [(4,)],
        ),
        (
            "nil_returns",
            "home | kind | period_from | period_to | said_on\n"
            "Elm House | incidents | 2026-03-01 | 2026-03-31 | 2026-04-28",
            "home, kind",
            [],
            [("1-1", "incidents")],
        ),
    ],
)
def test_until_the_day_it_is_not_done(seen, known, view, drawn, asked, before, then):
    known(view, drawn)
    assert seen(view, "2026-04-27", asked) == before
    assert seen(view, "2026-04-28", asked) == then
