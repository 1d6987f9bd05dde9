"""The stories of the registers, the rota and the log, found again from files alone."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from oversight.demo import write_company
from oversight.sources import all_sources
from tests.test_demo import AS_OF, DAY, QUIET, SILENT, kept, rows

UK = ZoneInfo("Europe/London")
EVENTS = 20_000


class Files:
    """A company's files; a register as its newest files leave it."""

    def __init__(self, files):
        self.files = files

    def of(self, kind):
        return [one for one in self.files if one.kind == kind]

    def every_row(self, kind):
        return [row for one in self.of(kind) for row in rows(one)]

    def now(self, kind):
        """The rows of a register that is sent in changes, each in its last state."""
        key = all_sources()[kind].key
        found = {tuple(row[name] for name in key): row for row in self.every_row(kind)}
        return list(found.values())

    def newest(self, kind):
        return rows(self.of(kind)[-1])


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stories")
    return Files(write_company(folder, as_of=AS_OF, access_events=EVENTS))


@pytest.fixture(scope="module")
def events(told):
    return told.every_row("access_events")


def day(cell):
    return date.fromisoformat(cell) if cell else None


def uk(cell):
    return datetime.fromisoformat(cell).astimezone(UK)


def later(row, first, last):
    return (day(row[last]) - day(row[first])).days


def past(some, column):
    return [row for row in some if row[column] and day(row[column]) < AS_OF]


# ---------- the files as files


def test_no_register_tells_of_a_day_that_has_not_come(told):
    ahead = ("due_on", "planned_on", "live_on", "until", "expires_on", "ends_on")
    for one in told.files:
        if one.path.name.startswith("wrenmoor_") and one.kind != "homes":
            for row in rows(one):
                for name, cell in row.items():
                    if name.endswith("_on") and not name.endswith(ahead) and cell:
                        assert day(cell) <= one.taken_on, (one.path.name, name)


def test_a_brief_company_sends_each_register_once_and_says_the_same_in_the_end(
    told, tmp_path
):
    brief = Files(write_company(tmp_path, as_of=AS_OF, is_brief=True))
    own_road = {"homes", "staff", "training", "incidents", "rota"}
    sent = Counter(one.kind for one in brief.files if one.kind not in own_road)
    assert set(sent.values()) == {1}
    for kind in ("actions", "audits", "requests", "risks", "accounts", "devices"):
        assert sorted(map(str, brief.newest(kind))) == sorted(
            map(
                str,
                told.newest(kind)
                if all_sources()[kind].delivers == "snapshot"
                else told.now(kind),
            )
        ), kind


def test_only_some_kinds_may_be_wanted_and_their_bytes_are_the_same(told, tmp_path):
    some = write_company(tmp_path, as_of=AS_OF, only={"risks", "staff"})
    assert {one.kind for one in some} == {"risks", "staff"}
    by_name = {one.path.name: one.path for one in told.files}
    assert all(
        one.path.read_bytes() == by_name[one.path.name].read_bytes() for one in some
    )


def test_the_log_is_as_long_as_was_asked_for(events):
    assert 0.98 * EVENTS < len(events) <= EVENTS
    assert len({row["event_id"] for row in events}) == len(events)
    times = [uk(row["occurred_at"]) for row in events]
    assert all(earlier <= later for earlier, later in pairwise(times))


def test_about_as_many_people_live_there_as_the_page_says(told):
    there = kept(told.newest("residents"), status="in residence")
    assert 380 < len(there) < 430


@pytest.mark.queries
def test_no_row_of_the_small_company_is_refused_but_those_meant_to_be(company):
    with company.reading(("*",)) as cursor:
        refused = cursor.execute(
            "select kind, sum(rows_refused) from arrival where rows_refused > 0"
            " group by kind"
        ).fetchall()
    assert {kind for kind, _ in refused} == {"training"}


# ---------- openness


def test_two_access_requests_were_late_and_each_says_why(told):
    asked = kept(told.now("requests"), request_type="access", extension_told_on="")
    late = [
        row
        for row in asked
        if row["answered_on"]
        and day(row["answered_on"])
        > (day(row["identity_received_on"]) or day(row["received_on"])) + 31 * DAY
    ]
    assert [row["request_ref"] for row in late] == ["REQ-901", "REQ-902"]
    assert later(late[0], "received_on", "logged_on") == 19  # nobody wrote it down
    assert "on leave" in late[1]["summary"]


