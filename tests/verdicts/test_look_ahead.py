"""The days to come, from due and expiry dates alone: each example can be counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from command_line import oversight
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight import ahead
from oversight.ahead import Coming, Counted
from oversight.measures import find_measure
from oversight.prepared import prepare_ground, release
from oversight.promises import Source, Target
from oversight.store import EVERYTHING
from oversight.verdicts import judgement
from oversight.verdicts.judgement import judge_all
from oversight.verdicts.look_ahead import counts, look_ahead
from oversight.verdicts.sentences import sentence_of
from oversight.words import Status, Strand
from tests.conftest import TODAY

pytestmark = pytest.mark.queries

HOMES = "home_ref | name\n1-900 | Elm House"
STAFF = """
    home      | staff_ref | started_on
    Elm House | S1        | 2020-01-01
    Elm House | S2        | 2020-01-01
    Elm House | S3        | 2020-01-01
    Elm House | S4        | 2020-01-01
"""
# S1 runs out after 24 November, S2 after 20 December, S3 and S4 later than 90 days.
TRAINING = """
    home      | staff_ref | category | completed_on | expires_on
    Elm House | S1        | 26       | 2025-11-25   | 2026-11-24
    Elm House | S2        | 26       | 2025-12-21   | 2026-12-20
    Elm House | S3        | 26       | 2026-10-01   | 2027-09-30
    Elm House | S4        | 26       | 2026-10-01   | 2027-09-30
"""


@pytest.fixture
def company(known):
    known("homes", HOMES)
    known("staff", STAFF)
    known("training", TRAINING)


def outlook(cursor, measure, on, steps=ahead.STEPS):
    return ahead.outlooks(cursor, [measure], on, {measure.name: steps})[0]


def asked(store, name, target=95.0, on=TODAY, steps=ahead.STEPS, known_number=None):
    measure = replace(
        find_measure(name),
        targets=(Target(target, "%", date.min, Source.COMPANY, "", False),),
        duty=False,
    )
    with store.reading(EVERYTHING, known_number) as cursor:
        return outlook(cursor, measure, on, steps)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("target", "stops_on"),
    [
        (100, "2026-11-25"),  # the day after the first expiry: 3 of 4
        (75.1, "2026-11-25"),
        (75, "2026-12-21"),  # 2 of 4
        (50.1, "2026-12-21"),
        (50, None),
    ],
)
def test_a_stock_stops_being_met_the_day_after_too_few_are_left(
    store, target, stops_on
):
    found = asked(store, "staff_trained_in_ig", target).stops_on
    assert found == (stops_on and date.fromisoformat(stops_on))


@pytest.mark.usefixtures("company")
def test_what_runs_out_is_listed_by_its_last_day(store):
    found = asked(store, "staff_trained_in_ig").coming
    assert [(each.case_ref[-2:].upper(), each.due_on) for each in found] == [
        ("S1", date(2026, 11, 24)),
        ("S2", date(2026, 12, 20)),
    ]
    assert counts([each.due_on for each in found], TODAY) == (2, 2, 2)


@pytest.mark.parametrize(
    ("days", "in_30_60_90"),
    [
        ([0], (1, 1, 1)),
        ([30], (1, 1, 1)),
        ([31], (0, 1, 1)),
        ([60, 61], (0, 1, 2)),
        ([90, 91], (0, 0, 1)),
        ([], (0, 0, 0)),
    ],
)
def test_what_falls_due_sooner_is_counted_later_too(days, in_30_60_90):
    due = [TODAY + timedelta(days=n) for n in days]
    assert counts(due, TODAY) == in_30_60_90


def test_somebody_who_leaves_first_takes_the_day_with_them(store, known):
    known("homes", HOMES)
    known("staff", STAFF)
    known("training", TRAINING)
    left = "home | staff_ref | started_on | left_on\n"
    rows = "Elm House | S1 | 2020-01-01 | 2026-11-23\n" + "".join(
        f"Elm House | S{n} | 2020-01-01 |\n" for n in (2, 3, 4)
    )
    known("staff", left + rows, TODAY)
    found = asked(store, "staff_trained_in_ig", 100)
    assert [each.case_ref[-2:].upper() for each in found.coming] == ["S2"]
    assert found.stops_on == date(2026, 12, 21)


@pytest.mark.parametrize(
    ("on", "stops_on"), [("2026-11-21", "2026-11-25"), ("2026-11-22", "2026-12-21")]
)
def test_of_a_past_day_nothing_is_foreseen_that_came_later(store, known, on, stops_on):
    for kind, drawn in (("homes", HOMES), ("staff", STAFF), ("training", TRAINING)):
        known(kind, drawn, "2026-10-31")
    again = TRAINING.replace("2025-11-25   | 2026-11-24", "2026-11-20 | 2027-11-19")
    known("training", again, "2026-11-22")
    found = asked(store, "staff_trained_in_ig", 100, date.fromisoformat(on))
    assert found.stops_on == date.fromisoformat(stops_on)


@pytest.mark.parametrize(
    ("on", "stops_on"), [("2026-11-21", "2026-11-25"), ("2026-11-22", "2026-12-21")]
)
def test_nor_once_arrivals_are_worked_out_for_many_measures(store, known, on, stops_on):
    for kind, drawn in (("homes", HOMES), ("staff", STAFF), ("training", TRAINING)):
        known(kind, drawn, "2026-10-31")
    again = TRAINING.replace("2025-11-25   | 2026-11-24", "2026-11-20 | 2027-11-19")
    known("training", again, "2026-11-22")
    day = date.fromisoformat(on)
    measure = find_measure("staff_trained_in_ig")
    with store.reading(EVERYTHING) as cursor:
        prepare_ground(cursor, [day])
        release(cursor)
        found = outlook(cursor, measure, day).stops_on
    assert found == date.fromisoformat(stops_on)


ACTION = "action_ref | home | measure | status | raised_on | due_on | done_on\n"


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("measure", "due_on", "done_on", "is_in_date"),
    [
        ("S01", "2026-11-22", "", True),
        ("s01", "2026-12-31", "", True),
        ("S01", "2026-11-21", "", False),  # late
        ("S01", "2026-12-31", "2026-11-20", False),  # done
        ("S02", "2026-12-31", "", False),
        ("", "2026-12-31", "", False),
    ],
)
def test_an_action_is_in_date_while_it_is_open_and_not_late(
    store, known, measure, due_on, done_on, is_in_date
):
    status = "done" if done_on else "open"
    row = f"A1 | company | {measure} | {status} | 2026-10-01 | {due_on} | {done_on}"
    known("actions", ACTION + row)
    one = find_measure("staff_trained_in_ig")
    with store.reading(EVERYTHING) as cursor:
        sources = judgement.read_sources(cursor, [one], TODAY)
        found = judgement.judge_one(cursor, one, TODAY, sources)
    assert found.verdict.evidence.action_in_date is is_in_date


OPEN_BREACH = """
    incident_ref | home      | kind      | aware_at         | is_reportable_ico
    I1           | Elm House | confirmed | 2026-11-21 09:00 | yes
