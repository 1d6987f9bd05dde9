"""The measures of legal compliance, each by small drawn tables and their edges."""

from datetime import UTC, date, datetime, timedelta

import pytest

from oversight import journal
from oversight.measures import cases_on, find_measure
from oversight.review import record
from oversight.store import EVERYTHING

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


def test_a_report_before_anybody_was_aware_cannot_be_judged(known, met):
    known(
        "incidents",
        """
        incident_ref | aware_at         | ico_reported_at  | is_reportable_ico
        I1           | 2026-11-10 09:00 | 2026-11-10 08:59 | yes
        I2           | 2026-11-10 09:00 | 2026-11-10 09:00 | yes
        """,
    )
    assert met("breach_reported_in_72_hours") == {"I1": None, "I2": True}


# ---- People told of a high-risk breach


def test_a_home_that_never_said_whether_a_risk_was_high_is_not_known(known, met):
    known("homes", "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge")
    known(
        "incidents",
        """
        incident_ref | home      | aware_at   | is_high_risk
        I1           | Elm House | 2026-11-10 |
        I2           | Oak Lodge | 2026-11-10 |
        I3           | Oak Lodge | 2026-11-10 | no
        """,
    )
    assert met("high_risk_breach_told_to_people") == {"I1": None}


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


# ---- Toolkit


def test_what_was_published_counts_to_the_end_of_the_next_cycle(known, met):
    known(
        "toolkit_publications",
        """
        organisation_code | version | status               | published_on
        VM1A              | 25/26   | Standards Met        | 2026-06-24
        VM2A              | 24/25   | Standards Met        | 2025-06-24
        VM3A              | 24/25   | Standards Met        | 2025-06-24
        VM3A              | 25/26   | Standards Not Met    | 2026-06-24
        VM4A              | 25/26   | Not Published        |
        """,
    )
    measure = "toolkit_published_at_standards_met"
    assert met(measure, on="2026-06-30") == {
        "VM1A": True,
        "VM2A": True,
        "VM3A": False,
        "VM4A": False,
    }
    assert met(measure, on="2026-07-01")["VM2A"] is False
    assert met(measure, on="2027-06-30")["VM1A"] is True
    assert met(measure, on="2027-07-01")["VM1A"] is False
    assert "VM4A" not in met(measure, on="2025-06-30")


def test_an_item_is_answered_while_its_evidence_is_in_date(known, met):
    known(
        "toolkit_answers",
        """
        version    | item  | answer   | answered_on | evidence_ref | evidence_expires_on
        v8 2025-26 | 1.1.1 | complete | 2026-04-01  | EVD-1        | 2026-11-22
        v8 2025-26 | 1.1.2 | complete | 2026-04-01  | EVD-1        | 2026-11-21
        v8 2025-26 | 1.1.3 | complete | 2026-04-01  |              |
        """,
    )
    found = met("toolkit_items_answered")
    assert (found["1.1.1"], found["1.1.2"], found["1.1.3"]) == (True, False, False)
    assert len(found) == 45  # what nobody answered is asked for as well
    assert sum(found.values()) == 1


def test_the_fee_is_paid_to_a_day_and_without_one_it_is_not_known(known, met):
    fee = "DATA PROTECTION FEE"
    assert met("ico_fee_paid") == {fee: None}
    known(
        "toolkit_answers",
        """
        version    | item  | answer   | answered_on | evidence_ref | evidence_expires_on
        v8 2025-26 | 1.1.1 | complete | 2026-04-01  | EVD-1        | 2026-11-25
        """,
        taken_on="2026-11-22",
    )
    assert met("ico_fee_paid", on="2026-11-25") == {fee: True}
    assert met("ico_fee_paid", on="2026-11-26") == {fee: False}


def test_the_opt_out_statement_is_looked_at_every_year(known, met):
    known(
        "toolkit_answers",
        """
        version    | item  | answer   | answered_on | reviewed_on
        v8 2025-26 | 1.2.4 | complete | 2025-03-01  | 2025-11-23
        """,
    )
    measure, case = "opt_out_statement_reviewed", "NATIONAL DATA OPT-OUT"
    assert met(measure, on="2026-11-22") == {case: True}
    assert met(measure, on="2026-11-23") == {case: False}


