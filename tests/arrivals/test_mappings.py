"""Layouts made here: proposed by name and example, kept by version, never guessed."""

from datetime import datetime

import openpyxl
import pytest

from oversight.arrivals import mappings, proposing
from oversight.arrivals.proposing import fitting_forms, likely_kinds, look_at, proposed
from oversight.reading_room.readers import FileRefused
from oversight.sources import all_sources
from oversight.store import StoreError
from tests.sending import send

SAID = {
    "title": "Old log",
    "kind": "incidents",
    "dates": "DD/MM/YYYY",
    "columns": {"incident_ref": {"from": "Number"}, "home": {"from": "Site"}},
}
FILE = "Number;Site\n7;Elm House\n"


def test_a_layout_is_kept_by_version_and_used_by_its_headings(store, tmp_path):
    refused = send(store, tmp_path / "a.csv", FILE)
    assert refused.state == "refused"
    mappings.save(store, "old_log", SAID, "ann")
    assert send(store, tmp_path / "a.csv", FILE).profile == "old_log"
    changed = SAID | {"title": "Older log"}
    mappings.save(store, "old_log", changed, "ann")
    with store.reading() as cursor:
        assert mappings.saved_here(cursor)["old_log"].title == "Older log"
        told = cursor.execute(
            "select count(*) from journal where what = 'profile saved'"
        ).fetchone()
    assert told == (2,)
    named = send(store, tmp_path / "b.csv", FILE.replace("7", "8"), profile="old_log")
    assert named.state == "accepted"
    mappings.remove(store, "old_log", "not used", "ann")
    after = FILE.replace("7", "9")
    assert send(store, tmp_path / "c.csv", after).state == "refused"
    with pytest.raises(StoreError, match="no profile 'old_log'"):
        mappings.remove(store, "old_log", "again", "ann")


@pytest.mark.parametrize(
    ("name", "said", "why"),
    [
        ("Old log", SAID, "small letters"),
        ("../x", SAID, "small letters"),
        ("asc_wds_staff", SAID, "comes with this"),
        ("old_log", SAID | {"columns": {"home": {"from": "Site"}}}, "incident_ref"),
        ("old_log", SAID | {"dates": ""}, "how the dates are written"),
        (
            "old_log",
            SAID | {"columns": {n: {"always": "x"} for n in ("incident_ref", "home")}},
            "at least one heading",
        ),
    ],
)
def test_a_layout_that_lacks_something_is_not_kept(store, name, said, why):
    with pytest.raises(StoreError, match=why):
        mappings.save(store, name, said, "ann")
    with store.reading() as cursor:
        assert mappings.saved_here(cursor) == {}


@pytest.mark.parametrize(
    ("values", "forms"),
    [
        (["03/04/2026"], ["DD/MM/YYYY", "MM/DD/YYYY"]),
        (["03/04/2026", "13/04/2026"], ["DD/MM/YYYY"]),
        (["04/13/2026", "", "NA"], ["MM/DD/YYYY"]),
        (["2026-04-03"], ["YYYY-MM-DD"]),
        (["2026-04-03 10:11"], ["YYYY-MM-DD"]),
        (["13/04/2026", "04/13/2026"], []),
        (["soon"], []),
        ([], []),
    ],
)
def test_the_forms_that_every_date_fits(values, forms):
    assert [f for f in fitting_forms(values) if f in ALL] == forms


ALL = ("DD/MM/YYYY", "MM/DD/YYYY", "YYYY-MM-DD", "YYYYMMDD")


def test_columns_are_proposed_by_name_and_by_what_stands_below(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "Title of it\nIncident reference,Home name,Sort,Aware at,Email\n"
        "7,Elm House,near miss,03/04/2026,a@example.org\n"
    )
    headed = look_at(path, "log.csv")
    found = proposed(all_sources()["incidents"], headed)
    assert found["incident_ref"] == "Incident reference"
    assert found["kind"] == "Sort"  # by its word, near miss
    assert found["aware_at"] == "Aware at"
    assert "Email" not in found.values()
    assert proposing.looks_personal("Email")
    assert likely_kinds(headed) == (likely_kinds(headed)[0], True)
    assert likely_kinds(headed)[0][0] == "incidents"


def test_a_file_without_headings_cannot_be_mapped(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("1,2\n3,4\n")
    with pytest.raises(FileRefused, match="no row of headings"):
        look_at(path, "log.csv")


def test_a_workbook_is_mapped_like_any_file(store, tmp_path):
    path = tmp_path / "log.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Number", "Site", "Found out"])
    book.active.append([7, "Elm House", datetime(2026, 4, 3, 10, 0)])  # noqa: DTZ001
    book.save(path)
    headed = look_at(path, path.name)
    assert headed.headings == ("Number", "Site", "Found out")
    assert headed.values["Site"] == ("Elm House",)
    columns = {**SAID["columns"], "aware_at": {"from": "Found out"}}
    mappings.save(store, "old_book", SAID | {"columns": columns}, "ann")
    report = send(store, path)
    assert (report.profile, report.rows_accepted) == ("old_book", 1), report.message
