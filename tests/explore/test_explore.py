"""A reader's own questions: what they answer, to whom, and what is kept of them."""

import importlib
from dataclasses import replace
from datetime import date

import pytest

from oversight import disclosure
from oversight.explore import answering, question, saving, sending
from oversight.explore.answering import Answer, Cell
from oversight.explore.columns import Sort, columns_of
from oversight.explore.question import CannotAsk, Question, read
from oversight.people import Person
from oversight.reader import Reader
from oversight.review import record, room
from oversight.roles import NotAllowed
from oversight.sources import all_sources
from oversight.words import Role
from tests.conftest import TODAY
from tests.pages.test_pages import said, shown

HOMES = "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge"
INCIDENTS = """
incident_ref | home      | cause  | affects                   | subjects_affected | is_high_risk | aware_at         | lesson
I1           | Elm House | error  | confidentiality           | 2                 | yes          | 2026-03-30 09:00 | Look twice
I2           | Elm House | error  | integrity; availability   | 4                 | no           | 2026-05-01 09:00 |
I3           | Oak Lodge | misuse | confidentiality;integrity | 9                 | no           | 2026-05-02 09:00 |
I4           | Oak Lodge |        |                           |                   |              | 2025-01-05 09:00 |
"""  # noqa: E501
PAGE = "pages.explore.explore"


def reader_of(store, role=Role.IG_LEAD, own=(), **more):
    return Reader(store, Person("ann", role, tuple(own), True, ""), TODAY, **more)


@pytest.fixture
def lead(store, known):
    known("homes", HOMES)
    known("incidents", INCIDENTS)
    return reader_of(store)


def counts(reader, **asked):
    found = answering.answer(reader, read({"kind": "incidents", **asked}))
    return {key if key[1] else key[0]: cell.value for key, cell in found.cells.items()}


def test_rows_are_counted_by_one_thing_or_by_two(lead):
    assert counts(lead, rows="cause") == {"error": 2, "misuse": 1, "not said": 1}
    assert counts(lead, rows="cause", columns="home") == {
        ("error", "Elm House"): 2,
        ("misuse", "Oak Lodge"): 1,
        ("not said", "Oak Lodge"): 1,
    }


def test_a_month_without_rows_is_shown_with_none_and_a_total_is_of_rows(lead):
    asked = read(
        {"kind": "incidents", "rows": "aware_at", "from_aware_at": "2026-01-01"}
    )
    found = answering.answer(lead, asked)
    assert found.rows == ("Mar 2026", "Apr 2026", "May 2026")
    assert [found.of_rows[row].count for row in found.rows] == [1, 0, 2]
    assert found.total.count == 3


def test_a_row_of_several_stands_under_each_and_once_in_the_total(lead):
    found = answering.answer(lead, read({"kind": "incidents", "rows": "affects"}))
    by = {row: cell.count for row, cell in found.of_rows.items()}
    assert by == {
        "confidentiality": 2,
        "integrity": 2,
        "availability": 1,
        "not said": 1,
    }
    assert found.total.count == 4


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("count", 2),
        ("sum:subjects_affected", 6),
        ("mean:subjects_affected", 3),
        ("most:subjects_affected", 4),
        ("distinct:incident_ref", 2),
        ("share:is_high_risk", 50),
    ],
)
def test_what_is_measured(lead, measure, value):
    assert counts(lead, rows="cause", measure=measure)["error"] == value


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"is_cause": "error"}, {"I1", "I2"}),
        ({"is_cause": "misuse|"}, {"I3", "I4"}),
        ({"is_home": "1-2"}, {"I3", "I4"}),
        ({"is_is_high_risk": "yes"}, {"I1"}),
        ({"is_affects": "integrity"}, {"I2", "I3"}),
        ({"has_lesson": "yes"}, {"I1"}),
        ({"has_affects": "no"}, {"I4"}),
        ({"from_subjects_affected": "4"}, {"I2", "I3"}),
        ({"from_aware_at": "2026-05-01", "to_aware_at": "2026-05-01"}, {"I2"}),
    ],
)
def test_filters_leave_the_rows_that_are_so(lead, asked, left):
    wanted = read({"kind": "incidents", "rows": "cause", **asked})
    listed = answering.listing(lead, wanted)
    assert {row[0].upper() for row in listed.rows} == left
    assert answering.answer(lead, wanted).total.count == len(left) == listed.total


def test_the_reader_is_asked_for_and_nobody_else(lead, store):
    own = reader_of(store, Role.HOME_MANAGER, ["1-1"])
    assert counts(own, rows="home") == {"Elm House": 2}
    assert counts(replace(lead, home="1-2"), rows="home") == {"Oak Lodge": 2}
    assert counts(replace(lead, months=7), rows="cause") == {"misuse": 1, "error": 1}
    assert counts(replace(lead, as_of=date(2026, 2, 1)), rows="cause") == {
        "not said": 1
    }
    asked = read({"kind": "incidents", "rows": "cause", "is_home": "1-2"})
    assert answering.listing(own, asked).rows == ()


