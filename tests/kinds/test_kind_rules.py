"""Each rule of a kind in pairs: a row just right, and one just wrong."""

import csv

import pytest

from oversight.sources import all_sources
from tests.conftest import TODAY
from tests.sending import findings, send

pytestmark = pytest.mark.queries

# Of each kind: the column that tells its rows apart, and cells of the example changed
# -> what is found about the row ("-" for nothing). Taken on 22 November 2026.
RULES = {
    "residents": (
        "resident_ref",
        """
        left_on=2026-03-02 status=left                  -> -
        left_on=2026-03-01 status=left                  -> refused left_on
        left_on=2026-11-22 status=left                  -> -
        left_on=2026-11-23 status=left                  -> refused left_on
        status=died                                     -> warned left_on
        left_on=2026-03-02                              -> warned status
        admitted_on=2026-11-22                          -> -
        admitted_on=2026-11-23                          -> warned admitted_on
        admitted_on=                                    -> warned admitted_on
        resident_ref=Elm_7                              -> -
        resident_ref=943_476_5919                       -> refused resident_ref
        resident_ref=9434765919                         -> refused resident_ref
        resident_ref=Ada_Lovelace                       -> refused resident_ref
        resident_ref=ada@example.org                    -> refused resident_ref
        """,
    ),
    "training_needs": (
        "job_role",
        """
        category=51                                     -> -
        category=24                                     -> refused category
        every_months=120                                -> -
        every_months=121                                -> refused every_months
        every_months=0                                  -> refused every_months
        approved_on=2026-04-14                          -> -
        approved_on=2026-04-13                          -> refused approved_on
        approved_on=                                    -> warned approved_on
        approved_by=                                    -> warned approved_by
        is_required=                                    -> warned is_required
        analysed_on=2026-11-23 approved_on=2026-11-23 -> refused analysed_on approved_on
        """,
    ),
    "accounts": (
        "login",
        """
        last_used_on=2024-09-02                         -> -
        last_used_on=2024-09-01                         -> refused last_used_on
        last_used_on=2026-11-23                         -> refused last_used_on
        is_enabled=no disabled_on=2024-09-02            -> -
        is_enabled=no disabled_on=2024-09-01            -> refused disabled_on
        is_enabled=no                                   -> warned disabled_on
        disabled_on=2026-10-01                          -> warned disabled_on
        staff_ref=                                      -> warned staff_ref
        staff_ref= account_kind=shared                  -> -
        staff_ref= is_enabled=no disabled_on=2026-10-01 -> -
        is_enabled=                                     -> refused is_enabled
        """,
    ),
    "access_reviews": (
        "review_ref",
        """
        accounts_kept=32                                -> refused accounts_reviewed
        accounts_removed= accounts_kept=36              -> -
        carried_out_on=2026-04-28                       -> -
        carried_out_on=2026-04-27                       -> refused carried_out_on
        carried_out_on=                                 -> warned carried_out_on
        next_due_on=2026-04-29                          -> -
        next_due_on=2026-04-28                          -> refused next_due_on
        cancelled_on=2026-04-01                         -> refused cancelled_on
        done_on= carried_out_on=                        -> warned carried_out_on done_on
        done_by=                                        -> warned done_by
        """,
    ),
    "requests": (
        "request_ref",
        """
        received_on=2026-08-29                          -> -
        answered_on=2026-08-31                          -> refused answered_on
        answered_on=2026-11-22                          -> -
        answered_on=2026-11-23                          -> refused answered_on
        acknowledged_on=2026-09-01                      -> -
        acknowledged_on=2026-08-31                      -> refused acknowledged_on
        due_on=2026-09-01                               -> -
        due_on=2026-08-31                               -> refused due_on
        identity_received_on=2026-09-03                 -> -
        identity_received_on=2026-09-02                 -> refused identity_received_on
        clarification_asked_on= -> refused clarification_asked_on
        clarification_answered_on=2026-09-09            -> -
        clarification_answered_on=2026-09-08 -> refused clarification_answered_on
        answered_on=                                    -> warned answered_on
        answered_on= outcome= status=open               -> -
        outcome=                                        -> warned outcome
        status=open                                     -> warned status
        extension_told_on=2026-09-20                    -> warned extension_reason
        channel=verbal logged_on=                       -> warned logged_on
        channel=verbal                                  -> -
        request_type=wish                               -> refused request_type
        """,
    ),
    "media_enquiries": (
        "media_ref",
        """
        passed_on_at=2026-06-11_10:15                   -> -
        passed_on_at=2026-06-11_10:14                   -> refused passed_on_at
        passed_on_at=2026-06-11                         -> -
        answered_at=2026-06-11_10:14                    -> refused answered_at
        received_at=2026-11-22 passed_on_at= answered_at= -> -
        received_at=2026-11-23 passed_on_at= answered_at= -> refused received_at
        handled_by=                                     -> warned handled_by
        is_by_procedure=                                -> warned is_by_procedure
        is_by_procedure=no                              -> warned departure
        is_by_procedure=no departure=Answered_at_once   -> -
        is_about_a_person=yes                           -> warned has_consent
        is_about_a_person=yes has_consent=yes           -> -
        is_about_a_person=yes outcome=declined          -> -
        """,
    ),
    "privacy_notices": (
        "notice_ref",
        """
        done_on=2026-11-23                              -> refused done_on
        person_ref=                                     -> refused person_ref
        act=reviewed                                    -> refused person_ref
        act=reviewed person_ref= next_due_on=2027-03-02 -> -
        act=reviewed person_ref= next_due_on=2027-03-03 -> warned next_due_on
        act=reviewed person_ref= next_due_on=2026-03-02 -> refused next_due_on
        version=2026-10-01                              -> refused version
        version=                                        -> warned version
        audience=                                       -> warned audience
        person_ref=Ada_Lovelace                         -> refused person_ref
        """,
    ),
    "policies": (
        "title",
        """
        policy_no=118                                   -> -
        policy_no=90                                    -> refused policy_no
        policy_no=2026-01-18                            -> refused policy_no
        version=1.10                                    -> -
        version=2026-10-01                              -> refused version
        version=01/10/2026                              -> refused version
        effective_from=2026-02-16                       -> -
        effective_from=2026-02-15                       -> refused effective_from
        review_due_on=2027-09-14                        -> -
        review_due_on=2027-09-15                        -> warned review_due_on
        review_due_on=2026-09-14                        -> refused review_due_on
        approved_on= reviewed_on= review_due_on=        -> warned approved_on
        approved_on= approved_by= reviewed_on= review_due_on= status=draft -> -
        approved_by=                                    -> warned approved_by
        status=withdrawn                                -> warned withdrawn_on
        status=withdrawn withdrawn_on=2026-10-01        -> -
        legal_refs=Data_Protection_Act_1998             -> warned legal_refs
        legal_refs=DPA_2018                             -> -
        legal_refs=Health_and_Social_Care_Act_2009      -> warned legal_refs
        legal_refs=Health_and_Social_Care_Act_2008      -> -
        legal_refs=IG_Toolkit_Level_2                   -> warned legal_refs
        """,
    ),
    "acknowledgements": (
        "staff_ref",
        """
        acknowledged_on=2026-03-01                      -> -
        acknowledged_on=2026-02-28                      -> refused acknowledged_on
        acknowledged_on= method=                        -> -
        method=                                         -> warned method
        employment=                                     -> warned employment
        policy_no=90                                    -> refused policy_no
        issued_on=                                      -> refused issued_on
        """,
    ),
    "named_roles": (
        "started_on",
        """
        started_on=2025-04-02 ended_on=2025-04-02       -> -
        started_on=2025-04-03 ended_on=2025-04-02       -> refused ended_on
        started_on=2025-04-04 deputy_ref=s0014          -> refused deputy_ref
        started_on=2025-04-05 deputy_ref=S0014 deputy_home=company -> -
        started_on=2025-04-06 holder_ref= holder_home=  -> warned holder_ref
        started_on=2025-04-07 holder_ref= holder_home= is_external=yes -> -
        started_on=2025-04-08 holder_home=              -> warned holder_home
        started_on=2025-04-09 deputy_home=              -> warned deputy_home
        started_on=2025-04-10 role=record_owner         -> refused area
        started_on=2025-04-11 role=record_owner area=Care_plans -> -
        """,
    ),
    "advice_log": (
        "advice_ref",
        """
        act=advice asked_on=2026-05-18 given_advice=Ask -> -
        act=advice asked_on=2026-05-19 given_advice=Ask -> refused given_on
        act=advice                                      -> warned asked_on given_advice
        people_reached=0                                -> refused people_reached
        people_reached=                                 -> -
        given_by=                                       -> warned given_by
        clauses=9d;wrong                                -> refused clauses
        """,
    ),
    "staff": (
        "staff_ref",
        """
        employment=director                             -> -
        confidentiality_signed_on=2026-11-22            -> -
        confidentiality_signed_on=2026-11-23 -> refused confidentiality_signed_on
        """,
    ),
    "incidents": (
        "incident_ref",
        """
        severity=5                                      -> -
        severity=6                                      -> refused severity
        likelihood=0                                    -> refused likelihood
        subjects=staff;residents                        -> -
        subjects=staff;visitors                         -> refused subjects
        lesson_shared_at=2026-11-22                     -> -
        lesson_shared_at=2026-11-23                     -> refused lesson_shared_at
        cqc_notified_at=2026-11-23                      -> refused cqc_notified_at
        """,
    ),
}
HOMES = "home_ref,name\n1-1,Elm House\n"


