"""Which records are past their time, which were destroyed, which were asked for?"""

from collections.abc import Iterator
from datetime import timedelta

from oversight.demo.chance import working_moment
from oversight.demo.registers.ground import COMPANY, DAY, Ground
from oversight.demo.registers.record import Line, line

TYPES = (
    ("Resident files", "RT01", 8),
    ("Staff files", "RT04", 6),
    ("Complaint files", "RT10", 10),
    ("Time sheets", "RT07", 2),
)
OVERDUE_AT = 5  # the home of which boxes were forgotten
OVERDUE_BOXES = 3
FIRST_BOX = 120


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    yield from _reviews(ground)
    yield from _disposals(ground)
    yield from _retrievals(ground)


def _reviews(ground: Ground) -> Iterator[Line]:
    """Boxes come to their day through the years, and are reviewed within a month."""
    for nth, home in enumerate(ground.homes):
        for at in range(0 if home.opens else 10):
            what, rule, years = TYPES[at % len(TYPES)]
            until = ground.ago(40 + 97 * at + 11 * nth)
            is_forgotten = (
                ground.has_stories
                and nth == OVERDUE_AT % len(ground.homes)
                and at < OVERDUE_BOXES
            )
            ended = until.replace(day=min(until.day, 28), year=until.year - years)
            is_held = at == 4 and nth == 0
            yield line(
                "retention_reviews",
                max(ground.first_day, until - 90 * DAY),
                {
                    "home": home.name,
                    "record_ref": f"BOX-{nth + 1}{FIRST_BOX + at:03}",
                    "record_type": what,
                    "rule_code": rule,
                    "records": 12 + 3 * at,
                    "ended_on": ended,
                    "keep_until": until,
                    "is_on_hold": is_held,
                    "hold_reason": "A claim is open" if is_held else None,
                    "reviewed_on": None if is_forgotten else until + 18 * DAY,
                    "reviewed_by": None if is_forgotten else "Records lead",
                    "decision": None
                    if is_forgotten
                    else ("hold" if is_held else "destroy"),
                    "decision_reason": None if is_forgotten else "No further need",
                },
                {"reviewed_on": "reviewed_by decision decision_reason"},
            )


def _disposals(ground: Ground) -> Iterator[Line]:
    """What was decided is shredded within weeks, with a certificate each."""
    for nth, home in enumerate(ground.homes):
        for at in range(0 if home.opens else 10):
            what, rule, _ = TYPES[at % len(TYPES)]
            until = ground.ago(40 + 97 * at + 11 * nth)
            done = until + 39 * DAY
            is_forgotten = nth == OVERDUE_AT % len(ground.homes) and at < OVERDUE_BOXES
            is_kept = is_forgotten or (at == 4 and nth == 0)
            if is_kept or not ground.first_day <= done < ground.as_of - 12 * DAY:
                continue
            yield line(
                "disposals",
                done,
                {
                    "home": home.name,
                    "disposal_ref": f"DSP-{nth + 1}{at:02}",
                    "what": "paper records",
                    "record_type": what,
                    "rule_code": rule,
                    "records": 12 + 3 * at,
                    "kept_until": until,
                    "record_ref": f"BOX-{nth + 1}{FIRST_BOX + at:03}",
                    "authorised_by": "Records lead",
                    "authorised_on": until + 18 * DAY,
                    "disposed_on": done,
                    "method": "shredded by a contractor",
                    "processor_ref": "SUP-005",
                    "certificate_ref": f"CERT-{nth + 1}{at:02}",
                    "certificate_on": done + 7 * DAY,
                },
                {"certificate_on": "certificate_ref"},
            )
    done = max(ground.ago(210), ground.first_day)
    yield line(
        "disposals",
        done,
        {
            "home": COMPANY,
            "disposal_ref": "DSP-IT1",
            "what": "device",
            "record_type": "Old laptops",
            "records": 6,
            "asset_ref": "AST-003",
            "authorised_by": "IT lead",
            "authorised_on": done,
            "disposed_on": done,
            "method": "physically destroyed",
            "processor_ref": "SUP-005",
            "certificate_ref": "CERT-IT1",
            "certificate_on": done,
        },
    )


def _retrievals(ground: Ground) -> Iterator[Line]:
    """Some four a month; about one in forty takes longer than it may."""
    rng = ground.chance("retrievals")
    nth = 0
    for first, last in ground.months():
        for _ in range(4):
            nth += 1
            asked = working_moment(rng, ground.day_in(rng, first, last))
            is_archive, is_late = rng.random() < 0.3, rng.random() < 0.024
            limit = 72 if is_archive else 24
            took = limit + 30 if is_late else 1 + rng.random() * limit * 0.7
            found = asked + timedelta(hours=int(took))
            yield line(
                "retrievals",
                asked.date(),
                {
                    "home": ground.home_on(int(rng.random() * 97), first),
                    "retrieval_ref": f"RTV-{nth:04}",
                    "record_type": "resident record" if nth % 3 else "staff file",
                    "medium": "archive" if is_archive else "paper",
                    "reason": ("care", "access request", "audit or inspection")[
                        nth % 3
                    ],
                    "asked_at": asked,
                    "limit_hours": limit,
                    "found_at": found,
                    "outcome": "found",
                    "ended_at": found,
                },
                {"found_at": "outcome"},
            )
