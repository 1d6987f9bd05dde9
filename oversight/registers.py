"""What the registers say, row by row: audits, findings, actions, who is trained.

Each is asked within the reader's scope and as things stood on the reader's day. Free
text comes masked and staff as the reader may see them; a role that sees counts only is
never given a row of the training list.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from oversight import disclosure, pseudonyms, roles
from oversight.reader import Reader
from oversight.store import Cursor, rows

YEAR = timedelta(days=365)
GRADES = ("critical", "major", "minor", "observation")


@dataclass(frozen=True)
class Audit:
    """One audit of the programme. due_on: the day it was, or is, to be held by."""

    ref: str
    home: str
    title: str
    strand: str
    is_annual: bool
    planned_on: date
    held_on: date | None
    cancelled_on: date | None
    result: str | None
    score_pct: float | None
    auditor: str | None
    report_ref: str | None
    next_due_on: date | None

    def is_late(self, as_of: date) -> bool:
        """Whether its day is gone and it was neither held nor called off."""
        is_open = self.held_on is None and self.cancelled_on is None
        return is_open and self.planned_on < as_of


@dataclass(frozen=True)
class Finding:
    """One finding of an audit or a check, and how it stands."""

    ref: str
    source_type: str
    home: str
    strand: str | None
    clauses: str
    grade: str
    description: str
    owner: str
    raised_on: date
    due_on: date
    closed_on: date | None
    evidence_ref: str | None
    is_open: bool
    is_overdue: bool


@dataclass(frozen=True)
class Action:
    """One action of the one register, and how it stands."""

    ref: str
    home: str
    source_type: str
    source_ref: str | None
    title: str
    owner: str
    raised_on: date
    first_due_on: date
    due_on: date
    times_moved: int
    status: str
    done_on: date | None
    verified_on: date | None
    is_open: bool
    is_overdue: bool
    is_done_on_time: bool
    evidence_ref: str | None
    measure: str | None
    expected_effect: str
    effect_seen: str | None


@dataclass(frozen=True)
class Trained:
    """One member of staff in post, and how far the yearly training reaches.

    staff: as this reader may see it; empty for a role that sees counts only.
    """

    home: str
    job_role: str
    employment: str
    staff: str
    started_on: date | None
    in_date_until: date | None

    def is_in_date(self, as_of: date) -> bool:
        return self.in_date_until is not None and self.in_date_until >= as_of


def audits(reader: Reader) -> list[Audit]:
    """The programme as it stood, the earliest planned first."""
    found = _asked(
        reader,
        """
        select audit_ref as ref, home, title, strand, is_annual, planned_on, held_on,
            cancelled_on, result, score_pct, auditor, report_ref, next_due_on
        from audits(?::date)
        order by planned_on, audit_ref
        """,
    )
    return [
        Audit(**_worded(row, "ref", "report_ref") | _masked(row, "title", "auditor"))
        for row in found
    ]


def findings(reader: Reader) -> list[Finding]:
    """Every finding: open before closed, the worst grade and the most overdue first."""
    found = _asked(
        reader,
        """
        select source_ref || '/' || finding_ref as ref, source_type, home, strand,
            coalesce(array_to_string(clauses, ', '), '') as clauses,
            coalesce(grade, 'observation') as grade, description, owner, raised_on,
            due_on, closed_on, evidence_ref, is_open, is_overdue
        from findings(?::date)
        """,
    )
    every = [
        Finding(**_worded(row, "ref") | _masked(row, "description", "owner"))
        for row in found
    ]
    return sorted(
        every,
        key=lambda one: (
            (not one.is_open, not one.is_overdue, rank(one.grade), one.due_on, one.ref)
        ),
    )


def rank(grade: str) -> int:
    """How bad a grade is: 0 is the worst."""
    return GRADES.index(grade) if grade in GRADES else len(GRADES)


def actions(reader: Reader) -> list[Action]:
    """Every action: open before done, the longest overdue first."""
    found = _asked(
        reader,
        """
        select action_ref as ref, home, source_type, source_ref, title, owner,
            raised_on, first_due_on, due_on, times_moved, status, done_on, verified_on,
            is_open, is_overdue, is_done_on_time, evidence_ref, measure,
            expected_effect, effect_seen
        from actions(?::date)
        order by is_open desc, due_on, action_ref
        """,
    )
    return [
        Action(
            **_worded(row, "ref", "source_ref")
            | _masked(row, "title", "owner", "expected_effect")
        )
        for row in found
    ]


def trained(reader: Reader) -> list[Trained]:
    """Everybody in post, those out of date first and the longest; then by home."""
    found = _asked(
        reader,
        """
        select staff.home, coalesce(staff.job_role::varchar, 'not said') as job_role,
            coalesce(staff.employment, 'not said') as employment,
            staff.staff_ref as staff, staff.started_on, ig_training.in_date_until
        from staff($1::date) as staff
        left join ig_training($1::date) as ig_training
            on staff.home_key = ig_training.home_key
            and staff.staff_ref = ig_training.staff_ref
        order by ig_training.in_date_until nulls first, staff.home, staff.staff_ref
        """,
    )
    tell = _staff_as_seen(reader)
    return [Trained(**row | {"staff": tell(row["staff"])}) for row in found]


def has_any(reader: Reader, *kinds: str) -> bool:
    """Whether any row of these kinds is known in the reader's homes on the day."""
    roles.check_may_see_figures(reader.person.role)
    with reader.reading() as cursor:
        return any(_count(cursor, kind, reader.as_of) for kind in kinds)


def _count(cursor: Cursor, kind: str, as_of: date) -> int:
    row = cursor.execute(f"select count(*) from {kind}(?::date)", [as_of]).fetchone()
    return int(row[0]) if row else 0


def _asked(reader: Reader, sql: str) -> list[dict[str, Any]]:
    roles.check_may_see_figures(reader.person.role)
    with reader.reading() as cursor:
        cursor.execute(sql, [reader.as_of])
        return rows(cursor)


def _masked(row: dict[str, Any], *columns: str) -> dict[str, str]:
    """Words that people wrote, with what names a person taken out."""
    return {name: disclosure.masked(str(row[name] or "")) for name in columns}


def _worded(row: dict[str, Any], *references: str) -> dict[str, Any]:
    """A row with its references in capitals, as people write them."""
    said = {name: row[name].upper() for name in references if row[name]}
    return row | said


def _staff_as_seen(reader: Reader) -> Any:
    if not roles.may_see_rows(reader.person.role):
        return lambda said: ""
    if roles.may_see_own_staff(reader.person.role):
        return lambda said: str(said or "").upper()
    mask = pseudonyms.mask_of(reader.store)
    return lambda said: mask.person(str(said or ""))
