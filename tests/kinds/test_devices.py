"""Devices: each rule just right and just wrong, and those in use on a day."""

import pytest

pytestmark = pytest.mark.queries

PAIRS = """
wiped_on | refused | lost_on=2026-10-03 & wiped_on=2026-10-03 | lost_on=2026-10-03 & wiped_on=2026-10-02
is_encrypted | warned | is_encrypted= & device_type=printer | is_encrypted=
incident_ref | warned | lost_on=2026-10-03 & incident_ref=INC-1 | lost_on=2026-10-03
own_device_agreed_on | warned | is_own_device=yes & own_device_agreed_on=2026-01-12 | is_own_device=yes
supported_until | warned | supported_until=2026-11-22 | supported_until=
risk_ref | warned | supported_until=2026-11-22 | supported_until=2026-11-21
antivirus_updated_on | warned | antivirus_updated_on= & needs_antivirus=no | antivirus_updated_on=
default_password_changed | warned | default_password_changed= | default_password_changed= & device_type=network equipment
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("devices", PAIRS)


def test_what_is_not_answered_of_a_device_is_not_so(known, seen):
    known(
        "devices",
        """
        home      | device_ref | device_type | is_encrypted | antivirus_updated_on | retired_on
        Elm House | D1         | laptop      | yes          | 2026-11-16           |
        Elm House | D2         | laptop      |              | 2026-11-15           |
        Elm House | D3         | phone       | yes          |                      | 2026-11-22
        Elm House | D4         | printer     |              |                      | 2026-11-23
        """,
    )
    assert seen("devices", "is_encrypted") == {"D1": True, "D2": False, "D4": False}
    assert seen("devices", "is_portable") == {"D1": True, "D2": True, "D4": False}
    current = seen("devices", "is_antivirus_current")
    assert (current["D1"], current["D2"]) == (True, False)
    assert not any(seen("devices", "is_supported").values())
    needs = seen("devices", "needs_antivirus")
    assert needs == {"D1": True, "D2": True, "D4": False}


def test_a_device_left_out_of_the_newest_list_has_gone(known, seen):
    known(
        "devices",
        "home | device_ref\nElm House | D1\nElm House | D2",
        taken_on="2026-11-01",
    )
    known("devices", "home | device_ref\nElm House | D1", taken_on="2026-11-15")
    assert set(seen("devices", "home", on="2026-11-14")) == {"D1", "D2"}
    assert set(seen("devices", "home", on="2026-11-15")) == {"D1"}
