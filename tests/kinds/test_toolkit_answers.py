"""Toolkit answers: each rule just right and just wrong, and the items on a day."""

import pytest

from oversight.store import EVERYTHING

pytestmark = pytest.mark.queries

PAIRS = """
evidence_expires_on | refused | evidence_expires_on=2026-03-31 | evidence_expires_on=2026-03-30
review_due_on | refused | review_due_on=2026-04-21 | review_due_on=2026-04-20
approved_on | refused | approved_on=2026-04-20 | approved_on=2026-04-19
answered_on | warned | answered_on= & answer=not complete | answered_on=
evidence_ref | warned | evidence_ref= & answer=not complete | evidence_ref=
comment | warned | answer=not applicable | answer=not applicable & comment=
item | refused | item=1.3.13 | item=2001-01-01
item | refused | item=10.1.2 | item=1.3
version | refused | version=V9 2026-27 | version=25/26
"""


def test_each_rule_just_right_and_just_wrong(pairs):
    pairs("toolkit_answers", PAIRS)


HEAD = "version | item | answer | answered_on | evidence_ref | evidence_expires_on | comment"


def test_an_item_is_complete_with_evidence_that_counts_or_a_reason(known, seen):
    known(
        "toolkit_answers",
        f"""
        {HEAD}
        v8 2025-26 | 1.1.1 | complete       | 2026-04-20 | E1 | 2026-11-22 |
        v8 2025-26 | 1.1.2 | complete       | 2026-04-20 | E1 | 2026-11-21 |
        v8 2025-26 | 1.1.3 | complete       | 2026-04-20 |    |            |
        v8 2025-26 | 1.1.5 | complete       |            | E1 |            |
        v8 2025-26 | 1.2.4 | not applicable | 2026-04-20 |    |            | No data shared
        v8 2025-26 | 1.3.1 | not applicable | 2026-04-20 | E1 |            |
        v8 2025-26 | 1.3.2 | not complete   | 2026-04-20 | E1 |            |
        """,
    )
    complete = seen("toolkit_answers", "is_complete")
    assert {item for item, is_complete in complete.items() if is_complete} == {
        "1.1.1",
        "1.2.4",
    }


def test_an_item_that_nobody_answered_is_listed_and_not_complete(known, seen):
    known(
        "toolkit_answers",
        f"{HEAD}\nV8 2025-26 | 1.1.1 | complete | 2026-04-20 | E1 | |",
    )
    complete = seen("toolkit_items", "is_complete")
    assert [item for item, is_complete in complete.items() if is_complete] == ["1.1.1"]
    wanted = seen("toolkit_items", "is_mandatory")
    assert sum(wanted.values()) == 45
    assert wanted["7.3.1"] is False  # its place on the list is not certain
    assert seen("toolkit_items", "confidence")["1.3.14"] == "C"


def test_the_same_item_of_another_version_is_another_answer(known, store):
    known(
        "toolkit_answers",
        f"""
        {HEAD}
        v8 2025-26 | 1.1.1 | complete     | 2026-04-20 | E1 | |
        v7 2024-25 | 1.1.1 | not complete | 2025-04-20 |    | |
        """,
    )
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute(
            "select version, is_complete from toolkit_answers(date '2026-11-22')"
        )
        assert dict(found.fetchall()) == {"v8 2025-26": True, "v7 2024-25": False}
