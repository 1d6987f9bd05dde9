import csv
import json
import shutil
from collections import Counter
from datetime import date, datetime, time
from itertools import permutations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from command_line import oversight, oversight_process
from reference import SHARED, require

from oversight.measures import find_measure
from oversight.verdicts.judgement import kinds_of

UK = ZoneInfo("Europe/London")
REAL = SHARED / "realdata"
HOMES = REAL / "organisations_trafford_care_homes"
EDITIONS = [
    HOMES / f"trafford_care_homes_{day}.csv"
    for day in ("2020-04-20", "2022-06-22", "2025-07-22")
]
BREACHES = REAL / "incidents_hhs_ocr_2019" / "breach_report.csv"
TRAINING = REAL / "training_asc_wds" / "2026-08-21-sfc-bulk-upload-training_ok.csv"
FHIR = [
    REAL / "access_fhir_auditevent" / f"audit-event-example-{name}.json"
    for name in ("login", "search", "vread")
]
# The kind that others' files are of, how many rows, and how many say too little.
OTHERS = {
    "access_m365_sentinel_lab/office_activity.csv": ("access_events", 266, 0),
    "access_m365_sentinel_lab/sign-in_adelete.csv": ("access_events", 56, 0),
    # Six rows of a register have no status.
    "organisations_dspt_status/data_DSPTmetric_20220208.csv": (
        "toolkit_publications",
        357,
        6,
    ),
    # One has published nothing, and is said to have done so on a day.
    "organisations_dspt_status/dspt_trusts_snapshot_16_11_23.csv": (
        "toolkit_publications",
        211,
        1,
    ),
    "requests_foi_wdtk_csc/foi_first500.csv": ("requests", 500, 0),
}
HEADERS = REAL / "training_asc_wds" / "headers.json"
ACCEPTED = [*EDITIONS, BREACHES, TRAINING]
# What nothing can be made of yet, and what is said of it.
REFUSED = {
    "bank_holidays_govuk/bank-holidays.json": "is JSON and not a table",
    "organisations_ods_etr/etr.csv": "has no headings: its row 1 is a record already",
    "training_asc_wds/headers.json": "is JSON and not a table",
    "training_asc_wds/training_categories.csv": (
        "no layout that is known: its row 1 reads bulk_upload_code"
    ),
}


@pytest.fixture(autouse=True)
def _are_there() -> None:
    require("realdata")


