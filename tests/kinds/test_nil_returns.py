"""A home that says "nothing to report" is not silent, and is held to its word."""

from datetime import date

import pytest

from oversight import arrivals
from oversight.sources import all_sources
from oversight.store import EVERYTHING, last_moment
from oversight.verdicts.freshness import doubts_of, heard_on
from tests.sending import findings, send

pytestmark = pytest.mark.queries

HOMES = """
home_ref | name
1-1      | Elm House
1-2      | Oak Lodge
"""
INCIDENT = """
incident_ref | home      | aware_at
I1           | Elm House | 2026-08-10 09:00
I2           | Oak Lodge | 2026-08-10 09:00
"""
ELM = """
home      | kind      | period_from | period_to  | said_on
Elm House | incidents | 2026-10-01  | 2026-10-31 | 2026-11-02
"""
AUGUST, OCTOBER = date(2026, 8, 10), date(2026, 10, 31)


@pytest.fixture
def logged(store, known):
    """Two homes with an incident in August, each log as old as its newest row."""
    known("homes", HOMES, "2026-01-01")
    for name, row in (("Elm House", 2), ("Oak Lodge", 3)):
        head, *rows = INCIDENT.strip().splitlines()
        known("incidents", "\n".join([head, rows[row - 2]]), "2026-08-10", home=name)
    return store


def spoken(store, day, kind="incidents", homes=EVERYTHING, number=None):
    with store.reading(homes, number) as cursor:
        return {h.home: h.data_to for h in heard_on(cursor, kind, [day])[day]}


def test_it_speaks_for_its_home_to_the_end_of_its_period(logged, known):
    known("nil_returns", ELM)
    assert spoken(logged, date(2026, 11, 22)) == {"1-1": OCTOBER, "1-2": AUGUST}
    with logged.reading(EVERYTHING) as cursor:
        day = date(2026, 11, 22)
        heard = heard_on(cursor, "incidents", [day])[day]
    (doubt,) = doubts_of("incidents", day, heard)
    assert (doubt.trouble, doubt.homes) == ("silent", ("1-2",))
    assert all_sources()["incidents"].freshness_days == 40


def test_it_speaks_for_its_kind_alone(logged, known):
    known("nil_returns", ELM)
    asked = date(2026, 11, 22)
    assert spoken(logged, asked, "requests") == {"1-1": None, "1-2": None}
    assert spoken(logged, asked, "staff") == {"1-1": None, "1-2": None}


def test_a_home_that_never_sent_a_row_is_heard_by_it(logged, known):
    known("nil_returns", ELM.replace("incidents", "requests"))
    assert spoken(logged, date(2026, 11, 22), "requests") == {
        "1-1": OCTOBER,
        "1-2": None,
    }


def test_the_company_speaks_for_every_home_and_to_the_reader_of_one(logged, known):
    known("nil_returns", ELM.replace("Elm House", "company"))
    both = {"1-1": OCTOBER, "1-2": OCTOBER}
    assert spoken(logged, date(2026, 11, 22)) == both
    assert spoken(logged, date(2026, 11, 22), homes=("1-2",)) == {"1-2": OCTOBER}
    assert spoken(logged, date(2026, 11, 22), homes=()) == {}


def test_a_period_that_has_not_begun_says_nothing_of_a_day(logged, known):
    known("nil_returns", ELM)
    assert spoken(logged, date(2026, 9, 30))["1-1"] == AUGUST
    assert spoken(logged, date(2026, 10, 1))["1-1"] == OCTOBER


def test_before_it_was_known_the_home_was_silent(logged, known):
    with logged.reading() as cursor:
        before = last_moment(cursor)[0]
    known("nil_returns", ELM)
    assert spoken(logged, date(2026, 11, 22), number=before)["1-1"] == AUGUST
    assert spoken(logged, date(2026, 11, 22))["1-1"] == OCTOBER


