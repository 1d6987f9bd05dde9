"""A check of the store finds what it is there to find, and nothing in a sound one."""

import pytest

from oversight.definitions import QUERIES
from oversight.facts.rollups import all_rollups
from oversight.headers import read_folder
from oversight.store import EVERYTHING, Store
from tests.proofs.made_events import events, homes, rota, send

pytestmark = pytest.mark.queries

CHECKS = {check.name: check for check in read_folder(QUERIES / "checks")}

# One way to break what each check holds, and how many rows it then finds.
BROKEN = {
    "access_by_home_day_equals_a_scan": (
        "update ready_access_by_home_day set events = events + 1"
        " where day = '2023-11-22' and home = '1-9000000001' and system = 'E-mail'",
        2,
    ),
    "access_by_person_day_equals_a_scan": (
        "delete from ready_access_by_person_day where day = '2023-11-22'"
        " and actor_login = (select max(actor_login) from ready_access_by_person_day"
        " where day = '2023-11-22')",
        1,
    ),
    "night_access_off_shift_equals_a_scan": (
        "insert into ready_night_access_off_shift"
        " select * replace (person || 'x' as person) from ready_night_access_off_shift"
        " order by case_ref limit 1",
        1,
    ),
    "exceptions_found_are_those_listed": (
        "delete from exception_found where case_ref ="
        " (select min(case_ref) from exception_found)",
        1,
    ),
    "access_rules_equal_a_scan": (
        "update ready_bulk_look_ups_and_exports set reason = 'another'"
        " where case_ref ="
        " (select min(case_ref) from ready_bulk_look_ups_and_exports)",
        2,
    ),
    "an_event_is_stored_once": (
        "insert into fact_access_events select * replace (99 as arrival)"
        " from fact_access_events order by arrival, row limit 1",
        1,
    ),
    "counts_add_up": (
        "update arrival set rows_refused = 1 where kind = 'rota'",
        1,
    ),
}


@pytest.fixture
def sound(store: Store) -> Store:
    """A store with some weeks of a log, of which a part came twice."""
    send(store, "homes", homes(["Elm House", "Oak House"]))
    send(store, "rota", rota(-1, 6, "person % 10 = 0"))
    send(store, "access_events", events(0, 6, 200))
    send(store, "access_events", events(3, 8, 200))
    return store


def found(store: Store, name: str) -> int:
    with store.reading(EVERYTHING) as cursor:
        return len(cursor.execute(CHECKS[name].sql).fetchall())


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_nothing_until_the_store_is_broken(sound, name):
    assert found(sound, name) == 0
    breaking, rows = BROKEN[name]
    with sound.maintaining() as cursor:
        cursor.execute(breaking)
    assert found(sound, name) == rows


def test_a_repeat_that_points_at_nothing_is_found(sound):
    with sound.maintaining() as cursor:
        cursor.execute("update again_access_events set of_row = of_row + 100000")
    assert found(sound, "an_event_is_stored_once") == 600


@pytest.mark.parametrize("name", all_rollups())
def test_every_rollup_has_a_check_that_it_equals_a_scan(name):
    assert f"{name}_equals_a_scan" in CHECKS


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_what_must_hold_and_what_it_finds(name):
    assert CHECKS[name].one("check")
    assert CHECKS[name].one("finds")


@pytest.mark.parametrize(
    "rule", [rollup.finds for rollup in all_rollups().values() if rollup.finds]
)
def test_every_rule_is_among_the_exceptions_checked(rule):
    assert f"'{rule}'" in CHECKS["exceptions_found_are_those_listed"].sql