# ---- Policies, audits, reviews


NAMED = """
        policy_no | title                                 | version | approved_on
        117       | Record Keeping                        | 1.1     | 2026-01-10
        118       | Confidentiality                       | 1.2     | 2026-01-10
        118       | Staff Confidentiality Code of Conduct | 1.3     | 2026-01-10
        115       | Business Continuity Planning          | 1.4     | 2026-01-10
"""


def test_a_policy_is_in_date_for_a_year_and_a_named_one_must_be_there(known, met):
    known("policies", NAMED)
    found = met("policies_in_date", on="2027-01-09")
    assert found.pop("DATA SECURITY BREACH") is False  # No. 090 is on no register
    assert found == {"1.1": True, "1.2": True, "1.3": True, "1.4": True}
    late = met("policies_in_date", on="2027-01-10")
    assert set(late.values()) == {False}


def test_what_is_used_without_approval_is_not_approved(known, met):
    known(
        "policies",
        """
    policy_no|title|version|status|approved_on|approved_by|effective_from
    090|Breach|1.1|in force|2026-01-10|Director|
    117|Records|1.2|in force|||
    118|Secrets|1.3|in force|2026-01-10||
    115|Plans|1.4|draft|||
    116|Phones|1.5|in force|2026-01-10|Director|
    116|Phones|1.6|in force|||2026-11-20
        """,
    )
    measure = "policies_approved_by_senior_management"
    assert met(measure) == {"1.1": True, "1.2": False, "1.3": False, "1.6": False}


def test_the_yearly_audit_counts_for_a_year_and_none_is_not_held(known, met):
    measure, case = "legal_audit_done_in_12_months", "ANNUAL LEGAL AUDIT"
    assert met(measure) == {case: False}
    known(
        "audits",
        """
        audit_ref | home    | strand           | is_annual | held_on
        A1        | company | legal compliance | yes       | 2025-11-23
        A2        | company | legal compliance | no        | 2026-10-01
        A3        | company | openness         | yes       | 2026-10-01
        """,
    )
    assert met(measure, on="2026-11-22") == {case: True}
    assert met(measure, on="2026-11-23") == {case: False}


def test_an_action_of_an_audit_and_a_finding_without_one_become_late(known, met):
    known(
        "actions",
        """
        action_ref | source_type   | raised_on  | due_on     | done_on
        A1         | audit finding | 2026-10-01 | 2026-11-22 |
        A2         | audit finding | 2026-10-01 | 2026-11-21 |
        A3         | audit finding | 2026-10-01 | 2026-11-21 | 2026-11-22
        A4         | incident      | 2026-10-01 | 2026-11-21 |
        """,
    )
    known(
        "findings",
        """
        source_type | source_ref | finding_ref | grade       | raised_on  | action_ref
        audit       | X          | F1          | minor       | 2026-08-22 |
        audit       | X          | F2          | minor       | 2026-08-21 |
        audit       | X          | F3          | minor       | 2026-08-21 | A1
        audit       | X          | F4          | observation | 2026-08-21 |
        """,
    )
    late = {"A1": True, "A2": False, "F1": True, "F2": False}
    assert met("no_audit_action_overdue") == late


def test_a_review_counts_when_it_was_signed_and_then_sealed(store, met):
    measure, case = "annual_review_held_and_signed", "ANNUAL REVIEW"
    at = datetime(2025, 12, 8, 15, tzinfo=UTC)
    period = (date(2024, 12, 1), date(2025, 11, 30))
    review = record.plan(store, "Lead", period, date(2025, 12, 8), "Chair", at=at)
    assert met(measure, on="2025-12-08") == {case: None}  # it may be on paper
    for what, days in (("review signed", 1), ("review sealed", 2)):
        with store.writing(at + timedelta(days=days)) as writing:
            journal.append(writing, "Chair", what, {"review": review.id})
    assert met(measure, on="2025-12-09") == {case: None}
    assert met(measure, on="2025-12-10") == {case: True}
    assert met(measure, on="2026-12-07") == {case: True}
    assert met(measure, on="2026-12-08") == {case: False}


