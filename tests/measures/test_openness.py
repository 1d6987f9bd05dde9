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


def test_an_apology_is_owed_in_the_talk_and_in_the_letter(known, met):
    known(
        "incidents",
        """
    incident_ref|is_notifiable_safety_incident|aware_at|apology_recorded|apology_in_notice
    I1|yes|2026-10-10|yes|yes
    I2|yes|2026-10-10|no|yes
    I3|yes|2026-10-10|yes|
    I4|yes|2026-10-10||
        """,
    )
    assert met(APOLOGY, on="2026-11-06") == {}
    due = {"I1": True, "I2": False, "I3": False, "I4": False}
    assert met(APOLOGY, on="2026-11-07") == due


def test_a_home_that_never_said_of_a_letter_leaves_its_half_unknown(known, met):
    known(
        "incidents",
        """
        incident_ref | is_notifiable_safety_incident | aware_at   | apology_recorded
        I1           | yes                           | 2026-10-10 | yes
        I2           | yes                           | 2026-10-10 |
        """,
    )
    assert met(APOLOGY) == {"I1": None, "I2": False}


@pytest.mark.parametrize("measure", [TOLD, LETTER, APOLOGY])
def test_a_home_that_never_said_what_is_notifiable_is_not_known(measure, known, met):
    known(
        "incidents",
        """
        incident_ref | home      | is_notifiable_safety_incident | aware_at
        I1           | Elm House |                               | 2026-10-10
        I2           | Oak Lodge |                               | 2026-10-10
        I3           | Oak Lodge | no                            | 2026-10-11
        """,
    )
    known("homes", "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge")
    assert met(measure) == {"I1": None}


def test_who_could_not_be_reached_is_owed_the_record_of_what_was_tried(known, met):
    known(
        "incidents",
        """
        incident_ref | is_notifiable_safety_incident | aware_at   | contact_attempts
        I1           | yes                           | 2026-10-10 | Two letters
        I2           | yes                           | 2026-10-10 |
        """,
    )
    assert met(TOLD) == {"I1": True, "I2": False}
    assert met(LETTER) == met(APOLOGY) == {"I2": False}


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


# ---- Requests


@pytest.mark.parametrize(
    ("measure", "request_type"),
    [
        ("access_request_answered_in_time", "access"),
        ("rights_request_answered_in_time", "erasure"),
    ],
)
def test_a_request_is_answered_on_its_last_day_or_late(
    measure, request_type, known, met
):
    known(
        "requests",
        f"""
        request_ref | request_type   | received_on | answered_on | outcome
        R1          | {request_type} | 2026-09-01  | 2026-10-01  | full
        R2          | {request_type} | 2026-09-01  | 2026-10-02  | full
        R3          | {request_type} | 2026-09-01  |             |
        R4          | {request_type} | 2026-09-01  | 2026-09-30  | withdrawn
        R5          | {request_type} | 2026-09-01  | 2026-10-02  | withdrawn
        R6          | FOI            | 2026-09-01  |             |
        """,
    )
    assert met(measure, on="2026-09-30") == {}
    late = {"R1": True, "R2": False, "R3": False, "R5": False}
    assert met(measure, on="2026-10-31") == late


def test_a_clarification_stops_the_clock_and_an_extension_moves_it(known, met):
    known(
        "requests",
        """
    request_ref|request_type|received_on|clarification_asked_on|clarification_answered_on|extension_told_on|answered_on
    R1|access|2026-09-01|2026-09-10|2026-09-14||2026-10-06
    R2|access|2026-09-01|2026-09-10|2026-09-14||2026-10-07
    R3|access|2026-09-01|2026-09-10|||
    R4|access|2026-08-03|||2026-09-03|
    R5|access|2026-08-03|||2026-09-04|
        """,
    )
    measure = "access_request_answered_in_time"
    assert met(measure, on="2026-10-31") == {"R1": True, "R2": False}
    assert met(measure, on="2026-09-30") == {"R5": False}  # told too late: no extension
    assert met("no_request_past_due", on="2026-11-03") == {
        "R3": True,  # still waited for
        "R4": True,  # its last day
        "R5": False,
    }
    assert met("no_request_past_due", on="2026-11-04")["R4"] is False


def test_requests_are_counted_in_the_month_they_came(known, met):
    known(
        "requests",
        """
        request_ref | request_type | received_on
        R1          | access       | 2026-09-30
        R2          | access       | 2026-10-01
        R3          | access       | 2026-10-31
        R4          | access       | 2026-11-01
        R5          | erasure      | 2026-10-15
        """,
    )
    assert set(met("access_requests_received")) == {"R2", "R3"}