def test_an_access_request_runs_and_another_waits_for_proof(told):
    is_open = kept(told.now("requests"), request_type="access", answered_on="")
    running = [row for row in is_open if row["identity_received_on"]]
    assert [row["request_ref"] for row in running] == ["REQ-904"]
    assert len(is_open) == 2


def test_one_call_by_the_press_was_not_dealt_with_by_the_procedure(told):
    asked = told.now("media_enquiries")
    assert len(asked) > 6
    assert len(kept(asked, is_by_procedure="no")) == 1


def test_homes_say_that_there_was_nothing_but_not_the_silent_and_the_quiet_one(told):
    said = kept(told.now("nil_returns"), kind="incidents")
    homes = {row["home"] for row in said}
    assert len(homes) >= 4
    assert not homes & {SILENT, QUIET}
    incidents = told.now("incidents")
    for row in said:
        month = row["period_from"][:7]
        told = [one for one in incidents if one["aware_at"].startswith(month)]
        assert row["home"] not in {one["home"] for one in told}


# ---------- legal compliance


def test_one_policy_was_not_reviewed_in_time(told):
    newest = {row["title"]: row for row in told.now("policies")}
    assert list(past(newest.values(), "review_due_on")) == [
        newest["Records Retention and Disposal"]
    ]


def test_a_contract_and_an_agreement_have_run_out(told):
    ended = past(told.now("processors"), "contract_ends_on")
    assert [row["processor_ref"] for row in ended] == ["SUP-006"]
    ended = past(told.now("sharing_agreements"), "ends_on")
    assert [row["agreement_ref"] for row in ended] == ["DSA-004"]


def test_one_change_went_live_without_its_assessment(told):
    live = kept(told.now("changes"), needs_dpia="yes")
    bare = [row for row in live if row["live_on"] and not row["dpia_signed_on"]]
    assert [row["change_ref"] for row in bare] == ["CHG-07"]


def test_the_toolkit_claims_what_the_training_does_not_show(told):
    answers = {row["item"]: row for row in told.now("toolkit_answers")}
    assert answers["3.2.1"]["answer"] == "complete"
    assert "95 %" in answers["3.2.1"]["comment"]
    assert [i for i, row in answers.items() if row["answer"] != "complete"] == ["1.4.1"]
    assert len(past(answers.values(), "evidence_expires_on")) == 1


def test_the_guardian_has_no_deputy_and_every_other_role_has(told):
    bare = [row["role"] for row in told.now("named_roles") if not row["deputy_ref"]]
    assert bare == ["Caldicott Guardian"]


def test_agency_staff_lag_in_acknowledging(told):
    said = defaultdict(list)
    for row in kept(told.now("acknowledgements"), version="2.0"):
        said[row["employment"]].append(bool(row["acknowledged_on"]))
    assert mean(said["agency"]) < 0.8
    assert mean(said["permanent"]) > 0.97


def test_of_last_years_eleven_actions_two_are_late_and_one_moved_three_times(told):
    of_review = kept(told.now("actions"), source_type="management review")
    assert len(of_review) == 11
    late = past(kept(of_review, done_on=""), "due_on")
    assert [row["action_ref"] for row in late] == ["ACT-08", "ACT-10"]
    assert [row["times_moved"] for row in late] == ["3", ""]
    moves = {
        row["due_on"] for row in kept(told.every_row("actions"), action_ref="ACT-08")
    }
    assert len(moves) == 4


def test_one_risk_was_not_looked_at_again_in_time(told):
    late = past(told.now("risks"), "review_due_on")
    assert [row["risk_ref"] for row in late] == ["RSK-09"]


# ---------- information security


def test_a_leavers_account_stayed_open_and_was_used_at_night(told, events):
    in_post = {row["UNIQUEWORKERID"] for row in told.newest("staff")}
    enabled = kept(told.newest("accounts"), is_enabled="yes")
    left = [
        row for row in enabled if row["staff_ref"] and row["staff_ref"] not in in_post
    ]
    assert len(left) == 1
    used = kept(events, staff_ref=left[0]["staff_ref"])
    by_night = [row for row in used if uk(row["occurred_at"]).hour < 5]
    weeks = [
        row for row in by_night if uk(row["occurred_at"]).date() > AS_OF - 60 * DAY
    ]
    assert len(weeks) == 18
    assert len({uk(row["occurred_at"]).date() for row in weeks}) == 3