def test_an_earlier_moment_of_knowledge_is_asked_as_it_was(lead, known):
    before = lead.board().number
    known("incidents", "incident_ref | home | cause\nI9 | Elm House | error")
    assert counts(lead, rows="cause")["error"] == 3
    assert counts(replace(lead, known=before), rows="cause")["error"] == 2


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "person"},
        {"kind": "incidents", "rows": "title"},
        {"kind": "incidents", "rows": "cause) from person --"},
        {"kind": "incidents", "rows": "aware_at:century"},
        {"kind": "incidents", "rows": "cause", "columns": "row_key"},
        {"kind": "incidents", "rows": "cause", "measure": "sum:cause"},
        {"kind": "incidents", "rows": "cause", "measure": "drop:cause"},
        {"kind": "incidents", "rows": "cause", "is_title": "x"},
        {"kind": "incidents", "rows": "cause", "is_password_hash": "x"},
        {"kind": "incidents", "rows": "cause", "from_aware_at": "yesterday"},
        {"kind": "incidents", "rows": "cause", "from_severity": "nan"},
        {"kind": "incidents", "rows": "cause", "is_is_high_risk": "maybe"},
        {"kind": "staff", "rows": "home", "is_staff_ref": "S1"},
    ],
)
def test_what_a_kind_does_not_hold_cannot_be_asked(asked):
    with pytest.raises(CannotAsk):
        read(asked)


@pytest.mark.parametrize("typed", ["' or 1=1 --", "$v0", "a|b", "{x}", "%7C"])
def test_what_is_typed_is_a_value(lead, typed):
    wanted = Question(
        "incidents",
        "cause",
        filters=(question.Filter("cause", "is", (typed,)),),
    )
    assert read(wanted.asked()) == wanted
    assert answering.answer(lead, wanted).rows == ()


def test_every_kind_is_asked_by_every_sort_that_it_has(company):
    reader = reader_of(company)
    asked = set()
    for kind in all_sources():
        held = [column for column in columns_of(kind).values() if column.can_divide]
        # What no kind before it had first, so that every sort and part has its turn.
        held.sort(key=lambda column: (column.sort in asked, -len(column.parts)))
        rows, across = held[0], held[1]
        asked |= {rows.sort, across.sort}
        wanted = read({"kind": kind, "rows": rows.name, "columns": across.name})
        found = answering.answer(reader, wanted)
        is_whole = not (found.more_rows or found.more_columns)
        if is_whole and Sort.SEVERAL not in (rows.sort, across.sort):
            assert sum(c.count for c in found.cells.values()) == found.total.count
    assert asked == set(Sort) - {Sort.TEXT}


@pytest.mark.parametrize("part", ["month", "quarter", "year", "weekday", "hour"])
def test_a_moment_is_counted_by_each_of_its_parts(lead, part):
    by = counts(lead, rows=f"aware_at:{part}")
    first = {"month": "Mar 2026", "quarter": "2026 Q1", "year": "2026"}
    words = {**first, "weekday": "Mon", "hour": "09:00"}[part]
    assert by[words] == {"year": 3, "hour": 4}.get(part, 1)


def test_staff_stand_by_pseudonym_but_to_their_own_manager(store, known):
    known("homes", HOMES)
    known("staff", "home | staff_ref | started_on\nElm House | S0014 | 2024-01-01")
    asked = read({"kind": "staff", "rows": "staff_ref"})
    lead, own = reader_of(store), reader_of(store, Role.HOME_MANAGER, ["1-1"])
    (masked,) = answering.answer(lead, asked).rows
    assert masked.startswith(disclosure.PSEUDONYM)
    assert answering.listing(lead, asked).rows[0][1] == masked
    assert answering.answer(own, asked).rows == ("s0014",)


# Small counts


def answered(counts):
    cells = {key: Cell(count, float(count)) for key, count in counts.items()}
    rows = tuple(dict.fromkeys(row for row, _ in counts))
    columns = tuple(dict.fromkeys(column for _, column in counts))
    of_rows = {
        row: Cell(sum(n for (r, _), n in counts.items() if r == row), None)
        for row in rows
    }
    total = Cell(sum(counts.values()), None)
    return Answer(
        Question("incidents", "cause"), rows, columns, cells, of_rows, {}, total
    )


def test_a_small_count_is_hidden_and_cannot_be_worked_out():
    found = answering.hidden(answered({("a", ""): 3, ("b", ""): 9, ("c", ""): 20}))
    hidden = {row for (row, _), cell in found.cells.items() if cell.is_hidden}
    assert hidden == {"a", "b"}
    assert found.total.count == 32
    assert not found.of_rows["c"].is_hidden


def test_totals_of_rows_and_columns_go_when_a_cell_is_hidden():
    counts = {("a", "x"): 3, ("a", "y"): 9, ("b", "x"): 20, ("b", "y"): 30}
    found = answering.hidden(answered(counts))
    assert found.of_rows == found.of_columns == {}
    assert answering.hidden(answered({("a", "x"): 9, ("b", "x"): 8})).of_rows