@pytest.mark.parametrize("kind", RULES)
def test_each_rule_finds_what_is_just_wrong_and_lets_be_what_is_just_right(
    kind, store, tmp_path
):
    apart, drawn = RULES[kind]
    pairs = [line.split("->") for line in drawn.strip().splitlines()]
    changed = [
        dict(cell.replace("_", " ").split("=") for cell in said.split())
        for said, _ in pairs
    ]
    changed = [
        {name.replace(" ", "_"): cell for name, cell in cells.items()}
        for cells in changed
    ]
    send(store, tmp_path / "homes.csv", HOMES, taken_on=TODAY)
    path = tmp_path / f"{kind}.csv"
    example = {column.name: column.example for column in all_sources()[kind].columns}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(example))
        writer.writeheader()
        for at, cells in enumerate(changed):
            told = {apart: f"{example[apart]} {at}"} if apart not in cells else {}
            writer.writerow({**example, **told, **cells})
    report = send(store, path, kind=kind, taken_on=TODAY)
    assert report.state == "accepted", report.message
    told = {row: [] for row in range(2, len(pairs) + 2)}
    for finding in findings(store, report):
        told[finding.row].append((finding.severity, finding.column))
    for (said, wanted), found in zip(pairs, told.values(), strict=True):
        severity, *columns = wanted.split()
        expected = [] if severity == "-" else sorted((severity, c) for c in columns)
        assert sorted(set(found)) == expected, said.strip()