@pytest.fixture(scope="module")
def real(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the real files and nothing else."""
    require("realdata")
    path = tmp_path_factory.mktemp("real") / "store.duckdb"
    shutil.copy(new_store, path)
    assert oversight("import", *ACCEPTED, store=path).status == 0
    return path


def reports(*argv: object, store: Path, status: int = 0) -> list[dict[str, Any]]:
    """What `import` answers, once it is seen to add up."""
    answer = oversight("import", *argv, "--json", store=store)
    assert answer.status == status, answer.err
    for report in answer.document:
        assert report["rows_read"] == (
            report["rows_accepted"] + report["rows_unchanged"] + report["rows_refused"]
        )
    return answer.document


def rows(kind: str, store: Path, *argv: object) -> list[dict[str, Any]]:
    return oversight("rows", kind, *argv, "--json", store=store).document


def raw(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# ---- all of them, as a scheduled job would ----


def test_every_real_file_is_taken_in_or_refused_with_a_sentence(store_path):
    files = [
        *ACCEPTED,
        *FHIR,
        *(REAL / name for name in OTHERS),
        *(REAL / name for name in REFUSED),
    ]
    there = {p for p in REAL.rglob("*") if p.is_file() and p.name != "SOURCE.md"}
    assert there == set(files), "a file of the folder is not tried"
    answer = oversight_process("import", *files, "--json", store=store_path)
    assert answer.status == 1
    assert "Traceback" not in answer.err
    by_name = {report["file"]: report for report in answer.document}
    for path in ACCEPTED:
        report = by_name[path.name]
        assert (report["state"], report["rows_refused"]) == ("accepted", 0)
        assert report["rows_read"] == len(raw(path))
    for name, (kind, count, lost) in OTHERS.items():
        report = by_name[Path(name).name]
        assert (report["state"], report["kind"]) == ("accepted", kind)
        assert (report["rows_read"], report["rows_refused"]) == (count, lost)
        assert count == len(raw(REAL / name))
    for path in FHIR:
        report = by_name[path.name]
        assert (report["state"], report["rows_read"]) == ("accepted", 1)
        assert (report["kind"], report["rows_refused"]) == ("access_events", 0)
    for name, said in REFUSED.items():
        report = by_name[Path(name).name]
        assert (report["state"], report["rows_read"]) == ("refused", 0)
        assert report["message"].startswith(Path(name).name)
        assert said in report["message"]
        assert report["message"] in answer.err


def test_every_real_file_again_changes_nothing(real, tmp_path):
    path = Path(shutil.copytree(real.parent, tmp_path / "again")) / real.name
    before = rows("homes", path), rows("incidents", path), rows("training", path)
    for report in reports(*ACCEPTED, store=path):
        assert report["state"] == "already_in"
        assert report["rows_read"] == report["rows_unchanged"]
    assert before == (
        rows("homes", path),
        rows("incidents", path),
        rows("training", path),
    )


# ---- homes ----


def test_the_editions_of_a_register_come_to_the_same_in_any_order(new_store, tmp_path):
    def known_after(order: tuple[Path, ...], at: int) -> list[Any]:
        path = Path(shutil.copy(new_store, tmp_path / f"{at}.duckdb"))
        reports(*order, store=path)
        days = ("2020-04-19", "2020-04-20", "2022-06-22", "2025-07-22", "2026-11-22")
        return [
            [
                {name: value for name, value in row.items() if name != "arrival"}
                for row in rows("homes", path, "--as-of", day)
            ]
            for day in days
        ]

    first, *others = (
        known_after(order, at) for at, order in enumerate(permutations(EDITIONS))
    )
    assert [len(day) for day in first] == [0, 57, 58, 54, 54]
    assert len(others) == 5
    assert all(other == first for other in others)


def test_homes_close_and_open_between_editions(real):
    days = ("2020-04-20", "2022-06-22", "2025-07-22")
    open_on = [{r["home_ref"] for r in rows("homes", real, "--as-of", d)} for d in days]
    assert open_on == [{row["cqc_id"] for row in raw(path)} for path in EDITIONS]
    gone = [len(open_on[at] - open_on[at + 1]) for at in (0, 1)]
    new = [len(open_on[at + 1] - open_on[at]) for at in (0, 1)]
    assert (gone, new) == ([8, 9], [9, 5])


def test_what_a_spreadsheet_did_to_the_homes_is_undone(real):
    sent = {row["cqc_id"]: row for row in raw(EDITIONS[2])}
    for row in rows("homes", real):
        was = sent[row["home_ref"]]
        blank = {"NA": None}
        assert row["inspected_on"] == blank.get(
            was["inspection_date"], was["inspection_date"]
        )
        assert row["telephone"] == blank.get(was["telephone"], "0" + was["telephone"])
        assert row["address"] == was["address"]
        nursing = "Nursing" in was["type"]
        assert row["type"] == f"care home {'with' if nursing else 'without'} nursing"


# ---- incidents, by a profile over somebody else's columns ----


@pytest.fixture(scope="module")
def breaches(real: Path) -> list[dict[str, Any]]:
    return sorted(rows("incidents", real), key=lambda row: row["row"])


def test_no_breach_is_lost_or_added(breaches):
    assert len(breaches) == len(raw(BREACHES)) == 574
    assert len({row["incident_ref"] for row in breaches}) == 574
    assert [row["row"] for row in breaches] == list(range(2, 576))


def test_two_breaches_that_look_alike_are_both_there(real, breaches):
    sent = raw(BREACHES)
    kroger = [
        b for b in breaches if "Kroger" in sent[b["row"] - 2]["Name of Covered Entity"]
    ]
    assert sorted(row["subjects_affected"] for row in kroger) == [2752, 4812]
    assert len({row["ico_reported_at"] for row in kroger}) == 1


def test_several_values_in_a_cell_are_divided(breaches):
    words = {
        "Desktop Computer": "desktop",
        "Electronic Medical Record": "care record system",
        "Email": "email",
        "Laptop": "laptop",
        "Network Server": "server",
        "Other": "other",
        "Other Portable Electronic Device": "portable device",
        "Paper/Films": "paper",
    }
    for was, row in zip(raw(BREACHES), breaches, strict=True):
        parts = was["Location of Breached Information"].split(", ")
        assert row["medium"] == [words[part] for part in parts]
    assert sum(len(row["medium"]) > 1 for row in breaches) == 53


def submitted(breach: dict[str, str]) -> date:
    month, day, year = map(int, breach["Breach Submission Date"].split("/"))
    return date(year, month, day)


def test_dates_are_read_month_first_because_the_profile_says_so(breaches):
    for was, row in zip(raw(BREACHES), breaches, strict=True):
        # The last second of that UK day: an act whose hour is not known.
        said = datetime.combine(submitted(was), time(23, 59, 59), UK)
        assert datetime.fromisoformat(row["ico_reported_at"]) == said


def test_hours_to_report_are_not_known_where_nobody_says_when_it_was_noticed(
    real, breaches
):
    assert {row["aware_at"] for row in breaches} == {None}
    on = ("--as-of", "2019-12-03", "--json")
    cases = oversight("cases", "L11", *on, store=real).document
    last_year = [
        was
        for was in raw(BREACHES)
        if date(2018, 12, 4) <= submitted(was) <= date(2019, 12, 3)
    ]
    assert len(cases) == len(last_year) == 424
    assert {case["is_met"] for case in cases} == {None}
    measure = next(
        m for m in oversight("measures", *on, store=real).document if m["id"] == "L11"
    )
    assert (measure["status"], measure["met"], measure["total"]) == ("not_known", 0, 0)
    assert measure["value"] is None
    assert "424 of 424 cannot be judged" in measure["sentence"]


def test_breaches_of_homes_that_nobody_registered_are_kept_and_shown(real, breaches):
    assert {row["home"] for row in breaches} == {"unmatched"}
    listed = oversight("refusals", "--arrival", 4, "--json", store=real).document
    unmatched = [r for r in listed if 'kept under "unmatched"' in r["reason"]]
    assert [r["row"] for r in unmatched] == list(range(2, 576))
    assert {r["severity"] for r in listed} == {"warned"}
    named = [was["Name of Covered Entity"].strip() for was in raw(BREACHES)]
    assert [r["value"] for r in unmatched] == named


def test_a_stated_form_of_dates_is_not_guessed_at(store_path, tmp_path):
    """The same file under a profile that says day first: refused, not half read."""
    swapped = tmp_path / "breach_report.csv"
    lines = BREACHES.read_text(encoding="utf-8").splitlines()
    kept = [line for at, line in enumerate(lines) if at == 0 or '"1' in line]
    swapped.write_text("\n".join(_swapped(line) for line in kept))
    (report,) = reports(swapped, store=store_path, status=1)
    assert (
        "column Breach Submission Date: wanted dates as MM/DD/YYYY" in report["message"]
    )
    assert rows("incidents", store_path) == []


def _swapped(line: str) -> str:
    cells = next(csv.reader([line]))
    if cells[4].count("/") == 2:
        month, day, year = cells[4].split("/")
        cells[4] = f"{day}/{month}/{year}"
    return ",".join(f'"{cell}"' for cell in cells)


# ---- training ----


def test_the_training_file_is_read_row_by_row(real):
    known = sorted(rows("training", real), key=lambda row: row["row"])
    assert len(known) == 27
    assert {(row["staff_ref"], row["category"]) for row in known} == {("bar", 1)}
    last = {row["row"]: row for row in known}
    # 21/04/2024, 24 months and no expiry; then two that say one, right and wrong.
    assert last[26]["expires_on"] == "2026-04-20"
    assert last[27]["expires_on"] == "2030-12-31"
    assert last[28]["expires_on"] == "2026-04-20"
    assert last[24]["expires_on"] is None


def test_training_is_warned_about_as_its_own_service_does(real):
    listed = oversight("refusals", "--arrival", 5, "--json", store=real).document
    said = {r["row"]: r["reason"] for r in listed if r["column"] != "LOCALESTID"}
    assert sorted(said) == [12, 24, 25, 27]
    assert "the day it was completed" in said[12]
    assert "no expiry, because the validity says none" in said[25]
    assert "the day that completion and validity give" in said[27]


def test_the_old_layout_of_training_is_refused_whole(store_path, tmp_path):
    text = TRAINING.read_text(encoding="utf-8").replace(
        "CATEGORY,TRAININGNAME", "CAT,TRAININGNAME"
    )
    old = tmp_path / TRAINING.name
    old.write_text(text)
    (report,) = reports(old, store=store_path, status=1)
    assert "comes closest to Training records" in report["message"]
    assert "row 1 lacks 'CATEGORY'" in report["message"]
    assert rows("training", store_path) == []


# ---- staff: the rows are made up, the headings are real ----

PERSONAL = {
    "DISPLAYID": "Winifred Featherstonehaugh",
    "NINUMBER": "QQ123456C",
    "POSTCODE": "ZZ99 3WZ",
    "DOB": "14/02/1961",
    "ETHNICITY": "Ethnicity-31",
    "NATIONALITY": "Nationality-77",
    "SALARY": "23456.78",
    "QUALACH01NOTES": "Note-about-her-illness",
}


def worker_file(path: Path, headings: list[str]) -> Path:
    cells = {
        "LOCALESTID": "ELM",
        "UNIQUEWORKERID": "REF-0012",
        "STATUS": "UPDATE",
        "STARTDATE": "02/09/2024",
        "EMPLSTATUS": "1",
        "MAINJOBROLE": "0007",
        **PERSONAL,
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerow([cells.get(heading, "") for heading in headings])
    return path


@pytest.fixture
def worker_headings() -> list[str]:
    return json.loads(HEADERS.read_text(encoding="utf-8"))["worker"]


def test_personal_columns_are_dropped_and_said_to_be(
    store_path, tmp_path, worker_headings
):
    path = worker_file(
        tmp_path / "2026-08-21-sfc-bulk-upload-staff.csv", worker_headings
    )
    (report,) = reports(path, store=store_path)
    assert (report["kind"], report["rows_accepted"]) == ("staff", 1)
    assert set(PERSONAL) <= set(report["ignored_columns"])
    dropped = report["message"].partition("dropped and are not kept")[2]
    for heading in ("NINUMBER", "DOB", "POSTCODE", "ETHNICITY", "DISPLAYID"):
        assert heading in dropped
    (row,) = rows("staff", store_path)
    assert (row["staff_ref"], row["job_role"]) == ("REF-0012", "0007")
    assert (row["employment"], row["started_on"]) == ("permanent", "2024-09-02")


def test_no_byte_of_a_personal_column_is_anywhere_in_the_store(
    store_path, tmp_path, worker_headings
):
    path = worker_file(tmp_path / "staff.csv", worker_headings)
    sent = path.read_bytes()
    reports(path, store=store_path)
    path.unlink()
    held = [p for p in store_path.parent.rglob("*") if p.is_file()]
    assert {p.suffix for p in held} >= {".duckdb", ".parquet"}
    found = b"".join(p.read_bytes() for p in held)
    assert b"REF-0012" in found, "this search cannot find what is kept"
    for word in PERSONAL.values():
        assert word.encode() in sent
        assert word.encode() not in found
    (kept,) = [p for p in held if p.name.endswith(".rows.parquet")]
    with duckdb.connect() as reader:
        said = reader.execute("from read_parquet(?)", [str(kept)]).fetchall()
    assert "REF-0012" in str(said)
    assert not any(word in str(said) for word in PERSONAL.values())


def test_no_byte_of_a_refused_worker_file_is_anywhere_in_the_store(
    store_path, tmp_path, worker_headings
):
    """Without headings, or with a row that is not read, it is as personal as ever."""
    path = worker_file(tmp_path / "staff.csv", worker_headings)
    record = path.read_text(encoding="utf-8").splitlines()[1]
    path.write_text(record + "\n")
    reports(path, store=store_path, status=1)
    (tmp_path / "more.csv").write_text(f"{','.join(worker_headings)}\n{record},more\n")
    (report,) = reports(tmp_path / "more.csv", store=store_path)
    assert report["rows_refused"] == 1
    for sent in tmp_path.glob("*.csv"):
        sent.unlink()
    found = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"more.csv" in found, "this search cannot find what is kept"
    assert [word for word in PERSONAL.values() if word.encode() in found] == []


def test_columns_that_may_be_inserted_change_nothing(
    store_path, tmp_path, worker_headings
):
    inserted = [*worker_headings[:2], "CHGUNIQUEWRKID", "TRANSFERSTAFFRECORD"]
    path = worker_file(tmp_path / "staff.csv", [*inserted, *worker_headings[2:]])
    (report,) = reports(path, store=store_path)
    assert (report["profile"], report["rows_accepted"]) == ("asc_wds_staff", 1)
    assert {"CHGUNIQUEWRKID", "TRANSFERSTAFFRECORD"} <= set(report["ignored_columns"])
    (row,) = rows("staff", store_path)
    assert (row["staff_ref"], row["job_role"]) == ("REF-0012", "0007")


def test_the_workplace_file_is_not_taken_for_the_workers(store_path, tmp_path):
    headings = json.loads(HEADERS.read_text(encoding="utf-8"))["workplace"]
    (report,) = reports(
        worker_file(tmp_path / "staff.csv", headings), store=store_path, status=1
    )
    assert "no layout that is known" in report["message"]


# ---- what the dashboard says over them ----


def test_over_real_files_alone_nothing_is_claimed(real):
    """Registers of 2025, incidents of 2019, no staff: nothing can be said of today."""
    answer = oversight("measures", "--json", store=real)
    assert Counter(m["status"] for m in answer.document) == {
        "not_known": len(answer.document)
    }
    for measure in answer.document:
        assert measure["value"] is None or measure["stale_sources"]
        # What the company owes as a whole rests on no home.
        if "homes" in kinds_of(find_measure(measure["id"])):
            assert "homes" in measure["stale_sources"]
            said = measure["sentence"].lower()
            assert "not known. " in said
            assert "homes data stops at 22 july 2025" in said
    by_id = {m["id"]: m for m in answer.document}
    assert by_id["L11"]["stale_sources"] == ["homes", "incidents"]
    assert by_id["L11"]["data_to"] == "2019-12-03"
    assert by_id["S01"]["stale_sources"] == ["homes", "staff", "training"]
    assert by_id["S01"]["data_to"] is None
    assert "staff data has never been supplied" in by_id["S01"]["sentence"]


def test_on_the_day_of_a_file_only_what_is_missing_is_in_doubt(real):
    def doubted(measure: str, day: str) -> list[str]:
        found = oversight("measures", "--as-of", day, "--json", store=real).document
        return next(m["stale_sources"] for m in found if m["id"] == measure)

    assert doubted("L11", "2019-12-03") == ["homes"]
    assert doubted("L11", "2020-04-20") == ["incidents"]
    assert doubted("S01", "2025-07-22") == ["staff", "training"]
    assert doubted("S01", "2026-08-21") == ["staff"]
