"""Which plans are there for the day when a system fails, and what did tests show?"""

from collections.abc import Iterator
from datetime import date, timedelta

from oversight.demo.registers.drawn import register
from oversight.demo.registers.ground import DAY, Ground
from oversight.demo.registers.record import Cells, Line, and_then, line

TWO_YEARS = timedelta(days=730)
UNTESTED = 3  # the fourth home's plan was not tested this year: its test was called off


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    for nth, home in enumerate(ground.homes):
        yield from _of_home(ground, nth, home.name, ground.opened(home))
    told = {
        "held_on": "backup_of is_restored is_compared rto_actual_min rpo_actual_min"
        " action_ref"
    }
    yield from register(ground, "restore_tests", together=told)


def _of_home(ground: Ground, nth: int, home: str, opened: date) -> Iterator[Line]:
    """A home's plan, approved each year, and the tests of it in three years."""
    ref = f"BCP-{nth + 1:02}"
    approved = ground.ago(90 + 17 * nth)
    plan: Cells = {
        "plan_ref": ref,
        "home": home,
        "title": f"Continuity plan {home}",
        "covers": "care records; IT systems; cyber attack; premises; staffing",
        "owner": "Home manager",
        "version": "1.0",
        "approved_on": approved - TWO_YEARS,
        "approved_by": "Managing director",
        "reviewed_on": approved - TWO_YEARS,
        "review_due_on": approved - 365 * DAY,
        "contacts_checked_on": approved - TWO_YEARS,
        "is_on_paper": True,
        "rto_target_min": 240,
        "rpo_target_min": 1440,
    }
    told = line("continuity_plans", opened, plan)
    for year in (1, 0):
        on = max(approved - year * 365 * DAY, opened)
        told = and_then(
            told,
            on,
            version=f"{3 - year}.0",
            approved_on=on,
            reviewed_on=on,
            contacts_checked_on=on,
            review_due_on=on + 365 * DAY,
        )
    yield told
    for year in (2, 1, 0):
        planned = ground.ago(60 + 23 * nth + 365 * year)
        if planned < opened:
            continue
        is_called_off = nth == UNTESTED and year == 0
        yield line(
            "continuity_tests",
            max(opened, planned - 60 * DAY),
            {
                "test_ref": f"BCT-{nth + 1:02}-{3 - year}",
                "plan_ref": ref,
                "home": home,
                "test_type": ("desktop", "walkthrough", "call tree")[(nth + year) % 3],
                "planned_on": planned,
                "held_on": None if is_called_off else planned + 2 * DAY,
                "cancelled_on": planned + DAY if is_called_off else None,
                "tests_data_and_cyber": True,
                "scenario": "Care records cannot be reached at night",
                "systems": "Care records; e-mail",
                "rto_target_min": 240,
                "rto_actual_min": None if is_called_off else 130 + 10 * nth,
                "result": "not held"
                if is_called_off
                else ("pass with actions" if nth == 1 and year == 0 else "pass"),
                "participants": None if is_called_off else 6 + nth,
                "lessons": None if is_called_off else "Paper packs counted and dated",
                "action_ref": "ACT-20" if nth == 1 and year == 0 else None,
                "next_due_on": planned + 365 * DAY,
            },
            {
                "held_on": "result rto_actual_min participants lessons action_ref",
                "cancelled_on": "result",
            },
        )
