"""The measures of information security, each by small drawn tables and their edges."""

from datetime import date, datetime

import pytest

from oversight import journal
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


# ---- Named roles in date with role training


def test_a_role_is_trained_by_a_course_of_its_name_or_of_the_analysis(known, met):
    known("homes", "home_ref | name \n 1-1 | Elm House")
    known("staff", "staff_ref \n S1 \n S2 \n S3", taken_on="2026-11-02")
    known(
        "named_roles",
        """
        role               | holder_home | holder_ref | is_external | started_on
        Caldicott Guardian | Elm House   | S1         |             | 2025-01-01
        SIRO               | Elm House   | S2         |             | 2025-01-02
        IG lead            | Elm House   | S3         |             | 2025-01-03
        records lead       |             |            |             | 2025-01-04
        senior owner       |             |            | yes         | 2025-01-05
        media lead         | Elm House   | S3         |             | 2025-01-06
        """,
    )
    known("training_needs", "job_role | training \n SIRO | Owning risk")
    known(
        "training",
        """
        staff_ref | category | course_name                 | completed_on
        S1        | 21       | The Caldicott Guardian role | 2025-11-23
        S2        | 21       | Owning risk                 | 2025-11-22
        S3        | 26       | IG yearly                   | 2026-11-01
        """,
        taken_on="2026-11-02",
    )
    # Each by its first day. A vacant role and one held outside have nobody to train.
    roles = met("named_roles_trained", on="2026-11-21")
    assert roles == {"2025-01-01": True, "2025-01-02": True, "2025-01-03": False}
    roles = met("named_roles_trained", on="2026-11-22")
    assert roles == {"2025-01-01": True, "2025-01-02": False, "2025-01-03": False}


# ---- Training needs analysed


def test_an_analysis_counts_when_approved_and_for_twelve_months(known, met):
    assert met("training_needs_analysed") == {}
    known(
        "training_needs",
        """
        job_role | training | analysed_on | approved_on
        Cook     | IG       | 2025-11-23  | 2025-12-01
        Cook     | Records  | 2026-06-01  |
        """,
    )
    assert list(met("training_needs_analysed", on="2025-11-30").values()) == [False]
    assert list(met("training_needs_analysed", on="2025-12-01").values()) == [True]
    assert list(met("training_needs_analysed", on="2026-11-22").values()) == [True]
    assert list(met("training_needs_analysed", on="2026-11-23").values()) == [False]


# ---- Near misses, repeats


