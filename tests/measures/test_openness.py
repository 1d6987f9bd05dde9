"""The measures of openness, each by small drawn tables and their edges."""

import pytest

pytestmark = pytest.mark.queries

TOLD, LETTER, APOLOGY = (
    "candour_told_in_person",
    "candour_written_notice_sent",
    "candour_apology_recorded",
)


def test_told_in_person_on_the_fourteenth_day_is_in_time_and_after_it_late(known, met):
    known(
        "incidents",
        """
        incident_ref |is_notifiable_safety_incident |aware_at         |told_in_person_at
        I1           |yes                           |2026-11-01 09:00 |2026-11-15 23:59
        I2           |yes                           |2026-11-01 09:00 |2026-11-16 00:00
        I3           |yes                           |2026-11-01 09:00 |
        """,
    )
    due = {"I1": True, "I2": False, "I3": False}
    assert met(TOLD, on="2026-11-14") == {}
    assert met(TOLD, on="2026-11-15") == due
    assert met(TOLD, on="2026-11-22") == due


def test_a_letter_is_asked_for_after_28_days_and_counts_whenever_it_was_sent(
    known, met
):
    known(
        "incidents",
        """
        incident_ref | is_notifiable_safety_incident | aware_at   | written_notice_at
        I1           | yes                           | 2026-10-10 | 2026-10-11 09:00
        I2           | yes                           | 2026-10-10 | 2026-11-10 09:00
        I3           | yes                           | 2026-10-10 |
        """,
    )
    assert met(LETTER, on="2026-11-06") == {}
    assert met(LETTER, on="2026-11-07") == {"I1": True, "I2": False, "I3": False}
    assert met(LETTER, on="2026-11-10") == {"I1": True, "I2": True, "I3": False}


def test_an_apology_that_is_not_recorded_is_not_met(known, met):
    known(
        "incidents",
        """
        incident_ref | is_notifiable_safety_incident | aware_at   | apology_recorded
        I1           | yes                           | 2026-10-10 | yes
        I2           | yes                           | 2026-10-10 | no
        I3           | yes                           | 2026-10-10 |
        """,
    )
    assert met(APOLOGY, on="2026-11-06") == {}
    assert met(APOLOGY, on="2026-11-07") == {"I1": True, "I2": False, "I3": False}


@pytest.mark.parametrize("measure", [TOLD, LETTER, APOLOGY])
def test_only_notifiable_safety_incidents_are_asked_about(measure, known, met):
    known(
        "incidents",
        """
        incident_ref | is_notifiable_safety_incident | aware_at
        I1           | yes                           | 2026-10-10
        I2           | no                            | 2026-10-10
        I3           |                               | 2026-10-10
        """,
    )
    assert set(met(measure)) == {"I1"}


@pytest.mark.parametrize(
    ("measure", "days"), [(TOLD, "14"), (LETTER, "28"), (APOLOGY, "28")]
)
def test_each_is_counted_for_twelve_months_to_the_day_it_fell_due(
    measure, days, known, met
):
    aware = {"14": ("2025-11-08", "2025-11-09"), "28": ("2025-10-25", "2025-10-26")}
    too_old, newer = aware[days]
    known(
        "incidents",
        f"""
        incident_ref | is_notifiable_safety_incident | aware_at
        I1           | yes                           | {too_old}
        I2           | yes                           | {newer}
        """,
    )
    assert set(met(measure, on="2026-11-22")) == {"I2"}
