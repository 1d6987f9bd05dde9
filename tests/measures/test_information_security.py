"""The measures of information security, each by small drawn tables and their edges."""

import pytest

from oversight.measures import cases_on, find_measure
from oversight.store import EVERYTHING
from tests.conftest import TODAY

pytestmark = pytest.mark.queries


# ---- Staff in date with IG training (a stock on a day)


def test_training_that_has_run_out_is_not_met_and_no_training_neither(known, met):
    known("staff", "staff_ref \n S1 \n S2 \n S3 \n S4")
    known(
        "training",
        """
        staff_ref | category | completed_on | expires_on
        S1        | 26       | 2026-01-02   | 2027-01-01
        S2        | 26       | 2025-01-02   | 2026-01-01
        S3        | 26       | 2026-03-01   |
        """,
    )
    assert met("staff_trained_in_ig", on="2026-11-22") == {
        "S1": True,
        "S2": False,
        "S3": True,
        "S4": False,
    }


@pytest.mark.parametrize(
    ("completed", "validity", "expires", "last_day", "day_after"),
    [
        # Nothing said: a year, less a day.
        ("2025-11-22", "", "", "2026-11-21", "2026-11-22"),
        ("2025-11-22", "12", "", "2026-11-21", "2026-11-22"),
        # A leap day has no anniversary: the earlier day counts.
        ("2024-02-29", "", "", "2025-02-27", "2025-02-28"),
        ("2024-03-01", "", "", "2025-02-28", "2025-03-01"),
        # Less than a year, by validity or by expiry.
        ("2026-01-31", "1", "", "2026-02-27", "2026-02-28"),
        ("2026-01-31", "", "2026-03-01", "2026-03-01", "2026-03-02"),
        # Never more than a year, whatever the file says.
        ("2025-11-22", "36", "", "2026-11-21", "2026-11-22"),
        ("2025-11-22", "none", "", "2026-11-21", "2026-11-22"),
        ("2025-11-22", "", "2030-01-01", "2026-11-21", "2026-11-22"),
        # Where validity and expiry disagree, the earlier.
        ("2026-01-01", "3", "2026-06-30", "2026-03-31", "2026-04-01"),
        ("2026-01-01", "6", "2026-03-31", "2026-03-31", "2026-04-01"),
    ],
)
def test_training_counts_to_its_last_day_and_no_further(
    completed, validity, expires, last_day, day_after, known, met
):
    known("staff", "staff_ref \n S1", taken_on=completed)
    known(
        "training",
        f"""
        staff_ref | category | completed_on | validity_months | expires_on
        S1        | 26       | {completed}  | {validity}      | {expires}
        """,
        taken_on=completed,
    )
    assert met("staff_trained_in_ig", on=last_day) == {"S1": True}
    assert met("staff_trained_in_ig", on=day_after) == {"S1": False}


def test_the_newest_of_several_courses_counts(known, met):
    known("staff", "staff_ref \n S1 \n S2")
    known(
        "training",
        """
        staff_ref | category | completed_on
        S1        | 26       | 2024-05-01
        S1        | 26       | 2026-05-01
        S2        | 26       | 2026-05-01
        S2        | 26       | 2024-05-01
        """,
    )
    assert met("staff_trained_in_ig") == {"S1": True, "S2": True}


def test_another_course_or_one_with_no_day_of_completion_counts_for_nothing(known, met):
    known("staff", "staff_ref \n S1 \n S2 \n S3")
    known(
        "training",
        """
        staff_ref | category | completed_on | expires_on
        S1        | 25       | 2026-05-01   |
        S2        | 26       |              | 2027-05-01
        S3        | 26       | 2026-05-01   |
        """,
    )
    assert met("staff_trained_in_ig") == {"S1": False, "S2": False, "S3": True}


@pytest.mark.parametrize(
    "employment",
    "permanent temporary bank agency student volunteer contractor other".split(),
)
def test_everybody_in_post_counts_however_employed_and_when_long_absent(
    employment, known, met
):
    known(
        "staff",
        f"""
        staff_ref | employment   | is_long_absence
        S1        | {employment} | no
        S2        | {employment} | yes
        """,
    )
    assert met("staff_trained_in_ig") == {"S1": False, "S2": False}


def test_a_person_is_in_post_from_the_first_day_to_the_last_both_included(known, met):
    known(
        "staff",
        """
        staff_ref | started_on | left_on
        S1        | 2026-11-22 |
        S2        | 2026-11-23 |
        S3        | 2026-01-01 | 2026-11-22
        S4        | 2026-01-01 | 2026-11-21
        S5        |            |
        """,
    )
    assert set(met("staff_trained_in_ig", on="2026-11-22")) == {"S1", "S3", "S5"}


