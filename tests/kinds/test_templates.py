"""The files to fill in: made from the source, and read again by the ordinary road."""

import csv
import io
import re
import zipfile
from datetime import datetime

import pytest
from command_line import oversight
from openpyxl import load_workbook
from sending import send

from oversight.reading_room import templates
from oversight.reading_room.findings import CLOSED
from oversight.sources import all_sources
from oversight.store import Store
from tests.conftest import TODAY

SOURCES = all_sources()
each_kind = pytest.mark.parametrize("kind", SOURCES)


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, bytes]]:
    return {kind: templates.files(source) for kind, source in SOURCES.items()}


@each_kind
def test_the_filled_example_imports_whole_and_without_a_warning(
    kind, made, store: Store, tmp_path
):
    homes = made["homes"]["homes-example.csv"]
    if kind != "homes":
        send(store, tmp_path / "homes.csv", homes, taken_on=TODAY)
    name = f"{kind}-example.csv"
    path = tmp_path / name
    report = send(store, path, made[kind][name], taken_on=TODAY, dry_run=True)
    assert (report.kind, report.state) == (kind, "would_accept"), report.message
    counted = (report.rows_read, report.rows_refused, report.rows_warned)
    assert counted == (1, 0, 0), report.message
    assert report.ignored_columns == ()


@each_kind
def test_the_filled_workbook_imports_whole_too(kind, made, store: Store, tmp_path):
    name = f"{kind}-example.xlsx"
    path = tmp_path / name
    report = send(store, path, made[kind][name], taken_on=TODAY, dry_run=True)
    assert (report.kind, report.state) == (kind, "would_accept"), report.message
    assert (report.rows_read, report.rows_refused) == (1, 0), report.message


@each_kind
def test_the_empty_one_has_the_same_headings_and_no_row(kind, made):
    empty, filled = (
        list(csv.reader(io.StringIO(made[kind][name].decode("utf-8-sig"))))
        for name in (f"{kind}.csv", f"{kind}-example.csv")
    )
    assert empty == filled[:1] == [[column.name for column in SOURCES[kind].columns]]
    assert len(filled) == 2


@each_kind
def test_the_workbook_says_per_column_what_is_wanted(kind, made):
    book = load_workbook(io.BytesIO(made[kind][f"{kind}.xlsx"]))
    assert book.sheetnames == ["Records", "What is wanted", "Lists"]
    columns = SOURCES[kind].columns
    assert [cell.value for cell in book["Records"][1]] == [c.name for c in columns]
    assert book["Records"].max_row == 1
    told = list(book["What is wanted"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2], row[4]) for row in told] == [
        (column.name, column.wanted, column.meaning) for column in columns
    ]


@each_kind
def test_the_workbook_has_dates_as_dates_and_codes_as_text(kind, made):
    book = load_workbook(io.BytesIO(made[kind][f"{kind}-example.xlsx"]))
    for cell, column in zip(book["Records"][2], SOURCES[kind].columns, strict=False):
        said = templates.example(column)
        if not said:
            assert cell.value is None
        elif column.wanted in ("a date", "a UK time"):
            assert isinstance(cell.value, datetime)
            assert cell.value.isoformat(" ").startswith(said)
        elif isinstance(cell.value, int):
            assert column.wanted.startswith("a whole number")
            assert str(cell.value) == said
        else:
            assert (cell.value, cell.number_format) == (said, "@")


@each_kind
def test_the_words_of_a_drop_down_are_those_that_are_read(kind, made):
    book = load_workbook(io.BytesIO(made[kind][f"{kind}.xlsx"]))
    lists = {
        rule.formula1: rule
        for rule in book["Records"].data_validations.dataValidation
        if rule.type == "list"
    }
    chosen = [c for c in SOURCES[kind].columns if templates.choices(c)]
    assert len(lists) == len(chosen)
    for formula in lists:
        letter, last = re.fullmatch(
            r"Lists!\$([A-Z]+)\$1:\$\1\$(\d+)", formula
        ).groups()
        heading = book["Records"][f"{letter}1"].value
        column = next(c for c in chosen if c.name == heading)
        words = [
            book["Lists"][f"{letter}{row}"].value for row in range(1, int(last) + 1)
        ]
        assert tuple(words) == templates.choices(column)


@each_kind
def test_what_a_drop_down_offers_is_what_the_sql_reads(kind):
    """A word in the header that the SQL does not know would refuse rows with it."""
    sql = SOURCES[kind].definition.sql
    for column in SOURCES[kind].columns:
        if column.wanted.startswith("one of: "):
            for word in templates.choices(column):
                assert f"'{word}'" in sql, f"{kind}.{column.name}: {word}"


def test_a_workbook_has_the_same_bytes_whenever_it_is_made():
    for source in (SOURCES["audits"], SOURCES["incidents"]):
        assert templates.files(source) == templates.files(source)
    book = zipfile.ZipFile(io.BytesIO(templates.as_workbook(source, is_filled=True)))
    assert b"2026-01-01T00:00:00Z" in book.read("docProps/core.xml")


@each_kind
def test_an_example_cell_left_blank_is_one_that_need_not_be_given(kind):
    for column in SOURCES[kind].columns:
        assert templates.example(column) or not column.is_needed


@each_kind
def test_a_cell_that_holds_one_of_some_words_is_read_or_refused_whole(kind):
    for column in SOURCES[kind].columns:
        if templates.choices(column):
            assert column.wanted.startswith(CLOSED)


def test_the_command_writes_the_four_files_and_overwrites_none(tmp_path):
    out = tmp_path / "to fill"
    told = oversight("kinds", "--template", "audits", "--out", out, "--json")
    assert told.status == 0, told.err
    assert sorted(path.name for path in out.iterdir()) == [
        "audits-example.csv",
        "audits-example.xlsx",
        "audits.csv",
        "audits.xlsx",
    ]
    (out / "audits.csv").write_text("filled in")
    again = oversight("kinds", "--template", "audits", "--out", out)
    assert again.status == 1
    assert "audits.csv is there already" in again.err
    assert (out / "audits.csv").read_text() == "filled in"


def test_a_kind_that_is_none_is_named_with_those_there_are(tmp_path):
    told = oversight("kinds", "--template", "audit", "--out", tmp_path)
    assert told.status == 1
    assert "no kind 'audit'" in told.err
    assert "audits" in told.err


def test_the_two_options_go_together(tmp_path):
    assert oversight("kinds", "--template", "audits").status == 2
    assert oversight("kinds", "--out", tmp_path).status == 2
