"""Each rule of access, at its limit: what it finds and what it just does not."""

import pytest

from oversight.access.rules import all_rules, blind_spots
from oversight.store import EVERYTHING, Store
from tests.proofs.made_events import homes, send

pytestmark = pytest.mark.queries

EVER = "date '9999-12-31'"
SAID = "event_id | home | occurred_at | actor_login | staff_ref | resident_ref"


@pytest.fixture
def found(store, known):
    """`found("AR01")`: the events, by number, and cases that the rule finds."""
    send(store, "homes", homes(["Elm House", "Oak House"]))

    def found(rule: str) -> set[str]:
        with store.reading(EVERYTHING) as cursor:
            rows = cursor.execute(
                f"select case_ref from access_exceptions({EVER}) where rule = ?", [rule]
            ).fetchall()
        return {row[0].split("|")[1] for row in rows}

    return found


def log(known, drawn: str, head: str = SAID) -> None:
    known("access_events", f"{head}\n{drawn}")


def staff(known, drawn: str, taken_on: str | None = None) -> None:
    known("staff", f"home | staff_ref | started_on | left_on\n{drawn}", taken_on)


def residents(known, drawn: str) -> None:
    known(
        "residents",
        f"home | resident_ref | status | left_on | is_high_interest\n{drawn}",
    )


BOTH = "Elm House | S1 | 2026-01-01 | -\nOak House | S2 | 2026-01-01 | -"


# ---- AR01


def test_a_record_of_a_home_where_one_has_no_post_and_no_shift(known, found):
    staff(known, BOTH)
    log(
        known,
        """1 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | R1
        2 | Oak House | 2026-03-02T10:00:00Z | s1 | S1 | R2
        3 | Oak House | 2026-03-02T10:05:00Z | s1 | S1 | -""",
    )
    assert found("AR01") == {"2"}


def test_where_somebody_sits_does_not_make_another_homes_resident_theirs(known, found):
    staff(known, BOTH)
    residents(known, "Oak House | R9 | in residence | - | no")
    log(known, "1 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | R9")
    assert found("AR01") == {"1"}


@pytest.mark.parametrize(
    ("at", "exceptions"),
    [
        ("2026-03-01T06:59:59Z", {"1"}),
        ("2026-03-01T07:00:00Z", set()),
        ("2026-03-03T14:59:59Z", set()),
        ("2026-03-03T15:00:00Z", {"1"}),
    ],
)
def test_a_shift_makes_a_care_relationship_for_a_day_either_way(
    known, found, at, exceptions
):
    staff(known, BOTH)
    log(known, f"1 | Oak House | {at} | s1 | S1 | R2")
    assert found("AR01") == {"1"}
    known(
        "rota",
        "home | staff_ref | starts_at | ends_at\n"
        "Oak House | S1 | 2026-03-02 07:00 | 2026-03-02 15:00",
    )
    assert found("AR01") == exceptions


def test_with_no_register_of_staff_nothing_is_held_against_anybody(known, found):
    log(known, "1 | Oak House | 2026-03-02T10:00:00Z | s1 | S1 | R2")
    assert found("AR01") == set()
    staff(known, BOTH)
    assert found("AR01") == {"1"}


# ---- AR02


@pytest.mark.parametrize(
    ("day", "exceptions"), [("2026-03-31", set()), ("2026-04-01", {"1"})]
)
def test_a_leavers_account_from_the_day_after_the_last(known, found, day, exceptions):
    staff(known, "Elm House | S1 | 2026-01-01 | 2026-03-31")
    log(known, f"1 | Elm House | {day}T10:00:00Z | s1 | S1 | -")
    assert found("AR02") == exceptions


def test_who_moved_to_another_home_has_not_left(known, found):
    staff(
        known,
        "Elm House | S1 | 2026-01-01 | 2026-03-31\nOak House | S1 | 2026-04-01 | -",
    )
    log(known, "1 | Oak House | 2026-04-02T10:00:00Z | s1 | S1 | -")
    assert found("AR02") == set()


def test_a_leaver_is_known_by_the_list_of_accounts_where_the_log_names_nobody(
    known, found
):
    staff(known, "Elm House | S1 | 2026-01-01 | 2026-03-31")
    log(known, "1 | Elm House | 2026-04-02T10:00:00Z | odd | - | -")
    assert found("AR02") == set()
    known("accounts", "login | staff_ref | home\nodd | S1 | Elm House")
    assert found("AR02") == {"1"}