def test_an_answer_counts_as_extended_once_the_person_was_told(known, met):
    known(
        "requests",
        """
    request_ref|request_type|received_on|extension_told_on|answered_on|outcome
    R1|access|2026-09-01||2026-09-20|full
    R2|objection|2026-08-01|2026-08-20|2026-10-20|full
    R3|access|2026-09-01|2026-09-20||
    R4|access|2026-09-01|2026-09-20|2026-09-21|withdrawn
    R5|FOI|2026-09-01||2026-09-20|full
        """,
    )
    measure = "request_answered_without_extension"
    assert met(measure) == {"R1": True, "R2": False}
    assert met(measure, on="2026-10-19") == {"R1": True}


def test_a_complaint_is_acknowledged_within_30_days_since_the_law_asks_it(known, met):
    known(
        "requests",
        """
    request_ref|request_type|received_on|acknowledged_on|answered_on|outcome
    R0|complaint|2026-06-18|||
    R1|complaint|2026-06-19|2026-07-19||
    R2|complaint|2026-06-19|2026-07-20||
    R3|complaint|2026-06-19||2026-07-19|upheld
    R4|complaint|2026-06-19||2026-07-01|withdrawn
        """,
    )
    measure = "complaint_acknowledged_in_30_days"
    assert met(measure, on="2026-07-18") == {}
    assert met(measure, on="2026-07-19") == {"R1": True, "R2": False, "R3": True}


def test_a_complaint_may_be_open_for_90_days(known, met):
    known(
        "requests",
        """
        request_ref | request_type | received_on | answered_on
        R1          | complaint    | 2026-08-24  |
        R2          | complaint    | 2026-08-23  |
        R3          | complaint    | 2026-08-01  | 2026-11-22
        """,
    )
    measure = "no_complaint_open_over_our_limit"
    assert met(measure, on="2026-11-22") == {"R1": True, "R2": False}
    assert met(measure, on="2026-11-21") == {"R1": True, "R2": True, "R3": False}


def test_an_foi_request_is_answered_or_passed_on_in_20_working_days(known, met):
    # From 3 August, over the bank holiday of the 31st: to 1 September.
    known(
        "requests",
        """
        request_ref | request_type | received_on | answered_on | passed_on
        R1          | FOI          | 2026-08-03  | 2026-09-01  |
        R2          | FOI          | 2026-08-03  | 2026-09-02  |
        R3          | FOI          | 2026-08-03  |             | 2026-09-01
        """,
    )
    measure = "foi_style_request_answered_in_20_working_days"
    assert met(measure, on="2026-08-31") == {}
    assert met(measure, on="2026-09-01") == {"R1": True, "R2": False, "R3": True}


# ---- Notices and the press


def test_a_notice_is_given_within_a_week_of_the_first_day(known, met):
    known(
        "residents",
        """
        home      | resident_ref | admitted_on | left_on
        Elm House | R1           | 2026-10-05  |
        Elm House | R2           | 2026-10-05  |
        Elm House | R3           | 2026-10-05  |
        Elm House | R4           | 2026-10-05  | 2026-10-12
        Elm House | R5           | 2026-10-05  | 2026-10-11
        Elm House | R6           |             |
        """,
        taken_on="2026-11-20",
    )
    known(
        "privacy_notices",
        """
        notice_ref | act      | person_ref | done_on    | home      | audience
        N1         | issued   | r1         | 2026-10-12 | Elm House | residents
        N2         | issued   | R2         | 2026-10-13 | Elm House | residents
        N3         | issued   | R3         | 2026-10-05 | Oak Lodge | residents
        N4         | issued   | R4         | 2026-09-30 | Elm House |
        """,
    )
    assert met("privacy_notice_given_at_admission") == {
        "R1": True,
        "R2": False,
        "R3": False,  # another home's R3
        "R4": True,
    }


def test_a_notice_was_reviewed_when_its_newest_look_is_a_year_old_at_most(known, met):
    known(
        "privacy_notices",
        """
    notice_ref|notice|act|done_on|next_due_on|home|person_ref
    N1|Staff|approved|2024-01-01||company|
    N2|staff|reviewed|2025-11-22||company|
    N3|Residents|reviewed|2025-11-21||company|
    N4|Families|reviewed|2026-05-01|2026-11-21|company|
    N5|Residents|issued|2026-11-01||company|R1
        """,
    )
    measure = "privacy_notices_reviewed_in_12_months"
    assert met(measure) == {"STAFF": True, "RESIDENTS": False, "FAMILIES": False}
    assert met(measure, on="2026-11-21")["FAMILIES"] is True


def test_an_enquiry_of_the_press_is_judged_when_answered_or_after_a_week(known, met):
    known(
        "media_enquiries",
        """
        media_ref | received_at      | answered_at      | is_by_procedure
        M1        | 2026-11-02 10:00 | 2026-11-03 10:00 | yes
        M2        | 2026-11-02 10:00 | 2026-11-03 10:00 |
        M3        | 2026-11-02 10:00 |                  | yes
        """,
    )
    measure = "media_enquiry_handled_by_procedure"
    assert met(measure, on="2026-11-02") == {}
    assert met(measure, on="2026-11-08") == {"M1": True, "M2": False}
    assert met(measure, on="2026-11-09") == {"M1": True, "M2": False, "M3": False}
