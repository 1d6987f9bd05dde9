"""The legal date rules: in SQL alone, in Python, and the two against each other."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight import reference
from oversight.clocks import due_dates
from oversight.clocks.rules import Extension, Pause
from oversight.headers import Definition, in_order, read_folder
from oversight.store import ROOT

pytestmark = pytest.mark.queries

DATE_RULES = [d for d in read_folder(ROOT / "queries" / "rules") if d.all("law")]
CALENDAR = reference.calendar()
PAUSES = "struct(asked date, answered date)[]"
# The macro that answers for each clock that has a day or an instant in law.
ASKED = {
    "SAR": f"request_due($starts, $pauses::{PAUSES}, $told)",
    "RIGHTS": "rights_due($starts, $told)",
    "DPCOMPLAINT": "complaint_due($starts)",
    "FOI": f"foi_due($starts, $pauses::{PAUSES})",
    "AHRA": "health_record_due($starts, false)",
    "LEAVER": "leaver_access_due($starts)",
}


class Request(NamedTuple):
    starts: date
    pauses: tuple[Pause, ...]
    told: date | None


@pytest.fixture(scope="module")
def sql() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in memory with the date rules and the bank holidays, and nothing else."""
    connection = duckdb.connect(":memory:")
    connection.execute("set timezone = 'UTC'")
    for statement in (
        *reference.macros().values(),
        *(d.sql for d in in_order(DATE_RULES)),
    ):
        connection.execute(statement)
    yield connection
    connection.close()


def ask(sql: duckdb.DuckDBPyConnection, expression: str, **bound: object) -> Any:
    used = {name: value for name, value in bound.items() if f"${name}" in expression}
    row = sql.execute(f"select {expression}", used).fetchone()
    assert row is not None
    return row[0]


def as_structs(pauses: tuple[Pause, ...]) -> list[dict[str, date]]:
    return [{"asked": pause.asked, "answered": pause.answered} for pause in pauses]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def drawn(table: str) -> list[tuple[str, ...]]:
    lines = (line.split("|") for line in table.strip().splitlines()[1:])
    return [tuple(cell.strip() for cell in line) for line in lines]


def stretches(text: str) -> tuple[Pause, ...]:
    ends = (part.split("..") for part in text.split() if part)
    return tuple(Pause(date.fromisoformat(a), date.fromisoformat(b)) for a, b in ends)


REQUESTS = drawn("""
    starts     | clarification                               | told       | due
    2025-09-03 |                                             |            | 2025-10-03
    2026-09-03 |                                             |            | 2026-10-05
    2026-09-04 |                                             |            | 2026-10-05
    2026-09-05 |                                             |            | 2026-10-05
    2026-09-06 |                                             |            | 2026-10-06
    2025-01-28 |                                             |            | 2025-02-28
    2025-01-31 |                                             |            | 2025-02-28
    2025-02-01 |                                             |            | 2025-03-03
    2024-01-31 |                                             |            | 2024-02-29
    2026-01-31 |                                             |            | 2026-03-02
    2026-11-24 |                                             |            | 2026-12-24
    2026-11-25 |                                             |            | 2026-12-29
    2026-03-02 |                                             |            | 2026-04-02
    2026-03-03 |                                             |            | 2026-04-07
    2025-09-03 | 2025-09-12..2025-09-15                      |            | 2025-10-07
    2025-09-03 | 2025-09-12..2025-09-12                      |            | 2025-10-06
    2025-09-03 | 2025-09-03..2025-09-07                      |            | 2025-10-08
    2025-09-03 | 2025-08-20..2025-09-02                      |            | 2025-10-03
    2025-09-03 | 2025-09-08..2025-09-12 2025-09-10..2025-09-14 |          | 2025-10-10
    2025-09-03 | 2025-10-03..2025-10-06                      |            | 2025-10-07
    2025-09-03 | 2025-10-04..2025-10-06                      |            | 2025-10-03
    2026-09-03 | 2026-10-05..2026-10-07                      |            | 2026-10-08
    2026-09-03 | 2026-10-06..2026-10-07                      |            | 2026-10-05
    2025-09-03 |                                             | 2025-10-03 | 2025-12-03
    2025-09-03 |                                             | 2025-10-04 | 2025-10-03
    2025-01-31 |                                             | 2025-02-28 | 2025-04-30
    2025-01-31 |                                             | 2025-03-01 | 2025-02-28
    2026-09-03 |                                             | 2026-10-03 | 2026-12-03
    2026-09-03 |                                             | 2026-10-05 | 2026-10-05
    2025-09-03 | 2025-09-12..2025-09-15                      | 2025-10-07 | 2025-12-08
    2025-09-03 | 2025-09-12..2025-09-15                      | 2025-10-08 | 2025-10-07
""")


