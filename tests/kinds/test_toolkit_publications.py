"""Toolkit publications: each rule just right and just wrong, and until when they count."""

import pytest

from oversight.store import EVERYTHING

pytestmark = pytest.mark.queries

PAIRS = """
published_on | refused | status=Not Published & published_on= | status=Not Published
published_on | warned | published_on=2026-06-15 | published_on=
version | refused | version=25/26 | version=2025-26
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("toolkit_publications", PAIRS)


def test_a_publication_counts_until_the_next_cycle_ends(known, store):
    known(
        "toolkit_publications",
        """
        organisation_code | version | status              | published_on
        V1                | 25/26   | Standards Met       | 2026-06-15
        V2                | 24/25   | Standards Met       | 2025-06-15
        V3                | 25/26   | Standards Not Met   | 2026-06-15
        V4                | 25/26   | Standards Met       |
        V5                | 26/27   | Standards Exceeded  | 2026-11-22
        """,
    )

    def current(on: str) -> dict[str, bool]:
        with store.reading(EVERYTHING) as cursor:
            found = cursor.execute(
                """
                select organisation_code, is_current
                from toolkit_publications($as_of::date)
                """,
                {"as_of": on},
            )
            return dict(found.fetchall())

    now = {"v1": True, "v2": False, "v3": False, "v5": True}
    assert current("2026-11-22") == now
    assert current("2026-06-30")["v2"] is True
    assert current("2026-07-01")["v2"] is False
    assert set(current("2026-06-14")) == {"v2"}