def test_a_review_that_nobody_signed_was_not_held(store, met):
    at = datetime(2026, 11, 2, 15, tzinfo=UTC)
    period = (date(2025, 11, 1), date(2026, 10, 31))
    review = record.plan(store, "Lead", period, date(2026, 11, 2), "Chair", at=at)
    with store.writing(at + timedelta(days=1)) as writing:
        journal.append(writing, "Chair", "review sealed", {"review": review.id})
    measure, case = "annual_review_held_and_signed", "ANNUAL REVIEW"
    assert met(measure, on="2027-11-01") == {case: None}
    assert met(measure, on="2027-11-02") == {case: False}  # kept for twelve months


# ---- Registers


def test_an_asset_with_personal_data_is_reviewed_every_year(known, met):
    known(
        "assets",
        """
        asset_ref | holds_personal_data | reviewed_on | review_due_on
        A1        | yes                 | 2025-11-23  |
        A2        | yes                 | 2025-11-22  |
        A3        |                     |             |
        A4        | no                  |             |
        A5        | yes                 | 2026-05-01  | 2026-11-21
        """,
    )
    found = {"A1": True, "A2": False, "A3": False, "A5": False}
    assert met("processing_record_reviewed_in_12_months") == found


def test_an_agreement_is_in_date_to_its_review_and_to_its_end(known, met):
    known(
        "sharing_agreements",
        """
        agreement_ref | signed_on  | review_due_on | ends_on    | ended_on
        S1            | 2026-01-01 | 2026-11-22    |            |
        S2            | 2026-01-01 | 2026-11-21    |            |
        S3            | 2026-01-01 |               | 2026-11-21 |
        S4            |            |               |            |
        S5            | 2024-01-01 |               |            | 2026-11-21
        """,
    )
    found = {"S1": True, "S2": False, "S3": False}
    assert met("sharing_agreements_in_date") == found


def test_a_processor_needs_a_contract_with_the_terms(known, met):
    known(
        "processors",
        """
    processor_ref|handles_personal_data|relation|contract_signed_on|contract_ends_on|has_article_28_terms
    P1|yes|processor|2024-01-01|2026-11-22|yes
    P2|yes|processor|2024-01-01|2026-11-21|yes
    P3|yes||2024-01-01||no
    P4||processor|2024-01-01||
    P5|yes|separate controller|2024-01-01||no
    P6|no|processor|||
        """,
    )
    found = {"P1": True, "P2": False, "P3": False, "P4": None}
    assert met("processor_contract_has_article_28_terms") == found


def test_an_it_supplier_has_a_certificate_or_the_toolkit(known, met):
    known(
        "processors",
        """
    processor_ref|is_it_supplier|certificate|certificate_expires_on|toolkit_status|toolkit_checked_on
    P1|yes|Cyber Essentials|2026-11-22||
    P2|yes|Cyber Essentials|2026-11-21||
    P3|yes|||Standards Met|2025-11-23
    P4|yes|||Standards Met|2025-11-22
    P5|no||||
        """,
    )
    found = {"P1": True, "P2": False, "P3": True, "P4": False}
    assert met("it_suppliers_certified") == found


def test_an_assessment_is_signed_on_the_day_of_going_live_at_the_latest(known, met):
    drawn = """
        change_ref | raised_on  | live_on    | needs_dpia | dpia_signed_on
        C1         | 2026-03-01 | 2026-04-01 | yes        | 2026-04-01
        C2         | 2026-03-01 | 2026-04-01 | yes        | 2026-04-02
        C3         | 2026-03-01 | 2026-04-01 | no         |
        C4         | 2026-03-01 | 2026-04-01 |            |
        C5         | 2026-03-01 |            | yes        |
    """
    known("changes", drawn)
    found = {"C1": True, "C2": False, "C4": False}
    assert met("dpia_signed_before_go_live") == found
    assert met("dpia_signed_before_go_live", on="2026-03-31") == {}


