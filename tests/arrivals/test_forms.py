"""One record entered by hand: judged as a file's row is, and never swept away."""

import csv
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight.arrivals import undo
from oversight.arrivals.forms import (
    Entry,
    cell_of,
    enter,
    fields_of,
    has_form,
)
from oversight.definitions import open_store
from oversight.sources import all_sources
from oversight.store import EVERYTHING
from oversight.verdicts.freshness import heard_on
from tests.sending import facts, findings, send

pytestmark = pytest.mark.queries

HOMES = "home_ref | name\n1-1 | Elm House\n1-2 | Oak Lodge"
TODAY = datetime.now(UTC).date()
FORMS = [kind for kind, source in all_sources().items() if has_form(source)]


def entered(store, of_kind, homes=EVERYTHING, /, corrects=None, **cells):
    entry = Entry(all_sources()[of_kind], cells, "tester", homes, corrects)
    return enter(store, entry, readings_later=True)


def only(found):
    (fault,) = [fault for fault in found.faults if fault.severity == "refused"]
    return fault


def known_rows(store, kind, columns, as_of=TODAY, homes=EVERYTHING):
    with store.reading(homes) as cursor:
        return cursor.execute(
            f"select {columns} from known_{kind}(?::date) order by row_key", [as_of]
        ).fetchall()


@pytest.fixture(scope="module")
def ground(new_store, tmp_path_factory):
    """A store with two homes that the sweeps over the kinds share."""
    folder = tmp_path_factory.mktemp("ground")
    path = shutil.copy(new_store, folder / "store.duckdb")
    store = open_store(f"duckdb:///{path}")
    homes = "home_ref,name\n1-1,Elm House\n1-2,Oak Lodge\n"
    send(store, folder / "2020-01-01-homes.csv", homes)
    yield store
    store.close()


# ---- The fields come from the definition alone


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_but_a_systems_log_has_a_field_for_every_column(kind):
    source = all_sources()[kind]
    fields = fields_of(source)
    assert [field.column for field in fields] == list(source.columns)
    assert all(field.label.strip() for field in fields)
    for field in fields:
        assert field.choices or field.shape not in ("one of", "some of")


@pytest.mark.parametrize("kind", FORMS)
def test_the_example_of_every_kind_is_entered_and_written_back_as_it_was(ground, kind):
    store = ground
    source = all_sources()[kind]
    cells = {column.name: column.example for column in source.columns}
    cells |= {"home": "1-1"} if source.has_home else {}
    first = entered(store, kind, **cells).report
    assert (first.state, first.rows_accepted) == ("accepted", 1)
    names = ", ".join(f'"{name}"' for name in ("row_key", "arrival", *cells))
    with store.reading(EVERYTHING) as cursor:
        about = cursor.execute(
            "select delivers, origin from arrival where number = ?", [first.arrival]
        ).fetchone()
        (row,) = cursor.execute(
            f"select {names} from known_{kind}(date '9999-12-31')"
            f" where arrival = {first.arrival}"
        ).fetchall()
    assert about == ("changes", "app")
    again = dict(zip(cells, map(cell_of, row[2:]), strict=True))
    found = entered(store, kind, corrects=(row[0], row[1]), **again)
    assert found.report is not None, found.faults
    assert (found.report.rows_accepted, found.report.rows_unchanged) == (0, 1)


@pytest.mark.parametrize("kind", FORMS)
def test_every_word_that_a_form_offers_is_one_that_the_kind_takes(
    ground, tmp_path, kind
):
    store = ground
    source = all_sources()[kind]
    example = {column.name: column.example for column in source.columns}
    rows = [
        example | {field.column.name: choice}
        for field in fields_of(source)
        for choice in field.choices
    ]
    path = tmp_path / "2020-01-01.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(example))
        writer.writeheader()
        writer.writerows(rows or [example])
    report = send(store, path, kind=kind, taken_on=TODAY)
    offered = {field.column.name for field in fields_of(source) if field.choices}
    refused = {
        (f.column, f.value)
        for f in findings(store, report)
        if f.column in offered and "one of" in f.reason
    }
    assert refused == set()


# ---- Refused in the words of a file, beside the field


