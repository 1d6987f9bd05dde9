import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import chain, pairwise
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from oversight.demo import SentFile, write_company
from oversight.demo.company import make_company
from oversight.headers import read_definition
from oversight.sources import all_sources

ROOT = Path(__file__).parent.parent
UK = ZoneInfo("Europe/London")
AS_OF = date(2026, 11, 22)
SILENT, QUIET, CLOSED = "Oak Lodge", "Hawthorn House", "Larch House"
DAY = timedelta(days=1)
NEVER = date.max
# The fewest homes and months that have the stories, and a month-end just before as_of.
LEAST = {"homes": 4, "months": 12, "seed": 1, "as_of": date(2026, 4, 1)}
COMPANIES = {"usual": {"as_of": AS_OF, "access_events": 20_000}, "least": LEAST}


@dataclass(frozen=True)
class Sent:
    """A company as its files show it, read back from nothing but the files."""

    files: list[SentFile]
    as_of: date

    def of(self, kind, home=None):
        return [one for one in self.files if one.kind == kind and one.home == home]

    def newest(self, kind):
        return rows(self.of(kind)[-1])

    @cached_property
    def both(self):
        return list(zip(self.of("staff"), self.of("training"), strict=True))

    @cached_property
    def month_ends(self):
        days = sorted({one.taken_on for one in self.files})
        return [day for day in days if (day + DAY).day == 1]

    @cached_property
    def e_learning_from(self):
        return self.month_ends[-8].replace(day=1)

    @cached_property
    def percent_in_date(self):
        """Staff in date with IG training, by day of sending."""
        return {
            staff.taken_on: 100 * mean(who in trained(training) for who in refs(staff))
            for staff, training in self.both
        }

    @cached_property
    def incidents(self):
        """Every incident as it was last told of."""
        files = [rows(one) for one in self.files if one.kind == "incidents"]
        return list({row["incident_ref"]: row for row in chain(*files)}.values())

    @cached_property
    def breaches(self):
        """Confirmed breaches by month, closed months only."""
        found = [row["aware_at"][:7] for row in kept(self.incidents, kind="confirmed")]
        return [found.count(f"{end:%Y-%m}") for end in self.month_ends]


@cache
def rows(sent):
    with sent.path.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text, strict=True))


def kept(some, **wanted):
    return [row for row in some if all(row[at] == cell for at, cell in wanted.items())]


@cache
def refs(sent):
    return frozenset(row["UNIQUEWORKERID"] for row in rows(sent))


@cache
def uk_day(cell):
    """A strict DD/MM/YYYY, None for a blank; ValueError for anything else."""
    return date.fromisoformat(f"{cell[6:]}-{cell[3:5]}-{cell[:2]}") if cell else None