def test_undone_it_speaks_no_more_and_brought_back_it_does(logged, known):
    report = known("nil_returns", ELM)
    undoing = arrivals.undo(logged, report.arrival, "sent for the wrong home", "tester")
    assert spoken(logged, date(2026, 11, 22))["1-1"] == AUGUST
    arrivals.undo(logged, undoing.arrival, "it was right after all", "tester")
    assert spoken(logged, date(2026, 11, 22))["1-1"] == OCTOBER


def test_withdrawn_by_a_later_line_it_speaks_no_more(logged, known):
    known("nil_returns", ELM)
    known(
        "nil_returns",
        """
        home      | kind      | period_from | period_to  | said_on    | is_withdrawn
        Elm House | incidents | 2026-10-01  | 2026-10-31 | 2026-11-03 | yes
        """,
    )
    assert spoken(logged, date(2026, 11, 22))["1-1"] == AUGUST


def test_what_is_reported_of_its_period_is_kept_and_warned_about(logged, known):
    known("nil_returns", ELM)
    report = known(
        "incidents",
        """
        incident_ref | home      | aware_at
        I3           | Elm House | 2026-10-01 00:00
        I4           | Elm House | 2026-10-31 23:59
        I5           | Elm House | 2026-11-01 00:00
        I6           | Oak Lodge | 2026-10-10 09:00
        """,
    )
    assert (report.rows_accepted, report.rows_warned) == (4, 2)
    found = [f for f in findings(logged, report) if "nil return" in f.reason]
    assert [(f.row, f.column) for f in found] == [(2, "aware_at"), (3, "aware_at")]
    assert "2026-10-01 to 2026-10-31" in found[0].reason


def test_it_is_warned_about_when_something_was_reported_of_its_period(logged, known):
    known(
        "incidents",
        """
        incident_ref | home      | aware_at
        I3           | Elm House | 2026-10-10 09:00
        """,
    )
    report = known(
        "nil_returns",
        """
        home      | kind      | period_from | period_to  | said_on
        Elm House | incidents | 2026-10-01  | 2026-10-31 | 2026-11-02
        Elm House | incidents | 2026-10-11  | 2026-10-31 | 2026-11-02
        Oak Lodge | incidents | 2026-10-01  | 2026-10-31 | 2026-11-02
        company   | incidents | 2026-10-05  | 2026-10-31 | 2026-11-02
        """,
    )
    found = findings(logged, report)
    assert [(f.row, f.column, f.value) for f in found] == [
        (2, "kind", "incidents"),
        (5, "kind", "incidents"),
    ]
    assert "got 1 of incidents, the first of 2026-10-10" in found[0].reason


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("Elm House,incidents,2026-10-01,2026-10-31,2026-10-31,Manager", None),
        ("Elm House,Media enquiries,2026-10-01,2026-10-31,2026-10-31,Manager", None),
        ("Elm House,incidents,2026-10-01,2026-10-31,2026-10-30,Manager", "period_to"),
        ("Elm House,incidents,2026-10-01,2026-09-30,2026-10-30,Manager", "period_to"),
        ("Elm House,staff,2026-10-01,2026-10-31,2026-10-31,Manager", "kind"),
        ("Elm House,wishes,2026-10-01,2026-10-31,2026-10-31,Manager", "kind"),
        ("Elm House,incidents,2026-10-01,2026-10-31,2026-11-23,Manager", "said_on"),
    ],
)
def test_a_return_is_of_a_kind_that_happens_and_of_a_period_that_is_over(
    store, tmp_path, cells, column
):
    head = "home,kind,period_from,period_to,said_on,said_by"
    path = tmp_path / "nil_returns.csv"
    report = send(store, path, f"{head}\n{cells}\n", taken_on=date(2026, 11, 22))
    refused = [f.column for f in findings(store, report) if f.severity == "refused"]
    assert refused == ([column] if column else [])