def test_a_form_is_refused_in_the_same_sentence_as_a_file(store, known, tmp_path):
    known("homes", HOMES, "2020-01-01")
    before = facts(store)
    cells = {"incident_ref": "I1", "home": "1-1", "aware_at": "2026-03-29 01:30"}
    fault = only(entered(store, "incidents", **cells))
    assert facts(store) == before
    log = ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"
    report = send(store, tmp_path / "log.csv", log)
    with store.reading(EVERYTHING) as cursor:
        said = cursor.execute(
            "select column_name, reason from refusal where arrival = ?",
            [report.arrival],
        ).fetchall()
    assert said == [(fault.column, fault.reason)]
    assert fault.column == "aware_at"


def test_every_field_that_is_wrong_is_told_at_once(store, known):
    known("homes", HOMES, "2020-01-01")
    cells = {"aware_at": "soon", "kind": "nonsense", "subjects_affected": "two"}
    found = entered(store, "incidents", home="1-1", **cells)
    refused = {fault.column for fault in found.faults if fault.severity == "refused"}
    assert refused == {"incident_ref", *cells}


def test_a_warning_stands_beside_its_field_and_keeps_nothing_out(store, known):
    known("homes", HOMES, "2020-01-01")
    found = entered(store, "incidents", incident_ref="I1", home="1-1")
    assert found.report.rows_warned == 1
    assert [fault.column for fault in found.faults] == ["aware_at"]


def test_nothing_filled_in_is_said_in_a_sentence(store):
    assert "Nothing was filled in" in only(entered(store, "incidents")).reason


@pytest.mark.parametrize("text", ['a "b", c;d\te|f', "one\ntwo", "=1+1", "NUL\0", "'"])
def test_text_is_kept_as_it_was_typed_or_refused_in_a_sentence(store, known, text):
    known("homes", HOMES, "2020-01-01")
    cells = {"incident_ref": "I1", "home": "1-1", "title": text}
    found = entered(store, "incidents", **cells)
    if found.report is None:
        assert "NUL" in only(found).reason
    else:
        assert known_rows(store, "incidents", "title") == [(text,)]
    assert not list((store.kept / "arriving").iterdir())


# ---- Whose home, which record


@pytest.mark.parametrize(
    ("homes", "home", "is_kept"),
    [
        (EVERYTHING, "1-1", True),
        (("1-1",), "1-1", True),
        (("1-1",), "Elm House", True),
        (("1-1",), "1-2", False),
        (("1-1",), "Nowhere", False),
        (("*",), "1-2", True),
        ((), "1-1", False),
    ],
)
def test_a_manager_enters_records_of_their_own_homes_only(
    store, known, homes, home, is_kept
):
    known("homes", HOMES, "2020-01-01")
    before = facts(store)
    found = entered(store, "incidents", homes, incident_ref="I1", home=home)
    assert (found.report is not None) is is_kept
    assert is_kept or facts(store) == before


def test_a_manager_enters_nothing_that_belongs_to_the_company(store, known):
    known("homes", HOMES, "2020-01-01")
    found = entered(store, "homes", ("1-1",), home_ref="1-3", name="Ash")
    assert "belong to the company" in only(found).reason


def test_a_new_record_never_replaces_one_that_is_there(store, known, tmp_path):
    known("homes", HOMES, "2020-01-01")
    known("incidents", "incident_ref | home | title\nI1 | 1-1 | From a file")
    found = entered(store, "incidents", incident_ref=" i1 ", home="1-1", title="Mine")
    assert "already" in only(found).reason
    assert known_rows(store, "incidents", "title") == [("From a file",)]


def test_a_record_is_corrected_by_the_version_that_was_seen(store, known):
    known("homes", HOMES, "2020-01-01")
    cells = {"incident_ref": "I1", "home": "1-1"}
    first = entered(store, "incidents", title="A", **cells).report.arrival
    second = entered(store, "incidents", corrects=("i1", first), title="B", **cells)
    assert known_rows(store, "incidents", "title") == [("B",)]
    late = entered(store, "incidents", corrects=("i1", first), title="C", **cells)
    assert "Somebody else has corrected" in only(late).reason
    # Back to what it said at first: the same words are not taken for the same file.
    back = entered(
        store, "incidents", corrects=("i1", second.report.arrival), title="A", **cells
    )
    assert back.report.rows_accepted == 1
    assert known_rows(store, "incidents", "title") == [("A",)]


