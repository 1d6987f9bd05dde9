"""Disposals: each rule just right and just wrong, and what was gone by a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
records | refused | records=1 | records=0
certificate_on | refused | certificate_on=2026-04-28 | certificate_on=2026-04-27
certificate_ref | warned | certificate_ref=C1 | certificate_ref=
disposed_on | warned | kept_until=2026-04-27 | kept_until=2026-04-28
rule_code | warned | rule_code= & what=device | rule_code=
authorised_by | warned | authorised_by=IG lead | authorised_by=
authorised_on | warned | authorised_on=2026-04-28 | authorised_on=2026-04-29
processor_ref | warned | processor_ref= & method=shredded in house | processor_ref=
asset_ref | warned | asset_ref= | what=device & asset_ref=
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("disposals", PAIRS)


def test_a_certificate_counts_from_its_own_day_and_an_early_disposal_is_told(
    known, seen
):
    known(
        "disposals",
        """
        home      | disposal_ref | disposed_on | kept_until | certificate_ref | certificate_on
        Elm House | D1           | 2026-04-28  | 2026-03-31 | C1              | 2026-05-04
        Elm House | D2           | 2026-04-28  | 2026-04-28 | C2              |
        Elm House | D3           | 2026-04-28  |            |                 |
        """,
    )
    certificates = {"D1": "C1", "D2": "C2", "D3": None}
    assert seen("disposals", "certificate_ref") == certificates
    before = certificates | {"D1": None}
    assert seen("disposals", "certificate_ref", on="2026-05-03") == before
    assert seen("disposals", "is_early") == {"D1": False, "D2": True, "D3": False}
    assert seen("disposals", "what", on="2026-04-27") == {}
