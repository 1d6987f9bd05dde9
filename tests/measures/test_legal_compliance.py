"""The measures of legal compliance, each by small drawn tables and their edges."""

import pytest

pytestmark = pytest.mark.queries


# ---- Breaches reported to the ICO within 72 hours


@pytest.mark.parametrize(
    ("aware", "in_time", "late"),
    [
        ("2026-11-10 09:00", "2026-11-13 09:00", "2026-11-13 09:01"),
        # Weekends count: aware on a Friday evening.
        ("2026-11-13 18:00", "2026-11-16 18:00", "2026-11-16 18:01"),
        # The clocks go back on 25 October 2026 and forward on 29 March 2026.
        ("2026-10-23 12:00", "2026-10-26 11:00", "2026-10-26 11:01"),
        ("2026-03-27 12:00", "2026-03-30 13:00", "2026-03-30 13:01"),
        # Aware in the hour that comes twice: the first of the two is taken.
        ("2026-10-25 01:30", "2026-10-28 00:30", "2026-10-28 00:31"),
        # A day alone: aware from its first minute, the ICO told at its last.
        ("2026-11-10", "2026-11-13 00:00", "2026-11-13 00:01"),
        ("2026-11-09 23:59:59", "2026-11-12", "2026-11-13"),
    ],
)
def test_a_report_after_72_hours_is_late(aware, in_time, late, known, met):
    known(
        "incidents",
        f"""
        incident_ref | aware_at | ico_reported_at | is_reportable_ico
        I1           | {aware}  | {in_time}       | yes
        I2           | {aware}  | {late}          | yes
        I3           | {aware}  |                 | yes
        """,
    )
    assert met("breach_reported_in_72_hours") == {"I1": True, "I2": False, "I3": False}


@pytest.mark.parametrize(
    ("aware", "day_before", "due"),
    [
        ("2026-11-10 09:00", "2026-11-12", "2026-11-13"),
        # 72 hours from 00:30 on 23 October end at 23:30 on the 25th.
        ("2026-10-23 00:30", "2026-10-24", "2026-10-25"),
        # … and from 23:30 on 26 March at 00:30 on the 30th.
        ("2026-03-26 23:30", "2026-03-29", "2026-03-30"),
    ],
)
def test_it_falls_due_on_the_uk_day_on_which_the_hours_end(
    aware, day_before, due, known, met
):
    known(
        "incidents",
        f"""
        incident_ref | aware_at | is_reportable_ico
        I1           | {aware}  | yes
        """,
    )
    assert met("breach_reported_in_72_hours", on=day_before) == {}
    assert met("breach_reported_in_72_hours", on=due) == {"I1": False}


def test_a_report_made_later_has_not_been_made_yet(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at   | ico_reported_at  | is_reportable_ico
        I1           | 2026-11-10 | 2026-11-12 12:00 | yes
        I2           | 2026-11-10 | 2026-11-14 12:00 | yes
        """,
    )
    both = {"I1": True, "I2": False}
    assert met("breach_reported_in_72_hours", on="2026-11-13") == both
    assert met("breach_reported_in_72_hours", on="2026-11-22") == both


def test_only_what_is_reportable_counts_and_telling_the_ico_shows_that_it_was(
    known, met
):
    known(
        "incidents",
        """
        incident_ref | aware_at   | is_reportable_ico | ico_reported_at | kind
        I1           | 2026-11-10 | yes               |                 | confirmed
        I2           | 2026-11-10 | no                |                 | confirmed
        I3           | 2026-11-10 |                   |                 | confirmed
        I4           | 2026-11-10 |                   | 2026-11-20      | confirmed
        I5           | 2026-11-10 | no                | 2026-11-20      | confirmed
        I6           | 2026-11-10 | yes               |                 | suspected
        I7           | 2026-11-10 | yes               |                 |
        I8           | 2026-11-10 | yes               |                 | near miss
        """,
    )
    assert set(met("breach_reported_in_72_hours")) == {"I1", "I4", "I6", "I7"}


def test_a_decision_of_a_later_day_has_not_been_taken_yet(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at   | is_reportable_ico | decided_at
        I1           | 2026-11-01 | yes               | 2026-11-10 09:00
        """,
    )
    assert met("breach_reported_in_72_hours", on="2026-11-09") == {}
    assert met("breach_reported_in_72_hours", on="2026-11-10") == {"I1": False}


def test_without_a_time_of_becoming_aware_the_hours_are_not_known(known, met):
    known(
        "incidents",
        """
        incident_ref | occurred_at | ico_reported_at | is_reportable_ico
        I1           | 2026-11-10  | 2026-11-12      | yes
        I2           | 2026-11-10  |                 | yes
        """,
    )
    assert met("breach_reported_in_72_hours") == {"I1": None, "I2": None}


