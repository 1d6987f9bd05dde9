"""Excel files as people have them, and as they come from those who mean no good."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException
from sending import Finding, facts, findings, send

from oversight.arrivals import Report
from oversight.reading_room import workbooks
from oversight.store import EVERYTHING, Store

# A cell of a workbook has no zone.
at = datetime.fromisoformat
INCIDENT = ["incident_ref", "home", "kind", "title", "occurred_at", "aware_at"]


def book(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook of sheets, each a list of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def incident(ref: object, **cells: object) -> list[object]:
    row = {
        "incident_ref": ref,
        "home": "Elm House",
        "kind": "confirmed",
        "title": "A letter went astray",
        "occurred_at": at("2026-05-04 09:30"),
        "aware_at": at("2026-05-05"),
    } | cells
    return [row[name] for name in INCIDENT]


def rows(store: Store, kind: str, columns: str) -> list[tuple]:
    with store.reading(EVERYTHING) as cursor:
        return cursor.execute(
            f"select {columns} from known_{kind}(date '2026-12-31') order by all"
        ).fetchall()


def refused(store: Store, report: Report) -> list[Finding]:
    """What `refusals` lists of the rows that were not taken in."""
    return [f for f in findings(store, report) if f.severity == "refused"]


# ---- what people have ----


def test_titles_above_the_headings_and_empty_rows_and_columns(store, tmp_path):
    path = book(
        tmp_path / "log.xlsx",
        Log=[
            [None, "Incidents of 2026"],
            [],
            [None, *INCIDENT, None, None],
            [None, *incident("I1"), "  ", None],
            [],
            [None, *incident("I2")],
            [None] * 9,
        ],
    )
    report = send(store, path)
    assert (report.state, report.rows_read, report.rows_accepted) == ("accepted", 2, 2)
    assert report.profile == "template_incidents"


def test_days_and_times_are_read_as_such_whatever_the_profile_says(
    store, tmp_path, monkeypatch
):
    send(store, book(tmp_path / "log.xlsx", Log=[INCIDENT, incident("I1")]))
    # 09:30 by the clock on the wall is 08:30 UTC in May.
    assert rows(store, "incidents", "occurred_at::varchar, aware_at::varchar") == [
        ("2026-05-04 08:30:00+00", "2026-05-04 23:00:00+00")
    ]
    headings = ["LOCALESTID", "UNIQUEWORKERID", "CATEGORY", "TRAININGNAME"]
    headings += ["ACCREDITED", "WHODELIVERED", "HOWDELIVERED", "VALIDITY"]
    headings += ["DATECOMPLETED", "EXPIRYDATE", "NOTES"]
    row = ["ELM", "S1", 26, "IG", 1, 1, 2, 12, date(2026, 3, 9), None, None]
    text = [*row[:8], "10/03/2026", None, None]
    report = send(store, book(tmp_path / "training.xlsx", S=[headings, row, text]))
    assert (report.profile, report.rows_accepted) == ("asc_wds_training", 2)
    assert rows(store, "training", "completed_on::varchar") == [
        ("2026-03-09",),
        ("2026-03-10",),
    ]


def test_numbers_that_are_codes(store, tmp_path):
    path = tmp_path / "log.xlsx"
    made = openpyxl.Workbook()
    made.active.append(INCIDENT)
    for ref in (123, 1.0, 77):
        made.active.append(incident(ref))
    made.active["A2"].number_format = "00000"
    made.save(path)
    assert send(store, path).rows_accepted == 3
    assert rows(store, "incidents", "incident_ref") == [("00123",), ("1",), ("77",)]


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        (1234567890123456, "more than 15 figures, which Excel has rounded"),
        (at("2006-04-01"), "the day 2006-04-01, into which Excel has turned"),
    ],
)
def test_a_code_that_excel_spoilt_refuses_its_row(store, tmp_path, ref, said):
    path = book(tmp_path / "log.xlsx", Log=[INCIDENT, incident("I1"), incident(ref)])
    report = send(store, path)
    assert (report.rows_accepted, report.rows_refused) == (1, 1)
    (found,) = refused(store, report)
    assert found.reason.startswith("sheet “Log”, row 3: wanted a ")
    assert said in found.reason
    assert "sheet “Log”, row 3: " in report.message


def test_lengths_of_time_that_became_times_of_day(store, tmp_path):
    source = store_columns("continuity_tests")
    lines = []
    lengths = [time(4, 0), timedelta(hours=30), at("1900-01-01 06:00"), 240, "240"]
    for nth, length in enumerate(lengths):
        told = {next(iter(source)): f"T{nth}", "rto_actual_min": length}
        known = source | told
        lines.append([known[name] for name in source])
    report = send(store, book(tmp_path / "tests.xlsx", T=[list(source), *lines]))
    assert (report.kind, report.rows_refused) == ("continuity_tests", 0), report.message
    minutes = rows(store, "continuity_tests", "rto_actual_min")
    assert [row[0] for row in minutes] == [240, 240, 240, 1800, 1800]


def store_columns(kind: str) -> dict[str, str]:
    """A kind's columns, each with its example."""
    from oversight.sources import all_sources

    examples = {c.name: c.example for c in all_sources()[kind].columns}
    return {name: "" if said == "-" else said for name, said in examples.items()}