def test_near_misses_are_told_from_breaches_and_a_blank_is_a_breach(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at   | kind
        I1           | 2026-10-05 | near miss
        I2           | 2026-10-05 | confirmed
        I3           | 2026-10-05 |
        I4           | 2026-10-05 | not an incident
        """,
    )
    found = met("near_misses_among_incidents")
    assert found == {"I1": True, "I2": False, "I3": False}


@pytest.mark.parametrize(
    ("first", "last_day", "day_after"),
    [
        ("2026-05-10", "2026-08-10", "2026-08-11"),
        # Three months after 30 November is the last of February.
        ("2025-11-30", "2026-02-28", "2026-03-01"),
        ("2026-05-10", "2026-05-10", "2026-10-01"),
    ],
)
def test_a_repeat_is_the_same_within_three_calendar_months(
    first, last_day, day_after, known, met
):
    known("homes", "home_ref | name \n 1-1 | Elm House \n 1-2 | Oak Lodge")
    known(
        "incidents",
        f"""
        home      | incident_ref | aware_at    | incident_type | cause
        Elm House | A1           | {first}     | phishing      | social
        Elm House | A2           | {last_day}  | phishing      | social
        Elm House | B1           | {first}     | phishing      | error
        Elm House | B2           | {day_after} | phishing      | error
        Oak Lodge | C1           | {last_day}  | phishing      | social
        Elm House | D1           | {last_day}  | ransomware    | social
        Elm House | E1           | {first}     | phishing      | unknown
        Elm House | E2           | {first}     | phishing      | unknown
        Elm House | F1           | {first}     |               | hacking
        Elm House | F2           | {first}     |               | hacking
        """,
    )
    repeats = [ref for ref, is_met in met("no_repeat_incident").items() if not is_met]
    assert repeats == ["A2"]


# ---- Leavers and their accounts


def test_a_leaver_whose_account_can_be_used_is_found_by_reference_or_by_login(
    known, met
):
    known(
        "staff",
        """
        staff_ref | left_on    | logins
        S1        | 2026-11-20 |
        S2        | 2026-11-20 | s2; mail2
        S3        | 2026-11-20 |
        S4        | 2026-11-20 |
        S5        |            |
        S6        | 2025-11-01 |
        S7        | 2025-11-01 |
        """,
    )
    known(
        "accounts",
        """
        login | staff_ref | is_enabled | disabled_on
        a1    | s1        | yes        |
        mail2 |           | yes        |
        a3    | S3        | no         | 2026-11-21
        a4    | S4        | no         |
        a5    | S5        | yes        |
        a6    | S6        | yes        |
        a7    | S7        | no         | 2025-11-02
        """,
    )
    # Blank is never off: an account with no day of switching off counts as enabled. Who
    # left over a year ago is counted only while an account of theirs is live.
    live = {"S1": False, "S2": False, "S3": True, "S4": False, "S6": False}
    assert met("no_leaver_with_live_account") == live
    assert met("no_leaver_with_live_account", on="2026-11-20") == {}


@pytest.mark.parametrize(
    ("left", "in_time", "late"),
    [
        ("2026-10-08", "2026-10-09", "2026-10-10"),
        # A Friday: by Monday. Christmas Eve: by the working day after the holidays.
        ("2026-10-09", "2026-10-12", "2026-10-13"),
        ("2025-12-24", "2025-12-29", "2025-12-30"),
    ],
)
def test_access_ends_one_working_day_after_the_last_in_post(
    left, in_time, late, known, met
):
    # Asked at the end of the month that it fell due in.
    at_end = "2025-12-31" if left < "2026" else "2026-10-31"
    staff = "\n".join(f"S{n} | {left}" for n in range(1, 6))
    known("staff", f"staff_ref | left_on \n {staff}", taken_on=at_end)
    known(
        "accounts",
        f"""
        login | staff_ref | is_enabled | disabled_on
        a1    | S1        | no         | {in_time}
        a2    | S2        | no         | {late}
        a3    | S3        | yes        |
        a4    | S4        | no         | {in_time}
        b4    | S4        | no         | {late}
        """,
        taken_on=at_end,
    )
    # S5 had no account in any list.
    verdicts = {"S1": True, "S2": False, "S3": False, "S4": False}
    assert met("leaver_access_removed_in_time", on=at_end) == verdicts


def test_an_account_that_a_list_only_leaves_out_ended_by_the_day_of_that_list(
    known, met
):
    staff = "staff_ref | left_on \n S1 | 2026-10-08 \n S2 | 2026-10-08"
    known("staff", staff, taken_on="2026-10-08")
    lists = "system | login | staff_ref | is_enabled\n"
    known(
        "accounts",
        f"{lists} Care | a1 | S1 | yes \n Mail | a2 | S2 | yes",
        "2026-10-01",
    )
    known("accounts", f"{lists} Care | a9 | S9 | yes", "2026-10-09")
    known("accounts", f"{lists} Mail | a9 | S9 | yes", "2026-10-30")
    found = met("leaver_access_removed_in_time", on="2026-10-31")
    assert found == {"S1": True, "S2": None}


# ---- Access reviews, administrators, dormant accounts


def test_a_review_counts_for_a_year_or_to_the_day_the_next_is_due(known, met):
    known(
        "access_reviews",
        """
        review_ref | system | planned_on | done_on    | cancelled_on | next_due_on
        R1         | Care   | 2025-11-23 | 2025-11-23 |              |
        R2         | Mail   | 2025-11-22 | 2025-11-22 |              |
        R3         | Pay    | 2026-05-01 | 2026-05-01 |              | 2026-11-22
        R4         | Rota   | 2026-05-01 | 2026-05-01 |              | 2026-11-21
        R5         | Lifts  | 2026-11-22 |            |              |
        R6         | Doors  | 2026-11-23 |            |              |
        R7         | Phones | 2026-11-01 |            | 2026-11-01   |
        """,
    )
    assert met("access_reviews_done_in_period") == {
        "CARE": True,
        "MAIL": False,
        "PAY": True,
        "ROTA": False,
        "LIFTS": False,
    }


def test_who_can_change_others_rights_has_signed_and_a_machine_need_not(known, met):
    known(
        "accounts",
        """
        login | is_privileged | account_kind | is_enabled | disabled_on |\
 agreement_signed_on
        a1    | yes           | person       | yes        |             | 2026-11-22
        a2    | yes           | person       | yes        |             |
        a3    | yes           | shared       | yes        |             | 2026-11-22
        a4    | yes           | technical    | yes        |             |
        a5    | no            | person       | yes        |             |
        a6    | yes           | person       | no         | 2026-11-01  |
        a7    | yes           | supplier     | yes        |             |
        """,
    )
    verdicts = {"A1": True, "A2": False, "A3": False, "A7": False}
    assert met("administrators_signed_agreement") == verdicts


def test_an_account_sleeps_from_the_ninetieth_day_without_use(known, met):
    known(
        "accounts",
        """
        login | last_used_on | created_on | is_enabled | disabled_on
        a1    | 2026-08-25   | 2020-01-01 | yes        |
        a2    | 2026-08-24   | 2020-01-01 | yes        |
        a3    |              | 2026-08-25 | yes        |
        a4    |              | 2026-08-24 | yes        |
        a5    |              |            | yes        |
        a6    | 2026-01-01   | 2020-01-01 | no         | 2026-02-01
        """,
    )
    assert met("no_dormant_account", on="2026-11-22") == {
        "A1": True,
        "A2": False,
        "A3": True,
        "A4": False,
        "A5": None,
    }


# ---- Assets and devices


def test_an_asset_is_reviewed_for_a_year_and_no_longer_than_it_says(known, met):
    known(
        "assets",
        """
        asset_ref | reviewed_on | review_due_on
        A1        | 2025-11-23  |
        A2        | 2025-11-22  |
        A3        | 2026-05-01  | 2026-11-22
        A4        | 2026-05-01  | 2026-11-21
        A5        |             |
        """,
    )
    reviewed = {"A1": True, "A2": False, "A3": True, "A4": False, "A5": False}
    assert met("assets_reviewed_in_12_months") == reviewed


def test_support_ends_with_its_last_day_and_blank_is_no_support(known, met):
    known(
        "devices",
        """
        device_ref | supported_until | lost_on
        D1         | 2026-11-22      |
        D2         | 2026-11-21      |
        D3         |                 |
        D4         | 2026-11-21      | 2026-11-22
        """,
    )
    known(
        "assets",
        """
        asset_ref | asset_type    | supported_until
        A1        | software      | 2026-11-22
        A2        | software      |
        A3        | paper records |
        """,
    )
    found = met("devices_and_software_supported")
    assert found == {"D1": True, "D2": False, "D3": False, "A1": True, "A2": False}


def test_portable_is_encrypted_or_not_and_unanswered_is_not(known, met):
    known(
        "devices",
        """
        device_ref | device_type     | is_encrypted | lost_on    | retired_on
        D1         | laptop          | yes          |            |
        D2         | phone           |              |            |
        D3         | removable media | no           | 2026-11-01 |
        D4         | desktop         | no           |            |
        D5         | tablet          | no           |            | 2026-11-22
        D6         | tablet          | no           |            | 2026-11-23
        """,
    )
    found = met("portable_devices_encrypted")
    assert found == {"D1": True, "D2": False, "D3": False, "D6": False}


def test_antivirus_is_current_for_a_week_up_to_the_list_itself(known, met):
    known(
        "devices",
        """
        device_ref | device_type | needs_antivirus | antivirus_updated_on | lost_on
        D1         | laptop      |                 | 2026-10-25           |
        D2         | laptop      |                 | 2026-10-24           |
        D3         | desktop     |                 |                      |
        D4         | phone       |                 |                      |
        D5         | phone       | yes             |                      |
        D6         | laptop      | no              |                      |
        D7         | laptop      |                 |                      | 2026-10-30
        """,
        taken_on="2026-10-31",
    )
    found = met("antivirus_up_to_date", on="2026-11-22")
    assert found == {"D1": True, "D2": False, "D3": False, "D5": False}


# ---- Plans, restores, clauses, spot checks


def test_a_plan_is_tested_with_its_data_part_and_for_a_year(known, met):
    plans = "\n".join(f"P{n} | 2024-01-01" for n in range(1, 6))
    known("continuity_plans", f"plan_ref | approved_on \n {plans} \n P9 |")
    known(
        "continuity_tests",
        """
        test_ref | plan_ref | held_on    | tests_data_and_cyber | result
        T1       | p1       | 2025-11-23 | yes                  | fail
        T2       | P2       | 2025-11-22 | yes                  | pass
        T3       | P3       | 2026-11-01 | no                   | pass
        T4       | P4       |            | yes                  |
        """,
    )
    tested = {"P1": True, "P2": False, "P3": False, "P4": False, "P5": False}
    assert met("continuity_plans_tested_in_12_months") == tested


def test_the_newest_restore_counts_and_only_if_it_brought_back_what_was_asked(
    known, met
):
    assets = "\n".join(f"A{n} | system" for n in range(1, 7))
    known("assets", f"asset_ref | asset_type \n {assets} \n A9 | paper records")
    known(
        "restore_tests",
        """
        test_ref | system_ref | held_on    | is_restored | next_due_on
        T1       | A1         | 2025-11-23 | yes         |
        T2       | A2         | 2025-11-22 | yes         |
        T3       | A3         | 2026-08-01 | yes         |
        T4       | A3         | 2026-08-02 | no          |
        T5       | A4         | 2026-08-01 | yes         | 2026-11-22
        T6       | A5         | 2026-08-01 | yes         | 2026-11-21
        """,
    )
    restored = {"A1": True, "A2": False, "A3": False, "A4": True, "A5": False}
    assert met("backup_restored_in_period") == restored | {"A6": False}


def test_the_clause_is_signed_in_the_register_or_when_the_person_started(known, met):
    known(
        "staff",
        """
        home      | staff_ref | employment | confidentiality_signed_on | left_on
        Elm House | S1        | bank       | 2026-11-22                |
        Elm House | S2        | agency     |                           |
        Elm House | S3        | permanent  |                           |
        Elm House | S4        | permanent  |                           | 2026-11-21
        Oak Lodge | S5        | permanent  |                           |
        """,
    )
    known(
        "starter_checks",
        """
        home      | staff_ref | clause_signed_on
        Elm House | s2        | 2026-11-01
        """,
    )
    # Of Oak Lodge nobody's signature was ever told: the column was never sent.
    known("homes", "home_ref | name \n 1-1 | Elm House \n 1-2 | Oak Lodge")
    found = met("confidentiality_clause_signed")
    assert found == {"S1": True, "S2": True, "S3": False, "S5": None}


def test_a_planned_check_is_due_on_its_day_and_calling_it_off_is_not_doing_it(
    known, met
):
    known(
        "spot_checks",
        """
        check_ref | planned_on | held_on    | cancelled_on
        C1        | 2026-11-22 |            |
        C2        | 2026-11-23 |            |
        C3        | 2026-10-01 | 2026-11-22 |
        C4        | 2026-10-01 |            | 2026-09-30
        """,
    )
    assert met("spot_checks_done") == {"C1": False, "C3": True, "C4": False}
    assert met("spot_checks_done", on="2026-11-21") == {"C3": False, "C4": False}


# ---- The yearly audit, awareness, acknowledgements


def test_the_yearly_audit_is_of_this_strand_held_and_less_than_a_year_old(known, met):
    known("homes", "home_ref | name \n 1-1 | Elm House")
    audits = """
        audit_ref | home    | strand               | is_annual | held_on
        A1        | company | information security | yes       | 2025-11-23
        A2        | company | quality assurance    | yes       | 2026-10-01
        A3        | company | information security | no        | 2026-10-01
        """
    known("audits", audits)
    name = "security_audit_done_in_12_months"
    assert met(name, on="2026-11-22") == {"COMPANY AUDIT": True}
    assert met(name, on="2026-11-23") == {"COMPANY AUDIT": False}
    more = "audit_ref | home | strand | is_annual | held_on\n"
    known("audits", f"{more} A4 | Elm House | information security | yes |")
    assert met(name) == {"COMPANY AUDIT": True, "1-1 AUDIT": False}


def test_awareness_reaches_a_home_or_all_of_them_for_three_months(known, met):
    known(
        "homes",
        """
        home_ref | name       | opened_on
        1-1      | Elm House  |
        1-2      | Oak Lodge  |
        1-3      | Larch Farm | 2026-08-23
        """,
        taken_on="2026-08-01",
    )
    known(
        "advice_log",
        """
        advice_ref | home      | act       | given_on
        A1         | Elm House | awareness | 2026-08-23
        A2         | Oak Lodge | advice    | 2026-11-01
        """,
    )
    name = "awareness_reached_every_home"
    assert met(name, on="2026-11-22") == {"1-1": True, "1-2": False}
    # A home that has just opened is given the three months first.
    assert met(name, on="2026-11-23") == {"1-1": False, "1-2": False, "1-3": False}
    known(
        "advice_log",
        """
        advice_ref | home    | act       | given_on
        A3         | company | awareness | 2026-11-22
        """,
    )
    assert set(met(name, on="2026-11-23").values()) == {True}


ACKNOWLEDGED = """
    staff_ref|policy_no|policy_title   |version|issued_on |acknowledged_on|employment
    S1       |118      |Confidentiality|1.0    |2026-01-01|2026-01-02     |bank
    S1       |118      |confidentiality|2.0    |2026-10-01|2026-11-22     |bank
    S2       |118      |Confidentiality|1.0    |2026-01-01|2026-01-02     |permanent
    S3       |118      |Confidentiality|2.0    |2026-10-01|               |agency
    S5       |118      |Confidentiality|2.0    |2026-10-01|2026-10-01     |permanent
    C1       |118      |Confidentiality|2.0    |2026-10-01|2026-10-02     |contractor
    C2       |118      |Confidentiality|2.0    |2025-11-22|2025-11-24     |contractor
"""


def test_the_version_in_force_is_to_be_acknowledged_by_all(known, met, store):
    known("homes", "home_ref | name\n1-1 | Elm House")
    known(
        "policies",
        """
        policy_no | title           | version | approved_on | effective_from
        118       | Confidentiality | 1.0     | 2025-01-01  |
        118       | Confidentiality | 2.0     | 2025-11-01  | 2025-11-20
        """,
    )
    staff = "staff_ref | employment | left_on\n"
    known(
        "staff",
        f"{staff} S1 | bank | \n S2 | permanent | \n S3 | agency | \n"
        " S4 | permanent | \n S5 | permanent | 2026-11-21",
    )
    known("acknowledgements", ACKNOWLEDGED)
    # C1 and C2 are contractors: in nobody's register, bound for a year. Nothing was given
    # to S4; S5 has left.
    everybody = {"S1": True, "S2": False, "S3": False, "S4": False, "C1": True}
    assert met("everybody_acknowledged_the_policies") == everybody
    come_and_go = {"S1": True, "S3": False, "C1": True}
    assert met("temporary_people_acknowledged_the_policies") == come_and_go
    # The reader of one home is judged by the policies of the company.
    with store.reading(("1-1",)) as cursor:
        asked = find_measure("everybody_acknowledged_the_policies")
        alone = {
            c.case_ref[-2:].upper(): c.is_met for c in cases_on(cursor, asked, TODAY)
        }
    assert alone == everybody


def test_a_policy_no_longer_in_force_is_not_asked_about(known, met):
    known(
        "policies",
        """
        policy_no | title           | version | approved_on | withdrawn_on
        118       | Confidentiality | 2.0     | 2025-01-01  |
        119       | Faxes           | 1.0     | 2025-01-01  | 2026-11-22
        """,
    )
    known("staff", "staff_ref\nS1")
    known(
        "acknowledgements",
        """
        staff_ref | policy_no | policy_title    | version | issued_on  | acknowledged_on
        S1        | 118       | Confidentiality | 2.0     | 2026-01-01 | 2026-01-02
        S1        | 119       | Faxes           | 1.0     | 2026-01-01 |
        """,
    )
    name = "everybody_acknowledged_the_policies"
    assert met(name, on="2026-11-21") == {"S1": False}
    assert met(name, on="2026-11-22") == {"S1": True}


# ---- Access alerts, and what came of their review


FRIDAY = "2026-11-06T18:00:00+00:00"  # what is found then is due by the Tuesday


def alerts(known, *people: str, at: str = FRIDAY, home: str = "Elm House") -> None:
    """An export by each, of which one rule tells, found at a moment."""
    moment = datetime.fromisoformat(at)
    lines = [f"{who} | {home} | {who} | export | {at}" for who in people]
    heads = "event_id | home | actor_login | event_type | occurred_at"
    drawn = "\n".join([heads, *lines])
    known("access_events", drawn, taken_on=moment.date(), known_at=moment)


def looked_into(store, at: str, who: str, outcome: str, incident: str = "") -> None:
    about = {"of": [who.lower()], "homes": ["unmatched"], "outcome": outcome}
    about |= {"incident": incident} if incident else {}
    with store.writing(datetime.fromisoformat(at)) as writing:
        journal.append(writing, "ann", "access reviewed", about)


def by_person(store, measure: str, on: str) -> dict[str, bool | None]:
    """Each case by whose it was, which is the event's own number."""
    with store.reading(EVERYTHING) as cursor:
        cases = cases_on(cursor, find_measure(measure), date.fromisoformat(on))
    return {case.case_ref.split("|")[-2].upper(): case.is_met for case in cases}


def test_an_alert_is_reviewed_by_the_second_working_day(known, store):
    alerts(known, "A", "B", "C", "D", "E", "F")
    looked_into(store, "2026-11-10T09:00+00:00", "C", "asked")
    looked_into(store, "2026-11-10T10:00+00:00", "D", "justified")
    looked_into(store, "2026-11-10T23:59+00:00", "A", "not justified")
    looked_into(store, "2026-11-10T23:59:30+00:00", "F", "escalated")
    looked_into(store, "2026-11-11T00:00+00:00", "B", "justified")
    name = "access_alerts_reviewed_in_time"
    # Due on Tuesday 10 November: of that month once it has ended.
    assert by_person(store, name, "2026-11-29") == {}
    assert by_person(store, name, "2026-11-30") == {
        "A": True,
        "B": False,
        "C": False,
        "D": True,
        "E": False,
        "F": True,
    }
    assert by_person(store, name, "2026-12-31") == {}


def test_an_alert_found_at_a_bank_holiday_waits_for_working_days(known, store):
    # Christmas Eve 2025 is a Wednesday: the next working days are the 29th and the 30th.
    alerts(known, "A", "B", at="2025-12-24T12:00:00+00:00")
    looked_into(store, "2025-12-30T12:00+00:00", "A", "justified")
    looked_into(store, "2025-12-31T12:00+00:00", "B", "justified")
    name = "access_alerts_reviewed_in_time"
    assert by_person(store, name, "2025-12-31") == {"A": True, "B": False}


def test_an_access_that_was_not_justified_counts_for_a_year(known, store):
    alerts(known, "A", "B", "C", at="2025-11-06T18:00:00+00:00")
    looked_into(store, "2025-11-10T09:00+00:00", "A", "not justified")
    looked_into(store, "2025-11-10T10:00+00:00", "B", "justified")
    looked_into(store, "2025-11-10T11:00+00:00", "C", "explained")
    name = "no_access_confirmed_inappropriate"
    assert by_person(store, name, "2025-11-09") == {}
    assert by_person(store, name, "2025-11-10") == {"A": False, "B": True}
    assert by_person(store, name, "2026-11-09") == {"A": False, "B": True}
    assert by_person(store, name, "2026-11-10") == {}
    # What is found later about the same person and closed otherwise changes no old case.
    alerts(known, "A1")
    looked_into(store, "2026-11-08T11:00+00:00", "A", "justified")
    assert by_person(store, name, "2026-11-09")["A"] is False


def test_an_escalated_access_is_what_its_incident_turns_out_to_be(known, store):
    alerts(known, "A", "B", "C", "D")
    for n, who in enumerate("ABCD", start=1):
        looked_into(store, f"2026-11-07T0{n}:00+00:00", who, "escalated", f"I{n}")
    drawn = """
        incident_ref | kind            | aware_at
        i1           | confirmed       | 2026-11-07 09:00
        I2           | suspected       | 2026-11-07 09:00
        I3           | not an incident |
        """
    known("incidents", drawn, taken_on="2026-11-08")
    cases = by_person(store, "no_access_confirmed_inappropriate", "2026-11-22")
    assert cases == {"A": False, "B": None, "C": True, "D": None}
