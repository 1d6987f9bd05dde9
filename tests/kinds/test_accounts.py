"""Accounts: a list that each system exports for itself, whole for that system."""

from itertools import permutations

import pytest

from oversight.store import EVERYTHING
from tests.conftest import TODAY

pytestmark = pytest.mark.queries

CARE = """
system       | login
Care records | s1
Care records | s2
"""
CARE_LATER = """
system       | login
Care records | s2
"""
MAIL = """
system | login
E-mail | s1
E-mail | s3
"""
FILES = [(CARE, "2026-10-01"), (MAIL, "2026-10-15"), (CARE_LATER, "2026-11-01")]


def there(store, day=TODAY, macro="known", columns="row_key"):
    with store.reading(EVERYTHING) as cursor:
        return sorted(
            cursor.execute(
                f"select {columns} from {macro}_accounts(?::date)", [day]
            ).fetchall()
        )


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_list_of_one_system_takes_nothing_from_another(store, known, order):
    for at in order:
        known("accounts", *FILES[at])
    assert there(store) == [
        ("care records|s2",),
        ("e-mail|s1",),
        ("e-mail|s3",),
    ]
    gone = there(store, macro="ever", columns="row_key, gone_on::varchar")
    assert [row for row in gone if row[1]] == [("care records|s1", "2026-11-01")]


def test_one_file_of_two_systems_is_whole_for_both(store, known):
    known(
        "accounts", CARE + MAIL.strip().removeprefix("system | login\n"), "2026-10-01"
    )
    known("accounts", "system | login\nCare records | s2\nE-mail | s1", "2026-11-01")
    assert there(store) == [("care records|s2",), ("e-mail|s1",)]


def test_a_system_is_the_same_whatever_its_case(store, known):
    known("accounts", CARE, "2026-10-01")
    known("accounts", CARE_LATER.replace("Care records", "CARE RECORDS"), "2026-11-01")
    assert there(store) == [("care records|s2",)]
