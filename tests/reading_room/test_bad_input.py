import codecs
import csv
import io
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sending import facts, findings, send

from oversight.definitions import open_store
from oversight.reading_room import private_copy
from oversight.store import EVERYTHING, Store

pytestmark = pytest.mark.queries

HEAD = "incident_ref,home,kind,aware_at,title"
ROW = "I1,Elm House,confirmed,2026-05-05 08:10,A letter"
GOOD = f"{HEAD}\n{ROW}\n"
TAKEN_ON = date(2026, 6, 1)

TRAINING = (
    "LOCALESTID,UNIQUEWORKERID,CATEGORY,TRAININGNAME,ACCREDITED,WHODELIVERED,"
    "PROVIDERNAME,HOWDELIVERED,VALIDITY,DATECOMPLETED,EXPIRYDATE,NOTES\r\n"
)


def trained(*days: str) -> str:
    rows = (f"ELM,S{at},26,IG,,,,,,{day},,\r\n" for at, day in enumerate(days))
    return TRAINING + "".join(rows)


def other(ref: str, **cells: str) -> str:
    """The good row under another reference, with other cells."""
    named = dict(zip(HEAD.split(","), ROW.split(","), strict=True))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(
        (named | {"incident_ref": ref} | cells).values()
    )
    return out.getvalue()


@pytest.fixture
def log(store: Store, tmp_path: Path) -> Store:
    """A store that holds a good log of yesterday."""
    report = send(store, tmp_path / "yesterday.csv", GOOD, taken_on=date(2026, 5, 31))
    assert (report.state, report.rows_accepted) == ("accepted", 1)
    return store


# ---- the file itself is wrong: none of it is loaded ----

