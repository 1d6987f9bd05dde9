"""Staff stand by pseudonym in every row that is shown; who looks is told of."""

from dataclasses import replace

import pytest

from oversight import asked, pseudonyms, reader
from oversight.disclosure import PSEUDONYM, pseudonym
from oversight.measures import all_measures, cases_on, find_measure
from oversight.people import Person
from oversight.reader import Reader, Unmasking
from oversight.roles import NotAllowed
from oversight.sources import all_sources
from oversight.store import EVERYTHING
from oversight.words import Role
from tests.conftest import TODAY

BY_PSEUDONYM = (Role.IG_LEAD, Role.AUDITOR)
REASON = "Hearing of 3 May, case HR-17"


def reader_of(store, role, own=(), **more):
    return Reader(store, Person("a reader", role, tuple(own), True, ""), TODAY, **more)


@pytest.fixture
def untrained(store, known):
    known("homes", "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge")
    known(
        "staff",
        """
        home      | staff_ref | started_on
        Elm House | S0014     | 2020-01-01
        Oak Lodge | S0015     | 2020-01-01
        """,
    )
    known(
        "training",
        """
        home      | staff_ref | category | completed_on
        Elm House | S0015     | 26       | 2020-01-01
        """,
    )
    return store


TRAINED = find_measure("staff_trained_in_ig")


@pytest.mark.parametrize("role", BY_PSEUDONYM)
@pytest.mark.parametrize("measure", all_measures().values(), ids=all_measures())
def test_no_reference_of_staff_is_in_the_rows_of_any_measure(company, role, measure):
    people = pseudonyms.mask_of(company).people
    assert len(people) > 30
    shown = reader_of(company, role).cases(measure)
    for case in shown:
        assert not people & {part.casefold() for part in case.case_ref.split("|")}


@pytest.mark.parametrize("role", [*BY_PSEUDONYM, Role.SENIOR_MANAGER])
def test_no_reference_of_staff_is_in_the_days_to_come(company, role):
    people = pseudonyms.mask_of(company).people
    found = asked.ahead(reader_of(company, role))
    coming = [each.case_ref for one in found.measures for each in one.coming]
    assert len(coming) > 5
    for case_ref in coming:
        assert not people & {part.casefold() for part in case_ref.split("|")}


def test_the_same_cases_are_shown_under_other_names(untrained):
    with untrained.reading(EVERYTHING) as cursor:
        real = [case.case_ref for case in cases_on(cursor, TRAINED, TODAY)]
    shown = [c.case_ref for c in reader_of(untrained, Role.IG_LEAD).cases(TRAINED)]
    assert len(real) == len(shown) == len(set(shown)) == 2
    assert all(one.rpartition("|")[2].startswith(PSEUDONYM) for one in shown)
    traced = reader_of(untrained, Role.IG_LEAD).cases(TRAINED)
    assert all(case.file_name and case.row for case in traced)


def test_a_home_manager_sees_their_own_staff_by_reference(untrained):
    shown = reader_of(untrained, Role.HOME_MANAGER, ["1-1"]).cases(TRAINED)
    assert [case.case_ref.rpartition("|")[2].upper() for case in shown] == ["S0014"]


@pytest.mark.parametrize("role", [Role.SENIOR_MANAGER, Role.ADMINISTRATOR])
def test_who_sees_no_rows_is_refused_by_the_function_that_gives_them(untrained, role):
    with pytest.raises(NotAllowed):
        reader_of(untrained, role).cases(TRAINED)


# Unmasking


def journal_of(store, what):
    with store.reading() as cursor:
        return cursor.execute(
            "select person, about from journal where what = ? order by number", [what]
        ).fetchall()


def test_a_lead_with_a_reason_sees_who_they_are_and_it_is_written_down(untrained):
    lead = reader_of(untrained, Role.IG_LEAD)
    unmasking = lead.unmask(TRAINED, f" {REASON} about 943 476 5919 ")
    shown = lead.cases(TRAINED, unmasking)
    assert {c.case_ref.rpartition("|")[2].upper() for c in shown} == {"S0014", "S0015"}
    ((person, about),) = journal_of(untrained, "unmasked")
    assert person == "a reader"
    assert REASON in about
    assert TRAINED.id in about
    assert "943" not in about
    assert lead.unmaskings() == 1


