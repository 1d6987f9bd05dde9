import re

import pytest
from command_line import oversight

from oversight import people, policy
from oversight.measures import all_measures
from oversight.people import Person
from oversight.policy import clauses_on, promises
from oversight.statements import Stated, state, take_back
from oversight.store import EVERYTHING, StoreError
from oversight.verdicts.sentences import day_in_words
from oversight.words import Role, Status
from pages.frame import today
from tests.conftest import TODAY

HIGH_RISK_AND_NOT_TOLD = """
    incident_ref | home      | kind      | aware_at         | is_high_risk
    I1           | Elm House | confirmed | 2026-11-02 09:00 | yes
"""
ABOUT_EVERYTHING = ("4.2", "10.1")
KEYS = "clause strand promise measures status evidence reason_unmeasured".split()


@pytest.fixture
def lead(store):
    people.add(store, Person("Ada", Role.IG_LEAD, (), True, ""), "tester")
    return "Ada"


@pytest.fixture
def clauses(store):
    with store.reading(EVERYTHING) as cursor:
        return {one.clause: one for one in clauses_on(cursor, as_of=TODAY)}


def test_every_clause_is_measured_or_says_what_is_to_show_it(clauses):
    assert len(clauses) == len(promises()) == 55
    for clause in clauses.values():
        shown = bool(clause.measures) or clause.clause in ABOUT_EVERYTHING
        assert (clause.status is None) == (not shown)
        assert (clause.evidence is None) == (not shown)
        assert shown or clause.reason_unmeasured


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


def test_a_clause_that_is_about_everything_is_shown_by_every_measure(store, known):
    known("homes", "home_ref | name\n1-900 | Elm House")
    with store.reading(EVERYTHING) as cursor:
        before = {one.clause: one for one in clauses_on(cursor, as_of=TODAY)}
    known("incidents", HIGH_RISK_AND_NOT_TOLD)
    with store.reading(EVERYTHING) as cursor:
        after = {one.clause: one for one in clauses_on(cursor, as_of=TODAY)}
    for clause in ABOUT_EVERYTHING:
        assert before[clause].status is Status.NOT_KNOWN
        assert after[clause].status is Status.NOT_MET
        assert "people told of high-risk breaches" in after[clause].evidence
        assert after[clause].reason_unmeasured is None


def test_a_measure_planned_in_words_is_there_once_one_more_is():
    planned = {"measures": "S24 and an acknowledgement measure", "shown_by": "checks"}
    assert policy._still_to_come(planned, ("S24",)) == (
        "Measured in part; still to come: an acknowledgement measure."
    )
    assert policy._still_to_come(planned, ("S24", "S30")) is None


def test_every_measure_that_the_policy_plans_is_there(clauses):
    assert [one.clause for one in clauses.values() if one.reason_unmeasured] == []


def test_a_clause_without_a_measure_says_what_is_to_show_it():
    planned = {"measures": "S14 S99 a new measure", "shown_by": "access oversight"}
    assert policy._still_to_come(planned, ()) == (
        "Not measured yet: to be shown by access oversight (S14, S99, a new measure)."
    )


def test_a_clause_does_not_apply_only_by_a_name_a_day_and_a_reason(store, lead):
    def stated():
        with store.reading(EVERYTHING) as cursor:
            found = clauses_on(cursor, as_of=today())
        return next(one for one in found if one.clause == "5.3")

    assert "Not applicable" not in (stated().reason_unmeasured or "")
    for by, reason in (
        ("nobody", "We have no press office"),
        (lead, " "),
        (lead, "no"),
    ):
        with pytest.raises(StoreError):
            state(store, Stated.CLAUSE_NOT_APPLICABLE, "5.3", by, reason)
    reason = "The parent company answers the press for every home."
    state(store, Stated.CLAUSE_NOT_APPLICABLE, "5.3", lead, reason)
    found = stated()
    assert (found.status, found.evidence) == (None, None)
    assert found.reason_unmeasured == (
        f"Not applicable, as {lead} stated on {day_in_words(today())}: {reason}"
    )
    take_back(store, Stated.CLAUSE_NOT_APPLICABLE, "5.3", lead, "We answer it again")
    assert "Not applicable" not in (stated().reason_unmeasured or "")


def test_the_command_gives_the_contracts_keys(store_path):
    answer = oversight("clauses", "--as-of", "2026-11-22", "--json", store=store_path)
    assert answer.status == 0
    assert [list(row) for row in answer.document] == [KEYS] * 55
    words = oversight("clauses", "--as-of", "2026-11-22", store=store_path).out
    assert "5.1" in words
    assert "Not known: " in words
