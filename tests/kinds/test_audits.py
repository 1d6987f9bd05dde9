"""Audits: each rule just right and just wrong, and the programme as of a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
reported_on | refused | reported_on=2026-05-13 | reported_on=2026-05-12
next_due_on | refused | next_due_on=2026-05-14 | next_due_on=2026-05-13
cancelled_on | refused | held_on= & cancelled_on=2026-05-01 | cancelled_on=2026-05-01
points_met | refused | points_met=190 & score_pct= | points_met=191 & score_pct=
points_applicable | refused | points_met= & points_applicable= | points_applicable=
records_planned | refused | records_planned= & records_audited= | records_planned=
held_on | warned | held_on= & result= & reported_on= | held_on=
result | warned | result= | result= & points_met= & points_applicable= & score_pct=
score_pct | warned | score_pct=91 | score_pct=92
is_independent | warned | is_independent=no | is_independent=
score_pct | refused | score_pct=90.5% | score_pct=0.905
score_pct | refused | score_pct=100 | score_pct=101
clauses | refused | clauses=8.2; 9a | clauses=8.2; Annex
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("audits", PAIRS)


def test_an_audit_is_held_on_its_day_and_not_before(known, seen):
    known(
        "audits",
        """
        audit_ref | planned_on | held_on    | result    | cancelled_on
        A1        | 2026-05-11 | 2026-05-13 | compliant |
        A2        | 2026-05-11 |            | compliant |
        A3        | 2026-05-11 |            |           | 2026-05-10
        """,
    )
    held = {"A1": True, "A2": False, "A3": False}
    assert seen("audits", "is_held", on="2026-05-13") == held
    assert not any(seen("audits", "is_held", on="2026-05-12").values())
    assert seen("audits", "result", on="2026-05-12")["A1"] is None
    assert seen("audits", "next_due_on")["A1"].isoformat() == "2027-05-13"


def test_points_make_the_score_and_a_lone_percentage_stands_for_itself(known, seen):
    known(
        "audits",
        """
        audit_ref | held_on    | points_met | points_applicable | score_pct
        A1        | 2026-05-13 | 9          | 10                | 95
        A2        | 2026-05-13 |            |                   | 85
        A3        | 2026-05-13 | 0          | 0                 |
        """,
    )
    scores = seen("audits", "score_pct::double")
    assert scores == {"A1": 90, "A2": 85, "A3": None}
