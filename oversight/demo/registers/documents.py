"""Which policies are in force, what was answered to the Toolkit, what was it worth?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from oversight import reference
from oversight.demo.company import NAME
from oversight.demo.registers.drawn import register, rows
from oversight.demo.registers.ground import DAY, Ground
from oversight.demo.registers.record import Line, line

STATUSES = ("Standards Met", "Standards Met", "Approaching Standards")  # newest first
DEADLINE = (6, 30)
NOT_COMPLETE = {"1.4.1"}  # the timetable of retention waits for the policy's review
EXPIRED = {"10.2.1"}  # suppliers' certificates: the evidence names one that ran out


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    yield from _policies(ground)
    yield from _answers(ground)
    told = {
        "used_to": "used",
        "judged_on": "is_enough shortfall action_ref judged_by",
    }
    yield from register(ground, "resources", "approved_on", told)
    yield from _publications(ground)
    yield from register(ground, "framework_items", "agreed_on")


def _publications(ground: Ground) -> Iterator[Line]:
    """One a cycle, in the week before its deadline of 30 June."""
    deadline = date(ground.as_of.year, *DEADLINE)
    if deadline >= ground.as_of:
        deadline = deadline.replace(year=deadline.year - 1)
    for years, status in enumerate(STATUSES):
        ends = deadline.replace(year=deadline.year - years)
        published = ends - 7 * DAY
        yield line(
            "toolkit_publications",
            max(ground.first_day, published),
            {
                "organisation_code": "VZZ9W",
                "organisation": NAME,
                "version": f"{(ends.year - 1) % 100}/{ends.year % 100}",
                "status": status,
                "published_on": published,
                "has_plan_agreed": status.startswith("Approaching"),
            },
        )


def _policies(ground: Ground) -> Iterator[Line]:
    """Three versions each, a year between them; the newest from the day it names."""
    for cells in rows(ground, "policies"):
        newest = cells.pop("age")
        assert isinstance(newest, date)
        for year, version in ((2, "1.0"), (1, "1.10"), (0, "2.0")):
            approved = newest - year * timedelta(days=360)
            yield line(
                "policies",
                max(ground.first_day, approved),
                cells
                | {
                    "version": version,
                    "status": "in force",
                    "approved_on": approved,
                    "approved_by": "Managing director",
                    "effective_from": approved + 7 * DAY,
                    "review_due_on": approved + 364 * DAY,
                    "what_changed": "Yearly review",
                    "legal_refs": "UK GDPR;DPA 2018",
                    "document_ref": f"POL-{cells['policy_no']}-{version}",
                },
            )


def _answers(ground: Ground) -> Iterator[Line]:
    """Every item of the current version, complete but for one; 3.2.1 claims too much.

    It is answered complete (at least 95 in 100 trained), and the training says less.
    """
    rng = ground.chance("toolkit")
    for nth, item in enumerate(reference.rows("dspt_evidence_items")):
        number = str(item["item"])
        version = re.match(r"v\d+ \d{4}-\d\d", str(item["version"]))
        assert version is not None
        answered = ground.ago(160 + nth % 9 + int(rng.random() * 20))
        is_done = number not in NOT_COMPLETE
        yield line(
            "toolkit_answers",
            max(ground.first_day, answered),
            {
                "version": version[0],
                "item": number,
                "owner": "IG lead",
                "answer": "complete" if is_done else "not complete",
                "comment": "At least 95 % of staff are trained"
                if number == "3.2.1"
                else ("" if is_done else "Waits for the policy's review"),
                "answered_on": answered,
                "evidence_ref": f"EVD-{nth + 1:04}" if is_done else "",
                "evidence_on": answered - 10 * DAY if is_done else None,
                "evidence_expires_on": None
                if not is_done
                else ground.ago(20)
                if number in EXPIRED
                else answered + 355 * DAY,
                "approved_by": "Managing director",
                "approved_on": answered + 5 * DAY,
                "reviewed_on": answered,
                "review_due_on": answered + 364 * DAY,
            },
        )