def test_where_no_change_says_whether_one_is_needed_it_is_not_known(known, met):
    known(
        "changes",
        """
        change_ref | raised_on  | live_on    | needs_dpia | dpia_signed_on
        C1         | 2026-03-01 | 2026-04-01 |            |
        """,
    )
    assert met("dpia_signed_before_go_live") == {"C1": None}


def test_a_flow_is_checked_with_eight_times_yes_and_a_basis(known, met):
    eight = " | ".join(f"caldicott_{n}" for n in range(1, 9))
    yes = " | ".join(["yes"] * 8)
    known(
        "data_flows",
        f"""
        flow_ref | {eight} | lawful_basis | checked_on
        F1 | {yes} | consent | 2025-11-23
        F2 | {yes} | consent | 2025-11-22
        F3 | {yes} | | 2026-05-01
        F4 | {yes.replace("yes", "not applicable", 1)} | consent | 2026-05-01
        F5 | {yes} | consent |
        """,
    )
    found = {"F1": True, "F2": False, "F3": False, "F4": False, "F5": False}
    assert met("data_flows_checked_against_caldicott") == found


def test_a_role_is_filled_by_somebody_in_post_and_has_a_deputy(known, store):
    known("homes", "home_ref | name\n1-1 | Elm House")
    known(
        "staff",
        """
        home      | staff_ref | left_on
        Elm House | S1        |
        Elm House | S2        | 2026-11-21
        """,
    )
    known(
        "named_roles",
        """
    home|role|started_on|holder_home|holder_ref|deputy_home|deputy_ref|is_external
    company|IG lead|2025-01-01|Elm House|S1|Elm House|S2|
    company|SIRO|2025-01-01|Elm House|S2|||
    company|data protection officer|2025-01-01|||||yes
        """,
    )
    assert by_post(store, "named_roles_filled", "2026-11-22") == {
        "ig lead holder": True,
        "ig lead deputy": False,
        "siro holder": False,
        "siro deputy": False,
        "data protection officer holder": True,
        "data protection officer deputy": False,
        "caldicott guardian holder": False,
        "caldicott guardian deputy": False,
    }


# ---- Resources


def test_hours_are_given_up_to_the_share_of_the_plan_that_is_over(known, met):
    known(
        "resources",
        """
    resource_ref|resource_type|unit|period_from|period_to|planned|used|used_to
    R1|staff time|hours|2026-01-01|2026-12-31|365|304|2026-10-31
    R2|staff time|hours|2026-01-01|2026-12-31|365|303|2026-10-31
    R3|staff time|days|2026-01-01|2026-12-31|365||
    R4|training|hours|2026-01-01|2026-12-31|365|1|2026-10-31
    R5|staff time|hours|2025-01-01|2025-12-31|365|1|2025-10-31
        """,
    )
    assert met("resources_meet_plan") == {"R1": True, "R2": False, "R3": False}


def test_resources_are_approved_and_said_to_be_enough_within_the_year(known, met):
    measure = "resources_secured_and_enough"
    assert met(measure) == {"NO PLAN": False}
    known(
        "resources",
        """
        resource_ref | period_from | period_to  | approved_on | is_enough | judged_on
        R1           | 2025-06-01  | 2026-11-22 | 2025-05-01  | yes       | 2025-11-23
        R2           | 2025-06-01  | 2026-11-22 | 2025-05-01  | yes       | 2025-11-22
        R3           | 2025-06-01  | 2026-11-22 |             | yes       | 2026-05-01
        R4           | 2025-06-01  | 2026-11-22 | 2025-05-01  |           |
        R5           | 2025-06-01  | 2026-11-21 | 2025-05-01  | no        | 2026-05-01
        """,
    )
    assert met(measure) == {"R1": True, "R2": False, "R3": False, "R4": False}


def by_post(store, measure: str, on: str) -> dict[str, bool]:
    """By role and post: holder and deputy alone would stand for several roles."""
    with store.reading(EVERYTHING) as cursor:
        found = cases_on(cursor, find_measure(measure), date.fromisoformat(on))
    return {
        " ".join(p for p in c.case_ref.split("|")[1:] if p and "-" not in p): c.is_met
        for c in found
    }