def test_a_row_that_takes_a_person_off_the_register_does(known, met):
    known("staff", "staff_ref | is_removed \n S1 | yes \n S2 | no")
    assert set(met("staff_trained_in_ig")) == {"S2"}


def test_whom_the_next_register_leaves_out_is_in_post_until_its_day(known, met):
    known("staff", "staff_ref \n S1 \n S2", taken_on="2026-10-31")
    known("staff", "staff_ref \n S2", taken_on="2026-11-20")
    assert set(met("staff_trained_in_ig", on="2026-11-19")) == {"S1", "S2"}
    assert set(met("staff_trained_in_ig", on="2026-11-20")) == {"S2"}


def test_the_staff_of_a_home_that_closed_are_no_longer_in_post(known, met):
    known(
        "homes",
        """
        home_ref | name      | closed_on
        1-1      | Elm House | 2026-11-10
        1-2      | Oak Lodge |
        """,
        taken_on="2026-10-31",
    )
    known(
        "staff",
        """
        home      | staff_ref
        Elm House | S1
        Oak Lodge | S2
        """,
        taken_on="2026-10-31",
    )
    assert set(met("staff_trained_in_ig", on="2026-11-10")) == {"S1", "S2"}
    assert set(met("staff_trained_in_ig", on="2026-11-11")) == {"S2"}


def test_a_home_that_the_register_of_homes_leaves_out_has_closed_that_day(known, met):
    homes = "home_ref | name \n 1-1 | Elm House \n 1-2 | Oak Lodge"
    known("homes", homes, taken_on="2026-01-01")
    known("homes", "home_ref | name \n 1-2 | Oak Lodge", taken_on="2026-11-10")
    staff = "home | staff_ref \n Elm House | S1 \n Oak Lodge | S2"
    known("staff", staff, taken_on="2026-10-31")
    assert set(met("staff_trained_in_ig", on="2026-11-09")) == {"S1", "S2"}
    assert set(met("staff_trained_in_ig", on="2026-11-10")) == {"S2"}


def test_staff_sent_for_a_home_after_it_closed_still_count(known, met):
    homes = "home_ref | name | closed_on \n 1-1 | Elm House | 2026-11-10"
    known("homes", homes, taken_on="2026-11-01")
    known("staff", "staff_ref \n S1", taken_on="2026-11-10")
    assert met("staff_trained_in_ig", on="2026-11-11") == {}
    known("staff", "staff_ref \n S1", taken_on="2026-11-11")
    assert met("staff_trained_in_ig", on="2026-11-11") == {"S1": False}


def test_staff_of_a_home_that_is_yet_to_open_count(known, met):
    known("homes", "home_ref | name | opened_on \n 1-1 | Elm House | 2026-12-01")
    known("staff", "staff_ref \n S1")
    assert met("staff_trained_in_ig") == {"S1": False}


def test_the_two_registers_may_call_a_home_by_different_names(known, met):
    known("homes", "home_ref | name | local_ref \n 1-1 | Elm House | ELM")
    known("staff", "home | staff_ref \n Elm House | S1")
    known(
        "training",
        "home | staff_ref | category | completed_on \n elm | s1 | 26 | 2026-05-01",
    )
    assert met("staff_trained_in_ig") == {"S1": True}


def test_two_homes_that_are_not_on_the_register_are_not_taken_for_one(known, store):
    known("staff", "home | staff_ref \n Ash End | S1 \n Fir Top | S1")
    known(
        "training",
        "home | staff_ref | category | completed_on \n Ash End | S1 | 26 | 2026-05-01",
    )
    with store.reading(EVERYTHING) as cursor:
        cases = cases_on(cursor, find_measure("staff_trained_in_ig"), TODAY)
    assert {case.case_ref: case.is_met for case in cases} == {
        "ash end|s1": True,
        "fir top|s1": False,
    }
    assert {case.home for case in cases} == {"unmatched"}


# ---- Starters trained within a month (falls due a month after the first day)


def test_a_starter_falls_due_a_month_after_the_first_day_and_not_before(known, met):
    known("staff", "staff_ref | started_on \n S1 | 2026-10-10", taken_on="2026-10-31")
    assert met("starter_trained_in_a_month", on="2026-11-09") == {}
    assert met("starter_trained_in_a_month", on="2026-11-10") == {"S1": False}


