"""What every definition under queries/ promises, asked of each in turn."""

import csv
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from oversight import reference
from oversight.arrivals import Sent, import_file, import_files
from oversight.definitions import (
    JOURNAL,
    QUERIES,
    measure_macro,
    open_store,
    reads_of,
)
from oversight.facts.known import FOR_ALL, ever_macro, is_register, known_macro
from oversight.headers import Definition, read_folder
from oversight.measures import all_measures, counted_cases
from oversight.promises import Kind, Measure, parse_measure
from oversight.readings import MONTHS_KEPT, reading_on, trend
from oversight.sources import all_sources
from oversight.store import EVERYTHING, ROOT, Cursor, Store, last_moment
from tests.conftest import TODAY, write_drawn
from tests.made_rows import is_taken_in, made_files

pytestmark = pytest.mark.queries

DEFINITIONS = {d.name: d for d in read_folder(QUERIES / "measures")}
VIEWS = {d.name: d for d in read_folder(QUERIES / "views")}
ROLLUPS = {d.name: d for d in read_folder(QUERIES / "rollups")}
RULES = {d.name: d for d in read_folder(QUERIES / "rules")}
MEASURES = all_measures()
SOURCES = all_sources()
CLAUSES = {
    row["clause"]
    for row in csv.DictReader(
        (ROOT / "data/reference/clauses.csv").read_text(encoding="utf-8").splitlines()
    )
}
AGREED = {
    "case_ref": "VARCHAR",
    "home": "VARCHAR",
    "happened_on": "DATE",
    "is_met": "BOOLEAN",
}
WHOLE = {"INTEGER", "BIGINT"}

each_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
each_asking = pytest.mark.parametrize(
    "definition",
    [*DEFINITIONS.values(), *VIEWS.values(), *ROLLUPS.values()],
    ids=lambda definition: definition.name,
)


def bare(sql: str) -> str:
    """The SQL without its comments and its quoted words, in lower case."""
    without = re.sub(r"--[^\n]*|'[^']*'", " ", sql).lower()
    return re.sub(r"\bis (not )?distinct from\b", "=", without)


def rows(cursor: Cursor, measure: Measure, columns: str = "*") -> list[tuple]:
    asked = (
        f"select {columns} from {measure_macro(measure.name)}($as_of::date) as cases"
    )
    return cursor.execute(asked, {"as_of": TODAY}).fetchall()


# ---- Headers


@each_measure
def test_the_header_is_complete_and_its_clauses_are_in_the_policy(measure) -> None:
    assert parse_measure(DEFINITIONS[measure.name]) == measure
    assert set(measure.clauses) <= CLAUSES


@each_measure
def test_a_measure_lies_in_the_folder_of_its_strand(measure) -> None:
    folder = DEFINITIONS[measure.name].path.parent.name
    assert folder == measure.strand.replace(" ", "_")


@pytest.mark.parametrize("field", ["id", "name", "title", "question"])
def test_no_two_measures_share(field: str) -> None:
    said = [getattr(measure, field) for measure in MEASURES.values()]
    assert len(set(said)) == len(said) > 0


@each_measure
def test_a_header_reads_what_its_sql_rests_on(measure) -> None:
    # Whatever has a home rests on the register of homes; that need not be said.
    implied = {"homes"} - set(measure.reads)
    assert set(measure.reads) == reads_of(measure.name) - implied
    assert set(measure.reads) <= {*SOURCES, JOURNAL}


# ---- What the SQL may ask


@each_asking
def test_it_asks_about_a_day_and_never_about_today(definition: Definition) -> None:
    sql = bare(definition.sql)
    assert "$as_of" in sql
    assert set(re.findall(r"\$(\w+)", sql)) == {"as_of"}
    today = r"\b(current_\w+|now|today|get_current_\w+|transaction_timestamp|random)\b"
    assert not re.findall(today, sql)


@each_asking
def test_it_reads_what_is_known_and_never_a_table(definition: Definition) -> None:
    """Scope and known-at come in with the macros: a table would go round them."""
    sql = bare(definition.sql)
    named = set(re.findall(r"(?:\bwith|,)\s+([a-z_]+)\s+as\s+\(", sql))
    read = set(re.findall(r"\b(?:from|join)\s+([a-z_]+)", sql)) - {"lateral"}
    known = {f"{how}_{kind}" for kind in SOURCES for how in ("known", "ever")}
    known |= {f"reference_{name}" for name in reference.tables()}
    if definition.name in VIEWS:
        known |= {f"every_{kind}" for kind in FOR_ALL}
    assert read <= named | known | set(VIEWS) | set(ROLLUPS) | ROLLED | {"home_alias"}
    assert read - named


# What rollups keep of their findings, and the journal, are each read through one view,
# which keeps to the scope and to what is known.
ROLLED = {"exception_found", "journal"}


# ---- On a made-up company