WHOLE_FILES = [
    # name, content, what the sentence says beside the file's name
    ("empty.csv", b"", ["is empty", "wanted a row of headings", "Export it again"]),
    ("blank.csv", b"\n \n,,,\n", ["is empty", "wanted a row of headings"]),
    ("headings.csv", HEAD, ["has headings and no rows below them", "nil return"]),
    ("other.csv", "a,b,c\n1,2,3\n", ["no layout that is known", "row 1 reads a, b, c"]),
    (
        "nearly.csv",
        GOOD.replace("incident_ref", "incident_id"),
        [
            "comes closest to Incidents",
            "row 1 lacks 'incident_ref'",
            "incident_id, home",
        ],
    ),
    (
        "twice.csv",
        GOOD.replace("title", "kind"),
        ["row 1", "the heading 'kind' stands there twice", "Rename or remove"],
    ),
    (
        "workbook.csv",
        b"PK\x03\x04" + bytes(99),
        ["is damaged: it begins like a workbook", "Export it again"],
    ),
    (
        "picture.csv",
        b"\x89PNG\r\n\x1a\n" + bytes(99),
        ["is not a table", "save the table as CSV"],
    ),
    ("binary.csv", bytes(range(256)) * 9, ["not text", "CSV UTF-8"]),
    ("nul.csv", GOOD.replace("letter", "l\0tter"), ["line 2", "NUL character"]),
    ("no-mark.csv", GOOD.encode("utf-16-le"), ["line 1", "NUL character", "CSV UTF-8"]),
    ("cut.csv", codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le")[:-1], ["not text"]),
    (
        "json.csv",
        b' {"resourceType": "Flag"}',
        ["is JSON and not a table", "FHIR Flag"],
    ),
    ("page.csv", b"<html><table>\n<tr><td>1", ["a web page or XML"]),
    (
        "record.csv",
        "S1,Smith,1980-01-01\nS2,Jones,1981-01-01\n",
        ["has no headings", "row 1"],
    ),
    (
        "unclosed.csv",
        GOOD + other("I2").replace("A letter", '"A letter') + other("I3"),
        ["row 3 cannot be read", "quotation mark is opened there and never closed"],
    ),
    (
        "quoted.csv",
        '"incident_ref,home\nI1,Elm House\n',
        ["row 1 cannot be read", "quotation mark is opened there and never closed"],
    ),
    (
        "stray.csv",
        GOOD + other("I2").replace("A letter", '"A "big" letter"'),
        ["row 3 cannot be read", "in the middle of a quoted cell"],
    ),
    (
        "long.csv",
        GOOD + "x" * 1_000_001,
        ["line 3 is longer than 1,000,000 characters"],
    ),
    (
        "cell.csv",
        GOOD + '"' + "x\n" * 70_000 + '"',
        ["row 3 cannot be read", "a cell of more than 131,072 characters"],
    ),
    (
        "2026-06-01-sfc-bulk-upload-training.csv",
        trained("04/21/2026", "04/05/2026", "04/22/2026"),
        [
            "column DATECOMPLETED",
            "wanted dates as DD/MM/YYYY",
            "2 of 3 can only be MM/DD/YYYY (row 2: 04/21/2026)",
            "day and month stand the other way round",
        ],
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "said"), WHOLE_FILES, ids=[name for name, *_ in WHOLE_FILES]
)
def test_a_wrong_file_is_refused_whole_with_a_sentence(
    log, tmp_path, name, content, said
):
    before = facts(log)
    report = send(log, tmp_path / name, content)
    assert (report.state, report.rows_read) == ("refused", 0)
    assert report.message.startswith(name)
    assert [words for words in said if words not in report.message] == []
    assert report.message.count(".csv") == 1, "our own copy is not to be named"
    assert facts(log) == before


def test_a_refusal_is_journalled_and_a_rehearsed_one_is_not(log, tmp_path):
    def told() -> int:
        with log.reading(EVERYTHING) as cursor:
            count = "select count(*) from journal where what = 'file refused'"
            return cursor.execute(count).fetchone()[0]

    send(log, tmp_path / "empty.csv", b"", dry_run=True)
    assert told() == 0
    send(log, tmp_path / "empty.csv", b"")
    assert told() == 1


def test_a_record_that_stands_where_headings_should_is_not_repeated(log, tmp_path):
    personal = "S1,QQ123456C,14/02/1980\nS2,QQ123457C,15/02/1980\n"
    report = send(log, tmp_path / "personal.csv", personal)
    assert "QQ123456C" not in report.message
    with log.reading(EVERYTHING) as cursor:
        journal = cursor.execute("select string_agg(about) from journal").fetchone()[0]
    assert "personal.csv" in journal
    assert "QQ123456C" not in journal


# ---- the file cannot be had ----


def test_a_file_that_is_not_there_is_said_to_be_so(log, tmp_path):
    report = send(log, tmp_path / "gone.csv")
    assert report.message.startswith("There is no file ")
    assert report.sha256 is None


def test_a_folder_and_an_endless_device_are_refused(log, tmp_path):
    assert "is a folder" in send(log, tmp_path).message
    assert "no ordinary file" in send(log, Path("/dev/zero")).message


def test_a_pipe_is_refused_and_not_waited_for(log, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert "no ordinary file" in send(log, tmp_path / "pipe.csv").message


def test_a_file_without_leave_to_read_it_is_refused(log, tmp_path, monkeypatch):
    path = tmp_path / "secret.csv"
    path.write_text(GOOD)
    opened = Path.open

    def denied(self, *args, **kwargs):
        if self == path:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", denied)
    report = send(log, path)
    assert "may not be read by this account (Permission denied)" in report.message


def test_a_file_removed_while_it_is_read_is_read_to_its_end(log, tmp_path, monkeypatch):
    path = tmp_path / "removed.csv"
    copy = shutil.copyfileobj

    def removing(source, target, length):
        path.unlink()
        copy(source, target, length)

    monkeypatch.setattr(private_copy.shutil, "copyfileobj", removing)
    report = send(log, path, GOOD + other("I2"))
    assert (report.rows_accepted, report.rows_unchanged) == (1, 1)
    assert not path.exists()


def test_a_file_still_being_written_is_refused(log, tmp_path, monkeypatch):
    path = tmp_path / "growing.csv"
    copy = shutil.copyfileobj

    def growing(source, target, length):
        copy(source, target, length)
        with path.open("a") as more:
            more.write(other("I3"))

    before = facts(log)
    monkeypatch.setattr(private_copy.shutil, "copyfileobj", growing)
    report = send(log, path, GOOD + other("I2"))
    assert "somebody is still writing it" in report.message
    assert facts(log) == before


def test_a_full_disk_is_found_out_before_anything_is_written(
    log, tmp_path, monkeypatch
):
    usage = shutil.disk_usage(tmp_path)._replace(free=1 << 20)
    monkeypatch.setattr(private_copy.shutil, "disk_usage", lambda folder: usage)
    report = send(log, tmp_path / "log.csv", GOOD + other("I2"))
    assert "the disk of the store has 1 MB free" in report.message


def test_what_a_killed_import_left_behind_goes_with_the_next(log, tmp_path):
    left = log.kept / "arriving" / "1-0123456789abcdef.csv"
    left.write_text("QQ123456C")
    send(log, tmp_path / "log.csv", GOOD + other("I2"))
    assert not left.exists()


@pytest.mark.parametrize(
    "name",
    [
        "a name with 'quotes' and \"more\"; drop.csv",
        "Ämter – Übersicht.csv",
        "$(x)`y`.csv",
    ],
)
def test_a_file_may_have_any_name(log, tmp_path, name):
    report = send(log, tmp_path / name, GOOD + other("I2"))
    assert (report.state, report.file) == ("accepted", name)


@pytest.mark.parametrize(
    "name", [b"not \xff utf-8.csv", b"two\nlines.csv", b"bell\x07.csv"]
)
def test_a_name_that_cannot_be_shown_is_shown_as_it_can(log, tmp_path, name):
    report = send(log, tmp_path / os.fsdecode(name), GOOD + other("I2"))
    assert report.state == "accepted"
    assert report.file.isprintable() or "\N{REPLACEMENT CHARACTER}" in report.file
    report.file.encode()


# ---- written otherwise than usual, and read all the same ----

WAYS = {
    "utf-16 little end first": codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"),
    "utf-16 big end first": codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
    "with a mark at its start": codecs.BOM_UTF8 + GOOD.encode(),
    "semicolons": GOOD.replace(",", ";").encode(),
    "tabs": GOOD.replace(",", "\t").encode(),
    "lines of an old machine": GOOD.replace("\n", "\r").encode(),
    "lines of Windows": GOOD.replace("\n", "\r\n").encode(),
    "empty columns at the end": GOOD.replace("\n", ",,,\n").encode(),
    "empty headings at the end alone": GOOD.replace("title\n", "title,,\n").encode(),
    "titles above the headings": f"Incident log,,\n\n,Printed 3 May\n{GOOD}".encode(),
    "headings in other letters": GOOD.replace("kind", " KIND ").encode(),
    "hard spaces round a cell": GOOD.replace("confirmed", "\u00a0confirmed ").encode(),
    "5,000 columns": GOOD.replace(
        "title\n", "title," + ",".join(f"x{at}" for at in range(5000)) + "\n"
    )
    .replace("A letter", "A letter" + "," * 5000)
    .encode(),
}


@pytest.mark.parametrize("content", WAYS.values(), ids=WAYS)
def test_a_file_is_read_however_it_is_written(log, tmp_path, content):
    report = send(log, tmp_path / "log.csv", content)
    assert (report.state, report.rows_read, report.rows_unchanged) == ("accepted", 1, 1)


def test_windows_letters_are_read_and_said_to_be(log, tmp_path):
    content = (GOOD + other("I2", title="Café – “£5”")).encode("cp1252")
    report = send(log, tmp_path / "log.csv", content)
    assert "read as Windows-1252" in report.message
    with log.reading(EVERYTHING) as cursor:
        titles = cursor.execute(
            "select title from fact_incidents where row = 3"
        ).fetchall()
    assert titles == [("Café – “£5”",)]


def test_more_semicolons_in_a_cell_than_commas_in_the_row_do_not_mislead(
    store, tmp_path
):
    content = (
        "incident_ref,home,medium\nI1,Elm House,paper; email; phone; laptop; desktop\n"
    )
    report = send(store, tmp_path / "log.csv", content)
    assert (report.state, report.rows_accepted) == ("accepted", 1)


def test_a_heading_that_says_utc_is_believed(store, tmp_path):
    content = GOOD.replace("aware_at", "Aware_At [UTC]") + other(
        "I2", aware_at="2026-05-05"
    )
    send(store, tmp_path / "log.csv", content)
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute(
            "select aware_at::varchar from fact_incidents order by row"
        )
        assert found.fetchall() == [
            ("2026-05-05 08:10:00+00",),
            ("2026-05-05 00:00:00+00",),
        ]


def test_a_very_long_line_takes_no_memory(tmp_path):
    """200 MB without a line end; the same in NULs, which take no room on the disk."""
    with (tmp_path / "line.csv").open("wb") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    with (tmp_path / "holes.csv").open("wb") as file:
        file.truncate(200_000_000)
    (tmp_path / "small.csv").write_text("x\n")
    small, line, holes = (_peak(tmp_path, n) for n in ("small", "line", "holes"))
    assert line[1].startswith("line.csv, line 1 is longer than 1,000,000 characters")
    assert holes[1].startswith("holes.csv, line 1 holds a NUL character")
    assert max(line[0], holes[0]) - small[0] < 40_000_000


def _peak(folder: Path, name: str) -> tuple[int, str]:
    """The most memory, in bytes, that importing a file took, and what was said."""
    code = (
        "import sys, resource; from pathlib import Path;"
        "from oversight.definitions import open_store;"
        "from oversight.arrivals import Sent, import_file;"
        "store = open_store(f'duckdb:///{sys.argv[1]}.duckdb');"
        "print(import_file(store, Sent(Path(sys.argv[1] + '.csv'), 'tester')).message);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)"
    )
    command = [sys.executable, "-c", code, str(folder / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *said, peak = done.stdout.splitlines()
    return int(peak), "\n".join(said)


# ---- some rows are wrong: the rest is loaded, and each is told by row and column ----

ROWS = [
    # the row, its column, what was wanted, what came
    (
        other("I2").strip() + ",more,still\n",
        "",
        "5 cells, as the headings have",
        "7 cells",
    ),
    ("I2,Elm House\n", "", "5 cells, as the headings have", "2 cells"),
    (HEAD + "\n", "", "a record", "the headings once more"),
    (
        other("I1", title="Another"),
        "incident_ref",
        "one row for each incident_ref: row 2 has this one and says otherwise",
        '"I1"',
    ),
    (
        other("I2", aware_at="2026-02-31 08:10"),
        "aware_at",
        "a day and time that exist, as YYYY-MM-DD HH:MM",
        '"2026-02-31 08:10"',
    ),
    (
        other("I2", aware_at="2026-05-05 24:10"),
        "aware_at",
        "a day and time that exist, as YYYY-MM-DD HH:MM",
        '"2026-05-05 24:10"',
    ),
    (
        other("I2", aware_at="05/05/2026"),
        "aware_at",
        "a UK time as YYYY-MM-DD HH:MM",
        '"05/05/2026"',
    ),
    (
        other("I2", aware_at="0202-05-05"),
        "aware_at",
        "a UK time as YYYY-MM-DD HH:MM",
        '"0202-05-05"',
    ),
    (
        other("I2", aware_at="2026-03-29 01:30"),
        "aware_at",
        "a time that exists: the clocks went forward over that hour",
        '"2026-03-29 01:30"',
    ),
    (
        other("I2", aware_at="2026-06-02 00:00"),
        "aware_at",
        "a time that is not after the day the file was taken",
        '"2026-06-02 00:00"',
    ),
    (
        other("I2", kind="leak"),
        "kind",
        "one of: confirmed, suspected, near miss, not an incident",
        '"leak"',
    ),
    (other("I2", home=""), "home", "a home", "nothing"),
    (other("", home="Oak"), "incident_ref", "a reference", "nothing"),
    (
        other("QQ 12 34 56 C"),
        "incident_ref",
        "no National Insurance number: it is not kept here",
        '"[…]"',
    ),
]


@pytest.mark.parametrize(("row", "column", "wanted", "got"), ROWS, ids=lambda x: x[:20])
def test_a_wrong_row_is_refused_alone_and_told_once(
    store, tmp_path, row, column, wanted, got
):
    content = GOOD + row + other("I9")
    report = send(store, tmp_path / "log.csv", content, taken_on=TAKEN_ON)
    assert (report.state, report.rows_accepted, report.rows_refused) == (
        "accepted",
        2,
        1,
    )
    (found,) = [f for f in findings(store, report) if f.severity == "refused"]
    where = f"{column}: " if column else ""
    assert (found.row, found.column) == (3, column)
    assert found.reason == f"{where}wanted {wanted}; got {got}."
    assert f"Refused first: row 3, {found.reason}" in report.message
    assert {f.row for f in findings(store, report) if f.severity == "warned"} == {2, 4}


KEPT_ROWS = [
    # the row, and what it is warned about
    (
        other("I2", title="=cmd|'/C calc'!A0"),
        'title: wanted text that a spreadsheet does not take for a formula; got "=cmd',
    ),
    (other("I2", title="@SUM(1)"), "title: wanted text that a spreadsheet"),
    (
        other("I2", title="About 943 476 5919"),
        "title: wanted text with no NHS number, telephone number or e-mail address in"
        ' it; got "About […]".',
    ),
    (other("I2", title="ask a.b@example.org"), 'e-mail address in it; got "ask […]".'),
    (other("I2", title="ring 0161 496 0000"), 'e-mail address in it; got "ring […]".'),
    (
        other("I2", aware_at=""),
        "aware_at: wanted the time of becoming aware; without it",
    ),
    (other("I2", home="Nowhere"), 'a home on the register of homes; got "Nowhere"'),
]


@pytest.mark.parametrize(("row", "said"), KEPT_ROWS, ids=lambda x: x[:40])
def test_a_doubtful_row_is_kept_and_warned_about(store, known, tmp_path, row, said):
    known("homes", "home_ref | name\n1-900 | Elm House", taken_on="2026-01-01")
    report = send(store, tmp_path / "log.csv", GOOD + row, taken_on=TAKEN_ON)
    assert (report.rows_accepted, report.rows_warned, report.rows_refused) == (2, 1, 0)
    (found,) = findings(store, report)
    assert (found.row, found.severity) == (3, "warned")
    assert said in found.reason


@pytest.mark.parametrize(
    "title", ["- fell on the stairs", "+44 in front", "-5", "A = B"]
)
def test_text_that_is_no_formula_is_not_warned_about(store, known, tmp_path, title):
    known("homes", "home_ref | name\n1-900 | Elm House", taken_on="2026-01-01")
    report = send(store, tmp_path / "log.csv", GOOD + other("I2", title=title))
    assert findings(store, report) == []


def test_a_refused_row_has_no_warnings_that_follow_from_it(store, tmp_path):
    row = other("I2", aware_at="2026-02-31", home="Nowhere", title="=1+1")
    report = send(store, tmp_path / "log.csv", GOOD + row)
    assert [(f.column, f.severity) for f in findings(store, report) if f.row == 3] == [
        ("aware_at", "refused")
    ]


def test_a_day_alone_is_not_before_an_hour_of_that_day(store, tmp_path):
    content = (
        "incident_ref,home,occurred_at,aware_at\nI1,Elm,2026-05-05 09:30,2026-05-05\n"
    )
    assert send(store, tmp_path / "log.csv", content).rows_refused == 0
    earlier = content.replace("30,2026-05-05", "30,2026-05-04")
    report = send(store, tmp_path / "log.csv", earlier)
    assert findings(store, report)[0].reason.startswith(
        "aware_at: wanted a time not before"
    )


def test_one_date_the_other_way_round_refuses_its_own_row(store, tmp_path):
    content = trained("21/04/2026", "04/21/2026", "05/04/2026")
    name = "2026-06-01-sfc-bulk-upload-training.csv"
    report = send(store, tmp_path / name, content)
    assert (report.rows_accepted, report.rows_refused) == (2, 1)
    (found,) = [f for f in findings(store, report) if f.severity == "refused"]
    assert (found.row, found.column) == (3, "DATECOMPLETED")


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(store, tmp_path):
    above, between = "The log of Elm House\n\n", "\n,,,,\n"
    first, last = other("I2", title="two\nlines"), other("I3", kind="leak")
    content = f"{above}{HEAD}\n{first}{between}{last}"
    report = send(store, tmp_path / "log.csv", content)
    assert (report.rows_read, report.rows_accepted) == (2, 1)
    assert [f.row for f in findings(store, report)] == [4, 7]


def test_the_same_row_twice_is_one_and_the_file_again_is_nothing(store, tmp_path):
    report = send(
        store, tmp_path / "log.csv", GOOD + ROW + "\n" + other("I2", kind="leak")
    )
    assert (report.rows_accepted, report.rows_unchanged, report.rows_refused) == (
        1,
        1,
        1,
    )
    before = facts(store)
    again = send(store, tmp_path / "log.csv")
    assert (again.state, again.rows_unchanged, again.rows_refused) == (
        "already_in",
        2,
        1,
    )
    assert facts(store) == before


def test_a_refused_row_leaves_its_older_version_and_nothing_of_itself(log, tmp_path):
    worse = other("I1", aware_at="2026-02-31 08:10", title="A secret left behind")
    report = send(log, tmp_path / "worse.csv", HEAD + "\n" + worse, taken_on=TAKEN_ON)
    assert (report.rows_refused, report.rows_accepted) == (1, 0)
    assert "Not one row could be loaded: row 2, aware_at" in report.message
    with log.reading(EVERYTHING) as cursor:
        known = "select title from known_incidents(date '2026-06-01')"
        assert cursor.execute(known).fetchall() == [("A letter",)]
    kept = b"".join(path.read_bytes() for path in log.kept.glob("*.parquet"))
    assert b"A secret left behind" not in kept


def test_rows_of_another_home_are_refused_when_one_home_sends(store, known, tmp_path):
    known(
        "homes", "home_ref | name | local_ref\n1-900 | Elm House | ELM\n1-901 | Oak |"
    )
    content = (
        GOOD + other("I2", home="ELM") + other("I3", home="") + other("I4", home="Oak")
    )
    report = send(store, tmp_path / "elm.csv", content, home="1-900")
    assert (report.rows_accepted, report.rows_refused) == (3, 1)
    (found,) = findings(store, report)
    assert found.reason == 'home: wanted a row of 1-900; got "Oak".'


def test_a_register_of_homes_is_of_no_one_home(store, tmp_path):
    report = send(store, tmp_path / "homes.csv", "home_ref,name\n1-9,Elm\n", home="Elm")
    assert "whose rows belong to no one home" in report.message


# ---- anything at all ----


@pytest.fixture(scope="module")
def any_store(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("any")
    store = open_store(f"duckdb:///{folder / 'any.duckdb'}")
    yield store
    store.close()


anything = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.builds(
        lambda at, put, take: (
            (GOOD * 2).encode()[:at] + put + (GOOD * 2).encode()[at + take :]
        ),
        st.integers(0, 2 * len(GOOD)),
        st.binary(max_size=4)
        | st.sampled_from([b'"', b",", b"\n", b"\r", b";", b"\xff\xfe"]),
        st.integers(0, 4),
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=anything)
def test_no_content_breaks_the_road(any_store, tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "anything.csv"
    report = send(any_store, path, content)
    assert report.state in ("accepted", "already_in", "refused")
    assert report.message
