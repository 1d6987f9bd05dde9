"""The SQL box: what it cannot reach, cannot do and cannot use up."""

import importlib
import io
import json
import subprocess
import sys
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from oversight import disclosure, journal
from oversight.explore import box, extract
from oversight.explore.box import Refused
from oversight.explore.columns import Sort, columns_of
from oversight.people import Person
from oversight.reader import Reader
from oversight.roles import NotAllowed
from oversight.sources import all_sources
from oversight.store import EVERYTHING
from oversight.words import Role
from tests.conftest import TODAY
from tests.pages.test_pages import said, shown

HOMES = "home_ref | name\n1-1 | Elm House"
STAFF = "home | staff_ref | started_on | left_on\nElm House | S0014 | 2024-01-01 |"
REQUESTS = "request_ref | home | request_type\nR1 | Elm House | access"
# Where a file would be written, were one written: below the test's own folder.
FILES = (
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/proc/self/environ')",
    "select * from '/etc/passwd'",
    "select * from glob('/*')",
    "select * from read_parquet('{store}')",
    "select * from sniff_csv('/etc/passwd')",
    "attach '{store}' as s",
    "attach ':memory:' as s",
    "copy (select 1) to '{out}'",
    "with x as (copy (select 1) to '{out}') select * from x",
    "copy incidents from '/etc/passwd'",
    "export database '{out}'",
    "import database '/'",
    "create table x as select 1",
    "select * from read_csv('http://127.0.0.1:1/x')",
    "select * from read_json('https://example.org/x')",
    "install httpfs",
    "load httpfs",
    "load '/x.duckdb_extension'",
)
SETTINGS = (
    "set memory_limit = '90GB'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset lock_configuration",
    "pragma memory_limit = '90GB'",
    "set variable x = 1",
    "create secret s (type s3)",
    "call enable_logging(storage = 'file')",
    "checkpoint",
    "use temp",
    "prepare x as select 1",
    "begin",
    "drop table incidents",
    "delete from incidents",
    "insert into incidents select * from incidents",
    "update incidents set cause = 'error'",
)
SEVERAL = (
    "select 1; select 2",
    "select 1; attach '/etc/passwd' as x",
    "select 1 /* ; */; drop table incidents",
)
BASE = (
    "select * from person",
    "select * from journal",
    "select * from fact_staff",
    "select * from store.person",
    "select * from known_staff(current_date)",
    "select * from own_key",
    "select getenv('HOME')",
)
BOMBS = (
    "select repeat('x', 2000000000)",
    "select lpad('x', 2000000000, 'y')",
    "select list_transform(range(900000000), lambda x: x + 1)",
    "select count(*) from range(10000000000) as a, range(100000) as b",
    "with recursive t as (select 1 as n union all select n + 1 from t)"
    " select sum(n) from t",
    "select string_agg(repeat('x', 1000000)) from range(100000)",
    "select a.range, md5(b.range::varchar) as h from range(90000000) as a,"
    " range(9) as b order by h",
)


@pytest.fixture
def lead(store, known):
    known("homes", HOMES)
    known("staff", STAFF)
    known("requests", REQUESTS)
    return Reader(store, Person("ann", Role.IG_LEAD, (), True, ""), TODAY)


def test_a_question_is_answered(lead):
    found = box.ask(lead, "select request_type, count(*) as n from requests group by 1")
    assert (found.heads, found.rows) == (("request_type", "n"), (("access", 1),))
    assert not found.has_more
    assert box.ask(lead, "explain select * from staff").rows


# All in one process, bounded and shut: what one did, the next would see.
ATTACKED = """
import json, sys
sys.path.insert(0, sys.argv[1])
import box_process as box
table, *asked = json.load(sys.stdin)
box.bound()
connection = box.opened({"incidents": bytes.fromhex(table)})
box.shut()
for sql in asked:
    print(json.dumps(box.answer(connection, sql)), flush=True)
"""