def test_one_person_browses_a_home_that_is_not_hers_a_little_every_day(told, events):
    home_of = {
        row["UNIQUEWORKERID"]: row["LOCALESTID"] for row in told.every_row("staff")
    }
    elsewhere = [
        row
        for row in events
        if row["staff_ref"]
        and row["home"] != home_of.get(row["staff_ref"], row["home"])
    ]
    assert len({row["staff_ref"] for row in elsewhere}) == 1
    assert len({row["home"] for row in elsewhere}) == 1
    a_day = Counter(uk(row["occurred_at"]).date() for row in elsewhere)
    assert max(a_day.values()) <= 6  # a night shift has a part of two days
    assert len(a_day) > 60


def test_shared_log_ins_rise_at_one_home(events):
    used = defaultdict(Counter)
    for row in kept(events, actor_kind="unknown"):
        used[row["home"]][row["occurred_at"][:7]] += 1
    totals = Counter({home: months.total() for home, months in used.items()})
    (busiest, most), (_, second) = totals.most_common(2)
    assert most > 10 * second
    closed = [used[busiest][month] for month in sorted(used[busiest])][:-2]
    assert all(before < after for before, after in pairwise(closed))


def test_the_log_stops_for_some_days(events):
    days = sorted({uk(row["occurred_at"]).date() for row in events})
    gaps = [(a, b) for a, b in pairwise(days) if b - a > DAY]
    assert [(a + DAY, b - DAY) for a, b in gaps] == [
        (AS_OF - 58 * DAY, AS_OF - 55 * DAY)
    ]


def test_the_ten_busiest_do_nothing_wrong(told, events):
    shifts = defaultdict(list)
    for row in told.every_row("rota"):
        span = [datetime.fromisoformat(row[at]) for at in ("starts_at", "ends_at")]
        shifts[row["home"], row["staff_ref"]].append(span)
    many = Counter(row["staff_ref"] for row in events if row["staff_ref"])
    ten = [who for who, _ in many.most_common(10)]
    assert many[ten[-1]] > 3 * mean(many.values())
    for row in events:
        if row["staff_ref"] in ten:
            when = uk(row["occurred_at"]).replace(tzinfo=None)
            own = shifts[row["home"], row["staff_ref"]]
            hour = timedelta(hours=1)  # a night in which the clocks change
            assert any(a - hour <= when <= b + hour for a, b in own)


def test_one_portable_device_is_not_encrypted(told):
    bare = kept(told.newest("devices"), is_encrypted="no")
    assert len(bare) == 1
    assert bare[0]["device_type"] == "tablet"


def test_one_plan_was_not_tested_and_one_restore_failed_before_it_passed(told):
    held = [row for row in told.now("continuity_tests") if row["held_on"]]
    tested = {
        row["plan_ref"] for row in held if day(row["held_on"]) > AS_OF - 365 * DAY
    }
    plans = {row["plan_ref"] for row in told.now("continuity_plans")}
    assert len(plans - tested) == 1
    of_records = [
        row["is_restored"]
        for row in kept(told.now("restore_tests"), system_ref="AST-001")
    ]
    assert of_records[-2:] == ["no", "yes"]


# ---------- quality assurance


def test_one_audit_of_records_is_late(told):
    late = past(kept(told.now("audits"), held_on="", cancelled_on=""), "planned_on")
    assert [row["home"] for row in late] == [QUIET]
    assert late[0]["title"] == "Record-keeping audit"


def test_one_dimension_of_quality_is_weak_and_at_one_home_above_all(told):
    share = defaultdict(list)
    for row in told.now("quality_checks"):
        score = int(row["passed"]) / (int(row["passed"]) + int(row["failed"]))
        share[row["dimension"], row["home"]].append(score)
    weak = {pair for pair, scores in share.items() if mean(scores) < 0.95}
    assert {dimension for dimension, _ in weak} == {"timeliness"}
    worst = sorted(mean(share[pair]) for pair in weak)
    assert worst[1] - worst[0] > 0.04


def test_some_boxes_are_past_their_day_and_every_disposal_has_its_certificate(told):
    boxes = past(kept(told.now("retention_reviews"), reviewed_on=""), "keep_until")
    assert len(boxes) == 3
    assert len({row["home"] for row in boxes}) == 1
    disposals = told.now("disposals")
    assert len(disposals) > 30
    waiting = [row for row in disposals if not row["certificate_ref"]]
    assert all(day(row["disposed_on"]) > AS_OF - 14 * DAY for row in waiting)


def test_a_few_starters_began_before_their_certificate_was_seen(told):
    checked = told.now("starter_checks")
    late = [row for row in checked if row["dbs_seen_on"] > row["started_on"]]
    assert 0 < len(late) < 0.06 * len(checked)
