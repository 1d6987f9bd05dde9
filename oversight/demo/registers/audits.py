"""What was audited and spot-checked, what was found, how good is the data?"""

from collections.abc import Iterator
from datetime import date, timedelta

from oversight.demo.chance import day_between, steady_noise
from oversight.demo.registers.ground import COMPANY, DAY, Ground
from oversight.demo.registers.record import Line, line

# The yearly audit of each strand: how long ago it was due, and by how much it was late.
STRANDS = (
    ("openness", "5.1;5.2;5.3", 205, 3),
    ("legal compliance", "6.5", 172, 6),
    ("information security", "7.2", 118, 4),
    ("quality assurance", "8.2", 88, 9),
)
RECORDS_A_HOME = 20
LATE_AUDIT_AT = 2  # the home whose audit of records should have been held last month
SUBJECTS = (
    "screens and desks",
    "paper records",
    "passwords and sign-in",
    "conversations and calls",
    "visitors and doors",
    "post and email",
    "access to records",
    "devices",
)
# The one dimension that is weak, and at one home above all: notes written late.
DIMENSIONS = (
    ("completeness", "resident record", "Are all fields filled in?", None, 0.989),
    ("uniqueness", "resident record", "Is there one record a person?", None, 1.0),
    ("consistency", "MAR chart", "Do chart and record agree?", "Paper chart", 0.988),
    ("timeliness", "daily notes", "Written in the shift?", None, 0.934),
    ("validity", "contact details", "Is it of the right form?", None, 0.996),
    ("accuracy", "staff file", "Does it match the source?", "Source paper", 0.988),
)
ASKED = {
    "completeness": 98,
    "uniqueness": 99,
    "consistency": 98,
    "timeliness": 95,
    "validity": 99,
    "accuracy": 98,
}
WEAK_HOME = 3
RESULT = {True: "compliant", False: "partially compliant"}
FINDINGS = (
    ("minor", "Entries without a time", "Print the time with the name"),
    ("minor", "A box without a label", "Label boxes on the day"),
    ("observation", "Posters from last year", "Take old posters down"),
    ("major", "Two people with one log-in", "One log-in a person"),
)
TOGETHER = {
    "held_on": "result points_met points_applicable records_audited is_independent",
    "reported_on": "report_ref",
}


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    yield from _annual(ground)
    yield from _records(ground)
    yield from _spot_checks(ground)
    yield from _quality_checks(ground)


def _annual(ground: Ground) -> Iterator[Line]:
    for nth, (strand, clauses, ago, late) in enumerate(STRANDS):
        for year in (2, 1, 0):
            planned = ground.ago(ago + 362 * year)
            held = planned + late * DAY
            ref = f"AUD-{nth + 1}{3 - year}"
            yield line(
                "audits",
                max(ground.first_day, planned - 90 * DAY),
                {
                    "audit_ref": ref,
                    "home": COMPANY,
                    "title": f"Yearly audit: {strand}",
                    "strand": strand,
                    "clauses": clauses,
                    "audit_type": "internal" if nth % 2 else "external",
                    "is_annual": True,
                    "planned_on": planned,
                    "held_on": held,
                    "auditor": "Audit partner" if nth % 2 == 0 else "Regional manager",
                    "is_independent": True,
                    "scope": "Head office and three homes",
                    "result": RESULT[nth % 2 == 1],
                    "points_met": 88 + 2 * nth - 3 * year,
                    "points_applicable": 100,
                    "records_planned": 0,
                    "records_audited": 0,
                    "reported_on": held + 10 * DAY,
                    "report_ref": f"RPT-{nth + 1}{3 - year}",
                    "next_due_on": held + 364 * DAY,
                },
                TOGETHER,
            )
            yield from _findings(ground, ref, COMPANY, strand, clauses, held, 3)


def _records(ground: Ground) -> Iterator[Line]:
    """Twenty records of each home every half year; at one home the newest is late."""
    rng = ground.chance("audits")
    for nth, home in enumerate(ground.homes):
        for back in range(6):
            planned = ground.ago(24 + 14 * nth + 182 * back)
            is_late = ground.has_stories and nth == LATE_AUDIT_AT and back == 0
            met = 184 + int(rng.random() * 10)
            if planned < ground.opened(home):
                continue
            held = planned + 3 * DAY
            ref = f"AUD-R{nth + 1}{6 - back}"
            yield line(
                "audits",
                max(ground.opened(home), planned - 90 * DAY),
                {
                    "audit_ref": ref,
                    "home": home.name,
                    "title": "Record-keeping audit",
                    "strand": "quality assurance",
                    "clauses": "8.2",
                    "audit_type": "internal",
                    "is_annual": False,
                    "planned_on": planned,
                    "held_on": None if is_late else held,
                    "auditor": "Quality lead",
                    "is_independent": None if is_late else True,
                    "result": None if is_late else RESULT[met >= 186],
                    "points_met": None if is_late else met,
                    "points_applicable": None if is_late else 200,
                    "records_planned": RECORDS_A_HOME,
                    "records_audited": None if is_late else RECORDS_A_HOME - nth % 2,
                    "reported_on": None if is_late else held + 6 * DAY,
                    "report_ref": None if is_late else f"RPT-R{nth + 1}{6 - back}",
                    "next_due_on": planned + timedelta(days=190),
                },
                TOGETHER,
            )
            if not is_late:
                strand = "quality assurance"
                yield from _findings(ground, ref, home.name, strand, "8.2", held, 1)


