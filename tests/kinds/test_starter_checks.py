"""Starter checks: each rule just right and just wrong, and who is verified on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
details_correct | refused | details_correct= & details_checked= & corrected_on= | details_correct=
details_correct | refused | details_correct=12 | details_correct=13
details_checked | refused | details_checked=1 & details_correct=1 | details_checked=0 & details_correct=0
corrected_on | refused | corrected_on=2026-09-01 | corrected_on=2026-08-31
corrected_on | warned | corrected_on= & details_correct=12 | corrected_on=
needs_registration | warned | needs_registration=no | needs_registration=
details_checked_on | warned | details_checked_on=2026-09-01 | details_checked_on=2026-09-02
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("starter_checks", PAIRS)


SEEN = "2026-08-18 | 2026-08-18 | 2026-08-25 | 2026-08-27 | 2026-09-01"
HEAD = (
    "identity_seen_on | right_to_work_seen_on | dbs_seen_on | references_seen_on"
    " | details_checked_on"
)


def test_a_starter_is_verified_when_everything_was_seen(known, seen):
    known(
        "starter_checks",
        f"""
        home | staff_ref | {HEAD} | needs_registration | registration_seen_on
        Elm House | S1 | {SEEN} | no |
        Elm House | S2 | {SEEN} | yes | 2026-09-02
        Elm House | S3 | {SEEN} | yes |
        Elm House | S4 | {SEEN} |  |
        Elm House | S5 | {SEEN.replace("2026-08-25", "")} | no |
        """,
    )
    verified = {"S1": True, "S2": True, "S3": False, "S4": False, "S5": False}
    assert seen("starter_checks", "is_verified") == verified
    on_the_first = verified | {"S2": False}
    assert seen("starter_checks", "is_verified", on="2026-09-01") == on_the_first
    assert not any(seen("starter_checks", "is_verified", on="2026-08-31").values())
    days = seen("starter_checks", "verified_on::varchar")
    assert days["S1"] == "2026-09-01"
    assert (days["S2"], days["S3"]) == ("2026-09-02", None)
