"""Logs of access as others write them, each in its smallest whole form."""

import json
from typing import Any

R4 = {
    "resourceType": "AuditEvent",
    "id": "e1",
    "type": {"code": "rest"},
    "subtype": [{"code": "vread"}],
    "action": "R",
    "recorded": "2026-05-04T08:30:00.125Z",
    "outcome": "0",
    "purposeOfEvent": [{"coding": [{"code": "ETREAT"}]}],
    "agent": [
        {"requestor": False, "altId": "proxy"},
        {
            "requestor": True,
            "type": {"coding": [{"code": "humanuser"}]},
            "who": {"identifier": {"value": "s14"}},
            "network": {"address": "192.0.2.7", "type": "2"},
        },
    ],
    "source": {"site": "Elm House", "observer": {"display": "Care records"}},
    "entity": [
        {"what": {"reference": "https://x/fhir/Patient/R7/_history/2"}},
        {"what": {"reference": "CarePlan/12"}},
    ],
}
R5 = {
    "resourceType": "AuditEvent",
    "id": "e2",
    "category": [{"coding": [{"code": "rest"}]}],
    "code": {"coding": [{"code": "search-type"}]},
    "recorded": "2026-05-04T09:30:00+01:00",
    "outcome": {"code": {"code": "error"}, "detail": [{"text": "No such person"}]},
    "authorization": [{"coding": [{"code": "TREAT"}]}],
    "agent": [{"who": {"reference": "Practitioner/9"}, "networkString": "192.0.2.8"}],
    "source": {"site": {"display": "Elm House"}, "observer": {"reference": "Device/1"}},
    "patient": {"reference": "Patient/R8"},
}
PORTAL = (
    '"Date (UTC)","Request ID","User agent","Correlation ID","User ID","User",'
    '"Username","User type","Incoming token type","Application","Application ID ",'
    '"Resource","Resource ID ","IP address","Location","Status",'
    '"Sign-in error code","Failure reason","Operating System",'
    '"Authentication requirement","Incoming token type","Autonomous system  number"'
)


def bundle(*resources: dict[str, Any]) -> str:
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "entry": entries}, indent=1)