def _findings(
    ground: Ground,
    audit: str,
    home: str,
    strand: str,
    clauses: str,
    held: date,
    count: int,
) -> Iterator[Line]:
    """Found on the day, put right within seven weeks; what is new is still open."""
    for nth in range(count if ground.first_day <= held < ground.as_of else 0):
        grade, what, wanted = FINDINGS[(nth + len(audit) + held.day) % len(FINDINGS)]
        closed = held + timedelta(days=30 + held.day % 20)
        yield line(
            "findings",
            held,
            {
                "source_type": "audit",
                "source_ref": audit,
                "finding_ref": f"{nth + 1}",
                "home": home,
                "strand": strand,
                "clauses": clauses,
                "answer": "partial" if grade != "observation" else "yes",
                "grade": grade,
                "description": what,
                "recommendation": wanted,
                "owner": "Home manager" if home != COMPANY else "IG lead",
                "raised_on": held,
                "due_on": held + 56 * DAY,
                "closed_on": closed,
                "evidence_ref": f"EVD-F{audit[4:]}{nth + 1}",
            },
            {"closed_on": "evidence_ref"},
        )


def _spot_checks(ground: Ground) -> Iterator[Line]:
    """One a month at each home; now and then one was called off, none is forgotten."""
    rng = ground.chance("spot checks")
    for nth, home in enumerate(ground.homes):
        for month, (first, last) in enumerate(ground.months()):
            planned = ground.day_in(rng, first, last)
            off, short = rng.random() < 0.015, rng.random()
            off = off and planned < ground.ago(365)
            checked = 18 + (nth + month) % 7
            met = checked - (1 if short < 0.3 else 0) - (1 if short < 0.06 else 0)
            if not ground.is_open(home, first):
                continue
            yield line(
                "spot_checks",
                first,
                {
                    "home": home.name,
                    "check_ref": f"SC-{month + 1:03}",
                    "subject": SUBJECTS[(month + nth) % len(SUBJECTS)],
                    "clauses": "7.2; 10.3",
                    "planned_on": planned,
                    "held_on": None if off else planned,
                    "cancelled_on": planned if off else None,
                    "checker": "Deputy manager",
                    "units_checked": None if off else checked,
                    "units_met": None if off else met,
                    "action_ref": "ACT-15" if met < checked and not off else None,
                },
                {"held_on": "units_checked units_met action_ref"},
            )


def _quality_checks(ground: Ground) -> Iterator[Line]:
    """Every dimension at every home, every other month at each."""
    rng = ground.chance("quality checks")
    noise = steady_noise(rng)
    months = list(ground.months())
    for month, (first, last) in enumerate(months):
        for nth, home in enumerate(ground.homes):
            for at, dimension in enumerate(DIMENSIONS):
                if (month + nth + at) % 2 or not ground.is_open(home, first):
                    continue
                day = day_between(rng, first, last)
                share = dimension[-1]
                if ground.has_stories and nth == WEAK_HOME:
                    share -= 0.06 if dimension[0] == "timeliness" else 0
                yield _check(home.name, month, dimension, day, share, next(noise))


def _check(
    home: str,
    month: int,
    dimension: tuple[str, str, str, str | None, float],
    day: date,
    share: float,
    noise: int,
) -> Line:
    name, record_type, question, compared_with, _ = dimension
    sample = 200
    # Where nothing is wrong, chance finds nothing either.
    failed = max(0, round(sample * (1 - share) + noise / 2)) if share < 1 else 0
    is_below = 100 * (sample - failed) < ASKED[name] * sample
    return line(
        "quality_checks",
        day,
        {
            "home": home,
            "check_ref": f"DQ-{month + 1:03}-{name[:4]}",
            "run_on": day,
            "record_type": record_type,
            "dimension": name,
            "question": question,
            "system": "Care records",
            "compared_with": compared_with,
            "population": 1240,
            "sample_size": sample,
            "passed": sample - failed,
            "failed": failed,
            "not_applicable": 0,
            "threshold_pct": ASKED[name],
            "checker": "Deputy manager",
            "at_collection": False,
            "action_ref": "ACT-14" if is_below else None,
        },
    )
