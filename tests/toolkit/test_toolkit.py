"""The Toolkit: how an item stands, what the data says, the pace, publishing now."""

from datetime import date

import pytest
from command_line import oversight

from oversight import frameworks, toolkit
from oversight.frameworks import framework_items, own_items
from oversight.store import EVERYTHING
from oversight.toolkit import Standing, deadline_after, toolkit_on
from oversight.verdicts.judgement import judge_all
from oversight.words import Status
from tests.conftest import TODAY

pytestmark = pytest.mark.queries

HEADS = "version | item | owner | answer | answered_on | evidence_ref"
HOMES = "home_ref | name\n1-900 | Elm House"
VERSION = "v8 2025-26"
COMPLETE = """
    home      | staff_ref | started_on | job_role    | employment
    Elm House | S1        | 2020-01-01 | Care worker | permanent
"""
STAFF = "home | staff_ref | started_on\nElm House | S1 | 2020-01-01"


def on(store, as_of=TODAY):
    with store.reading(EVERYTHING) as cursor:
        return toolkit_on(cursor, judge_all(cursor, as_of), as_of)


def items(found):
    return {each.item.item: each for each in found.items}


ANSWERS = """
    answer         | answered_on | evidence_ref | comment | evidence_expires_on | review_due_on | standing
    complete       | 2026-04-20  | E1           |         |                     |               | ready
    complete       | 2026-04-20  | E1           |         | 2026-11-22          | 2026-11-22    | ready
    complete       | 2026-04-20  | E1           |         | 2026-11-21          |               | evidence out of date
    complete       | 2026-04-20  | E1           |         |                     | 2026-11-21    | review overdue
    complete       | 2026-04-20  |              | Words   |                     |               | no evidence named
    complete       |             | E1           |         |                     |               | not answered
    not complete   | 2026-04-20  | E1           |         |                     |               | not complete
    not applicable | 2026-04-20  |              | No site |                     |               | ready
    not applicable | 2026-04-20  | E1           |         |                     |               | no evidence named
                   | 2026-04-20  | E1           |         |                     |               | not answered
"""  # noqa: E501
DRAWN = [
    [cell.strip() for cell in line.split("|")]
    for line in ANSWERS.strip("\n").splitlines()
]


def test_an_item_stands_as_its_answer_and_evidence_do(store, known):
    """Each line is the answer to an item of its own."""
    with store.reading() as cursor:
        asked = "select item from reference_dspt_evidence_items() where version like ?"
        found = cursor.execute(f"{asked} order by item", [f"{VERSION}%"]).fetchall()
    of = [item for (item,) in found][: len(DRAWN) - 1]
    lines = [["version", "item", "owner", *DRAWN[0][:-1]]]
    lines += [
        [VERSION, item, "IG", *row[:-1]]
        for item, row in zip(of, DRAWN[1:], strict=True)
    ]
    known("toolkit_answers", "\n".join(" | ".join(line) for line in lines))
    stands = items(on(store))
    for item, row in zip(of, DRAWN[1:], strict=True):
        assert stands[item].standing == Standing(row[-1]), row


def test_an_item_that_nobody_answered_is_not_answered(store):
    found = on(store)
    assert {each.standing for each in found.items} == {Standing.NOT_ANSWERED}
    assert len(found.mandatory) == 45
    assert len(found.to_do) == 45
    assert found.sentence == (
        "How the Toolkit stands is not known. Nobody has answered; 220 days to 30 June"
        " 2027."
    )
    assert found.if_published_now(by_the_data=False) == "Standards Not Met"


def test_an_answer_that_the_data_contradicts_comes_first(store, known):
    known("homes", HOMES)
    known("staff", STAFF)
    known("training", "home | staff_ref | category\nElm House | S2 | 26")
    rows = [
        f"v8 2025-26 | {item} | IG lead | complete | 2026-04-20 | E1"
        for item in ("3.2.1", "1.3.12")
    ]
    known("toolkit_answers", "\n".join([HEADS, *rows]))
    found = on(store)
    first = found.items[0]
    assert (first.item.item, first.standing) == ("3.2.1", Standing.CONTRADICTED)
    assert first.claimed is Standing.READY
    assert first.data[0].verdict.status is Status.NOT_MET
    assert first.data_says == "Staff in date with IG training: 0 of 1."
    assert found.sentence == (
        "One answer is contradicted by the data. 1 of 45 mandatory items are ready;"
        " 220 days to 30 June 2027. One every 5 days is the pace needed."
    )
    assert items(found)["1.3.12"].data_says == "No measure bears on this item."


def test_what_is_not_known_contradicts_nothing(store, known):
    known(
        "toolkit_answers",
        f"{HEADS}\nv8 2025-26 | 3.2.1 | IG | complete | 2026-04-20 | E",
    )
    found = items(on(store))["3.2.1"]
    assert found.standing is Standing.READY
    assert found.data_says == "Staff in date with IG training: not known."


def test_an_answer_belongs_to_its_version(store, known):
    known(
        "toolkit_answers",
        f"{HEADS}\nv7 2024-25 | 4.5.3 | IG | complete | 2025-04-20 | E",
    )
    assert items(on(store))["4.5.3"].standing is Standing.NOT_ANSWERED


