"""The review on the command line, as its contract says."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from command_line import oversight

from oversight import pack
from oversight.review import freeze, record

PLAN = ("--period", "2025-12-01,2026-10-31", "--date", "2026-12-08", "--chair", "Ann")


@pytest.fixture
def planned(store_path):
    answer = oversight("review", "plan", *PLAN, "--json", store=store_path)
    assert answer.status == 0, answer.err
    return answer.document


def test_it_is_planned_listed_shown_and_frozen_once(store_path, planned):
    assert (planned["review"], planned["state"]) == ("2026-1", "planned")
    answer = oversight("review", "freeze", "2026-1", "--json", store=store_path)
    assert answer.status == 0, answer.err
    frozen = answer.document
    assert list(frozen) == ["review", "snapshot", "number", "figures"]
    listed = oversight("review", "list", "--json", store=store_path).document
    assert [(one["review"], one["state"]) for one in listed] == [("2026-1", "frozen")]
    shown = oversight("review", "show", "2026-1", "--json", store=store_path).document
    assert shown["snapshot"] == frozen["snapshot"]
    assert shown["recomputed"] == {"same_bytes": True, "changed": [], "differs": []}
    assert len(shown["frozen"]["measures"]) == frozen["figures"]
    words = oversight("review", "show", "2026-1", store=store_path)
    assert "Asked again it gives the same bytes." in words.out
    again = oversight("review", "freeze", "2026-1", store=store_path)
    assert again.status == 1
    assert "frozen already" in again.err


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (("freeze", "2026-7"), 1, "There is no review '2026-7'. There are: 2026-1."),
        (("show", "last year's"), 1, "There is no review"),
        (("plan", "--period", "soon", *PLAN[2:]), 2, "wanted two days as FROM,TO"),
        (("plan", *PLAN[:2], "--date", "2026-12-08"), 2, "--chair"),
    ],
)
def test_what_cannot_be_done_is_said(store_path, planned, argv, status, said):
    answer = oversight("review", *argv, store=store_path)
    assert answer.status == status
    assert said in answer.err


def test_the_papers_of_a_frozen_review(store_path, planned, tmp_path):
    argv = ("pack", "2026-1", "--out", str(tmp_path / "papers"), "--json")
    early = oversight(*argv, store=store_path)
    assert early.status == 1
    assert "has not been frozen yet" in early.err
    frozen = oversight("review", "freeze", "2026-1", "--json", store=store_path)
    answer = oversight(*argv, store=store_path)
    assert answer.status == 0, answer.err
    assert answer.document["snapshot"] == frozen.document["snapshot"]
    files = answer.document["files"]
    assert [one["format"] for one in files] == ["pdf", "pptx", "docx", "xlsx"]
    for one in files:
        assert len(Path(one["file"]).read_bytes()) == one["bytes"] > 0
    odd = oversight(*argv, "--format", "pdf,odt", store=store_path)
    assert odd.status == 1
    assert "got odt" in odd.err


def test_nobody_on_the_staff_is_named_in_a_case_list(store, known, tmp_path):
    known("homes", "home_ref | name\nH1 | Elm House", taken_on="2026-10-31")
    staff = "home | staff_ref | started_on\nElm House | S-JONES | 2024-01-01"
    known("staff", staff, taken_on="2026-10-31")
    period = date(2025, 12, 1), date(2026, 10, 31)
    made = record.plan(store, "lead", period, date(2026, 12, 8), "Ann")
    frozen = freeze.freeze(store, made.id, "lead")
    assert "s-jones" in str(freeze.document_of(store, frozen)).casefold()
    pack.write(store, frozen, tmp_path, ["xlsx"], pack.Audience.GROUP)
    book = openpyxl.load_workbook(next(tmp_path.glob("review-*.xlsx")))
    cells = [
        str(cell).casefold()
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert any("person-" in cell for cell in cells)
    assert not any("s-jones" in cell for cell in cells)