def test_an_error_and_a_formula_without_a_result_refuse_their_rows(store, tmp_path):
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Log")
        sheet.write_row(0, 0, INCIDENT)
        for at, ref in enumerate(["I1", "I2", "I3"], start=1):
            sheet.write_row(at, 0, [ref, "Elm House", "confirmed", "A letter"])
        sheet.write_formula(1, 3, '="A "&"parcel"', value="A parcel")
        sheet.write_formula(2, 3, "=#REF!", value="#REF!")
        sheet.write_formula(3, 4, "=NOW()", value="")
    spoil(path, "xl/worksheets/sheet1.xml", b"<f>NOW()</f><v></v>", b"<f>NOW()</f>")
    report = send(store, path)
    assert (report.rows_accepted, report.rows_refused) == (1, 2)
    assert rows(store, "incidents", "title") == [("A parcel",)]
    said = [found.reason for found in refused(store, report)]
    assert "got the error #REF!." in said[0]
    assert "got a formula that was never calculated." in said[1]


def spoil(path: Path, part: str, what: bytes, by: bytes) -> None:
    """Changes one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert what in parts[part]
    parts[part] = parts[part].replace(what, by)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_headings_merged_over_two_rows(store, tmp_path):
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Log")
        for at, heading in enumerate(INCIDENT[:4]):
            sheet.merge_range(1, at, 2, at, heading)
        sheet.merge_range(1, 4, 1, 5, "When")
        sheet.write_row(2, 4, INCIDENT[4:])
        sheet.write_row(3, 0, ["I1", "Elm House", "confirmed", "A letter"])
    report = send(store, path)
    assert (report.state, report.rows_accepted) == ("accepted", 1), report.message


# ---- several sheets ----


def test_sheets_of_one_layout_are_one_arrival_and_the_rest_is_named(store, tmp_path):
    turned = list(reversed(INCIDENT))
    path = book(
        tmp_path / "log.xlsx",
        May=[INCIDENT, incident("I1"), incident("I2", kind="perhaps")],
        Notes=[["Ask Sam about June"]],
        June=[["June"], turned, list(reversed(incident("I3", kind="maybe")))],
        Old=[INCIDENT, incident("I0")],
        Empty=[],
    )
    made = openpyxl.load_workbook(path)
    made["Old"].sheet_state = "hidden"
    made.save(path)
    report = send(store, path)
    assert (report.rows_read, report.rows_accepted, report.rows_refused) == (3, 1, 2)
    assert "Sheets read, in this order: “May”, “June”." in report.message
    passed_over = report.message.partition("Passed over: ")[2].partition(". ")[0]
    assert passed_over == "“Notes” (no headings that are known), “Old” (hidden)"
    said = [found.reason for found in refused(store, report)]
    assert said[0].startswith("sheet “May”, row 3: kind: wanted one of")
    assert said[1].startswith("sheet “June”, row 3: kind: wanted one of")
    with store.reading(EVERYTHING) as cursor:
        lines = cursor.execute(
            "select line_of(row) from refusal where severity = 'refused' order by row"
        ).fetchall()
    assert lines == [(3,), (3,)]


def test_sheets_of_several_kinds_are_refused_unless_one_is_meant(store, tmp_path):
    homes = [["home_ref", "name"], ["1-900000001", "Elm House"]]
    path = book(tmp_path / "all.xlsx", Log=[INCIDENT, incident("I1")], Homes=homes)
    report = send(store, path)
    assert report.state == "refused"
    assert "“Log” is Incidents" in report.message
    assert "Say which is meant with --kind" in report.message
    assert send(store, path, kind="homes").rows_accepted == 1
    report = send(store, path, kind="incidents")
    assert (report.state, report.rows_accepted) == ("accepted", 1)
    assert "Passed over: “Homes”" in report.message


def test_days_that_excel_swapped_refuse_the_file(store, tmp_path):
    headings = ["LOCALESTID", "UNIQUEWORKERID", "CATEGORY", "TRAININGNAME"]
    headings += ["ACCREDITED", "WHODELIVERED", "HOWDELIVERED", "VALIDITY"]
    headings += ["DATECOMPLETED", "EXPIRYDATE", "NOTES"]
    days = [date(2025, 5, 6), date(2025, 1, 2), "30/06/2025", "15/06/2025"]
    lines = [["ELM", f"S{n}", 26, "IG", 1, 1, 2, 12, d] for n, d in enumerate(days)]
    before = facts(store)
    report = send(store, book(tmp_path / "t.xlsx", S=[headings, *lines]))
    assert report.state == "refused"
    assert "Excel took the day for the month" in report.message
    assert "DATECOMPLETED: 2 of its cells are days" in report.message
    assert facts(store) == before


# ---- what is no workbook, and what is more than one ----


def renamed(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OTHERS = {
    "old.xls": (OLD, "is of the old kind (.xls"),
    "locked.xlsx": (
        OLD + "EncryptedPackage".encode("utf-16-le"),
        "is protected by a password",
    ),
    "log.ods": (renamed({"mimetype": b"x", "content.xml": b""}), "OpenDocument"),
    "log.xlsb": (renamed({"xl/workbook.bin": b"x"}), "is a binary workbook"),
    "log.xlsm": (
        renamed({"xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"}),
        "is a workbook with macros (.xlsm)",
    ),
    "letter.docx": (renamed({"word/document.xml": b""}), "is a document or an archive"),
    "cut.xlsx": (renamed({"xl/workbook.xml": b"x" * 99})[:-30], "ends early"),
    "empty.xlsx": (renamed({"xl/workbook.xml": b"", "xl/a": b""}), "is damaged"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_workbook_is_refused_by_name_with_the_next_step(
    store, tmp_path, name
):
    content, said = OTHERS[name]
    report = send(store, tmp_path / name, content)
    assert (report.state, report.rows_read) == ("refused", 0)
    assert report.message.startswith(name)
    assert said in report.message
    assert "save" in report.message.lower() or "Export" in report.message


def test_a_bomb_is_refused_before_it_goes_off(store, tmp_path):
    """A gigabyte of zeros, which would take its size in memory to look at."""
    path = book(tmp_path / "bomb.xlsx", Log=[INCIDENT, incident("I1")])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/more.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    tracemalloc.start()
    report = send(store, path)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.state == "refused"
    assert "unpacks to" in report.message
    assert used < 8 << 20


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_that_unfold_are_refused(store, tmp_path, encoding):
    path = book(tmp_path / "laughs.xlsx", Log=[INCIDENT, incident("I1")])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = (
        LAUGHS.decode() + sheet.decode().replace("confirmed", "&b;")
    ).encode(encoding)
    report = send(store, path, renamed(parts))
    assert report.state == "refused"
    assert "holds definitions of entities" in report.message


def test_a_row_beyond_the_end_of_a_sheet_is_not_waited_for(store, tmp_path):
    path = book(tmp_path / "far.xlsx", Log=[INCIDENT, incident("I1"), incident("I2")])
    spoil(path, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="999999999"')
    report = send(store, path)
    assert report.state == "refused"
    assert "999,999,999" in report.message or "damaged" in report.message


def test_whatever_breaks_the_reader_is_one_sentence(store, tmp_path, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise InvalidFileException("no")

    path = book(tmp_path / "log.xlsx", Log=[INCIDENT, incident("I1")])
    monkeypatch.setattr(workbooks.openpyxl, "load_workbook", broken)
    report = send(store, path)
    assert "is damaged or is no Excel workbook" in report.message
