"""Who may see and do what? One truth table, which the signer of the policy can read."""

import pytest

from oversight import roles
from oversight.roles import NotAllowed, check_may_open, homes_seen
from oversight.words import EVERY_HOME, ROLE_WORDS, Role

TABLE = """
may               | senior_manager | ig_lead | home_manager | auditor | administrator
see_figures       | yes            | yes     | yes          | yes     | no
see_rows          | no             | yes     | yes          | yes     | no
see_own_staff     | no             | no      | yes          | no      | no
unmask            | no             | yes     | no           | no      | no
import            | no             | yes     | no           | no      | no
enter             | no             | yes     | yes          | no      | no
attach            | no             | yes     | yes          | no      | no
remove_evidence   | no             | yes     | no           | no      | no
review            | no             | yes     | no           | no      | no
reset_limits      | no             | yes     | no           | no      | no
decide            | yes            | no      | no           | no      | no
prepare           | no             | yes     | no           | no      | no
comment           | yes            | yes     | no           | no      | no
read_papers       | yes            | yes     | no           | yes     | no
pin_notes         | yes            | yes     | yes          | no      | no
explore           | no             | yes     | yes          | yes     | no
share_views       | no             | yes     | no           | no      | no
ask_in_sql        | no             | yes     | no           | yes     | no
read_journal      | no             | yes     | no           | yes     | no
see_holdings      | yes            | yes     | no           | yes     | no
manage_people     | no             | no      | no           | no      | yes
change_settings   | no             | no      | no           | no      | yes
"""


def read(table):
    head, *lines = [
        [cell.strip() for cell in line.split("|")]
        for line in table.strip().splitlines()
    ]
    return [
        (line[0], Role(role), {"yes": True, "no": False}[answer])
        for line in lines
        for role, answer in zip(head[1:], line[1:], strict=True)
    ]


@pytest.mark.parametrize(("deed", "role", "allowed"), read(TABLE))
def test_the_truth_table(deed, role, allowed):
    assert getattr(roles, f"may_{deed}")(role) is allowed


@pytest.mark.parametrize(("deed", "role", "allowed"), read(TABLE))
def test_checking_says_the_same_as_asking_and_says_why(deed, role, allowed):
    check = getattr(roles, f"check_may_{deed}")
    if allowed:
        check(role)
    else:
        with pytest.raises(NotAllowed) as refused:
            check(role)
        assert f"Your role ({ROLE_WORDS[role]}) may not" in str(refused.value)


def test_the_table_leaves_out_no_permission_and_no_role():
    deeds = {
        name.removeprefix("may_") for name in vars(roles) if name.startswith("may_")
    }
    assert {deed for deed, _, _ in read(TABLE)} == deeds
    assert {role for _, role, _ in read(TABLE)} == set(Role)


def test_a_refusal_says_who_may():
    with pytest.raises(NotAllowed, match=r"Who may: IG lead, Home manager, Auditor\."):
        roles.check_may_see_rows(Role.SENIOR_MANAGER)


@pytest.mark.parametrize("role", Role)
def test_a_page_is_open_to_those_it_says_it_is_seen_by(role):
    check_may_open(role, {role})
    with pytest.raises(NotAllowed):
        check_may_open(role, set(Role) - {role})


@pytest.mark.parametrize(
    ("role", "own", "seen"),
    [
        (Role.SENIOR_MANAGER, [], (EVERY_HOME,)),
        (Role.IG_LEAD, ["H1"], (EVERY_HOME,)),
        (Role.AUDITOR, [], (EVERY_HOME,)),
        (Role.HOME_MANAGER, ["H2", "H1"], ("H1", "H2")),
        (Role.HOME_MANAGER, [], ()),
        (Role.HOME_MANAGER, ["H1", EVERY_HOME], ("H1",)),  # data widens no scope
        (Role.ADMINISTRATOR, ["H1"], ()),
    ],
)
def test_the_homes_a_role_is_shown(role, own, seen):
    assert homes_seen(role, own) == seen
