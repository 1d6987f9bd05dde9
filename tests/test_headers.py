"""How the `-- name: value` lines at the top of a definition are read."""

from pathlib import Path

import pytest

from oversight.headers import (
    Definition,
    DefinitionError,
    in_order,
    read_definition,
    read_folder,
)


def definition(tmp_path: Path, text: str, name: str = "one") -> Definition:
    path = tmp_path / f"{name}.sql"
    path.write_text(text, encoding="utf-8")
    return read_definition(path)


def test_the_header_ends_where_the_sql_begins(tmp_path) -> None:
    read = definition(
        tmp_path,
        "-- id:     S01\n-- title:  Staff in date\n\n-- A note.\nselect 1\n",
    )
    assert read.name == "one"
    assert read.header == (("id", "S01"), ("title", "Staff in date"))
    assert read.sql == "-- A note.\nselect 1"


def test_a_value_goes_on_in_lines_set_in_below_it(tmp_path) -> None:
    read = definition(tmp_path, "-- why:  one\n--   two\n--    three\n\nselect 1\n")
    assert read.one("why") == "one\ntwo\nthree"


def test_a_colon_in_a_value_is_part_of_it(tmp_path) -> None:
    read = definition(
        tmp_path, "-- target: 100% (law: UK GDPR art. 33(1))\n\nselect 1\n"
    )
    assert read.one("target") == "100% (law: UK GDPR art. 33(1))"


def test_a_field_may_be_stated_more_than_once(tmp_path) -> None:
    read = definition(tmp_path, "-- target: 90%\n-- target: 95%\n\nselect 1\n")
    assert read.all("target") == ("90%", "95%")
    with pytest.raises(
        DefinitionError, match=r"wanted one line '-- target: …'.* got 2"
    ):
        read.one("target")


def test_a_field_that_is_not_there_has_its_default_or_is_a_fault(tmp_path) -> None:
    read = definition(tmp_path, "-- id: S01\n\nselect 1\n")
    assert read.all("title") == ()
    assert read.one("title", "none") == "none"
    with pytest.raises(DefinitionError, match=r"one\.sql: wanted one line '-- title"):
        read.one("title")


def test_a_table_is_read_by_its_first_line(tmp_path) -> None:
    read = definition(
        tmp_path,
        """-- columns:
--   column | wanted | what it is
--   home   | a home | where
--   note   |        | one of: a; b

select 1
""",
    )
    assert read.table("columns") == [
        {"column": "home", "wanted": "a home", "what it is": "where"},
        {"column": "note", "wanted": "", "what it is": "one of: a; b"},
    ]


def test_a_row_of_a_table_with_a_cell_too_many_is_named(tmp_path) -> None:
    text = "-- columns:\n--   a | b\n--   1 | 2 | 3\n\nselect 1\n"
    with pytest.raises(DefinitionError, match=r"wants 2 cells a line \(a, b\), got 3"):
        definition(tmp_path, text).table("columns")


@pytest.mark.parametrize("text", ["", "select 1\n", "-- id: S01\n", "-- id: S01\n\n"])
def test_without_a_header_or_without_sql_it_is_no_definition(text, tmp_path) -> None:
    with pytest.raises(DefinitionError, match="wanted '-- name: value' lines and then"):
        definition(tmp_path, text)


def test_the_hash_changes_with_any_letter_of_the_file(tmp_path) -> None:
    one = definition(tmp_path, "-- id: S01\n\nselect 1\n")
    other = definition(tmp_path, "-- id: S01\n\nselect 2\n")
    assert one.sha256 != other.sha256


def test_a_folder_is_read_in_order_whatever_the_disk_says(tmp_path) -> None:
    for name in ("b", "a", "c"):
        definition(tmp_path, "-- id: S01\n\nselect 1\n", name)
    assert [read.name for read in read_folder(tmp_path)] == ["a", "b", "c"]


def test_definitions_stand_after_those_they_mention(tmp_path) -> None:
    reads = {"a": "select b()", "b": "select c(1)", "c": "select 1"}
    read = [definition(tmp_path, f"-- id: x\n\n{sql}\n", n) for n, sql in reads.items()]
    assert [each.name for each in in_order(read)] == ["c", "b", "a"]


def test_definitions_that_read_each_other_are_named(tmp_path) -> None:
    reads = {"a": "select b()", "b": "select a()"}
    read = [definition(tmp_path, f"-- id: x\n\n{sql}\n", n) for n, sql in reads.items()]
    with pytest.raises(DefinitionError, match=r"read each other: .*(a.*b|b.*a)"):
        in_order(read)
