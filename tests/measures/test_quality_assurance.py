"""The measures of quality assurance, each by small drawn tables and their edges."""

import pytest

from oversight.measures import find_measure
from oversight.readings import reading_on
from oversight.store import EVERYTHING
from tests.conftest import TODAY

pytestmark = pytest.mark.queries


# ---- Staff register filled in (three details of each person in post)


def test_a_record_is_complete_when_none_of_its_three_details_is_blank(
    known, met, store
):
    known(
        "staff",
        """
        staff_ref | started_on | job_role    | employment | left_on
        S1        | 2024-01-01 | Care worker | bank       |
        S2        |            | Care worker | bank       |
        S3        | 2024-01-01 |             | bank       |
        S4        | 2024-01-01 | Care worker |            |
        S5        |            |             |            |
        S6        |            |             |            | 2026-11-21
        """,
    )
    assert met("staff_details_complete") == {
        "S1": True,
        "S2": False,
        "S3": False,
        "S4": False,
        "S5": False,
    }
    with store.reading(EVERYTHING) as cursor:
        [reading] = reading_on(cursor, find_measure("staff_details_complete"), TODAY)
    assert (reading.met, reading.total) == (3 + 2 + 2 + 2 + 0, 5 * 3)


# ---- Training records that agree with the staff register


def test_a_person_with_training_is_to_be_on_the_staff_register(known, met):
    known(
        "staff",
        """
        staff_ref | started_on | left_on    | is_removed
        S1        | 2024-01-01 |            |
        S2        | 2024-01-01 | 2026-11-22 |
        S3        | 2024-01-01 | 2026-11-21 |
        S4        | 2024-01-01 |            | yes
        S5        | 2026-12-01 |            |
        S7        |            |            |
        """,
    )
    known(
        "training",
        """
        staff_ref | category
        S1        | 1
        S1        | 26
        S2        | 1
        S3        | 1
        S4        | 1
        S5        | 1
        S6        | 1
        s7        | 1
        """,
    )
    assert met("training_matches_staff", on="2026-11-22") == {
        "S1": True,
        "S2": True,
        "S3": False,
        "S4": False,
        "S5": True,
        "S6": False,
        "S7": True,
    }


def test_a_person_of_another_home_is_another_person(known, met):
    known("homes", "home_ref | name \n 1-1 | Elm House \n 1-2 | Oak Lodge")
    known("staff", "home | staff_ref \n Elm House | S1 \n Elm House | S2")
    known(
        "training",
        "home | staff_ref | category \n 1-1 | S1 | 1 \n Oak Lodge | S2 | 1",
    )
    assert met("training_matches_staff") == {"S1": True, "S2": False}


def test_what_a_home_sent_before_it_closed_disagrees_with_nothing(known, met):
    homes = "home_ref | name | closed_on \n 1-1 | Elm House | 2026-11-10"
    known("homes", homes, taken_on="2026-11-01")
    known("staff", "staff_ref \n S1", taken_on="2026-11-01")
    known("training", "staff_ref | category \n S1 | 1", taken_on="2026-11-01")
    assert met("training_matches_staff", on="2026-11-10") == {"S1": True}
    assert met("training_matches_staff", on="2026-11-11") == {}
    known("training", "staff_ref | category \n S1 | 1", taken_on="2026-11-11")
    assert met("training_matches_staff", on="2026-11-11") == {"S1": False}