# ---- AR03, AR05


def test_a_record_that_has_ones_own_reference_and_one_that_has_a_colleagues(
    known, found
):
    staff(known, BOTH)
    log(
        known,
        """1 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | s1
        2 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | S2
        3 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | R3""",
    )
    assert found("AR03") == {"1"}
    assert found("AR05") == {"2"}


def test_a_resident_who_happens_to_be_numbered_like_staff_is_no_colleague(known, found):
    staff(known, BOTH)
    log(known, "1 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | S2")
    residents(known, "Elm House | S2 | in residence | - | no")
    assert found("AR05") == set()


# ---- AR06


def test_break_glass_by_what_was_done_or_what_for(known, found):
    log(
        known,
        """1 | break-glass | - | success
        2 | view | BTG | success
        3 | view | etreat | success
        4 | view | TREAT | success
        5 | break-glass | - | failure""",
        "event_id | event_type | purpose | outcome",
    )
    assert found("AR06") == {"1", "2", "3"}


# ---- AR08


def to_and_fro(known, *times: str) -> None:
    at = ["Elm House", "Oak House", "Elm House"]
    lines = [
        f"{n} | {home} | 2026-03-02T{time}:00Z | s1 | S1 | -"
        for n, (home, time) in enumerate(zip(at, times, strict=False))
    ]
    log(known, "\n".join(lines))


@pytest.mark.parametrize(
    ("times", "exceptions"),
    [
        (("10:00", "10:10", "10:30"), {"s1"}),
        (("10:00", "10:10", "10:31"), set()),
        (("10:00", "10:10"), set()),
    ],
)
def test_one_account_to_and_fro_between_two_homes(known, found, times, exceptions):
    to_and_fro(known, *times)
    assert found("AR08") == exceptions


def test_an_account_that_several_share_is_found_when_it_is_used(known, found):
    log(known, "1 | Elm House | 2026-03-02T10:00:00Z | ward | - | R1")
    known("accounts", "login | account_kind | staff_ref\nward | person | S1")
    assert found("AR08") == set()
    known("accounts", "login | account_kind | staff_ref\nward | shared | -")
    assert found("AR08") == {"ward"}


# ---- AR09


