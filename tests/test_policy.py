import re

import pytest
from command_line import oversight

from oversight.measures import all_measures
from oversight.policy import clauses_on, promises
from oversight.store import EVERYTHING
from oversight.words import Status
from tests.conftest import TODAY

HIGH_RISK_AND_NOT_TOLD = """
    incident_ref | home      | kind      | aware_at         | is_high_risk
    I1           | Elm House | confirmed | 2026-11-02 09:00 | yes
"""
KEYS = "clause strand promise measures status evidence reason_unmeasured".split()


@pytest.fixture
def clauses(store):
    with store.reading(EVERYTHING) as cursor:
        return {one.clause: one for one in clauses_on(cursor, as_of=TODAY)}


def test_every_clause_is_measured_or_says_what_is_to_show_it(clauses):
    assert len(clauses) == len(promises()) == 55
    for clause in clauses.values():
        assert (clause.status is None) == (not clause.measures)
        assert (clause.evidence is None) == (not clause.measures)
        assert clause.measures or clause.reason_unmeasured


def test_every_measure_is_found_under_the_clauses_of_its_header(clauses):
    for measure in all_measures().values():
        under = [c for c, found in clauses.items() if measure.id in found.measures]
        assert sorted(under) == sorted(measure.clauses)


def test_a_clause_is_as_bad_as_its_worst_measure(store, known):
    known("homes", "home_ref | name\n1-900 | Elm House")
    known("incidents", HIGH_RISK_AND_NOT_TOLD)
    with store.reading(EVERYTHING) as cursor:
        found = {one.clause: one for one in clauses_on(cursor, as_of=TODAY)}
    assert found["9k"].status is Status.NOT_MET
    assert found["9k"].evidence.startswith("People told of high-risk breaches: 0 of 1")


def test_what_is_still_to_measure_a_clause_is_named(clauses):
    for promise in promises():
        found = clauses[promise["clause"]]
        planned = re.findall(r"\b[A-Z]\d\d\b", promise["measures"])
        missing = {one for one in planned if one not in found.measures}
        said = found.reason_unmeasured or ""
        assert set(re.findall(r"\b[A-Z]\d\d\b", said)) == missing
        assert said.startswith("Measured in part") <= bool(found.measures)
        if said.startswith("Not measured yet"):
            assert promise["shown_by"] in said


def test_a_clause_that_is_about_everything_is_shown_by_the_overview(clauses):
    assert clauses["10.1"].reason_unmeasured == (
        "Shown by the overview as a whole, not by a measure of its own."
    )


def test_the_command_gives_the_contracts_keys(store_path):
    answer = oversight("clauses", "--as-of", "2026-11-22", "--json", store=store_path)
    assert answer.status == 0
    assert [list(row) for row in answer.document] == [KEYS] * 55
    words = oversight("clauses", "--as-of", "2026-11-22", store=store_path).out
    assert "5.1" in words
    assert "Not known: " in words