@pytest.mark.parametrize(("starts", "clarification", "told", "due"), REQUESTS)
def test_an_access_request_is_due_on_its_day(sql, starts, clarification, told, due):
    request = Request(date.fromisoformat(starts), stretches(clarification), day(told))
    asked = request._asdict() | {"pauses": as_structs(request.pauses)}
    assert ask(sql, ASKED["SAR"], **asked) == day(due)
    assert reckoned("SAR", request) == day(due)


@pytest.mark.parametrize(
    ("starts", "told", "due"),
    [
        ("2025-09-03", "", "2025-10-03"),
        ("2025-09-03", "2025-10-03", "2025-12-03"),
        ("2025-09-03", "2025-10-04", "2025-10-03"),
    ],
)
def test_other_rights_are_due_as_access_is(sql, starts, told, due):
    assert ask(sql, ASKED["RIGHTS"], starts=day(starts), told=day(told)) == day(due)


@pytest.mark.parametrize(
    ("received", "identity", "fee", "starts"),
    [
        ("2026-09-03", "", "", "2026-09-03"),
        ("2026-09-03", "2026-09-10", "", "2026-09-10"),
        ("2026-09-03", "2026-09-10", "2026-09-12", "2026-09-12"),
        ("2026-09-03", "2026-09-01", "", "2026-09-03"),
        ("", "2026-09-10", "", ""),
    ],
)
def test_an_identity_check_or_a_fee_moves_the_start(
    sql, received, identity, fee, starts
):
    asked = [day(received), day(identity), day(fee)]
    found = ask(
        sql,
        "request_start($a::date, $b::date, $c::date)",
        **dict(zip("abc", asked, strict=True)),
    )
    assert found == day(starts)
    if asked[0] is not None:
        assert due_dates.request_start(*asked) == day(starts)


@pytest.mark.parametrize(
    ("rule", "starts", "due"),
    [
        ("DPCOMPLAINT", "2026-07-01", "2026-07-31"),
        ("DPCOMPLAINT", "2026-07-02", "2026-08-01"),
        ("FOI", "2026-12-01", "2026-12-31"),
        ("FOI", "2026-12-04", "2027-01-06"),
        ("AHRA", "2026-09-01", "2026-10-11"),
        ("LEAVER", "2026-11-20", "2026-11-23"),
        ("LEAVER", "2026-11-19", "2026-11-20"),
        ("LEAVER", "2026-12-23", "2026-12-24"),
        ("LEAVER", "2026-12-24", "2026-12-29"),
        ("LEAVER", "2021-12-24", "2021-12-29"),
    ],
)
def test_the_other_clocks_are_due_on_their_day(sql, rule, starts, due):
    pauses: list[dict[str, date]] = []
    assert ask(sql, ASKED[rule], starts=day(starts), pauses=pauses) == day(due)


def test_a_recent_health_record_is_due_sooner(sql):
    assert ask(sql, "health_record_due(date '2026-09-01', true)") == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        ("2026-11-20T09:40Z", "2026-11-23T09:40Z"),  # over a weekend
        ("2026-12-24T17:00Z", "2026-12-27T17:00Z"),  # over Christmas
        ("2026-10-24T10:00+01:00", "2026-10-27T09:00Z"),  # the clocks go back
        ("2026-03-28T10:00Z", "2026-03-31T11:00+01:00"),  # the clocks go forward
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Asia/Tokyo"])
def test_a_breach_is_due_after_72_hours_in_any_zone(sql, zone, aware, due):
    sql.execute(f"set timezone = '{zone}'")
    started, wanted = datetime.fromisoformat(aware), datetime.fromisoformat(due)
    assert ask(sql, "breach_due($aware)", aware=started) == wanted
    sql.execute("set timezone = 'UTC'")
    rule = reference.clock_rules()["BREACH"]
    assert due_dates.breach_due(rule, started) == wanted


def test_a_clock_whose_clarification_has_not_come_has_no_due_day_yet(sql):
    open_pause = [{"asked": date(2026, 9, 10), "answered": None}]
    bound = {"starts": date(2026, 9, 3), "pauses": open_pause, "told": None}
    assert ask(sql, ASKED["SAR"], **bound) is None
    bound["starts"] = date(2026, 7, 3)  # asked for after it was due: it stays due
    assert ask(sql, ASKED["SAR"], **bound) == date(2026, 8, 3)


@pytest.mark.parametrize("rule", ASKED)
def test_a_clock_that_never_started_has_no_due_day(sql, rule):
    bound = {"starts": None, "pauses": None, "told": None}
    typed = ASKED[rule].replace("$starts", "$starts::date")
    assert ask(sql, typed, **bound) is None