def test_a_breach_is_counted_for_twelve_months_to_the_day_it_fell_due(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at         | is_reportable_ico
        I1           | 2025-11-19 09:00 | yes
        I2           | 2025-11-20 09:00 | yes
        """,
    )
    assert set(met("breach_reported_in_72_hours", on="2026-11-22")) == {"I2"}


@pytest.mark.parametrize(
    ("on", "counted"),
    [
        ("2025-02-27", {"I1", "I2"}),  # after 27 February 2024
        ("2025-02-28", {"I2"}),  # March to February: the leap day is a year ago
        ("2025-03-01", set()),
    ],
)
def test_twelve_months_that_begin_on_a_leap_day_are_no_longer_than_others(
    on, counted, known, met
):
    # Due on 28 February and, at half past midnight, on 1 March 2024.
    known(
        "incidents",
        """
        incident_ref | aware_at         | is_reportable_ico
        I0           | 2024-02-24 09:00 | yes
        I1           | 2024-02-26 09:00 | yes
        I2           | 2024-02-27 09:00 | yes
        """,
    )
    assert set(met("breach_reported_in_72_hours", on=on)) == counted


# ---- People told of a high-risk breach


def test_people_are_to_be_told_within_a_week_of_its_becoming_known(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at         | is_high_risk | people_informed_at
        I1           | 2026-11-10 09:00 | yes          | 2026-11-11 09:00
        I2           | 2026-11-10 09:00 | yes          | 2026-11-20 09:00
        I3           | 2026-11-10 09:00 | yes          |
        I4           | 2026-11-10 09:00 | no           |
        I5           | 2026-11-10 09:00 |              |
        """,
    )
    measure = "high_risk_breach_told_to_people"
    assert met(measure, on="2026-11-16") == {}
    assert met(measure, on="2026-11-17") == {"I1": True, "I2": False, "I3": False}
    assert met(measure, on="2026-11-20") == {"I1": True, "I2": True, "I3": False}


def test_a_near_miss_harmed_nobody_and_a_blank_kind_is_taken_for_a_breach(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at   | is_high_risk | kind
        I1           | 2026-11-10 | yes          | suspected
        I2           | 2026-11-10 | yes          | near miss
        I3           | 2026-11-10 | yes          |
        I4           | 2026-11-10 | yes          | not an incident
        """,
    )
    assert set(met("high_risk_breach_told_to_people")) == {"I1", "I3"}


# ---- Decision on reporting recorded with its reason


def test_a_decision_needs_a_reason_unless_the_ico_was_told(known, met):
    known(
        "incidents",
        """
        incident_ref |aware_at   |is_reportable_ico |decision_reason |ico_reported_at
        I1           |2026-11-10 |no                |No harm         |
        I2           |2026-11-10 |no                |                |
        I3           |2026-11-10 |                  |No harm         |
        I4           |2026-11-10 |yes               |                |2026-11-12
        I5           |2026-11-10 |yes               |Health data     |
        I6           |2026-11-10 |                  |                |
        """,
    )
    assert met("breach_decision_recorded") == {
        "I1": True,
        "I2": False,
        "I3": False,
        "I4": True,
        "I5": True,
        "I6": False,
    }


def test_the_decision_is_asked_for_when_the_72_hours_are_over(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at         | occurred_at
        I1           | 2026-11-10 09:00 |
        I2           |                  | 2026-11-10 09:00
        """,
    )
    assert met("breach_decision_recorded", on="2026-11-12") == {}
    assert met("breach_decision_recorded", on="2026-11-13") == {
        "I1": False,
        "I2": False,
    }


def test_a_decision_of_a_later_day_is_not_recorded_yet(known, met):
    known(
        "incidents",
        """
        incident_ref |aware_at   |is_reportable_ico |decision_reason |decided_at
        I1           |2026-11-01 |no                |No harm         |2026-11-10 09:00
        """,
    )
    assert met("breach_decision_recorded", on="2026-11-09") == {"I1": False}
    assert met("breach_decision_recorded", on="2026-11-10") == {"I1": True}


def test_a_confirmed_breach_is_asked_about_and_so_is_one_that_does_not_say(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at   | kind
        I1           | 2026-11-10 | confirmed
        I2           | 2026-11-10 |
        I3           | 2026-11-10 | suspected
        I4           | 2026-11-10 | near miss
        I5           | 2026-11-10 | not an incident
        """,
    )
    assert set(met("breach_decision_recorded")) == {"I1", "I2"}


def test_the_ico_has_been_told_from_the_day_it_was_and_not_before(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at   | ico_reported_at
        I1           | 2026-11-01 | 2026-11-10 09:00
        """,
    )
    assert met("breach_decision_recorded", on="2026-11-09") == {"I1": False}
    assert met("breach_decision_recorded", on="2026-11-10") == {"I1": True}
    assert met("breach_reported_in_72_hours", on="2026-11-09") == {}
    assert met("breach_reported_in_72_hours", on="2026-11-10") == {"I1": False}
