"""Exports: the account in the first lines, harmless cells, an entry in the journal."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from oversight import exports
from oversight.people import Person
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.words import Role
from tests.conftest import TODAY

HEADS = ["Home", "Late", "Due", "=Note"]
ROWS = [
    ("Elm House", 2, date(2026, 11, 1), '=HYPERLINK("x")'),
    ("Oak Lodge", 0, None, "@SUM(A1)"),
    ("+44", -1, None, "  -2+3"),
]


def reader_of(store, role=Role.IG_LEAD, tell=None, home=None):
    return Reader(store, Person("a reader", role, (), True, ""), TODAY, home, tell)


def lines_of(given):
    read = csv.reader(io.StringIO(exports.as_csv(given).decode("utf-8-sig")))
    return list(read)


def test_the_first_lines_say_what_the_table_is(company):
    given = exports.export(
        reader_of(company), "Late actions", HEADS, ROWS, {"Grade": "major"}
    )
    lines = lines_of(given)
    about = dict(line for line in lines[: len(given.about)])
    assert about["Reference"] == given.reference
    assert about["Homes"] == "all homes"
    assert about["As at"] == "22 November 2026"
    assert about["Known at"]
    assert about["Filters"] == "Grade: major"
    assert about["Rows"] == "3"
    assert "a reader, IG lead" in about["Taken by"]
    assert lines[len(given.about)] == []
    assert len(lines) == len(given.about) + 2 + len(ROWS)


def test_nothing_in_a_file_is_taken_for_a_formula(company):
    given = exports.export(reader_of(company), "=1+1", HEADS, ROWS)
    for line in lines_of(given):
        for cell in line:
            assert not cell.lstrip().startswith(("=", "+", "@"))
    sheet = openpyxl.load_workbook(io.BytesIO(exports.as_workbook(given))).active
    cells = [
        cell for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert cells
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert sum(isinstance(cell.value, int) for cell in cells) == len(ROWS)
    assert sum(cell.is_date for cell in cells) == 1


def test_an_export_is_told_of_with_its_reference_and_its_rows(company):
    told = []
    reader = reader_of(company, tell=lambda *entry: told.append(entry))
    given = exports.export(reader, "Late actions", HEADS, ROWS)
    [(person, what, about)] = told
    assert (person, what) == ("a reader", exports.EXPORTED)
    assert (about["reference"], about["rows"]) == (given.reference, len(ROWS))


def test_two_exports_never_share_a_reference(company):
    reader = reader_of(company)
    found = {exports.export(reader, "A", HEADS, ROWS).reference for _ in range(20)}
    assert len(found) == 20


def test_who_may_see_no_figure_takes_none_away(company):
    with pytest.raises(NotAllowed):
        exports.export(reader_of(company, Role.ADMINISTRATOR), "A", HEADS, ROWS)


def test_an_empty_table_is_a_file_as_well(company):
    given = exports.export(reader_of(company), "A", HEADS, [])
    assert lines_of(given)[-1] == ["Home", "Late", "Due", "'=Note"]
    assert exports.as_workbook(given)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<strong>93%</strong>", "93%"),
        ('<a href="/x">Access</a><small>IG lead</small>', "Access; IG lead"),
        ("<ul><li>One &amp; two</li><li>three</li></ul>", "One & two; three"),
        ('<svg><title>sparkline</title><path d="M0"/></svg>', ""),
        ("a&#58; =1+1", "a: =1+1"),
        ("–", "–"),
    ],
)
def test_a_cell_of_a_page_is_exported_by_its_words(cell, words):
    from pages.parts.export import words_of

    assert words_of(cell) == words
