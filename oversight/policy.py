"""The policy, clause by clause: which measures show it, and how do they stand?

A clause that speaks of everything is shown by every measure. One that does not apply
says so only by the name, the day and the reason of whoever stated it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from oversight.reference import rows
from oversight.statements import Stated, Statement, statements
from oversight.store import Cursor
from oversight.verdicts.judgement import Judged, judge_all
from oversight.verdicts.sentences import day_in_words, first_sentence, sentence_of
from oversight.verdicts.status import roll_up
from oversight.words import ROLL_UP_ORDER, Status

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


def promises() -> list[dict[str, str]]:
    """The clauses as the reference table has them, in the policy's order."""
    return rows("clauses")


def clauses_on(cursor: Cursor, as_of: date) -> list[Clause]:
    """Every clause on a day, in the scope and at the knowledge of the cursor."""
    not_applicable = statements(cursor, Stated.CLAUSE_NOT_APPLICABLE, as_of)
    return clauses_from(judge_all(cursor, as_of), not_applicable)


def clauses_from(
    judged: Sequence[Judged], not_applicable: Mapping[str, Statement] | None = None
) -> list[Clause]:
    """Every clause by what has been judged, and by what was stated not to apply."""
    return [
        _not_applicable(promise, said)
        if (said := (not_applicable or {}).get(promise["clause"]))
        else _clause(promise, judged)
        for promise in promises()
    ]


def _not_applicable(promise: dict[str, str], said: Statement) -> Clause:
    on = day_in_words(said.said_on)
    reason = f"Not applicable, as {said.person} stated on {on}: {said.reason}"
    clause, strand, words = promise["clause"], promise["strand"], promise["promise"]
    return Clause(clause, strand, words, (), None, None, reason)


def _clause(promise: dict[str, str], everything: Sequence[Judged]) -> Clause:
    is_about_all = not promise["measures"]
    judged = [j for j in everything if promise["clause"] in j.measure.clauses]
    counted = everything if is_about_all else judged
    there = tuple(j.measure.id for j in judged)
    return Clause(
        promise["clause"],
        promise["strand"],
        promise["promise"],
        there,
        roll_up(j.verdict.status for j in counted).status if counted else None,
        _evidence(everything) if is_about_all else _sentences(judged),
        None if is_about_all else _still_to_come(promise, there),
    )


def _evidence(everything: Sequence[Judged]) -> str:
    return first_sentence([judged.verdict for judged in everything])


def _sentences(judged: Sequence[Judged]) -> str | None:
    worst_first = sorted(judged, key=lambda j: _rank(j.verdict.status))
    return " ".join(sentence_of(j.verdict) for j in worst_first) or None


def _rank(status: Status) -> int:
    order = list(ROLL_UP_ORDER)
    return order.index(status) if status in order else len(order)


def _still_to_come(promise: dict[str, str], there: tuple[str, ...]) -> str | None:
    """What is to show a clause and does not yet, in the reference table's own words."""
    planned = promise["measures"]
    ids = MEASURE_ID.findall(planned)
    missing = [one for one in ids if one not in there]
    unnamed = MEASURE_ID.sub("", planned).strip().removeprefix("and ").strip()
    # A measure planned only in words is there when one beyond the named ones is.
    if unnamed and not set(there) - set(ids):
        missing.append(unnamed)
    if not missing:
        return None
    awaited = ", ".join(missing)
    if there:
        return f"Measured in part; still to come: {awaited}."
    return f"Not measured yet: to be shown by {promise['shown_by']} ({awaited})."
