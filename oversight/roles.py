"""Who may see and do what: one line per permission, and the reason for a no.

`check_may_…` raises the reason, `may_…` asks, of the same roles: a hidden button and a
refused action can never disagree. Which pages a role may open, the pages say (SEEN_BY).
"""

from collections.abc import Callable, Collection
from typing import Final

from oversight.words import EVERY_HOME, ROLE_WORDS, Role

SENIOR_MANAGER: Final = Role.SENIOR_MANAGER  # all homes, counts, papers, decisions
IG_LEAD: Final = Role.IG_LEAD  # rows, imports, reviews, unmasking with a reason
HOME_MANAGER: Final = Role.HOME_MANAGER  # own homes only, own staff's rows
AUDITOR: Final = Role.AUDITOR  # reads all, pseudonymised; changes nothing
ADMINISTRATOR: Final = Role.ADMINISTRATOR  # people and settings, no records

SEE_EVERY_HOME: Final = {SENIOR_MANAGER, IG_LEAD, AUDITOR}


class NotAllowed(Exception):
    """This role may not do that; the sentence is shown to people as it stands."""


def _pair(
    deed: str, *roles: Role
) -> tuple[Callable[[Role], None], Callable[[Role], bool]]:
    def check(role: Role) -> None:
        _check(role, roles, deed)

    def may(role: Role) -> bool:
        return role in roles

    return check, may


check_may_see_figures, may_see_figures = _pair(
    "see the figures", SENIOR_MANAGER, IG_LEAD, HOME_MANAGER, AUDITOR
)
check_may_see_rows, may_see_rows = _pair(
    "see the rows behind a figure", IG_LEAD, HOME_MANAGER, AUDITOR
)
check_may_see_own_staff, may_see_own_staff = _pair(
    "see staff by their own reference", HOME_MANAGER
)
check_may_unmask, may_unmask = _pair("see who a pseudonym stands for", IG_LEAD)
check_may_import, may_import = _pair("import files", IG_LEAD)
check_may_enter, may_enter = _pair("enter records", IG_LEAD, HOME_MANAGER)
check_may_attach, may_attach = _pair("attach evidence", IG_LEAD, HOME_MANAGER)
check_may_remove_evidence, may_remove_evidence = _pair("remove evidence", IG_LEAD)
check_may_review, may_review = _pair("review records", IG_LEAD)
check_may_reset_limits, may_reset_limits = _pair("set limits afresh", IG_LEAD)
check_may_decide, may_decide = _pair("record a management decision", SENIOR_MANAGER)
check_may_prepare, may_prepare = _pair("prepare and freeze a review", IG_LEAD)
check_may_comment, may_comment = _pair("comment on a review", SENIOR_MANAGER, IG_LEAD)
check_may_read_papers, may_read_papers = _pair(
    "read the papers of a review", SENIOR_MANAGER, IG_LEAD, AUDITOR
)
check_may_pin_notes, may_pin_notes = _pair(
    "pin a note to a measure", SENIOR_MANAGER, IG_LEAD, HOME_MANAGER
)
check_may_explore, may_explore = _pair(
    "ask questions of one's own", IG_LEAD, HOME_MANAGER, AUDITOR
)
check_may_share_views, may_share_views = _pair("save a view for a role", IG_LEAD)
check_may_ask_in_sql, may_ask_in_sql = _pair("ask in SQL", IG_LEAD, AUDITOR)
check_may_read_journal, may_read_journal = _pair("read the journal", IG_LEAD, AUDITOR)
check_may_see_holdings, may_see_holdings = _pair(
    "see what is held about people", SENIOR_MANAGER, IG_LEAD, AUDITOR
)
check_may_manage_people, may_manage_people = _pair(
    "change people and their roles", ADMINISTRATOR
)
check_may_change_settings, may_change_settings = _pair(
    "change the settings", ADMINISTRATOR
)


def needs_second_factor(role: Role) -> bool:
    """Whether a passphrase alone is too little: for rows, and for who may see them."""
    return may_see_rows(role) or may_manage_people(role)


def check_may_open(role: Role, seen_by: Collection[Role]) -> None:
    """Raise NotAllowed unless this role is among those a page is seen by."""
    _check(role, seen_by, "open this page")


def homes_seen(role: Role, own_homes: Collection[str]) -> tuple[str, ...]:
    """The scope to read the store with: every home, a home manager's own, or none."""
    if role in SEE_EVERY_HOME:
        return (EVERY_HOME,)
    if role is not HOME_MANAGER:
        return ()
    # A home of one's own called "*" is no home: data never widens a scope.
    return tuple(sorted(home for home in own_homes if home != EVERY_HOME))


def _check(role: Role, roles: Collection[Role], deed: str) -> None:
    if role not in roles:
        those = ", ".join(ROLE_WORDS[one] for one in Role if one in roles) or "nobody"
        raise NotAllowed(
            f"Your role ({ROLE_WORDS[role]}) may not {deed}. Who may: {those}."
        )