@pytest.mark.parametrize(
    ("residents", "minutes", "found_any"),
    [(21, 60, True), (20, 60, False), (21, 61, False)],
)
def test_more_than_twenty_residents_in_an_hour(
    store, known, residents, minutes, found_any
):
    lines = [
        f"{n} | Elm House | 2026-03-02T{10 + m // 60}:{m % 60:02}:00Z | s1 | S1 | R{n}"
        for n in range(residents)
        for m in [n * minutes // (residents - 1)]
    ]
    log(known, "\n".join(lines))
    with store.reading(EVERYTHING) as cursor:
        rows = cursor.execute(
            f"select reason from access_exceptions({EVER}) where rule = 'AR09'"
        ).fetchall()
    assert rows == ([("21 residents in 60 minutes",)] if found_any else [])


def test_any_export_that_came_off(known, found):
    log(
        known,
        "1 | export | success\n2 | export | denied\n3 | view | success",
        "event_id | event_type | outcome",
    )
    assert found("AR09") == {"1"}


# ---- AR11


@pytest.mark.parametrize(
    ("at", "exceptions"),
    [
        ("2026-03-02T07:59:59Z", {"1"}),
        ("2026-03-02T08:00:00Z", set()),
        ("2026-03-06T17:59:59Z", set()),
        ("2026-03-06T18:00:00Z", {"1"}),
        ("2026-03-07T10:00:00Z", {"1"}),
    ],
)
def test_rights_changed_outside_the_window(known, found, at, exceptions):
    log(known, f"1 | {at} | permission change", "event_id | occurred_at | event_type")
    assert found("AR11") == exceptions


# ---- AR12


def sign_ins(known, failures: int, success_at: str) -> None:
    lines = [f"{n} | 2026-03-02T10:0{n}:00Z | login | failure" for n in range(failures)]
    lines.append(f"9 | 2026-03-02T{success_at}Z | login | success")
    log(known, "\n".join(lines), "event_id | occurred_at | event_type | outcome")


@pytest.mark.parametrize(
    ("failures", "success_at", "exceptions"),
    [
        (5, "10:10:00", {"9"}),
        (5, "10:10:01", set()),
        (4, "10:05:00", set()),
    ],
)
def test_failures_and_then_a_success(known, found, failures, success_at, exceptions):
    sign_ins(known, failures, success_at)
    assert found("AR12") == exceptions


# ---- AR13


def test_a_record_of_high_interest_by_who_had_no_shift(known, found):
    staff(known, BOTH)
    residents(
        known,
        """Elm House | R1 | in residence | - | yes
        Elm House | R2 | in residence | - | no""",
    )
    log(
        known,
        """1 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | R1
        2 | Elm House | 2026-03-02T10:00:00Z | s1 | S1 | R2""",
    )
    assert found("AR13") == {"1"}
    known(
        "rota",
        "home | staff_ref | starts_at | ends_at\n"
        "Elm House | S1 | 2026-03-02 07:00 | 2026-03-02 15:00",
    )
    assert found("AR13") == set()


@pytest.mark.parametrize(
    ("day", "exceptions"), [("2026-03-31", set()), ("2026-04-01", {"1"})]
)
def test_who_died_is_left_in_peace_after_a_month(known, found, day, exceptions):
    residents(known, "Elm House | R1 | died | 2026-03-01 | no")
    log(known, f"1 | Elm House | {day}T10:00:00Z | s1 | S1 | R1")
    assert found("AR13") == exceptions


# ---- AR14


@pytest.mark.parametrize(
    ("day", "exceptions"), [("2026-04-08", set()), ("2026-04-09", {"1"})]
)
def test_a_mover_at_the_old_home_after_a_week(known, found, day, exceptions):
    staff(
        known,
        "Elm House | S1 | 2026-01-01 | 2026-03-31\nOak House | S1 | 2026-04-01 | -",
    )
    log(known, f"1 | Elm House | {day}T10:00:00Z | s1 | S1 | R1")
    assert found("AR14") == exceptions


# ---- All


def test_a_machine_is_set_aside_by_every_rule_and_counted(store, known, found):
    staff(known, BOTH)
    log(
        known,
        "1 | Oak House | 2026-03-07T02:00:00Z | svc | S1 | R1 | system | export",
        f"{SAID} | actor_kind | event_type",
    )
    with store.reading(EVERYTHING) as cursor:
        rows = cursor.execute(f"select * from access_exceptions({EVER})").fetchall()
        counted = cursor.execute(
            f"select sum(machine_events) from access_by_home_day({EVER})"
        ).fetchall()
    assert rows == []
    assert counted == [(1,)]


def test_what_a_rule_sees_in_all_homes_it_tells_of_in_scope_now_and_as_known_then(
    store: Store, known, found
):
    staff(known, BOTH)
    to_and_fro(known, "10:00", "10:10", "10:30")
    known("rota", "staff_ref\nS9")
    told = f"select rule, home, reason from access_exceptions({EVER}) order by all"
    for home in ("1-9000000001", "1-9000000002"):
        with store.reading((home,)) as cursor:
            now = cursor.execute(told).fetchall()
            newest = cursor.execute("select max(number) from moment").fetchone()
        assert ("AR08", home) in {row[:2] for row in now}
        assert {row[1] for row in now} == {home}
        with store.reading((home,), newest[0] - 1) as cursor:
            assert cursor.execute(told).fetchall() == now
    with store.reading(()) as cursor:
        assert cursor.execute(told).fetchall() == []


def test_a_register_that_changes_takes_back_what_it_explains(store, known, found):
    staff(known, BOTH, "2026-03-03")
    log(known, "1 | Oak House | 2026-03-02T10:00:00Z | s1 | S1 | R2")
    assert found("AR01") == {"1"}
    staff(known, f"{BOTH}\nOak House | S1 | 2026-02-01 | -")
    assert found("AR01") == set()
    with store.reading(EVERYTHING) as cursor:
        entries = cursor.execute(
            "select is_held, length(version) from exception_found where rule = 'AR01'"
            " order by number"
        ).fetchall()
    assert entries == [(True, 64), (False, 64)]


def test_every_rule_of_the_reference_is_found_or_said_to_be_out_of_sight(store):
    with store.reading(EVERYTHING) as cursor:
        codes = cursor.execute("select code from reference_access_review_rules()")
        wanted = {row[0] for row in codes.fetchall()}
    by_view = {"AR10", "AR15"}
    assert {rule.code for rule in all_rules()} | set(blind_spots()) | by_view == wanted