@pytest.mark.parametrize(
    ("started", "day_before", "due"),
    [
        ("2026-01-31", "2026-02-27", "2026-02-28"),
        ("2024-01-31", "2024-02-28", "2024-02-29"),
        ("2026-02-28", "2026-03-27", "2026-03-28"),
    ],
)
def test_a_month_that_has_no_such_day_ends_on_its_last(
    started, day_before, due, known, met
):
    known("staff", f"staff_ref | started_on \n S1 | {started}", taken_on=started)
    assert met("starter_trained_in_a_month", on=day_before) == {}
    assert met("starter_trained_in_a_month", on=due) == {"S1": False}


def test_training_on_the_due_day_is_in_time_and_the_day_after_is_late(known, met):
    known(
        "staff",
        """
        staff_ref | started_on
        S1        | 2026-10-10
        S2        | 2026-10-10
        S3        | 2026-10-10
        S4        |
        """,
    )
    known(
        "training",
        """
        staff_ref | category | completed_on
        S1        | 26       | 2026-11-10
        S2        | 26       | 2026-11-11
        S3        | 26       | 2026-10-01
        """,
    )
    assert met("starter_trained_in_a_month") == {"S1": True, "S2": False, "S3": True}


def test_a_starter_is_counted_for_twelve_months_to_the_day(known, met):
    known(
        "staff",
        """
        staff_ref | started_on
        S1        | 2025-10-22
        S2        | 2025-10-23
        """,
    )
    assert set(met("starter_trained_in_a_month", on="2026-11-22")) == {"S2"}


def test_somebody_who_left_counts_if_the_month_was_over_by_then(known, met):
    known(
        "staff",
        """
        staff_ref | started_on | left_on
        S1        | 2026-08-10 | 2026-09-10
        S2        | 2026-08-10 | 2026-09-09
        """,
    )
    assert met("starter_trained_in_a_month") == {"S1": False}


def test_leavers_whom_the_register_dropped_still_count(known, met):
    known(
        "staff",
        """
        staff_ref | started_on
        S1        | 2026-10-19
        S2        | 2026-10-20
        S3        | 2020-01-01
        """,
        taken_on="2026-10-31",
    )
    known("staff", "staff_ref | started_on \n S3 | 2020-01-01", taken_on="2026-11-20")
    assert met("starter_trained_in_a_month", on="2026-11-22") == {"S1": False}


def test_a_leaver_keeps_the_training_that_was_dropped_with_them(known, met):
    starters = "staff_ref | started_on \n S1 | 2026-09-10 \n S2 | 2026-09-10"
    known("staff", starters, taken_on="2026-10-31")
    known("staff", "staff_ref | started_on \n S9 | 2020-01-01", taken_on="2026-11-20")
    done = "staff_ref | category | completed_on \n S1 | 26 | 2026-09-20"
    known("training", done, taken_on="2026-10-31")
    known("training", "staff_ref | category \n S9 | 1", taken_on="2026-11-20")
    assert met("starter_trained_in_a_month") == {"S1": True, "S2": False}


def test_training_withdrawn_while_the_person_is_in_post_no_longer_counts(known, met):
    known("staff", "staff_ref | started_on \n S1 | 2026-09-10", taken_on="2026-10-31")
    done = "staff_ref | category | completed_on \n S1 | 26 | 2026-09-20"
    known("training", done, taken_on="2026-10-31")
    assert met("starter_trained_in_a_month", on="2026-11-19") == {"S1": True}
    known("training", "staff_ref | category \n S9 | 1", taken_on="2026-11-20")
    assert met("starter_trained_in_a_month", on="2026-11-20") == {"S1": False}


# ---- Incidents and near misses (a count of the last full month)


def test_the_last_full_month_is_the_one_that_has_ended(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at
        I1           | 2026-09-30 23:59
        I2           | 2026-10-01 00:00
        I3           | 2026-10-31 23:59
        I4           | 2026-11-01 00:00
        """,
    )
    assert set(met("incidents_and_near_misses", on="2026-10-30")) == {"I1"}
    assert set(met("incidents_and_near_misses", on="2026-10-31")) == {"I2", "I3"}
    assert set(met("incidents_and_near_misses", on="2026-11-29")) == {"I2", "I3"}
    assert set(met("incidents_and_near_misses", on="2026-11-30")) == {"I4"}


def test_all_kinds_count_but_what_turned_out_to_be_none(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at         | kind
        I1           | 2026-10-05 09:00 | confirmed
        I2           | 2026-10-05 09:00 | suspected
        I3           | 2026-10-05 09:00 | near miss
        I4           | 2026-10-05 09:00 | not an incident
        I5           | 2026-10-05 09:00 |
        """,
    )
    assert set(met("incidents_and_near_misses")) == {"I1", "I2", "I3", "I5"}


