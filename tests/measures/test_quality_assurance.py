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


# ---- Records audited: points and plan


def test_points_are_counted_over_all_audits_and_a_bare_score_cannot_be(
    known, met, store
):
    known(
        "audits",
        """
        audit_ref | strand            | held_on    | records_planned | records_audited | points_met | points_applicable | score_pct
        A1        | quality assurance | 2025-11-23 | 5               | 5               | 10         | 10                |
        A2        | quality assurance | 2026-10-01 | 1               | 1               | 80         | 90                |
        A3        | quality assurance | 2025-11-22 | 5               | 5               | 0          | 50                |
        A4        | quality assurance | 2026-10-01 | 5               | 5               |            |                   | 99
        A5        | quality assurance | 2026-10-01 |                 |                 | 1          | 50                |
        A6        | openness          | 2026-10-01 | 5               | 5               | 1          | 50                |
        A7        | quality assurance |            | 5               |                 | 1          | 50                |
        """,
    )
    name = "records_meet_audit_standard"
    assert met(name) == {"A1": True, "A2": False, "A4": None}
    assert figures(store, name) == (90, 100)


def figures(store, measure, on=TODAY):
    """Met and total over all homes."""
    with store.reading(EVERYTHING) as cursor:
        found = reading_on(cursor, find_measure(measure), on)
    return sum(one.met for one in found), sum(one.total for one in found)


def test_records_beyond_one_plan_make_up_for_no_other(known, met, store):
    known(
        "audits",
        """
        audit_ref | strand            | planned_on | held_on    | records_planned | records_audited
        A1        | quality assurance | 2026-10-01 | 2026-10-01 | 20              | 30
        A2        | quality assurance | 2026-11-22 |            | 20              |
        A3        | quality assurance | 2026-11-23 |            | 20              |
        A4        | quality assurance | 2026-10-01 | 2026-10-01 | 20              | 19
        """,
    )
    name = "records_audited_to_plan"
    assert met(name) == {"A1": True, "A2": False, "A4": False}
    assert figures(store, name) == (20 + 0 + 19, 60)


# ---- Data-quality checks, by dimension

DIMENSIONS = {
    "required_fields_filled": "completeness",
    "no_duplicate_person_record": "uniqueness",
    "notes_entered_in_time": "timeliness",
    "values_valid": "validity",
    "systems_agree": "consistency",
    "values_match_source": "accuracy",
}


@pytest.mark.parametrize("measure", DIMENSIONS)
def test_a_check_counts_its_units_in_its_own_dimension_alone(
    measure, known, met, store
):
    other = next(one for one in DIMENSIONS.values() if one != DIMENSIONS[measure])
    known(
        "quality_checks",
        f"""
        check_ref | dimension             | sample_size | passed | failed | not_applicable | run_on
        C1        | {DIMENSIONS[measure]} | 60          | 56     | 3      | 1              | 2026-10-31
        C2        | {DIMENSIONS[measure]} | 10          | 10     | 0      | 0              | 2026-10-01
        C3        | {DIMENSIONS[measure]} | 4           | 0      | 0      | 4              | 2026-10-15
        C4        | {other}               | 10          | 1      | 9      | 0              | 2026-10-15
        """,
    )
    assert met(measure) == {"C1": False, "C2": True}
    assert figures(store, measure) == (66, 69)
    reading = find_measure(measure).value(66, 69)
    assert reading == (3 if measure == "no_duplicate_person_record" else 100 * 66 / 69)


def test_the_last_full_month_of_checks_is_asked_about(known, met):
    known(
        "quality_checks",
        """
        check_ref | dimension    | sample_size | passed | failed | not_applicable | run_on
        C1        | completeness | 1           | 1      | 0      | 0              | 2026-09-30
        C2        | completeness | 1           | 1      | 0      | 0              | 2026-10-01
        C3        | completeness | 1           | 1      | 0      | 0              | 2026-11-01
        """,
    )
    assert set(met("required_fields_filled")) == {"C2"}


def test_details_of_starters_are_checked_against_their_papers(known, met, store):
    known(
        "starter_checks",
        """
        staff_ref | details_checked_on | details_checked | details_correct
        S1        | 2026-10-01         | 12              | 11
        S2        | 2026-10-01         | 12              | 12
        S4        |                    | 12              | 1
        S5        | 2025-11-22         | 12              | 1
        """,
    )
    assert met("values_match_source") == {"S1": False, "S2": True}
    assert figures(store, "values_match_source") == (23, 24)


# ---- Starters verified


def test_everything_is_seen_by_the_first_day_or_the_starter_was_not_verified(
    known, met
):
    known(
        "staff",
        """
        staff_ref | started_on | employment | left_on
        S1        | 2026-10-05 | permanent  |
        S2        | 2026-10-05 | bank       |
        S3        | 2026-10-05 | permanent  |
        S4        | 2026-10-05 | agency     | 2026-10-05
        S5        | 2026-10-05 | permanent  |
        S6        | 2026-09-30 | permanent  |
        S7        |            | permanent  |
        """,
    )
    seen = "2026-10-01 | 2026-10-01 | 2026-10-01"
    known(
        "starter_checks",
        f"""
        staff_ref | identity_seen_on | right_to_work_seen_on | dbs_seen_on | references_seen_on | needs_registration | details_checked_on
        s1        | {seen} | 2026-10-05 | no  | 2026-10-05
        S2        | {seen} | 2026-10-06 | no  | 2026-10-05
        S3        | {seen} | 2026-10-05 | yes | 2026-10-05
        S5        | {seen} |            | no  | 2026-10-05
        """,
    )
    found = met("starter_details_verified")
    assert found == {"S1": True, "S2": False, "S3": False, "S4": False, "S5": False}


# ---- Retention, disposal, retrieval