# Views


CAUSES = {"kind": "incidents", "rows": "cause"}


def test_a_view_is_for_oneself_or_for_a_role(lead, store):
    saving.save(lead, "Mine", CAUSES)
    saving.save(lead, "Causes", CAUSES, Role.SENIOR_MANAGER)
    assert [view.name for view in saving.views(lead)] == ["Mine", "Causes"]
    manager = reader_of(store, Role.SENIOR_MANAGER)
    manager = replace(manager, person=replace(manager.person, name="bo"))
    assert [view.name for view in saving.views(manager)] == ["Causes"]
    with pytest.raises(NotAllowed):
        saving.take_away(manager, saving.views(manager)[0])
    other = replace(lead, person=replace(lead.person, name="cy"))
    assert [view.name for view in saving.views(other)] == ["Causes"]
    saving.take_away(lead, saving.views(lead)[1])
    assert saving.views(manager) == []


def test_a_view_of_the_same_name_takes_the_place_of_the_one_before(lead):
    saving.save(lead, "Mine", CAUSES)
    saving.save(lead, " mine ", {"kind": "incidents", "rows": "home"})
    (view,) = saving.views(lead)
    assert view.asked["rows"] == "home"


def test_who_may_not_share_saves_for_nobody_else_and_nonsense_is_not_saved(lead, store):
    auditor = reader_of(store, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        saving.save(auditor, "x", CAUSES, Role.SENIOR_MANAGER)
    for name, asked in (("", CAUSES), ("x" * 81, CAUSES), ("x", {"kind": "person"})):
        with pytest.raises(CannotAsk):
            saving.save(auditor, name, asked)


def test_who_sees_counts_only_is_answered_what_was_saved_of_all_homes(lead, store):
    manager = reader_of(store, Role.SENIOR_MANAGER, home="1-1")
    wanted = read(CAUSES)
    with pytest.raises(NotAllowed, match="saved for it"):
        answering.answer(manager, wanted)
    saving.save(lead, "Causes", CAUSES, Role.SENIOR_MANAGER)
    found = answering.answer(manager, wanted)
    assert all(cell.is_hidden for cell in found.cells.values() if cell.count)
    assert found.total is None  # four are too few as well
    with pytest.raises(NotAllowed):
        answering.answer(manager, read({**CAUSES, "is_home": "1-1"}))
    with pytest.raises(NotAllowed):
        answering.listing(manager, wanted)
    page = importlib.import_module(PAGE)
    drawn = shown(page, manager, **CAUSES)
    assert "Where fewer than five are counted" in said(drawn)
    assert "rows." not in said(drawn)
    assert len(drawn.dataframe) == 0


# To the review


def test_a_question_stands_in_the_papers_of_the_next_review(lead, store):
    wanted = read({**CAUSES, "is_cause": "error"})
    with pytest.raises(CannotAsk, match="No review is planned"):
        sending.send(lead, wanted, "Why?")
    year = (date(2026, 1, 1), date(2026, 12, 31))
    record.plan(store, "ann", year, date(2027, 2, 1), "Di")
    next_one = record.plan(store, "ann", year, date(2026, 12, 1), "Di")
    assert sending.send(lead, wanted, "Why so many?").id == next_one.id
    told = {one.id: one.acts for one in room.reviews(lead)}
    (entry,) = told[next_one.id]
    assert "Why so many? (Incidents and near misses by cause" in entry.about["words"]
    assert read(entry.about["question"]) == wanted
    drawn = shown(importlib.import_module("pages.review.review"), lead)
    assert "/explore?is" in said(drawn)


# The page


@pytest.mark.parametrize("asked", importlib.import_module(PAGE).EXAMPLES)
def test_every_example_is_a_question_that_the_company_answers(company, asked):
    found = answering.answer(reader_of(company), read(asked))
    assert found.rows


def test_the_page_answers_says_that_it_is_no_reported_figure_and_keeps_the_address(
    lead,
):
    page = importlib.import_module(PAGE)
    drawn = shown(page, lead, **CAUSES, is_cause="error")
    assert "Incidents and near misses by cause, up to 22 November 2026" in said(drawn)
    assert "not a reported figure" in said(drawn)
    drawn.selectbox(key="explore_columns_incidents").select("home").run()
    assert drawn.query_params["columns"] in ("home", ["home"])
    assert "by cause and home" in said(drawn)
    drawn.segmented_control(key="explore_as").select("Table").run()
    assert "Elm House" in said(drawn)
    assert len(drawn.get("download_button")) == 2
    drawn.segmented_control(key="explore_as").select("Rows").run()
    assert len(drawn.dataframe[0].value) == 2


def test_what_cannot_be_asked_is_said_and_not_a_fault(lead):
    drawn = shown(importlib.import_module(PAGE), lead, kind="incidents", rows="title")
    assert "That cannot be asked." in said(drawn)