def attacked(code, given=""):
    ran = subprocess.run(
        [sys.executable, "-c", code, str(box.PROCESS.parent)],
        env=box.ENVIRONMENT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr[-300:]
    return ran.stdout


def test_nothing_else_is_reached_or_changed(store_path, tmp_path):
    control = "select cause from incidents"
    every = [*FILES, *SETTINGS, *SEVERAL, *BASE]
    asked = [sql.format(store=store_path, out=tmp_path / "out") for sql in every]
    body = io.BytesIO()
    pq.write_table(pa.table({"cause": ["error"]}), body)
    given = [body.getvalue().hex(), control, *asked, control]
    out = attacked(ATTACKED, json.dumps(given))
    said = [json.loads(line) for line in out.splitlines()]
    assert said[0]["rows"] == said[-1]["rows"] == [["error"]]
    told = zip(asked, said[1:-1], strict=True)
    assert [sql for sql, one in told if not one.get("refused")] == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("sql", BOMBS)
def test_what_wants_too_much_is_ended_and_the_next_is_answered(monkeypatch, sql):
    monkeypatch.setattr(box, "SECONDS", 2.0)
    try:
        said = box._run(sql, {})
    except Refused:
        said = {"refused": "ended"}
    assert said["refused"]
    monkeypatch.undo()
    assert box._run("select 1", {})["rows"] == [[1]]


def test_a_large_answer_is_cut_and_said_to_be():
    found = box._run("select range, repeat('x', 5000) from range(100000000)", {})
    assert len(found["rows"]) == 1000
    assert found["has_more"]
    assert max(len(row[1]) for row in found["rows"]) == 500


def test_the_process_opens_no_file_even_where_the_engine_would():
    code = (
        "import sys, json; sys.path.insert(0, sys.argv[1]);"
        "import box_process as b; b.bound(); b.shut();"
        "import socket\n"
        "for do in (lambda: open('/etc/passwd'), socket.socket):\n"
        "    try: do()\n"
        "    except OSError as fault: print(fault.errno)\n"
        "    else: print('opened')\n"
    )
    assert attacked(code).split() == ["24", "24"]  # too many open files: not one more


def test_the_process_inherits_nothing_of_the_environment(lead, monkeypatch):
    monkeypatch.setenv("OVERSIGHT_KEY", "k" * 40)
    given = []
    real = subprocess.Popen
    monkeypatch.setattr(
        box.subprocess, "Popen", lambda *a, **k: given.append(k) or real(*a, **k)
    )
    found = box._run("select 1", {})
    assert found["rows"] == [[1]]
    assert "OVERSIGHT_KEY" not in given[0]["env"]
    assert "PATH" not in given[0]["env"]


def test_only_what_is_named_is_handed_over_and_of_nobody_by_name(lead):
    assert box.tables_named("SELECT * FROM Staff, nothing") == ["staff"]
    (row,) = box.ask(lead, "select * from staff").rows
    assert disclosure.PSEUDONYM in str(row)
    assert "s0014" not in str(row).lower()


@pytest.mark.parametrize("kind", sorted(all_sources()))
def test_no_free_text_is_in_the_schema(kind):
    texts = {c.name for c in columns_of(kind).values() if c.sort is Sort.TEXT}
    assert texts.isdisjoint(one.name for one in extract.schema(kind))


def test_no_reference_of_staff_or_residents_is_in_any_extract(company):
    lead = Reader(company, Person("ann", Role.IG_LEAD, (), True, ""), TODAY)
    with company.reading(EVERYTHING) as cursor:
        refs = {
            str(row[0]).lower()
            for table, column in (("staff", "staff_ref"), ("residents", "resident_ref"))
            for row in cursor.execute(
                f"select {column} from known_{table}(?::date)", [TODAY]
            ).fetchall()
        }
    assert len(refs) > 100
    for kind in all_sources():
        held = pq.read_table(io.BytesIO(extract.parquet_of(lead, kind)))
        words = {
            str(value).lower()
            for name in held.column_names
            for several in held.column(name).to_pylist()
            for value in (several if isinstance(several, list) else [several])
            if isinstance(value, str)
        }
        assert words.isdisjoint(refs), kind


def test_the_scope_and_the_day_are_the_readers(lead):
    assert box.ask(replace(lead, home="1-9"), "select * from staff").rows == ()
    before = TODAY.replace(year=2023)
    assert box.ask(replace(lead, as_of=before), "select * from staff").rows == ()


def test_every_question_is_in_the_journal_answered_or_not(lead):
    box.ask(lead, "select * from staff")
    with pytest.raises(Refused):
        box.ask(lead, "attach 'x' as y")
    journal.write_down(lead.store)
    with lead.store.reading() as cursor:
        told = [
            (entry.person, json.loads(entry.about))
            for entry in journal.entries(cursor, what=box.ASKED)
        ]
    assert [(person, about["sql"]) for person, about in told] == [
        ("ann", "select * from staff"),
        ("ann", "attach 'x' as y"),
    ]
    assert told[0][1]["rows"] == 1
    assert told[0][1]["ms"] >= 0
    assert "One question" in told[1][1]["refused"]


@pytest.mark.parametrize(
    "role", [Role.SENIOR_MANAGER, Role.HOME_MANAGER, Role.ADMINISTRATOR]
)
def test_who_may_not_is_refused_by_the_function(lead, role):
    other = Reader(lead.store, Person("bo", role, ("1-1",), True, ""), TODAY)
    for do in (
        lambda: box.ask(other, "select 1"),
        lambda: extract.parquet_of(other, "staff"),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_every_example_is_answered_and_the_page_shows_it(company):
    page = importlib.import_module("pages.explore.sql")
    lead = Reader(company, Person("ann", Role.IG_LEAD, (), True, ""), TODAY)
    for sql in page.EXAMPLES.values():
        said_of = box._run(
            sql, {k: extract.parquet_of(lead, k) for k in box.tables_named(sql)}
        )
        assert "refused" not in said_of, said_of
        assert said_of["rows"]


def test_the_page_answers_refuses_in_words_and_shows_the_schema(lead):
    page = importlib.import_module("pages.explore.sql")
    drawn = shown(page, lead)
    assert "nothing can be changed" in said(drawn)
    assert "aware&#95;at" in said(drawn)
    drawn.text_area(key="sql_words").input("select * from requests")
    drawn.button[0].click().run()
    assert "1 row, in" in said(drawn)
    assert len(drawn.dataframe) == 1
    drawn.text_area(key="sql_words").input("drop table requests")
    drawn.button[0].click().run()
    assert "That question was not answered." in said(drawn)
    assert len(drawn.dataframe) == 0
