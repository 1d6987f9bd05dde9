"""Data-quality checks: each rule just right and just wrong, and their units."""

import pytest

from oversight.store import EVERYTHING

pytestmark = pytest.mark.queries

PAIRS = """
sample_size | refused | sample_size=1 & passed=1 & failed=0 & not_applicable=0 | sample_size=0 & passed=0 & failed=0 & not_applicable=0
sample_size | refused | sample_size=60 | sample_size=61
population | refused | population=60 | population=59
not_applicable | warned | passed=0 & failed=1 & not_applicable=59 | passed=0 & failed=0 & not_applicable=60
compared_with | warned | dimension=validity & compared_with= | dimension=accuracy & compared_with=
action_ref | warned | action_ref= & passed=57 & failed=3 | action_ref= & passed=56 & failed=3 & threshold_pct=96
passed | refused | passed=56 | passed=94%
threshold_pct | refused | threshold_pct=95 | threshold_pct=0.95
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("quality_checks", PAIRS)


def test_a_check_counts_its_units_and_none_where_nothing_applied(known, seen):
    known(
        "quality_checks",
        """
        home | check_ref | run_on | sample_size | passed | failed | not_applicable
        Elm House | Q1 | 2026-09-30 | 60 | 56 | 3 | 1
        Elm House | Q2 | 2026-09-30 | 5  | 0  | 0 | 5
        """,
    )
    assert seen("quality_checks", "units") == {"Q1": 59, "Q2": 0}
    assert seen("quality_checks", "units_met") == {"Q1": 56, "Q2": 0}
    assert seen("quality_checks", "units", on="2026-09-29") == {}


def test_two_homes_may_give_their_checks_the_same_number(known, store):
    known("quality_checks", "home | check_ref\nElm House | 1\nOak Lodge | 1")
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute("select count(*) from quality_checks(date '2026-11-22')")
        assert found.fetchone() == (2,)