def test_a_corrections_key_is_its_own(store, known):
    known("homes", HOMES, "2020-01-01")
    first = entered(store, "incidents", incident_ref="I1", home="1-1").report.arrival
    found = entered(
        store, "incidents", corrects=("i1", first), incident_ref="I2", home="1-1"
    )
    assert "cannot be corrected" in only(found).reason


def test_what_came_in_a_file_is_corrected_where_it_came_from(store, known):
    known("homes", HOMES, "2020-01-01")
    known("incidents", "incident_ref | home\nI1 | 1-1")
    found = entered(
        store, "incidents", corrects=("i1", 2), incident_ref="I1", home="1-1"
    )
    assert "came in a file" in only(found).reason


def test_two_courses_of_one_person_are_two_records(store, known):
    known("homes", HOMES, "2020-01-01")
    cells = {"home": "1-1", "staff_ref": "S1", "category": "26"}
    for day in ("2024-05-01", "2025-05-01"):
        assert entered(store, "training", completed_on=day, **cells).report
    found = {day for (day,) in known_rows(store, "training", "completed_on")}
    assert found == {date(2024, 5, 1), date(2025, 5, 1)}


# ---- Never removed by another system's register, whatever the order


def test_no_register_takes_off_what_was_entered_here(store, known, tmp_path):
    known("homes", HOMES, "2020-01-01")
    entered(store, "staff", home="1-1", staff_ref="S9", started_on="2020-01-01")
    send(store, tmp_path / "staff.csv", "home,staff_ref\n1-1,S1\n")
    assert known_rows(store, "staff", "staff_ref") == [("S1",), ("S9",)]
    send(store, tmp_path / "more.csv", "home,staff_ref\n1-1,S2\n")
    assert known_rows(store, "staff", "staff_ref") == [("S2",), ("S9",)]


def test_one_entry_takes_no_other_entry_off(store, known):
    known("homes", HOMES, "2020-01-01")
    entered(store, "staff", home="1-1", staff_ref="S8", started_on="2020-01-01")
    entered(store, "staff", home="1-1", staff_ref="S9", started_on="2020-01-01")
    assert known_rows(store, "staff", "staff_ref") == [("S8",), ("S9",)]


def test_an_entry_does_not_make_a_register_look_complete(store, known):
    """One person entered by hand says nothing of whether the whole list is in hand."""
    known("homes", HOMES, "2020-01-01")
    entered(store, "staff", home="1-1", staff_ref="S9", started_on="2020-01-01")
    with store.reading(EVERYTHING) as cursor:
        heard = heard_on(cursor, "staff", [TODAY])[TODAY]
    assert {each.data_to for each in heard} == {None}


def test_an_entry_can_be_withdrawn_like_any_arrival(store, known):
    known("homes", HOMES, "2020-01-01")
    report = entered(store, "incidents", incident_ref="I1", home="1-1").report
    undo(store, report.arrival, "entered twice", "tester")
    assert known_rows(store, "incidents", "incident_ref") == []
    assert entered(store, "incidents", incident_ref="I1", home="1-1").report


STEPS = [
    ("form", "1-1", "S1"),
    ("form", "1-2", "S2"),
    ("form", "1-1", "S3"),
    ("register", "2026-01-31", "1-1,S4\n1-2,S5\n"),
    ("register", "2026-02-28", "1-1,S4\n"),
    ("register", "2026-03-31", "1-2,S6\n"),
]


@settings(
    deadline=None,
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.permutations(STEPS))
def test_any_order_of_entries_and_registers_ends_in_the_same_facts(new_store, steps):
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(new_store, Path(folder) / "store.duckdb")
        store = open_store(f"duckdb:///{path}")
        homes = "home_ref,name\n1-1,Elm House\n1-2,Oak Lodge\n"
        send(store, Path(folder) / "2020-01-01-homes.csv", homes)
        for what, first, second in steps:
            if what == "form":
                cells = {"home": first, "staff_ref": second}
                assert entered(store, "staff", **cells).report
            else:
                rows = f"home,staff_ref\n{second}"
                send(store, Path(folder) / f"{first}-staff.csv", rows)
        found = known_rows(store, "staff", "staff_ref")
        store.close()
    assert found == [("S1",), ("S3",), ("S2",), ("S6",)]
