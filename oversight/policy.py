"""The policy, clause by clause: which measures show it, and how do they stand?"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from oversight.store import ROOT, Cursor
from oversight.verdicts.judgement import Judged, judge_all
from oversight.verdicts.sentences import sentence_of
from oversight.verdicts.status import roll_up
from oversight.words import ROLL_UP_ORDER, Status

CLAUSES = ROOT / "data" / "reference" / "clauses.csv"
MEASURE_ID = re.compile(r"\b[OLSQ]\d{2}\b")


@dataclass(frozen=True)
class Clause:
    """One promise of the policy on a day; without a status, nothing measures it yet."""

    clause: str
    strand: str
    promise: str
    measures: tuple[str, ...]  # those that there are, by id
    status: Status | None  # the worst of theirs
    evidence: str | None  # their sentences, the worst first
    reason_unmeasured: str | None  # what is still to show it; none when nothing is


@cache
def promises() -> list[dict[str, str]]:
    """The clauses as the reference table has them, in the policy's order."""
    with CLAUSES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clauses_on(cursor: Cursor, as_of: date) -> list[Clause]:
    """Every clause on a day, in the scope and at the knowledge of the cursor."""
    return clauses_from(judge_all(cursor, as_of))


def clauses_from(judged: Sequence[Judged]) -> list[Clause]:
    """Every clause, from what is judged of the measures."""
    return [
        _clause(promise, [j for j in judged if promise["clause"] in j.measure.clauses])
        for promise in promises()
    ]


def _clause(promise: dict[str, str], judged: Sequence[Judged]) -> Clause:
    worst_first = sorted(judged, key=lambda j: _rank(j.verdict.status))
    there = tuple(j.measure.id for j in judged)
    return Clause(
        promise["clause"],
        promise["strand"],
        promise["promise"],
        there,
        roll_up(j.verdict.status for j in judged).status if judged else None,
        " ".join(sentence_of(j.verdict) for j in worst_first) or None,
        _still_to_come(promise, there),
    )


def _rank(status: Status) -> int:
    order = list(ROLL_UP_ORDER)
    return order.index(status) if status in order else len(order)


def _still_to_come(promise: dict[str, str], there: tuple[str, ...]) -> str | None:
    """What is to show a clause and does not yet, in the reference table's own words."""
    planned, shown_by = promise["measures"], promise["shown_by"]
    missing = [one for one in MEASURE_ID.findall(planned) if one not in there]
    unnamed = MEASURE_ID.sub("", planned).strip().removeprefix("and ").strip()
    if not planned:
        return f"Shown by the {shown_by} as a whole, not by a measure of its own."
    if not missing and not unnamed:
        return None
    awaited = ", ".join([*missing, *([unnamed] if unnamed else [])])
    if there:
        return f"Measured in part; still to come: {awaited}."
    return f"Not measured yet: to be shown by {shown_by} ({awaited})."