@pytest.mark.parametrize("reason", ["", "   ", "because", "aaaaaaaaaaaaaaaaaa"])
def test_without_a_reason_nobody_is_unmasked(untrained, reason):
    with pytest.raises(ValueError, match="Wanted a reason"):
        reader_of(untrained, Role.IG_LEAD).unmask(TRAINED, reason)
    assert journal_of(untrained, "unmasked") == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.IG_LEAD}))
def test_no_other_role_unmasks(untrained, role):
    with pytest.raises(NotAllowed):
        reader_of(untrained, role).unmask(TRAINED, REASON)


def test_leave_to_see_is_for_one_person_one_measure_and_a_while(untrained):
    lead = reader_of(untrained, Role.IG_LEAD)
    leave = lead.unmask(TRAINED, REASON)
    other = find_measure("staff_details_complete")
    auditor = reader_of(untrained, Role.AUDITOR)
    past = replace(leave, at=leave.at - reader.UNMASKED_FOR)
    for who, measure, given in (
        (lead, other, leave),
        (auditor, TRAINED, leave),
        (lead, TRAINED, past),
        (replace(lead, person=replace(lead.person, name="b")), TRAINED, leave),
        (auditor, TRAINED, Unmasking("a reader", TRAINED.id, leave.at)),
    ):
        refs = {
            c.case_ref.rpartition("|")[2].upper() for c in who.cases(measure, given)
        }
        assert not refs & {"S0014", "S0015"}


# Told of


def test_looking_at_rows_is_told_of_once_in_a_while(untrained):
    told = []
    lead = reader_of(untrained, Role.IG_LEAD, tell=lambda *entry: told.append(entry))
    for _ in range(3):
        lead.cases(TRAINED)
    replace(lead, home="1-1").cases(TRAINED)
    assert [(who, what, about["rows"]) for who, what, about in told] == [
        ("a reader", "rows viewed", 2),
        ("a reader", "rows viewed", 1),
    ]
    assert "S0014" not in str(told)


def test_a_look_makes_no_board_stale_and_an_arrival_does(untrained, known):
    lead = reader_of(untrained, Role.IG_LEAD)
    board = lead.board()
    lead.unmask(TRAINED, REASON)
    assert lead.board() is board
    known("staff", "home | staff_ref\nElm House | S0016")
    assert lead.board() is not board


# Cells


def test_a_cell_is_masked_by_what_its_column_holds(untrained):
    staff = {c.name: c for c in all_sources()["staff"].columns}
    incidents = {c.name: c for c in all_sources()["incidents"].columns}
    lead = reader_of(untrained, Role.AUDITOR)
    assert str(lead.cell(staff["staff_ref"], "S0014")).startswith(PSEUDONYM)
    assert str(lead.cell(staff["logins"], ["jdoe"])[0]).startswith(PSEUDONYM)
    assert lead.cell(staff["job_role"], "Care worker") == "Care worker"
    assert lead.cell(staff["staff_ref"], None) is None
    said = lead.cell(incidents["description"], "told jo@example.org")
    assert said == "told [e-mail]"
    own = reader_of(untrained, Role.HOME_MANAGER, ["1-1"])
    assert own.cell(staff["staff_ref"], "S0014") == "S0014"


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (source.kind, column.name)
        for source in all_sources().values()
        for column in source.columns
        if column.wanted in ("a reference", "a login", "a pseudonym")
        and any(w in column.meaning for w in ("staff", "person", "Who ", "account"))
    ],
)
def test_every_column_that_says_who_is_known_to_say_so(kind, column):
    by_name = {c.name: c for c in all_sources()[kind].columns}
    not_staff = {"resident_ref", "subject_ref"}
    assert by_name[column].is_person or column in not_staff


def test_pseudonyms_hold_for_the_life_of_a_store(untrained):
    first = pseudonyms.mask_of(untrained)
    assert first.person("S0014") == pseudonym(first.key, "s0014")
    assert pseudonyms.mask_of(untrained).key == first.key
    with untrained.reading() as cursor:
        said = cursor.execute("select string_agg(about, ' ') from journal").fetchone()
    assert first.key.hex() not in str(said)