def test_an_incident_is_placed_by_the_first_of_the_times_it_has(known, met):
    known(
        "incidents",
        """
        incident_ref | occurred_at | aware_at   | reported_at | ico_reported_at
        I1           | 2026-08-01  | 2026-09-01 | 2026-10-01  | 2026-11-01
        I2           | 2026-08-01  |            | 2026-10-01  | 2026-11-01
        I3           | 2026-08-01  |            |             | 2026-11-01
        I4           | 2026-08-01  |            |             |
        """,
    )
    assert set(met("incidents_and_near_misses", on="2026-09-01")) == {"I4"}
    assert set(met("incidents_and_near_misses", on="2026-10-01")) == {"I1"}
    assert set(met("incidents_and_near_misses", on="2026-11-01")) == {"I2"}
    assert set(met("incidents_and_near_misses", on="2026-12-01")) == {"I3"}


def test_an_incident_with_no_time_at_all_is_placed_by_its_first_file(known, met):
    known("incidents", "incident_ref | cause \n I1 | error", taken_on="2026-10-05")
    known("incidents", "incident_ref | cause \n I1 | misuse", taken_on="2026-11-05")
    assert set(met("incidents_and_near_misses", on="2026-11-22")) == {"I1"}
    assert set(met("incidents_and_near_misses", on="2026-10-30")) == set()


# ---- Incidents reported within 24 hours


@pytest.mark.parametrize(
    ("aware", "in_time", "late"),
    [
        ("2026-11-10 09:00", "2026-11-11 09:00", "2026-11-11 09:01"),
        # Over the clock change a day of 24 hours ends at another time of the clock.
        ("2026-10-24 12:00", "2026-10-25 11:00", "2026-10-25 11:01"),
        ("2026-03-28 12:00", "2026-03-29 13:00", "2026-03-29 13:01"),
        # A day alone: aware from its first minute, reported at its last.
        ("2026-11-10", "2026-11-11 00:00", "2026-11-11 00:01"),
        ("2026-11-10 23:59:59", "2026-11-11", "2026-11-12"),
    ],
)
def test_a_report_after_24_hours_is_late(aware, in_time, late, known, met):
    known(
        "incidents",
        f"""
        incident_ref | aware_at | reported_at
        I1           | {aware}  | {in_time}
        I2           | {aware}  | {late}
        I3           | {aware}  |
        """,
    )
    assert met("incident_reported_in_24_hours") == {
        "I1": True,
        "I2": False,
        "I3": False,
    }


def test_it_falls_due_when_the_24_hours_end_and_not_before(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at         | reported_at
        I1           | 2026-11-10 09:00 | 2026-11-10 10:00
        I2           | 2026-11-10 09:00 |
        """,
    )
    assert met("incident_reported_in_24_hours", on="2026-11-10") == {}
    assert met("incident_reported_in_24_hours", on="2026-11-11") == {
        "I1": True,
        "I2": False,
    }


def test_without_a_time_of_becoming_aware_the_hours_are_not_known(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at | reported_at      | occurred_at
        I1           |          | 2026-11-10 09:00 |
        I2           |          |                  | 2026-11-10 09:00
        I3           |          |                  |
        """,
        taken_on="2026-11-15",
    )
    assert met("incident_reported_in_24_hours", on="2026-11-22") == {
        "I1": None,
        "I2": None,
        "I3": None,
    }


# ---- Investigations closed in time, with cause and lesson


def test_closed_on_the_thirtieth_day_is_in_time_and_the_day_after_is_late(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at         | closed_at        | cause | lesson
        I1           | 2026-10-10 23:00 | 2026-11-09 23:59 | error | Check
        I2           | 2026-10-10 23:00 | 2026-11-10 00:00 | error | Check
        I3           | 2026-10-10 23:00 |                  | error | Check
        """,
    )
    assert met("incident_closed_with_a_lesson", on="2026-11-08") == {}
    due = {"I1": True, "I2": False, "I3": False}
    assert met("incident_closed_with_a_lesson", on="2026-11-09") == due
    assert met("incident_closed_with_a_lesson", on="2026-11-22") == due


def test_closed_without_a_cause_or_a_lesson_is_not_met(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at   | closed_at  | cause   | lesson | kind
        I1           | 2026-09-01 | 2026-09-02 | error   | Check  | near miss
        I2           | 2026-09-01 | 2026-09-02 | error   |        | near miss
        I3           | 2026-09-01 | 2026-09-02 | unknown | Check  | near miss
        I4           | 2026-09-01 | 2026-09-02 |         | Check  | near miss
        I5           | 2026-09-01 | 2026-09-02 |         |        | not an incident
        """,
    )
    assert met("incident_closed_with_a_lesson") == {
        "I1": True,
        "I2": False,
        "I3": False,
        "I4": False,
    }
