"""Which actions were agreed, whose are they, and what became of them?"""

from collections.abc import Iterator
from datetime import date

from oversight.demo.registers.drawn import rows
from oversight.demo.registers.ground import DAY, Ground
from oversight.demo.registers.record import Cell, Line, and_then, line

REVIEW_HELD_DAYS_AGO = (
    352  # last year's review; its eleven actions are ACT-01 to ACT-11
)
VERIFIED_AFTER = 8 * DAY
MOVED_DAYS_AGO = (245, 170, 95)  # when the day of ACT-08 was moved, and to which
MOVED_TO_DAYS_AGO = (165, 90, 40)


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    merge = next(
        (one.ref for one in ground.incidents if one.subjects == 214), "INC-001"
    )
    review = f"{ground.ago(REVIEW_HELD_DAYS_AGO).year}-1"
    for cells in rows(ground, "actions", review=review, merge=merge):
        raised, done = cells["raised_on"], cells["done_on"]
        assert isinstance(raised, date)
        moved = cells.pop("times_moved")
        status: dict[str, Cell] = {"status": "in progress"}
        if isinstance(done, date):
            status = {"verified_on": done + VERIFIED_AFTER, "verified_by": "Auditor"}
            status |= {"status": "verified", "evidence_ref": "EVD-0900"}
            status |= {"effect_judged_on": done + 60 * DAY}
        told = line(
            "actions",
            max(raised, ground.first_day),
            cells
            | {"original_due_on": None, "expected_effect": "As its measure says"}
            | status,
            {
                "verified_on": "verified_by status evidence_ref",
                "effect_judged_on": "effect_seen",
            },
        )
        if moved == "3":
            told = _moved(ground, told, cells["original_due_on"])
        yield told


def _moved(ground: Ground, told: Line, first: Cell) -> Line:
    """The day was put off three times: each move is told of when it was made."""
    on, cells = told.steps[0]
    due = first.isoformat() if isinstance(first, date) else ""
    start = (on, cells | {"due_on": due})
    told = Line(told.kind, (start, *told.steps[1:]))
    days = zip(MOVED_DAYS_AGO, MOVED_TO_DAYS_AGO, strict=True)
    for times, (moved, to) in enumerate(days, start=1):
        told = and_then(
            told,
            max(ground.ago(moved), on),
            original_due_on=first,
            due_on=ground.ago(to),
            times_moved=times,
        )
    return told