@pytest.fixture(scope="module")
def company(company_folder: Path, tmp_path_factory) -> Iterator[Store]:
    """The made-up company, and rows made by chance of the kinds it does not send."""
    folder = tmp_path_factory.mktemp("whole") / "company"
    shutil.copytree(company_folder, folder)
    made = open_store(f"duckdb:///{folder / 'company.duckdb'}")
    with made.reading() as cursor:
        asked = cursor.execute("select distinct kind from arrival")
        lacking = sorted(set(SOURCES) - {row[0] for row in asked.fetchall()})
    reports = list(import_files(made, made_files(folder, lacking)))
    assert [report.message for report in reports if not is_taken_in(report)] == []
    with made.writing():
        pass  # one moment more that tells nothing: to know less is to know as much
    yield made
    made.close()


@pytest.fixture(scope="module")
def everything(company: Store):
    with company.reading(EVERYTHING) as cursor:
        yield cursor


@each_measure
def test_it_gives_a_case(measure, everything) -> None:
    assert rows(everything, measure, "count(*)")[0][0] >= 1


@each_measure
def test_it_gives_the_agreed_columns_and_no_other(measure, everything) -> None:
    asked = f"describe select * from {measure_macro(measure.name)}(date '2026-11-22')"
    shape = {row[0]: row[1] for row in everything.execute(asked).fetchall()}
    units = {name: shape.pop(name, "BIGINT") for name in ("units_met", "units")}
    assert set(units.values()) <= WHOLE
    assert shape.pop("is_known", "BOOLEAN") == "BOOLEAN"
    assert shape == AGREED


@each_measure
def test_no_case_lacks_a_reference_a_home_a_day_or_a_verdict(
    measure, everything
) -> None:
    for column in (*AGREED, *(["is_known"] if knows(measure) else [])):
        missing = f"count(*) filter ({column} is null)"
        assert rows(everything, measure, missing) == [(0,)], column


@each_measure
def test_no_two_cases_share_a_reference(measure, everything) -> None:
    counted = "count(*), count(distinct case_ref || '|' || home)"
    [(cases, references)] = rows(everything, measure, counted)
    assert cases == references


@each_measure
def test_only_a_stock_may_look_ahead(measure, everything) -> None:
    """On no day of a month is a case listed before it happened or fell due."""
    if measure.kind is not Kind.STATE:
        found = everything.execute(
            f"""
            select days.day, cases.case_ref
            from (select unnest($days::date[]) as day) as days,
                lateral (select * from {measure_macro(measure.name)}(days.day)) as cases
            where cases.happened_on > days.day
            """,
            {"days": [TODAY - timedelta(days=n) for n in range(30)]},
        )
        assert found.fetchall() == []


@each_measure
def test_units_met_are_of_the_units(measure, everything) -> None:
    found = everything.execute(
        f"""
        select count(*)
        from ({counted_cases(measure, "$as_of::date")})
        where units_met < 0 or units_met > units or units < 1
            or (is_met and units_met < units)
        """,
        {"as_of": TODAY},
    ).fetchone()
    assert found == (0,)


def knows(measure: Measure) -> bool:
    return "as is_known" in DEFINITIONS[measure.name].sql


@each_measure
def test_the_trend_of_every_month_kept_is_one_lateral_join(measure, company) -> None:
    """Asked at earlier knowledge, so that nothing kept ready can answer."""
    with company.reading() as cursor:
        newest = last_moment(cursor)[0]
    with company.reading(EVERYTHING, newest) as cursor:
        ready = trend(cursor, measure, TODAY, MONTHS_KEPT)
    with company.reading(EVERYTHING, newest - 1) as cursor:
        computed = trend(cursor, measure, TODAY, MONTHS_KEPT)
    assert len(ready) == len(computed) == MONTHS_KEPT
    assert ready == computed
    # The made-up company's journal is younger than a year and tells of no review: what
    # rests on it alone is counted in tests/measures/second_way.
    # The sector's staff file does not say who gives care: those cases are not known.
    with company.reading(EVERYTHING) as cursor:
        unknown = sum(one.unknown for one in reading_on(cursor, measure, TODAY))
    judged = sum(point.total for point in ready)
    assert measure.reads == (JOURNAL,) or judged + unknown > 0


@each_measure
def test_a_reader_of_one_home_gets_the_cases_of_that_home(measure, company) -> None:
    with company.reading(EVERYTHING) as cursor:
        full = sorted(rows(cursor, measure))
    homes = {row[1] for row in full}
    # Nobody reads the company without its homes (roles.homes_seen): who holds a role is
    # looked up in the staff register of a home.
    for home in [*(homes - {"company"}), "1-0000", "unmatched"]:
        with company.reading((home,)) as cursor:
            alone = sorted(rows(cursor, measure))
        assert alone == [row for row in full if row[1] == home]


@each_measure
def test_a_reader_with_no_home_gets_nothing(measure, company) -> None:
    with company.reading() as cursor:
        assert rows(cursor, measure) == []