def test_an_answer_of_a_later_day_is_not_yet_given(store, known):
    known(
        "toolkit_answers",
        f"{HEADS}\nv8 2025-26 | 4.5.3 | IG | complete | 2026-11-20 | E",
    )
    assert items(on(store))["4.5.3"].standing is Standing.READY
    before = items(on(store, date(2026, 11, 19)))["4.5.3"]
    assert before.standing is Standing.NOT_ANSWERED


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        ("2026-06-29", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
        ("2026-07-01", "2027-06-30"),
        ("2026-12-31", "2027-06-30"),
    ],
)
def test_the_deadline_is_the_next_30_june(day, deadline):
    assert deadline_after(date.fromisoformat(day)) == date.fromisoformat(deadline)


def answer_all(known, left_out=(), only=None):
    drawn = [
        f"v8 2025-26 | {item.item} | IG lead | complete | 2026-04-20 | E1"
        for item in own_items()
        if item.framework == frameworks.TOOLKIT
        and item.item not in left_out
        and (only is None or only(item))
    ]
    known("toolkit_answers", "\n".join([HEADS, *drawn]))


PUBLISHED = "organisation_code | version | status | published_on\n"


@pytest.mark.parametrize(
    ("left_out", "before", "status"),
    [
        ((), "Standards Met", "Standards Met"),
        (("7.3.1",), "", "Standards Met"),  # not known to be mandatory
        (("3.2.1",), "", "Approaching Standards"),  # not asked for Approaching
        (("3.2.1",), "Approaching Standards", "Standards Not Met"),  # once only
        (("1.1.1",), "", "Standards Not Met"),
    ],
)
def test_publishing_now_would_give(store, known, left_out, before, status):
    answer_all(known, left_out)
    if before:
        known(
            "toolkit_publications", f"{PUBLISHED}VM28N | 25/26 | {before} | 2026-06-15"
        )
    found = on(store)
    assert found.if_published_now(by_the_data=False) == status
    if before:
        assert found.published.status == before


def test_publishing_now_by_the_data_is_another_question(store, known):
    known("homes", HOMES)
    known("staff", COMPLETE)
    known("training", "home | staff_ref | category\nElm House | S1 | 1")
    answer_all(known)
    found = on(store)
    assert found.if_published_now(by_the_data=False) == "Standards Met"
    assert found.if_published_now(by_the_data=True) == "Approaching Standards"


def test_nothing_to_do_needs_no_pace(store, known):
    answer_all(known)
    found = on(store)
    assert found.days_an_item is None
    assert found.sentence.endswith(
        "45 of 45 mandatory items are ready; 220 days to 30 June 2027."
    )


def test_a_lead_edits_a_framework_by_importing_it(store, known):
    known(
        "framework_items",
        """
        framework | version                 | item         | wording | measures | in_use | source
        CQC       | Adult social care 2027  | Safe records | Written | S01; q16 | yes    | Seen
        Toolkit   | v8 2025-26              | 7.3.1        | -       |          | no     | -
        Toolkit   | v8 2025-26              | 1.3.12       |         | S19      |        |
        """,  # noqa: E501
    )
    with store.reading(EVERYTHING) as cursor:
        found = {item.item: item for item in framework_items(cursor, TODAY)}
    assert found["Safe records"].measures == ("S01", "Q16")
    assert found["Safe records"].shown == "Written (unverified reference)"
    assert "7.3.1" not in found
    kept = {item.item: item for item in own_items()}["1.3.12"]
    assert found["1.3.12"].wording == kept.wording
    assert found["1.3.12"].measures == ("S19",)
    assert found["1.3.12"].mandatory == "yes"


def test_every_measure_named_by_a_framework_is_one_of_the_catalogue():
    from tests import reference as beside

    beside.require("domain")
    planned = {row["id"] for row in beside.rows("domain/measures.csv")} | {"Q16", "Q17"}
    for item in own_items():
        assert set(item.measures) <= planned, item
        assert bool(item.measures) == bool(item.mapping_confidence)


def test_items_sort_by_their_numbers():
    numbers = ["1.3.11", "1.3.2", "10.1.2", "1.3.1"]
    assert sorted(numbers, key=frameworks.numbered) == [
        "1.3.1",
        "1.3.2",
        "1.3.11",
        "10.1.2",
    ]


def test_the_commands(store_path):
    told = oversight("toolkit", "--as-of", TODAY, "--json", store=store_path)
    assert told.status == 0, told.err
    assert told.document["deadline"] == "2027-06-30"
    assert len(told.document["items"]) == len(
        [i for i in own_items() if i.framework == frameworks.TOOLKIT]
    )
    words = oversight("toolkit", "--as-of", TODAY, store=store_path).out
    assert "If published now: Standards Not Met" in words
    listed = oversight("frameworks", "--as-of", TODAY, "--json", store=store_path)
    assert {row["framework"] for row in listed.document} == set(frameworks.FRAMEWORKS)
    assert toolkit.DEADLINE == (6, 30)