def test_records_are_past_their_date_the_day_after_the_last_they_are_kept(known, met):
    known(
        "retention_reviews",
        """
        record_ref | rule_code | ended_on   | keep_until | is_on_hold | reviewed_on | decision    | kept_longer_until
        B1         | RT01      | 2018-11-22 |            |            |             |             |
        B2         | RT01      | 2018-11-23 |            |            |             |             |
        B3         | RT01      | 2018-01-01 | 2026-11-22 |            |             |             |
        B4         | RT01      | 2018-01-01 |            | yes        |             |             |
        B5         | RT01      | 2018-01-01 |            |            | 2026-11-22  | destroy     |
        B6         | RT01      | 2018-01-01 |            |            |             | destroy     |
        B7         | RT01      | 2018-01-01 |            |            | 2026-05-01  | keep longer | 2026-11-22
        B8         | RT01      | 2018-01-01 |            |            | 2026-05-01  | keep longer | 2026-11-21
        """,
    )
    name = "no_record_past_retention_unreviewed"
    past = {"B1": False, "B4": True, "B5": True, "B6": False, "B8": False}
    assert met(name, on="2026-11-22") == past
    assert set(met(name, on="2026-11-21")) == {"B4", "B5", "B6"}


def test_a_disposal_is_certified_from_the_day_of_the_certificate(known, met):
    known(
        "disposals",
        """
        disposal_ref | disposed_on | certificate_ref | certificate_on
        D1           | 2026-11-20  | C1              | 2026-11-21
        D2           | 2026-11-20  | C2              |
        D3           | 2026-11-20  |                 |
        D4           | 2025-11-22  |                 |
        """,
    )
    name = "disposal_certified"
    assert met(name, on="2026-11-20") == {"D1": False, "D2": True, "D3": False} | {
        "D4": False
    }
    assert met(name, on="2026-11-22") == {"D1": True, "D2": True, "D3": False}


def test_a_file_is_found_within_its_hours_over_the_clock_change_too(known, met):
    known(
        "retrievals",
        """
        retrieval_ref | asked_at         | limit_hours | found_at         | outcome      | ended_at
        R1            | 2026-10-24 12:00 | 24          | 2026-10-25 11:00 | found        | 2026-10-25 11:00
        R2            | 2026-10-24 12:00 | 24          | 2026-10-25 11:01 | found        | 2026-10-25 11:01
        R3            | 2026-10-24 12:00 | 24          |                  |              |
        R4            | 2026-10-24 12:00 | 24          |                  | withdrawn    | 2026-10-24 13:00
        R5            | 2026-11-22 00:00 | 24          |                  |              |
        R6            | 2026-11-21 23:00 | 24          |                  |              |
        """,
    )
    found = met("files_found_in_time")
    assert found == {"R1": True, "R2": False, "R3": False, "R6": False}


# ---- The yearly audit, actions, record-keeping training


def test_the_yearly_audit_of_quality_is_no_other_strands(known, met):
    known("homes", "home_ref | name \n 1-1 | Elm House")
    audits = "audit_ref | home | strand | is_annual | held_on\n"
    known("audits", f"{audits} A1 | company | information security | yes | 2026-10-01")
    name = "quality_audit_done_in_12_months"
    assert met(name) == {"COMPANY AUDIT": False}
    known("audits", f"{audits} A2 | company | quality assurance | yes | 2025-11-23")
    assert met(name, on="2026-11-22") == {"COMPANY AUDIT": True}
    assert met(name, on="2026-11-23") == {"COMPANY AUDIT": False}


def test_an_action_is_on_time_against_the_day_first_agreed(known, met):
    known(
        "actions",
        """
        action_ref | strand            | source_type   | raised_on  | due_on     | original_due_on | done_on    | cancelled_on
        A1         | quality assurance | other         | 2026-09-01 | 2026-10-15 |                 | 2026-10-15 |
        A2         | quality assurance | other         | 2026-09-01 | 2026-10-15 |                 | 2026-10-16 |
        A3         | quality assurance | other         | 2026-09-01 | 2026-11-30 | 2026-10-15      | 2026-11-01 |
        A4         |                   | quality check | 2026-09-01 | 2026-10-15 |                 |            |
        A5         | openness          | other         | 2026-09-01 | 2026-10-15 |                 |            |
        A6         | quality assurance | other         | 2026-09-01 | 2026-10-15 |                 |            | 2026-10-15
        A7         | quality assurance | other         | 2026-09-01 | 2026-10-15 |                 |            | 2026-10-16
        """,
    )
    found = met("quality_actions_closed_on_time")
    assert found == {"A1": True, "A2": False, "A3": False, "A4": False, "A7": False}


def test_record_keeping_is_told_by_the_name_of_the_course(known, met):
    known(
        "staff",
        """
        staff_ref | is_care_staff | employment | left_on
        S1        | yes           | permanent  |
        S2        | yes           | bank       |
        S3        | yes           | agency     |
        S4        | no            | permanent  |
        S5        |               | permanent  |
        S6        | yes           | permanent  | 2026-11-21
        S7        | yes           | permanent  |
        """,
    )
    known(
        "training",
        """
        staff_ref | category | course_name           | completed_on | validity_months | expires_on
        S1        | 21       | Record-keeping basics | 2025-11-23   |                 |
        S2        | 1        | Good record keeping   | 2025-11-22   |                 |
        S3        | 26       | IG yearly             | 2026-11-01   |                 |
        S5        | 21       | Record keeping        | 2026-11-01   |                 |
        S7        | 21       | Recordkeeping         | 2024-11-23   | 24              |
        """,
    )
    assert met("care_staff_trained_in_record_keeping") == {
        "S1": True,
        "S2": False,
        "S3": False,
        "S5": None,
        "S7": True,
    }