@pytest.mark.parametrize("kind", SOURCES)
def test_facts_are_shown_in_the_scope_of_the_reader(kind: str, company) -> None:
    names = [f"known_{kind}", *([f"ever_{kind}"] if is_register(SOURCES[kind]) else [])]
    home = "home_ref" if kind == "homes" else "home"
    for name in names:
        asked = f"select row_key, {home} from {name}(date '{TODAY}') order by row_key"
        with company.reading(EVERYTHING) as cursor:
            full = cursor.execute(asked).fetchall()
        with company.reading() as cursor:
            assert cursor.execute(asked).fetchall() == []
        for one in {row[1] for row in full}:
            with company.reading((one,)) as cursor:
                alone = cursor.execute(asked).fetchall()
            assert alone == [row for row in full if row[1] == one]


# ---- Kinds of record


@pytest.mark.parametrize("kind", SOURCES)
def test_the_example_row_of_every_kind_is_taken_in(kind, store, tmp_path) -> None:
    columns = SOURCES[kind].columns
    path = tmp_path / f"{kind}.csv"
    names = " | ".join(column.name for column in columns)
    examples = " | ".join(column.example for column in columns)
    write_drawn(path, kind, f"{names}\n{examples}")
    report = import_file(store, Sent(path, "tester", taken_on=TODAY))
    assert report.kind == kind
    assert (report.rows_read, report.rows_accepted) == (1, 1), report.message
    assert (report.rows_refused, report.ignored_columns) == (0, ()), report.message


@pytest.mark.parametrize("kind", SOURCES)
def test_every_kind_is_asked_about_by_a_view(kind: str) -> None:
    asked = re.compile(rf"\b(known|ever|every)_{kind}\(\$as_of\)")
    assert [name for name, view in VIEWS.items() if asked.search(view.sql)]


@pytest.mark.parametrize("kind", SOURCES)
def test_what_happens_says_when_so_that_a_nil_return_can_contradict_it(kind) -> None:
    source = SOURCES[kind]
    assert not (source.happened and is_register(source))
    assert source.happened or is_register(source) or source.tells_states


# ---- What would close the way to another store


CLOSES = (
    r"\b(group|order) by all\b",
    r"\b(primary|foreign) key\b",
    r"\bcreate (or replace )?(unique )?(index|sequence|trigger|type)\b",
    r"\b(enum|nextval)\s*\(",
    r"\bgenerated always\b",
    r"\b(not null|varchar|bigint|date) unique\b",
)
# A table or a join's result under another name, with no `as` between them.
BARE_ALIAS = re.compile(
    r"\b(?:from|join)\s+[a-z_][a-z_.]*(?:\([^()]*\))?\s+"
    r"(?!as\b|on\b|using\b|where\b|group\b|order\b|inner\b|left\b|right\b|full\b|cross\b"
    r"|semi\b|anti\b|asof\b|join\b|union\b|limit\b|window\b|qualify\b|having\b|except\b"
    r"|intersect\b|positional\b)[a-z_]+"
)


def sql_texts() -> dict[str, str]:
    folders = (QUERIES, ROOT / "data" / "schema")
    files = [path for folder in folders for path in sorted(folder.rglob("*.sql"))]
    made = {f"known_{s.kind}": known_macro(s) for s in SOURCES.values() if known(s)}
    made |= {
        f"ever_{s.kind}": ever_macro(s) for s in SOURCES.values() if is_register(s)
    }
    return {path.name: path.read_text(encoding="utf-8") for path in files} | made


def known(source) -> bool:
    return source.delivers != "events"


@pytest.mark.parametrize(("name", "text"), sql_texts().items(), ids=sql_texts())
def test_the_sql_keeps_another_store_possible(name: str, text: str) -> None:
    sql = bare(text)
    assert [found for shape in CLOSES if (found := re.search(shape, sql))] == []
    assert not BARE_ALIAS.search(sql)


@pytest.mark.parametrize("path", sorted((ROOT / "oversight").rglob("*.py")), ids=str)
def test_the_sql_in_the_program_keeps_another_store_possible(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    if "import sqlite3" in text:
        return  # the gate's own file of tries: it is no part of the store
    assert [found for shape in CLOSES if (found := re.search(shape, text))] == []


@pytest.mark.parametrize(
    "sql",
    [
        "create table a (b bigint primary key)",
        "create unique index c on a (b)",
        "select b, count(*) from a group by all",
        "create type t as enum ('a')",
        "select nextval('s')",
    ],
)
def test_the_sweep_finds_what_it_looks_for(sql: str) -> None:
    assert any(re.search(shape, bare(sql)) for shape in CLOSES)
    assert BARE_ALIAS.search("select x from incidents($as_of) i where 1")
    assert BARE_ALIAS.search("select x from a join b c on true")
    assert not BARE_ALIAS.search("select x from incidents($as_of) as i where 1")
