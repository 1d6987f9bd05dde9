"""Findings: each rule just right and just wrong, and how they stand on a day."""

import pytest

from oversight.store import EVERYTHING

pytestmark = pytest.mark.queries

PAIRS = """
due_on | refused | due_on=2026-05-20 | due_on=2026-05-19
closed_on | refused | closed_on=2026-05-20 | closed_on=2026-05-19
status | refused | status=open & closed_on= | status=open
closed_on | warned | status=open & closed_on= | closed_on=
evidence_ref | warned | evidence_ref= & closed_on= & status=open | evidence_ref=
owner | warned | owner= & grade=observation | owner=
due_on | warned | due_on= & grade=observation | due_on=
answer | warned | answer=no | answer=yes
answer | warned | answer=not applicable & grade=observation | answer=not applicable
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("findings", PAIRS)


def test_a_finding_is_closed_by_its_day_and_not_by_the_word(known, seen):
    known(
        "findings",
        """
        finding_ref | raised_on  | due_on     | status | closed_on
        F1          | 2026-05-20 | 2026-07-31 | closed | 2026-07-15
        F2          | 2026-05-20 | 2026-07-31 | closed |
        F3          | 2026-05-20 |            | open   |
        """,
    )
    assert seen("findings", "is_open", on="2026-05-19") == {}
    opened = {"F1": True, "F2": True, "F3": True}
    assert seen("findings", "is_open", on="2026-07-14") == opened
    assert seen("findings", "is_open", on="2026-07-15") == opened | {"F1": False}
    late = {"F1": False, "F2": False, "F3": False}
    assert seen("findings", "is_overdue", on="2026-07-31") == late
    assert seen("findings", "is_overdue", on="2026-08-01") == late | {"F2": True}
    # With no day said, three months are given.
    assert seen("findings", "is_overdue", on="2026-08-20")["F3"] is False
    assert seen("findings", "is_overdue", on="2026-08-21")["F3"] is True


def test_findings_are_numbered_within_their_audit(known, store):
    known("findings", "source_ref | finding_ref\nA1 | 1\nA1 | 2")
    known("findings", "source_ref | finding_ref\nA2 | 1")
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute("select count(*) from findings(date '2026-11-22')")
        assert found.fetchone() == (3,)