def a_year_on(day):
    """The last day of a year's validity."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day) - DAY


def is_right(row):
    try:
        done, expires = uk_day(row["DATECOMPLETED"]), uk_day(row["EXPIRYDATE"])
    except ValueError:
        return False
    return row["CATEGORY"] != "145" and (expires is None or expires > done)


def ig_training(sent):
    """Who did IG training, on which day, until when (None: left out)."""
    return [
        (row["UNIQUEWORKERID"], uk_day(row["DATECOMPLETED"]), uk_day(row["EXPIRYDATE"]))
        for row in kept(rows(sent), CATEGORY="26")
        if is_right(row)
    ]


@cache
def trained(sent, blank=None):
    """Who is in date; a blank expiry is a year on, unless told otherwise."""
    return {
        who
        for who, done, expires in ig_training(sent)
        if sent.taken_on <= (expires or blank or a_year_on(done))
    }


def in_date_at_end(company, is_bank):
    """Of bank and agency staff, or of everybody else: is each in date?"""
    staff, training = company.both[-1]
    some = [row for row in rows(staff) if (row["EMPLSTATUS"] in "34") is is_bank]
    return [row["UNIQUEWORKERID"] in trained(training) for row in some]


def moment(cell):
    return datetime.fromisoformat(cell).replace(tzinfo=UK).astimezone(UTC)


def hours(row, first, last):
    return (moment(row[last]) - moment(row[first])) / timedelta(hours=1)


def of_last_year(company, **wanted):
    year_ago = f"{company.as_of - 365 * DAY}"
    some = kept(company.incidents, **wanted)
    return [row for row in some if row["aware_at"] >= year_ago]


def digest(folder, seed=7):
    whole = hashlib.sha256()
    for one in write_company(folder, homes=4, months=12, seed=seed, as_of=AS_OF):
        said = one.path.name, one.taken_on, one.known_at, one.kind, one.home, one.covers
        whole.update(f"{said}".encode() + one.path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module")
def companies(tmp_path_factory):
    return {
        name: Sent(write_company(tmp_path_factory.mktemp(name), **said), said["as_of"])
        for name, said in COMPANIES.items()
    }


@pytest.fixture
def usual(companies):
    return companies["usual"]


@pytest.fixture(params=COMPANIES)
def company(companies, request):
    return companies[request.param]


# ---------- the files as files


def test_the_same_arguments_give_the_same_bytes_on_any_machine(tmp_path):
    script = "import sys, tests.test_demo as t; print(t.digest(t.Path(sys.argv[1])))"
    elsewhere = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "elsewhere")],
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    here = digest(tmp_path / "here")
    assert elsewhere.stdout.strip() == here
    assert digest(tmp_path / "other", seed=8) != here


def test_files_are_sent_in_order_every_month_and_just_before_as_of(company):
    known = [one.known_at for one in company.files]
    assert all(earlier < later for earlier, later in pairwise(known))
    assert all(one.known_at.date() == one.taken_on for one in company.files)
    assert known[-1] < datetime.combine(company.as_of, time(), tzinfo=UK)
    for kind in ("staff", "training", "incidents"):
        taken = {one.taken_on for one in company.of(kind)}
        assert taken == {*company.month_ends, company.as_of - DAY}


def test_every_kind_there_is_is_sent(companies):
    assert {one.kind for one in companies["usual"].files} == set(all_sources())


@pytest.mark.parametrize(
    ("kind", "profile", "name", "line_end", "width", "columns", "pattern"),
    [
        (
            *("homes", "cqc_directory", "wrenmoor_care_homes_{}.csv", b"\n", 14),
            "cqc_id postcode telephone inspection_date",
            r"1-\d{12} ZZ\d\d? \dAA (1632960\d{3}|NA) (\d{4}-\d\d-\d\d|NA)",
        ),
        (
            *("staff", "asc_wds_staff", "{}-sfc-bulk-upload-staff.csv", b"\r\n", 44),
            "UNIQUEWORKERID NINUMBER POSTCODE EMPLSTATUS STARTDATE",
            r"S\d{4} QQ\d{6}[A-D] ZZ\d \dZZ [12347] \d\d/\d\d/\d{4}",
        ),
        (
            *("training", "asc_wds_training"),
            *("{}-sfc-bulk-upload-training.csv", b"\r\n", 12),
            "UNIQUEWORKERID DATECOMPLETED EXPIRYDATE",
            r"S\d{4} \d\d/\d\d/\d{4} (\d\d/\d\d/\d{4})?",
        ),
    ],
)
def test_each_file_is_as_strict_as_its_real_format(
    usual, kind, profile, name, line_end, width, columns, pattern
):
    known = json.loads((ROOT / f"data/profiles/{profile}.json").read_text("utf-8"))
    read = {column["from"] for column in known["columns"].values() if "from" in column}
    for one in usual.of(kind)[::6]:
        assert one.path.name == name.format(one.taken_on)
        assert set(re.findall(rb"\r?\n", one.path.read_bytes())) == {line_end}
        assert {*read, *known.get("drops", ())} <= rows(one)[0].keys()
        for row in rows(one):
            assert len(row) == width
            assert re.fullmatch(pattern, " ".join(map(row.get, columns.split())))


def test_incidents_are_in_our_own_layout(usual):
    table = read_definition(ROOT / "queries/sources/incidents.sql").table("columns")
    wanted = [line["column"] for line in table]
    headings = list(usual.newest("incidents")[0])
    assert headings == [column for column in wanted if column in headings]
    untold = {"cqc_notified_at", "contact_attempts", "ico_reference"}
    assert set(wanted) - set(headings) == untold


def test_an_incident_file_tells_only_what_has_happened_and_of_its_own_homes(company):
    for one in company.files:
        for row in rows(one) if one.kind == "incidents" else ():
            times = [row[at] for at in row if at.endswith("_at") and row[at]]
            assert all(moment(said) < one.known_at for said in times)
            # No time that the clocks left out in spring: such a row would be refused.
            assert all(f"{moment(said).astimezone(UK):%F %R}" == said for said in times)
            assert row["home"] in one.covers


def test_no_file_names_the_real_company_or_anybody(company):
    for one in company.files:
        text = f"{one.path.name} {one.path.read_text('utf-8')}".casefold()
        assert "calsan" not in text
        assert "@" not in text


@pytest.mark.parametrize(("homes", "months"), [(0, 12), (100, 12), (8, 0)])
def test_a_company_of_no_size_or_of_too_many_homes_is_refused(homes, months):
    with pytest.raises(ValueError, match=r"wanted 1 .*, got \d+"):
        make_company(homes, months, AS_OF)


@pytest.mark.parametrize(("homes", "months"), [(1, 1), (3, 12), (4, 11)])
def test_a_small_or_short_company_is_plain_but_whole(tmp_path, homes, months):
    files = write_company(tmp_path, homes=homes, months=months, as_of=AS_OF)
    company = Sent(files, AS_OF)
    names = {row["name"] for row in company.newest("homes")}
    assert len(names) == homes
    for_all = ("staff", "training", "incidents")
    assert all(set(one.covers) == names for one in files if one.kind in for_all)
    assert {row["LOCALESTID"] for row in company.newest("staff")} == names
    assert all(80 < value < 95 for value in company.percent_in_date.values())


# ---------- the stories, each found again from the files alone


def test_one_home_closes_and_one_opens_and_head_office_speaks_for_them_all(company):
    editions = {
        one.taken_on: {row["name"] for row in rows(one)} for one in company.of("homes")
    }
    first, *_, last = editions.values()
    assert first - last == {CLOSED}
    assert len(last - first) == 1
    for staff, training in company.both:
        names = editions[max(day for day in editions if day <= staff.taken_on)]
        assert {row["LOCALESTID"] for row in rows(staff)} == names
        assert set(staff.covers) == set(training.covers) == names | {CLOSED}


def test_training_improves_with_the_e_learning_and_stays_below_95(company):
    percent = company.percent_in_date
    before = [value for day, value in percent.items() if day < company.e_learning_from]
    since = [value for day, value in percent.items() if day >= company.month_ends[-6]]
    assert 80 < mean(before) < 84
    assert 87.5 < mean(since) < 90.5
    assert max(before) < min(since)
    assert max(since) < 95


def test_bank_and_agency_staff_keep_it_below_and_a_blank_read_as_never_flatters(usual):
    assert mean(in_date_at_end(usual, True)) < 0.75
    assert mean(in_date_at_end(usual, False)) > 0.9
    training = usual.of("training")[-1]
    assert trained(training) < trained(training, blank=NEVER)


def test_since_the_induction_everybody_is_trained_in_the_first_month(company):
    training = ig_training(company.of("training")[-1])
    first = {who: done for who, done, _ in reversed(training)}
    in_time = {True: [], False: []}
    for row in company.newest("staff"):
        on, who = uk_day(row["STARTDATE"]), row["UNIQUEWORKERID"]
        is_since = on >= company.as_of - 400 * DAY
        in_time[is_since].append(first.get(who, NEVER) <= on + 31 * DAY)
    assert all(in_time[True])
    assert len(in_time[True]) > 30
    assert mean(in_time[False]) < 0.95


def test_the_e_learning_still_sends_a_few_leavers(company):
    for staff, training in company.both:
        part = len(refs(training) - refs(staff)) / len(refs(training))
        has_begun = training.taken_on > company.e_learning_from
        assert 0.005 < part < 0.02 if has_begun else part == 0


def test_the_job_roles_of_some_starters_are_blank_in_their_first_file_only(company):
    blank = [
        {row["UNIQUEWORKERID"] for row in kept(rows(one), MAINJOBROLE="")}
        for one in company.of("staff")
    ]
    assert sum(map(bool, blank)) > 3
    assert all(not before & after for before, after in pairwise(blank))


def test_some_training_rows_are_wrong_and_in_one_older_file_one_lacks_its_key(company):
    wrong = [
        sorted(row["CATEGORY"] for row in rows(one) if not is_right(row))
        for one in company.of("training")
    ]
    assert wrong[-1] == wrong[-6] == ["26", "7"]
    assert wrong.pop(-11) == ["145", "26", "7"]
    assert all(found in ([], ["26", "7"]) for found in wrong)


def test_one_home_keeps_its_own_log_of_incidents_and_fell_silent(company):
    own = company.of("incidents", SILENT)
    assert own == [one for one in company.files if one.home]
    assert [one.taken_on for one in own] == company.month_ends[:-2]
    assert {one.covers for one in own} == {(SILENT,)}
    assert all(SILENT not in one.covers for one in company.of("incidents"))


def test_one_open_home_reports_nothing_at_all(company):
    homes = {row["name"] for row in company.newest("homes")}
    assert homes - {row["home"] for row in company.incidents} == {QUIET}
    assert all(QUIET in one.covers for one in company.of("incidents"))


def test_the_72_hours_were_missed_once_in_the_last_year_by_the_mail_merge(company):
    reported = of_last_year(company, is_reportable_ico="yes")
    late = [row for row in reported if hours(row, "aware_at", "ico_reported_at") > 72]
    assert [row["subjects_affected"] for row in late] == ["214"]
    assert hours(late[0], "aware_at", "ico_reported_at") == 96
    assert f"{moment(late[0]['aware_at']):%A}" == "Friday"
    assert len(reported) >= 4
    assert all(row["people_informed_at"] for row in kept(reported, is_high_risk="yes"))


def test_one_breach_has_its_clock_running_and_nothing_else_is_undecided(company):
    undecided = kept(company.incidents, is_reportable_ico="")
    running = [row for row in undecided if row["kind"] in ("confirmed", "suspected")]
    midnight = datetime.combine(company.as_of + DAY, time(), tzinfo=UK)
    left = [midnight.astimezone(UTC) - moment(row["aware_at"]) for row in running]
    assert left == [timedelta(hours=30)]
    assert not running[0]["ico_reported_at"] + running[0]["contained_at"]


def test_one_decision_not_to_report_lacks_its_reason(company):
    assert len(of_last_year(company, is_reportable_ico="no", decision_reason="")) == 1


def test_candour_was_kept_but_for_one_written_notice(company):
    owed = kept(company.incidents, is_notifiable_safety_incident="yes")
    assert len(kept(owed, apology_recorded="yes")) == len(owed) == 4
    assert all(row["told_in_person_at"] for row in owed)
    missing = kept(owed, written_notice_at="")
    told = [moment(row["told_in_person_at"]).date() for row in missing]
    assert told == [company.as_of - 49 * DAY]


def upper_limit(counts):
    return mean(counts) + 2.66 * mean(abs(a - b) for a, b in pairwise(counts))


def test_the_worst_month_for_breaches_is_only_noise(company):
    counts = company.breaches
    assert max(counts[:-1]) < counts[-1] < upper_limit(counts)
    sides = "".join("+" if count > mean(counts) else "-" for count in counts)
    assert not re.search(r"\+{7}|-{7}", sides)


def test_the_page_about_the_company_gives_the_figures_the_files_give(usual):
    page = (ROOT / "docs/made-up-company.md").read_text("utf-8")
    staff, training = usual.both[-1]
    met, total = len(refs(staff) & trained(training)), len(refs(staff))
    percent = usual.percent_in_date.items()
    before = mean(value for day, value in percent if day < usual.e_learning_from)
    never = len(refs(staff) & trained(training, blank=NEVER))
    bank, others = in_date_at_end(usual, True), in_date_at_end(usual, False)
    kinds = Counter(row["kind"] for row in usual.incidents)
    counts = usual.breaches
    for said in (
        f"{len(usual.files)} files",
        f"{before:.1f} % on average",
        f"{met} of {total} ({100 * met / total:.1f} %)",
        f"bank and agency staff {sum(bank)} of {len(bank)}",
        f"everybody else {sum(others)} of {len(others)}",
        f"{never} of {total} instead of {met}",
        f"{total} of {len(refs(training))} people",
        f"two of {len(rows(training)):,}",
        f"{kinds['confirmed']} confirmed breaches, {kinds['near miss']} near misses",
        f"{kinds['not an incident']} false alarms",
        f"{counts[-1]} confirmed breaches in October 2026",
        f"the mean is {mean(counts):.1f} and the upper limit {upper_limit(counts):.1f}",
    ):
        assert said in page, said
