"""Changes: each rule just right and just wrong, and what went live assessed."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
screened_on | refused | screened_on=2026-01-19 | screened_on=2026-01-18
live_on | refused | live_on=2026-01-19 | live_on=2026-01-18
reviewed_on | refused | reviewed_on=2026-04-08 | reviewed_on=2026-04-07
cancelled_on | refused | live_on= & reviewed_on= & cancelled_on=2026-03-20 | cancelled_on=2026-03-20
needs_dpia | warned | needs_dpia=no | needs_dpia=
dpia_signed_on | warned | dpia_signed_on= & needs_dpia=no | dpia_signed_on=
dpia_signed_on | warned | dpia_signed_on=2026-04-08 | dpia_signed_on=2026-04-09
screening_reason | warned | needs_dpia=no | needs_dpia=no & screening_reason=
dpia_signed_by | warned | dpia_signed_by= & dpia_signed_on= | dpia_signed_by=
ico_consulted_on | warned | residual_risk=high & ico_consulted_on=2026-03-05 | residual_risk=high
approved_on | warned | approved_on= & live_on= & reviewed_on= | approved_on=
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("changes", PAIRS)


def test_a_change_is_assessed_in_time_when_signed_by_the_day_it_goes_live(known, seen):
    known(
        "changes",
        """
        change_ref | raised_on  | needs_dpia | dpia_signed_on | live_on
        C1         | 2026-01-19 | yes        | 2026-04-08     | 2026-04-08
        C2         | 2026-01-19 | yes        | 2026-04-09     | 2026-04-08
        C3         | 2026-01-19 |            |                | 2026-04-08
        C4         | 2026-01-19 | no         |                | 2026-04-08
        """,
    )
    assessed = {"C1": True, "C2": False, "C3": False, "C4": False}
    assert seen("changes", "is_assessed_before_live") == assessed
    needs = {"C1": True, "C2": True, "C3": True, "C4": False}
    assert seen("changes", "needs_dpia") == needs
    assert set(seen("changes", "live_on", on="2026-04-07").values()) == {None}
    assert seen("changes", "title", on="2026-01-18") == {}
