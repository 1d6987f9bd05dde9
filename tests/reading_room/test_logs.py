"""Logs of access as FHIR servers and Microsoft write them, into one kind of record."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from reference import SHARED, require
from sending import Finding, findings, send

from oversight.store import EVERYTHING, Store
from oversight.store import rows as rows_in
from tests.made_logs import PORTAL, R4, R5, bundle

REAL = SHARED / "realdata"
MICROSOFT = REAL / "access_m365_sentinel_lab"

DSTU2 = {"resourceType": "AuditEvent", "event": {}, "participant": [{}]}
STU3 = {"resourceType": "AuditEvent", "agent": [{"userId": {"value": "s14"}}]}


def known(store: Store) -> list[dict[str, Any]]:
    with store.reading(EVERYTHING) as cursor:
        cursor.execute(
            "select * from known_access_events(date '9999-12-31') order by event_id"
        )
        return rows_in(cursor)


def refused(store: Store, report: Any) -> list[Finding]:
    return [f for f in findings(store, report) if f.severity == "refused"]


SHAPES = {
    "lines": "\n".join(map(json.dumps, (R4, R5))),
    "lines with a mark and blanks": "\ufeff" + json.dumps(R4) + "\n\n" + json.dumps(R5),
    "a list": json.dumps([R4, R5]),
    "a Bundle": bundle(R4, R5),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_fhir_events_are_read_in_every_shape(store, tmp_path, shape):
    report = send(store, tmp_path / "log.json", SHAPES[shape])
    assert (report.profile, report.rows_accepted) == ("fhir_audit_event", 2)
    one, two = known(store)
    assert {name: one[name] for name in ("event_id", "system", "actor_login")} == {
        "event_id": "e1",
        "system": "Care records",
        "actor_login": "s14",
    }
    assert (one["actor_kind"], one["event_type"], one["action"]) == (
        "human",
        "view",
        "R",
    )
    assert (one["outcome"], one["purpose"], one["source_ip"]) == (
        "success",
        "ETREAT",
        "192.0.2.7",
    )
    assert (one["resident_ref"], one["record_ref"]) == ("R7", "CarePlan/12")
    # The same instant as the other, less an eighth of a second, by its own zone.
    assert (one["occurred_at"] - two["occurred_at"]).total_seconds() == 0.125
    assert (two["actor_login"], two["event_type"]) == ("Practitioner/9", "search")
    assert (two["outcome"], two["outcome_reason"]) == ("failure", "No such person")
    assert (two["resident_ref"], two["system"], two["purpose"]) == (
        "R8",
        "Device/1",
        "TREAT",
    )


@pytest.mark.parametrize(("other", "version"), [(DSTU2, "DSTU2"), (STU3, "STU3")])
def test_other_versions_are_refused_by_name(store, tmp_path, other, version):
    content = "\n".join(map(json.dumps, (R4, other)))
    report = send(store, tmp_path / "log.ndjson", content)
    assert (report.state, report.rows_read) == ("refused", 0)
    assert f"record 2 is of the version {version}: wanted R4 or R5" in report.message


def test_a_line_that_is_no_event_is_refused_alone(store, tmp_path):
    patient = {"resourceType": "Patient", "id": "p", "name": [{"family": "Featherby"}]}
    lines = [json.dumps(R4), json.dumps(patient), '{"resourceType": "Aud', "[1]"]
    no_time = json.dumps({**R5, "recorded": "yesterday"})
    content = "\n".join([*lines, no_time])
    report = send(store, tmp_path / "log.ndjson", content)
    assert (report.rows_read, report.rows_accepted, report.rows_refused) == (5, 1, 4)
    said = refused(store, report)
    assert [found.row for found in said] == [2, 3, 4, 5]
    assert "wanted one JSON record of the format on each line" in said[0].reason
    assert 'fhir recorded: wanted a time with its zone; got "yesterday"' in (
        said[3].reason
    )
    assert "Featherby" not in str(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"resourceType": "AuditEvent", ', "is damaged JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "holds no record"),
        ('{"a": ' * 50_000 + "1" + "}" * 50_000, "nested too deeply"),
        ('{"resourceType": "Patient"}', "begins with a FHIR Patient"),
        ('[{"verb": 1}]', "begins with a record of verb"),
        (b'{"a": "\xff"}', "is JSON and not UTF-8"),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_a_sentence(
    store, tmp_path, content, said
):
    report = send(store, tmp_path / "log.json", content)
    assert (report.state, report.rows_read) == ("refused", 0)
    assert said in report.message


# ---- Microsoft ----


@pytest.fixture
def _are_there() -> None:
    require("realdata")


@pytest.mark.usefixtures("_are_there")
def test_office_activity_is_read_to_the_last_row(store):
    path = MICROSOFT / "office_activity.csv"
    report = send(store, path)
    assert (report.rows_read, report.rows_accepted) == (266, 266)
    found = known(store)
    assert found[0]["home"] == "company"
    by_machine = [row for row in found if row["actor_kind"] == "system"]
    assert f"set aside from what people did: {len(by_machine)}." in report.message
    logins = {row["actor_login"] for row in by_machine}
    assert {"app@sharepoint", "S-1-5-18", "SHAREPOINT\\system"} <= logins
    # One person in two cases: a login is compared without regard to it.
    people = Counter(row["actor_login"].casefold() for row in found)
    assert people["adelev@m365x816222.onmicrosoft.com"] == 151
    assert {row["outcome"] for row in found} == {"success", None}
    ports = [row["source_ip"] for row in found if row["source_ip"]]
    assert not [
        ip for ip in ports if ip.startswith("[") or (ip.count(".") and ":" in ip)
    ]
    # 4/28/2021, 3:05:26.000 PM is the event; the time it was loaded is another.
    assert "2021-04-28 15:05:26" in {str(row["occurred_at"])[:19] for row in found}


@pytest.mark.usefixtures("_are_there")
def test_sign_ins_are_read_with_lines_inside_their_cells(store):
    report = send(store, MICROSOFT / "sign-in_adelete.csv")
    assert (report.rows_read, report.rows_accepted) == (56, 56)
    found = known(store)
    assert Counter(row["outcome"] for row in found) == {"success": 53, "failure": 3}
    assert {row["has_mfa"] for row in found} == {False}
    assert {row["country"] for row in found} == {"IL"}
    assert {row["device"] for row in found} == {"Windows 10"}
    assert "UserDisplayName" in report.message, "a person's name is dropped"


def test_the_portal_s_headings_are_read_with_their_oddities(store, tmp_path):
    row = (
        "2026-05-04T08:30:00Z,r1,Edge,c,u1,Ann Example,{},Member,none,Teams,a,"
        'Graph,b,192.0.2.7,"Leeds, West Yorkshire, GB",Failure,50126,Bad password,'
        "Windows 11,Multifactor authentication,none,3215"
    )
    lines = [PORTAL, row.format("ann@example.org"), row.format("").replace("r1", "r2")]
    report = send(store, tmp_path / "signins.csv", "\r\n".join(lines))
    assert (report.profile, report.rows_accepted) == ("entra_signin_portal", 2)
    one, two = known(store)
    assert (one["actor_login"], two["actor_login"]) == ("ann@example.org", "u1")
    assert (one["country"], one["has_mfa"], one["outcome"]) == ("GB", True, "failure")


def test_the_unified_log_is_read_from_the_json_in_its_cells(store, tmp_path):
    told = {
        "Id": "a1",
        "CreationTime": "2026-05-18T21:13:33",
        "UserId": "ann@example.org",
        "UserType": 0,
        "Workload": "Exchange",
        "Operation": "MailItemsAccessed",
        "ResultStatus": "Succeeded",
        "ClientIP": "[2001:db8::5]:1672",
        "ObjectId": None,
    }
    path = tmp_path / "AuditLog.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["RecordId", "CreationDate", "UserIds", "AuditData"])
        machine = told | {"Id": "a2", "UserType": 4, "Operation": "Set-MailboxPlan"}
        for data in (json.dumps(told), json.dumps(told), json.dumps(machine), "", "{"):
            writer.writerow(["1", "5/18/2026 9:13:33 PM", "x", data])
    report = send(store, path)
    # Two rows of the same Id are one event; two hold nothing that can be read.
    assert (report.rows_accepted, report.rows_unchanged, report.rows_refused) == (
        2,
        1,
        2,
    )
    one, two = known(store)
    assert (one["source_ip"], one["event_type"]) == ("2001:db8::5", "view")
    assert (one["actor_kind"], two["actor_kind"]) == ("human", "system")
    assert str(one["occurred_at"])[:19] == "2026-05-18 21:13:33"
    assert (one["record_ref"], two["event_type"]) == (None, "other")


def test_a_completion_is_training_of_the_category_its_course_is_numbered_by(
    store, tmp_path: Path
):
    content = (
        "username,courseshortname,courseidnumber,completiondate,grade\n"
        "s14,IG yearly,26,2026-03-09,100\n"
        "s15,Baking,none,2026-03-09,90\n"
    )
    report = send(store, tmp_path / "completion.csv", content, home="Elm House")
    assert (report.kind, report.rows_accepted, report.rows_refused) == (
        "training",
        1,
        1,
    )