"""


def test_a_clock_that_is_running_is_missed_on_the_day_it_runs_out(store, known):
    known("homes", HOMES)
    known("incidents", OPEN_BREACH)
    found = asked(store, "breach_reported_in_72_hours", 100)
    assert found.coming == (Coming("i1", "1-900", date(2026, 11, 24)),)
    assert found.stops_on == date(2026, 11, 24)


@pytest.mark.usefixtures("company")
def test_the_age_of_its_sources_takes_nothing_away(store):
    with store.reading(EVERYTHING) as cursor:
        judged = [
            one
            for one in judge_all(cursor, TODAY)
            if one.measure.name == "staff_trained_in_ig"
        ]
        found = look_ahead(cursor, judged, TODAY)
    # 40 days from now the registers are stale; the training runs out as it says.
    assert found.measures[0].status is Status.MET
    assert found.measures[0].stops_on == date(2026, 11, 25)
    assert found.strand_stops_on(Strand.SECURITY) == date(2026, 11, 25)
    assert found.strand_stops_on(Strand.OPENNESS) is None
    assert found.measures[0].sentence == "Stops being met on 25 November 2026."
    assert [(o.owner, o.counts) for o in found.owners()] == [("HR lead", (2, 2, 2))]


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("warning", "status"), [(2, Status.MET), (3, Status.AT_RISK), (30, Status.AT_RISK)]
)
def test_what_falls_out_within_its_warning_period_is_at_risk(store, warning, status):
    measure = replace(find_measure("staff_trained_in_ig"), warning=warning)
    with store.reading(EVERYTHING) as cursor:
        sources = judgement.read_sources(cursor, [measure], TODAY)
        found = judgement.judge_one(cursor, measure, TODAY, sources).verdict
    assert found.status is status
    said = "It falls below its target on 25 November 2026 if nothing is done."
    assert (said in sentence_of(found)) is (status is Status.AT_RISK)


def test_without_records_no_day_can_be_given(store):
    with store.reading(EVERYTHING) as cursor:
        found = look_ahead(cursor, judge_all(cursor, TODAY), TODAY)
    assert all(one.stops_on is None and not one.coming for one in found.measures)
    assert found.owners() == []


@given(
    ends=st.lists(st.integers(0, 100), min_size=1, max_size=12),
    target=st.integers(1, 100),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_day_is_the_first_of_all_the_days_that_misses(monkeypatch, ends, target):
    """Against asking about every day: so many people, each with a last day."""
    measure = replace(
        find_measure("staff_trained_in_ig"),
        targets=(Target(target, "%", date.min, Source.COMPANY, "", False),),
    )
    last = [TODAY + timedelta(days=n) for n in ends]

    def on(day):
        return [
            Counted(str(n), "h", end, end >= day, True, end >= day, 1, True)
            for n, end in enumerate(last)
        ]

    monkeypatch.setattr(ahead, "_cases", lambda c, m, days: {d: on(d) for d in days})
    monkeypatch.setattr(ahead, "_foreseen_from", lambda c, d: _nothing())
    monkeypatch.setattr(ahead, "prepared_for", lambda c, d, m: _nothing())
    found = outlook(None, measure, TODAY).stops_on
    every = [TODAY + timedelta(days=n) for n in range(1, 91)]
    missed = (d for d in every if 100 * sum(e >= d for e in last) < target * len(last))
    assert found == next(missed, None)


def _nothing():
    from contextlib import nullcontext

    return nullcontext()


def test_the_command_gives_measures_strands_and_owners(store_path, store, known):
    known("homes", HOMES)
    known("staff", STAFF)
    known("training", TRAINING)
    store.close()
    told = oversight("look-ahead", "--as-of", TODAY, "--json", store=store_path)
    assert told.status == 0, told.err
    assert [*told.document] == ["as_of", "measures", "strands", "owners"]
    first = told.document["measures"][0]
    assert (first["id"], first["stops_on"], first["in_30_days"]) == (
        "S01",
        "2026-11-25",
        2,
    )
    assert told.document["owners"][0]["owner"] == "HR lead"
    strands = {row["strand"]: row["stops_on"] for row in told.document["strands"]}
    assert strands["information security"] == "2026-11-25"
    words = oversight("look-ahead", "--as-of", TODAY, store=store_path).out
    assert "S01   2026-11-25" in words
