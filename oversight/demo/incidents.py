"""What was known of an incident at a moment, and how is that written as a row?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from oversight.demo.chance import UK
from oversight.demo.incident_details import details
from oversight.demo.incident_words import Words

# The headings of our own layout for incidents: the one place that lists them.
COLUMNS = tuple(
    """
    incident_ref home title description kind cause incident_type affects medium
    occurred_at aware_at reported_at contained_at closed_at reported_by investigator
    root_cause remedy lesson lesson_shared_at subjects_affected subjects data_types
    likelihood severity is_third_party is_reportable_ico decided_at decided_by
    decision_reason ico_reported_at toolkit_reference late_reason is_notifiable_cqc
    is_high_risk people_informed_at is_notifiable_safety_incident told_in_person_at
    apology_recorded support_offered apology_in_notice written_notice_at
    """.split()
)
CONFIRMED, SUSPECTED = "confirmed", "suspected"
NEAR_MISS, NOT_ONE = "near miss", "not an incident"
LESSON_AFTER = timedelta(days=3)
LATE = timedelta(hours=72)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Decision:
    """Whether the ICO must be told: when that was settled, why, and what followed."""

    decided_at: datetime
    is_reportable: bool
    reason: str
    is_high_risk: bool = False
    ico_reported_at: datetime = NEVER
    people_informed_at: datetime = NEVER


@dataclass(frozen=True)
class Candour:
    """What a notifiable safety incident owes to the person, and when it was done."""

    told_in_person_at: datetime
    written_notice_at: datetime = NEVER


@dataclass(frozen=True)
class Incident:
    """One incident or near miss from end to end; NEVER is what has not come about."""

    home: str
    words: Words
    kind: str
    occurred_at: datetime
    aware_at: datetime
    reported_at: datetime
    contained_at: datetime = NEVER
    closed_at: datetime = NEVER
    subjects: int | None = None
    decision: Decision | None = None
    candour: Candour | None = None
    is_first_suspected: bool = False
    ref: str = ""

    @property
    def is_grave(self) -> bool:
        """Whether people are likely to be affected: what has to be reported."""
        return self.decision is not None and self.decision.is_reportable


def row_at(incident: Incident, moment: datetime) -> tuple[str, ...] | None:
    """The row as it stood then, in the order of COLUMNS; None before the report."""
    if incident.reported_at > moment:
        return None
    cells = {
        "incident_ref": incident.ref,
        "home": incident.home,
        "title": incident.words.title,
        "description": incident.words.description,
        "kind": _kind_at(incident, moment),
        "cause": incident.words.cause,
        "affects": incident.words.affects,
        "occurred_at": _said(incident.occurred_at, moment),
        "aware_at": _said(incident.aware_at, moment),
        "reported_at": _said(incident.reported_at, moment),
        "contained_at": _said(incident.contained_at, moment),
        "closed_at": _said(incident.closed_at, moment),
        **details(incident.words, incident.is_grave),
        **_closing_cells(incident, moment),
        "subjects_affected": f"{incident.subjects or ''}",
        "is_notifiable_safety_incident": _yes_no(incident.candour is not None),
        **_decision_cells(incident.decision, moment),
        **_report_cells(incident, moment),
        **_candour_cells(incident.candour, moment),
    }
    return tuple(cells.get(column, "") for column in COLUMNS)


def _kind_at(incident: Incident, moment: datetime) -> str:
    decision = incident.decision
    settled_at = decision.decided_at if decision else incident.closed_at
    is_open = incident.is_first_suspected and moment < settled_at
    return SUSPECTED if is_open else incident.kind


def _closing_cells(incident: Incident, moment: datetime) -> dict[str, str]:
    """What the investigation came to, and when its lesson was passed on."""
    if incident.closed_at > moment:
        return {}
    return {
        "root_cause": incident.words.description,
        "remedy": "Put right with those concerned",
        "lesson": incident.words.lesson,
        "lesson_shared_at": _said(incident.closed_at + LESSON_AFTER, moment),
    }


def _decision_cells(decision: Decision | None, moment: datetime) -> dict[str, str]:
    if decision is None or decision.decided_at > moment:
        return {}
    return {
        "is_reportable_ico": _yes_no(decision.is_reportable),
        "decided_at": _said(decision.decided_at, moment),
        "decided_by": "IG lead",
        "decision_reason": decision.reason,
        "ico_reported_at": _said(decision.ico_reported_at, moment),
        "is_high_risk": _yes_no(decision.is_high_risk),
        "people_informed_at": _said(decision.people_informed_at, moment),
    }


def _report_cells(incident: Incident, moment: datetime) -> dict[str, str]:
    """The number the Toolkit gave the report, and why it was late if it was."""
    decision = incident.decision
    if decision is None or decision.ico_reported_at > moment:
        return {}
    is_late = decision.ico_reported_at - incident.aware_at > LATE
    return {
        "toolkit_reference": incident.ref.replace("INC", "DSPT"),
        "late_reason": "The weekend was left out of the count" if is_late else "",
    }


def _candour_cells(candour: Candour | None, moment: datetime) -> dict[str, str]:
    if candour is None:
        return {}
    return {
        "told_in_person_at": _said(candour.told_in_person_at, moment),
        "apology_recorded": _yes_no(candour.told_in_person_at <= moment),
        "support_offered": _yes_no(candour.told_in_person_at <= moment),
        "apology_in_notice": "yes" if candour.written_notice_at <= moment else "",
        "written_notice_at": _said(candour.written_notice_at, moment),
    }


def _said(at: datetime, moment: datetime) -> str:
    if at > moment:
        return ""
    # There and back: so that no time is told of that the clocks left out in spring.
    return f"{at.astimezone(UTC).astimezone(UK):%Y-%m-%d %H:%M}"


def _yes_no(is_so: bool) -> str:
    return "yes" if is_so else "no"
