"""Clocks in words: where one stands, what is left or how late; and their tables."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from oversight import reference
from oversight.clocks import due_dates
from oversight.clocks.clock import Clock, run_clock
from oversight.clocks.rules import Counts, Events, Extension, Pause, State
from oversight.clocks.uk_time import UK, comes_twice, uk_instant
from oversight.commands import clocks
from oversight.store import ROOT
from tests import reference as beside
from tools import write_bank_holidays

RULES = reference.clock_rules()
CALENDAR = reference.calendar()


def uk(text: str) -> datetime:
    return uk_instant(datetime.fromisoformat(text))


def run(code: str, start: str, at: str, met: str = "", **said: Any) -> Clock:
    events = Events(uk(start), uk(at), uk(met) if met else None, **said)
    return run_clock(RULES[code], events, CALENDAR)


def said(clock: Clock, words: str) -> bool:
    return any(words in step for step in clock.steps)


# --- breach: 72 hours of the clock ------------------------------------------------


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        ("2026-11-20T09:40", "2026-11-23T09:40+00:00"),  # Friday to Monday
        ("2026-12-24T17:00", "2026-12-27T17:00+00:00"),  # over Christmas
        ("2026-10-22T10:00", "2026-10-25T09:00+00:00"),  # the day the clocks go back
        ("2026-10-24T10:00", "2026-10-27T09:00+00:00"),
        ("2026-10-25T10:00", "2026-10-28T10:00+00:00"),  # already gone back
        ("2026-03-28T10:00", "2026-03-31T11:00+01:00"),  # the clocks go forward
        ("2026-03-26T00:30", "2026-03-29T00:30+00:00"),
        ("2026-03-26T01:30", "2026-03-29T02:30+01:00"),
    ],
)
def test_a_breach_is_due_after_72_hours_shown_in_uk_time(aware, due):
    found = run("BREACH", aware, aware)
    assert found.due is not None
    assert found.due.isoformat(timespec="minutes") == due


@pytest.mark.parametrize(
    ("at", "met", "state", "elapsed", "left", "late_by"),
    [
        ("2026-10-24T10:00", "", "running", 0, 72, None),
        ("2026-10-25T10:00", "", "running", 25, 47, None),
        ("2026-10-27T09:00", "", "running", 72, 0, None),
        ("2026-10-27T09:30", "", "late", 72, 0, 0.5),
        ("2026-10-27T08:30", "2026-10-26T09:00", "met", 48, 24, None),
        ("2026-12-01T08:30", "2026-10-27T09:00", "met", 72, 0, None),
        ("2026-12-01T08:30", "2026-10-27T10:00", "late", 72, 0, 1),
        ("2026-10-26T09:00", "2026-10-27T10:00", "running", 48, 24, None),
    ],
)
def test_a_breach_clock_stands(at, met, state, elapsed, left, late_by):
    found = run("BREACH", "2026-10-24T10:00", at, met)
    assert (found.state, found.elapsed, found.left) == (state, elapsed, left)
    assert found.late_by == late_by


def test_a_late_report_is_told_as_not_met_for_ever():
    found = run("BREACH", "2026-11-20T09:40", "2027-11-20T09:40", "2026-11-23T11:10")
    assert said(
        found, "Done at 11:10 GMT on Monday 23 November 2026: 1 hour 30 minutes"
    )
    assert said(found, "Late stays not met, whenever it is done.")


# --- what UK clocks show ----------------------------------------------------------


@pytest.mark.parametrize(
    ("wall", "first", "second"),
    [
        ("2026-10-25T00:59", "2026-10-24T23:59", "2026-10-24T23:59"),
        ("2026-10-25T01:00", "2026-10-25T00:00", "2026-10-25T01:00"),
        ("2026-10-25T01:59", "2026-10-25T00:59", "2026-10-25T01:59"),
        ("2026-10-25T02:00", "2026-10-25T02:00", "2026-10-25T02:00"),
        ("2026-03-29T00:59", "2026-03-29T00:59", "2026-03-29T00:59"),
        ("2026-03-29T02:00", "2026-03-29T01:00", "2026-03-29T01:00"),
    ],
)
def test_of_the_hour_that_comes_twice_the_first_or_the_last_is_taken(
    wall, first, second
):
    shown = datetime.fromisoformat(wall)
    in_utc = [
        uk_instant(shown, latest).replace(tzinfo=None) for latest in (False, True)
    ]
    assert [f"{instant:%Y-%m-%dT%H:%M}" for instant in in_utc] == [first, second]
    assert comes_twice(shown) is (first != second)


@pytest.mark.parametrize("wall", ["2026-03-29T01:00", "2026-03-29T01:59"])
@pytest.mark.parametrize("latest", [False, True])
def test_the_hour_that_spring_leaves_out_is_refused(wall, latest):
    shown = datetime.fromisoformat(wall)
    assert not comes_twice(shown)
    with pytest.raises(ValueError, match=f"No clock in the UK showed {shown:%H:%M} on"):
        uk_instant(shown, latest)


# --- requests: a month, with what moves it ------------------------------------------


@pytest.mark.parametrize(
    ("received", "at", "met", "state", "elapsed", "left", "late_by"),
    [
        ("2025-09-03", "2025-09-03", "", "running", 0, 30, None),
        ("2025-09-03", "2025-10-03", "", "running", 30, 0, None),
        ("2025-09-03", "2025-10-04", "", "late", 30, 0, 1),
        ("2026-09-03", "2026-10-05", "", "running", 32, 0, None),
        ("2026-09-03", "2026-10-06", "", "late", 32, 0, 1),
        ("2025-09-03", "2025-12-25", "2025-10-03T23:59", "met", 30, 0, None),
        ("2025-09-03", "2025-12-25", "2025-10-04T00:00", "late", 30, 0, 1),
        ("2025-09-03", "2025-12-25", "2025-09-13", "met", 10, 20, None),
    ],
)
def test_an_access_request_stands(received, at, met, state, elapsed, left, late_by):
    found = run("SAR", received, at, met)
    assert (found.state, found.elapsed, found.left) == (state, elapsed, left)
    assert found.late_by == late_by


CLARIFIED = (Pause(date(2025, 9, 12), date(2025, 9, 15)),)  # Friday to Monday


@pytest.mark.parametrize(
    ("at", "state", "elapsed", "left"),
    [
        ("2025-09-11", "running", 8, 22),
        ("2025-09-12", "paused", 8, 22),
        ("2025-09-15", "paused", 8, 22),
        ("2025-09-16", "running", 9, 21),
        ("2025-10-07", "running", 30, 0),
        ("2025-10-08", "late", 30, 0),
    ],
)
def test_a_clock_stands_still_over_a_weekend_of_clarification(at, state, elapsed, left):
    found = run("SAR", "2025-09-03", at, pauses=CLARIFIED)
    assert (found.state, found.elapsed, found.left) == (state, elapsed, left)
    assert found.due == date(2025, 10, 7)
    assert said(found, "4 days, both included, do not count")


def test_a_pause_that_lasts_is_told_as_one():
    pauses = (Pause(date(2025, 9, 12), date(2025, 9, 18), is_over=False),)
    found = run("SAR", "2025-09-03", "2025-09-18", pauses=pauses)
    assert (found.state, found.left) == ("paused", 22)
    assert said(found, "had not come by Thursday 18 September 2025: 7 days so far")


@pytest.mark.parametrize(
    ("told", "due", "words"),
    [
        (date(2025, 10, 3), date(2025, 12, 3), "within the first month (by Friday 3"),
        (date(2025, 10, 4), date(2025, 10, 3), "too late, so there is none"),
        (None, date(2025, 12, 3), "is taken to have been told of an extension in time"),
    ],
)
def test_an_extension_counts_when_told_in_the_first_month(told, due, words):
    found = run("SAR", "2025-09-03", "2025-09-03", extension=Extension(told))
    assert found.due == due
    assert said(found, words)


def test_clarification_does_not_stop_the_clock_of_another_right():
    found = run("RIGHTS", "2025-09-03", "2025-09-13", pauses=CLARIFIED)
    assert (found.due, found.state) == (date(2025, 10, 3), "running")
    assert said(found, "do not stop this clock")


@pytest.mark.parametrize("code", ["BREACH", "DPCOMPLAINT", "FOI", "LEAVER", "CANDOUR"])
def test_a_clock_without_an_extension_gets_none(code):
    plain = run(code, "2026-09-03", "2026-09-03")
    asked = run(code, "2026-09-03", "2026-09-03", extension=Extension())
    assert asked.due == plain.due
    assert said(asked, "no extension of so many months: none is counted")


def test_a_start_moved_by_an_identity_check_is_told():
    received, proved = uk("2026-09-03"), uk("2026-09-10")
    started = due_dates.request_start(date(2026, 9, 3), None, date(2026, 9, 10))
    events = Events(proved, proved, received=received)
    found = run_clock(RULES["SAR"], events, CALENDAR)
    assert found.starts == started == date(2026, 9, 10)
    assert said(found, "It was received on Thursday 3 September 2026 already.")


# --- the others ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("DPCOMPLAINT", "2026-07-01", date(2026, 7, 31)),
        ("FOI", "2026-12-01", date(2026, 12, 31)),
        ("LEAVER", "2026-12-24", date(2026, 12, 29)),
        ("AHRA", "2026-09-01", date(2026, 10, 11)),
        ("CANDOUR", "2026-09-01", None),
        ("BREACHSUBJ", "2026-09-01", None),
    ],
)
def test_the_other_clocks_run_out(code, start, due):
    found = run(code, start, start)
    assert found.due == due
    assert (found.left is None) is (due is None)


def test_working_days_are_gone_and_left():
    found = run("FOI", "2026-12-01", "2026-12-10")
    assert (found.elapsed, found.left) == (7, 13)


@pytest.mark.parametrize(("met", "state"), [("", "running"), ("2026-09-09", "met")])
def test_candour_has_no_day_in_law_and_the_companys_own_is_told_as_its_own(met, state):
    events = Events(uk("2026-09-01"), uk("2026-12-01"), uk(met) if met else None)
    found = run_clock(RULES["CANDOUR"], events, CALENDAR, company_limit=10)
    assert (found.due, found.left, found.late_by) == (None, None, None)
    assert found.state == state
    own = "which is not law: 10 working days, by Tuesday 15 September 2026"
    assert said(found, own)
    assert [step[:13] for step in found.steps if step.startswith("Paragraph")] == [
        f"Paragraph ({n})" for n in (9, 2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("received", "is_before"), [("2026-06-18", True), ("2026-06-19", False)]
)
def test_a_complaint_before_the_duty_began_is_shown_as_guidance(received, is_before):
    found = run("DPCOMPLAINT", received, received)
    assert said(found, "The duty began on Friday 19 June 2026") is is_before


@pytest.mark.parametrize(
    ("start", "is_told"), [("2028-11-29", False), ("2028-11-30", True)]
)
def test_a_day_that_hangs_on_unpublished_holidays_says_so(start, is_told):
    found = run("SAR", start, start)
    assert said(found, "after 2028 follow their pattern") is is_told


@pytest.mark.parametrize("code", RULES)
def test_what_no_source_confirms_is_an_unverified_reference(code):
    found = run(code, "2026-09-03", "2026-09-03")
    is_unverified = RULES[code].confidence == "C"
    assert said(found, "Unverified reference: no source") is is_unverified
    assert said(found, f"(confidence {RULES[code].confidence})")


@pytest.mark.parametrize(
    ("code", "start"), [("SAR", "2035-12-05"), ("FOI", "2011-12-05")]
)
def test_a_year_without_listed_holidays_is_refused_not_guessed(code, start):
    with pytest.raises(ValueError, match="are listed for 2012 to 2035"):
        run(code, start, start)


@pytest.mark.parametrize(
    ("at", "met", "words"),
    [
        ("2026-09-02", "", "cannot be asked about before that"),
        ("2026-09-09", "2026-09-02", "cannot be done before that"),
    ],
)
def test_events_out_of_order_are_refused(at, met, words):
    with pytest.raises(ValueError, match=words):
        run("SAR", "2026-09-03", at, met)


# --- properties ---------------------------------------------------------------------

at_leisure = settings(deadline=None)  # the machine may be busy with other things
STARTS = st.datetimes(
    datetime(2012, 1, 5),  # noqa: DTZ001
    datetime(2035, 6, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
WITH_DAYS = [code for code, rule in RULES.items() if rule.counts is not Counts.HOURS]
NUMBERED = [code for code, rule in RULES.items() if rule.length]
STRETCHES = st.lists(st.tuples(st.integers(-20, 130), st.integers(0, 40)), max_size=3)
LATER = st.timedeltas(timedelta(0), timedelta(days=200))
EXTENSIONS = st.none() | st.integers(0, 60)


def around(start: datetime, stretches: list[tuple[int, int]]) -> tuple[Pause, ...]:
    first = [start.date() + timedelta(days=gap) for gap, _ in stretches]
    return tuple(
        Pause(asked, asked + timedelta(days=length))
        for asked, (_, length) in zip(first, stretches, strict=True)
    )


def extended(start: datetime, told: int | None) -> Extension | None:
    return None if told is None else Extension(start.date() + timedelta(days=told))


def due_of(code: str, start: datetime, pauses: Any = (), told: Any = None) -> Any:
    events = Events(start, start, pauses=pauses, extension=told)
    return run_clock(RULES[code], events, CALENDAR).due


@at_leisure
@given(
    code=st.sampled_from(NUMBERED),
    start=STARTS,
    gap=st.timedeltas(timedelta(0), timedelta(days=60)),
    stretches=STRETCHES,
    told=st.none() | st.dates(date(2012, 1, 5), date(2035, 9, 1)),
)
def test_what_starts_later_is_never_due_sooner(code, start, gap, stretches, told):
    later = start + gap
    # Asked for after both had started: the same days are then left out of both.
    pauses = tuple(
        pause for pause in around(later, stretches) if pause.asked > later.date()
    )
    extension = Extension(told) if told else None
    first = due_of(code, start, pauses, extension)
    assert first <= due_of(code, later, pauses, extension)


@at_leisure
@given(
    code=st.sampled_from(NUMBERED), start=STARTS, stretches=STRETCHES, told=EXTENSIONS
)
def test_a_pause_never_brings_the_due_date_forward(code, start, stretches, told):
    extension = extended(start, told)
    without = due_of(code, start, (), extension)
    assert due_of(code, start, around(start, stretches), extension) >= without


@at_leisure
@given(start=STARTS, stretches=STRETCHES, told=EXTENSIONS)
def test_a_request_is_due_on_a_working_day_on_which_its_clock_runs(
    start, stretches, told
):
    pauses = around(start, stretches)
    due = due_of("SAR", start, pauses, extended(start, told))
    assert CALENDAR.is_working_day(due)
    assert not due_dates.clock_stopped(due, pauses)


@at_leisure
@given(
    code=st.sampled_from(NUMBERED),
    start=STARTS,
    stretches=STRETCHES,
    after=LATER,
    until_met=st.none() | LATER,
)
def test_elapsed_and_left_are_the_whole(code, start, stretches, after, until_met):
    rule, pauses = RULES[code], around(start, stretches)
    met = None if until_met is None else start + until_met
    whole = run_clock(rule, Events(start, start, None, pauses), CALENDAR).left
    found = run_clock(rule, Events(start, start + after, met, pauses), CALENDAR)
    assert found.left is not None
    assert found.elapsed >= 0
    assert found.left >= 0
    assert found.elapsed + found.left == whole
    assert (found.late_by is not None) is (found.state is State.LATE)
    assert found.late_by is None or found.late_by > 0


@at_leisure
@given(
    code=st.sampled_from(NUMBERED),
    start=STARTS,
    after=LATER,
    more=LATER,
    until_met=st.none() | LATER,
)
def test_a_clock_once_late_stays_late(code, start, after, more, until_met):
    at = start + after
    before = run_clock(RULES[code], Events(start, at), CALENDAR)
    assume(before.state is State.LATE)
    met = None if until_met is None else at + until_met
    later = run_clock(RULES[code], Events(start, at + more, met), CALENDAR)
    assert later.state is State.LATE


@at_leisure
@given(code=st.sampled_from(WITH_DAYS), start=STARTS, after=LATER)
def test_days_are_those_of_the_uk(code, start, after):
    at = start + after
    morning = at.astimezone(UK).replace(hour=3, minute=0)
    assume(morning >= start)
    found = run_clock(RULES[code], Events(start, at), CALENDAR)
    same = run_clock(RULES[code], Events(start, morning), CALENDAR)
    assert (same.state, same.elapsed, same.left) == (
        found.state,
        found.elapsed,
        found.left,
    )


# --- the command line -----------------------------------------------------------------


def clock(*words: str) -> Result:
    return CliRunner().invoke(clocks.clock, [*words, "--json"])


def test_the_command_answers_with_one_json_document():
    told = clock("SAR", "--start", "2026-09-03T11:00", "--at", "2026-09-13")
    assert told.exit_code == 0
    assert told.stderr == ""
    found = json.loads(told.stdout)
    assert [*found] == "rule starts due state elapsed left late_by steps".split()
    assert found["steps"][0].startswith("Counted from Thursday 3 September 2026.")
    assert {name: found[name] for name in [*found][:-1]} == {
        "rule": "SAR",
        "starts": "2026-09-03",
        "due": "2026-10-05",
        "state": "running",
        "elapsed": 10,
        "left": 22,
        "late_by": None,
    }


FROM_THIRD = "SAR --start 2025-09-03"


@pytest.mark.parametrize(
    ("words", "due", "state"),
    [
        (f"{FROM_THIRD} --paused 2025-09-12,2025-09-15", "2025-10-07", "running"),
        (
            f"{FROM_THIRD} --paused 2025-09-12,2025-09-13"
            " --paused 2025-09-14,2025-09-15",
            "2025-10-07",
            "running",
        ),
        (f"{FROM_THIRD} --paused 2025-09-10,", "2025-10-06", "paused"),
        (f"{FROM_THIRD.lower()} --extended", "2025-12-03", "running"),
        (f"{FROM_THIRD} --extended --told 2025-10-03", "2025-12-03", "running"),
        (f"{FROM_THIRD} --extended --told 2025-10-04", "2025-10-03", "running"),
        (f"{FROM_THIRD}T23:30Z", "2025-10-06", "running"),
        ("CANDOUR --start 2025-09-03", None, "running"),
        ("BREACH --start 2025-09-10T09:00", "2025-09-13T09:00:00+01:00", "running"),
        ("BREACH --start 2025-09-10T09:00Z", "2025-09-13T10:00:00+01:00", "running"),
        ("BREACH --start 20250909T0900", "2025-09-12T09:00:00+01:00", "running"),
        ("BREACH --start 2025-09-09", "2025-09-12T00:00:00+01:00", "running"),
        ("BREACH --start 2025-09-07T12:00", "2025-09-10T12:00:00+01:00", "late"),
    ],
)
def test_the_command_takes_what_happened(words, due, state):
    told = clock(*words.split(), "--at", "2025-09-10T12:01")
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert (found["due"], found["state"]) == (due, state)


def test_a_day_alone_counts_to_its_last_second_for_what_was_done():
    words = ("BREACH", "--start", "2025-09-07T12:00", "--met")
    assert json.loads(clock(*words, "2025-09-10T11:00").stdout)["state"] == "met"
    assert json.loads(clock(*words, "2025-09-10").stdout)["state"] == "late"


def test_without_a_moment_asked_about_it_is_now():
    long_ago = json.loads(clock("SAR", "--start", "2025-01-03").stdout)
    in_future = json.loads(clock("SAR", "--start", "2034-01-03").stdout)
    assert long_ago["state"] == "late"
    assert (in_future["state"], in_future["elapsed"]) == ("running", 0)


@pytest.mark.parametrize(
    ("option", "due", "state"),
    [("--start", "2026-10-28T00:30:00+00:00", "running"), ("--met", None, "late")],
)
def test_the_hour_that_comes_twice_never_flatters_and_is_told(option, due, state):
    twice = "2026-10-25T01:30"
    if option == "--start":
        told = clock("BREACH", "--start", twice, "--at", "2026-10-26")
        assert json.loads(told.stdout)["due"] == due
    else:  # due at 00:30 UTC, between the first 01:30 and the second
        told = clock("BREACH", "--start", "2026-10-22T01:30", "--met", twice)
    assert json.loads(told.stdout)["state"] == state
    assert (
        f"01:30 came twice on Sunday 25 October 2026: {option} is taken" in told.stderr
    )


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (
            "NOPE --start 2026-09-03",
            1,
            "There is no clock 'NOPE'. Use one of these: SAR",
        ),
        ("BREACH --start 2026-03-29T01:30", 1, "No clock in the UK showed 01:30"),
        ("SAR --start 2026-09-03 --met 2026-09-02", 1, "cannot be done before that"),
        ("SAR --start 2026-09-03 --at 2026-09-02", 1, "cannot be asked about before"),
        ("SAR --start 2040-09-03", 1, "are listed for 2012 to 2035"),
        ("SAR", 2, "Missing option '--start'"),
        ("--start 2026-09-03", 2, "Missing argument 'RULE'"),
        ("SAR --start soon", 2, "wanted a day or time of 1900 to 2199"),
        ("SAR --start 2026-02-30", 2, "wanted a day or time of 1900 to 2199"),
        ("SAR --start 0001-01-01", 2, "wanted a day or time of 1900 to 2199"),
        ("SAR --start 2026-09-03 --paused 2026-09-04", 2, "wanted FROM,TO"),
        ("SAR --start 2026-09-03 --paused 2026-09-04,2026-09-03", 2, "not after TO"),
        ("SAR --start 2026-09-03 --paused ,", 2, "wanted a day or time"),
        ("SAR --start 2026-09-03 --told 2026-09-04", 2, "--told wants --extended"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words, status, told):
    answer = clock(*words.split())
    assert answer.exit_code == status
    assert answer.stdout == ""
    assert told in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("words", "due", "told"),
    [
        ("AHRA --start 2026-09-01 --recent", "2026-09-22", "of the last 40 days"),
        ("AHRA --start 2026-09-01", "2026-10-11", "21 if record made in last 40"),
        ("CANDOUR --start 2026-09-01 --limit 10", None, "by Tuesday 15 September 2026"),
    ],
)
def test_the_command_takes_a_recent_record_and_the_companys_own_limit(words, due, told):
    found = json.loads(clock(*words.split(), "--at", "2026-09-02").stdout)
    assert found["due"] == due
    assert any(told in step for step in found["steps"])


@pytest.mark.parametrize(
    "words", ["SAR --start 2026-09-01 --recent", "SAR --start 2026-09-01 --limit 5"]
)
def test_the_command_refuses_them_for_another_clock(words):
    assert clock(*words.split()).exit_code == 2


def test_an_unknown_rule_is_told_every_rule_there_is():
    told = clock("NOPE", "--start", "2026-09-03").stderr
    assert all(f"{code} ({rule.name})" in told for code, rule in RULES.items())


def test_in_words_the_command_tells_the_steps():
    words = ["LEAVER", "--start", "2026-12-24", "--at", "2026-12-30"]
    told = CliRunner().invoke(clocks.clock, words).stdout
    assert told.startswith("LEAVER: Leaver's access removed: late\n")
    assert "Not done on Wednesday 30 December 2026: 1 day late." in told


# --- the tables ---------------------------------------------------------------------


def test_the_reference_tables_hold_what_was_handed_over():
    beside.require("domain")
    ours = {row["code"]: row for row in reference.rows("statutory_clocks")}
    for row in beside.rows("domain/statutory_clocks.csv"):
        assert row.items() <= ours.pop(row["code"]).items()
    assert [*ours] == ["LEAVER"]  # a limit of the company's own


def test_every_rule_says_its_source_and_confidence():
    for rule in RULES.values():
        assert rule.source
        assert rule.confidence in ("A", "B", "C")
        assert (rule.length > 0) is (rule.counts is not Counts.NOTHING)


def test_the_bank_holidays_are_those_of_gov_uk():
    beside.require("realdata/bank_holidays_govuk")
    file = beside.SHARED / "realdata" / "bank_holidays_govuk" / "bank-holidays.json"
    england = json.loads(file.read_text(encoding="utf-8"))["england-and-wales"]
    published = {date.fromisoformat(event["date"]) for event in england["events"]}
    last = max(published).year
    assert {day for day in CALENDAR.holidays if day.year <= last} == published
    assert CALENDAR.published_to == date(last, 12, 31)
    assert min(published).year == CALENDAR.years[0]


def test_the_bank_holidays_are_those_the_tool_writes():
    written = [list(map(str, row)) for row in write_bank_holidays.bank_holidays()]
    assert written == [list(row.values()) for row in reference.rows("bank_holidays")]
    assert max(CALENDAR.holidays).year == write_bank_holidays.YEARS[-1]


def test_clocks_and_the_grid_need_the_standard_library_alone():
    files = [*(ROOT / "oversight" / "clocks").glob("*.py"), ROOT / "oversight/grid.py"]
    needed = {imported for file in files for imported in imports(file)}
    allowed = "calendar collections dataclasses datetime enum typing zoneinfo".split()
    assert needed <= {*allowed, "oversight.clocks"}


def imports(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    found = re.findall(r"^(?:from|import) (\S+)", text, flags=re.MULTILINE)
    ours = "oversight.clocks"
    return [ours if name.startswith(ours) else name.split(".")[0] for name in found]