@pytest.mark.parametrize(
    ("on", "is_working"),
    [
        ("2011-12-31", None),
        ("2012-01-02", False),
        ("2012-01-03", True),
        ("2026-08-28", True),
        ("2026-08-31", False),
        ("2022-09-19", False),
        ("2026-08-29", False),
        ("2035-12-31", True),
        ("2036-01-01", None),
    ],
)
def test_a_working_day_is_known_where_holidays_are_listed(sql, on, is_working):
    assert ask(sql, "working_day($starts)", starts=day(on)) is is_working


def made_up(
    starts: date, stretches: list[tuple[int, int]], told: int | None
) -> Request:
    """Clarification and telling a number of days from the start, some before it."""
    after = [(starts + timedelta(days=gap), length) for gap, length in stretches]
    return Request(
        starts,
        tuple(Pause(asked, asked + timedelta(days=length)) for asked, length in after),
        None if told is None else starts + timedelta(days=told),
    )


REQUESTED = st.builds(
    made_up,
    st.dates(date(2011, 11, 1), date(2036, 3, 1)),
    st.lists(st.tuples(st.integers(-20, 130), st.integers(0, 40)), max_size=3),
    st.none() | st.integers(-5, 60),
)


@settings(max_examples=20, deadline=None)
@given(requests=st.lists(REQUESTED, min_size=20, max_size=60))
def test_sql_and_python_reckon_the_same_days(sql, requests):
    # Many in one query: to plan it takes DuckDB longer than to answer it.
    rows = [[r.starts, as_structs(r.pauses), r.told] for r in requests]
    sql.execute(
        f"create or replace table request (starts date, pauses {PAUSES}, told date)"
    )
    sql.executemany("insert into request values (?, ?, ?)", rows)
    asked = ", ".join(ASKED.values()).replace("$", "")
    in_sql = sql.execute(f"select {asked} from request").fetchall()
    in_python = [
        tuple(reckoned(code, request) for code in ASKED) for request in requests
    ]
    assert in_sql == in_python


def reckoned(code: str, request: Request) -> date | None:
    """The due day in Python; none where it says that the holidays are not listed."""
    rule, starts, pauses = reference.clock_rules()[code], request.starts, request.pauses
    extension = Extension(request.told) if request.told else None
    try:
        return due_dates.reckon(rule, starts, CALENDAR, pauses, extension).due
    except ValueError:
        return None


def test_every_clock_with_a_number_has_a_rule_in_sql():
    numbered = {code for code, rule in reference.clock_rules().items() if rule.length}
    assert numbered == {*ASKED, "BREACH"}


def by_an_auditor() -> list[str]:
    """The statements that working_day.sql tells an auditor to give DuckDB."""
    (working_day,) = (d for d in DATE_RULES if d.name == "working_day")
    told = re.findall(r"^--     (.*)$", working_day.sql, flags=re.MULTILINE)
    listed = (ROOT / "data/reference/bank_holidays.csv").as_posix()
    text = "\n".join(told).replace("data/reference/bank_holidays.csv", listed)
    return [statement for statement in text.split(";") if statement.strip()]


def is_made(connection: duckdb.DuckDBPyConnection, statement: str) -> bool:
    try:
        connection.execute(statement)
    except duckdb.CatalogException:
        return False
    return True


def test_an_auditor_with_duckdb_and_the_csv_gets_the_same_days(sql):
    alone = duckdb.connect(":memory:")
    for statement in by_an_auditor():
        alone.execute(statement)
    waiting = [rule.path.read_text(encoding="utf-8") for rule in DATE_RULES]
    while waiting:
        again = [statement for statement in waiting if not is_made(alone, statement)]
        assert len(again) < len(waiting), "no further rule can be made"
        waiting = again
    days = "select day::date as day from range(date '2011-12-01', date '2036-02-01',"
    every = f"{days} interval 1 day) as t(day)"
    due = f"select working_day(day), request_due(day, null, null) from ({every})"
    assert alone.execute(due).fetchall() == sql.execute(due).fetchall()
    alone.close()


@pytest.mark.parametrize("rule", DATE_RULES, ids=lambda rule: rule.name)
def test_a_rule_says_its_law_and_how_sure_it_is(rule: Definition):
    assert rule.one("name") == rule.name
    assert rule.one("confidence") in ("A", "B", "C")
    is_said = "Unverified reference." in rule.one("why").replace("\n", " ")
    if rule.name.endswith("_due"):
        assert is_said == (rule.one("confidence") == "C")
