"""The Import page: seen first, then taken in, then taken back; layouts made there."""

import pytest

from oversight import records
from oversight.arrivals import mappings
from oversight.people import Person
from oversight.reader import Reader
from oversight.store import EVERYTHING
from oversight.words import Role
from pages.data.imports import JOB
from tests.pages.scripts import AppTest
from tests.pages.test_pages import said
from tests.sending import facts, send

SECONDS = 60
HOMES = "home_ref,name\n1-1,Elm House\n1-2,Oak Lodge\n"
STAFF = "home,staff_ref,started_on\n1-1,S1,2020-01-01\n1-1,S2,soon\n"
COLUMNS = "incident_ref, kind, uk_day(aware_at)::varchar"
OTHERS = (
    "Number;Site;Class;Found out;NI number\n"
    "7;1-1;Breach;03/04/2026;QQ 12 34 56 C\n"
    "8;1-1;Near miss;05/06/2026;QQ 12 34 56 D\n"
)


def draw(reader):
    from pages.data import imports
    from pages.frame import show

    show(imports, reader)


def opened(store, role=Role.IG_LEAD):
    reader = Reader(store, Person("a reader", role, (), True, ""), records.today())
    page = AppTest.from_function(draw, default_timeout=SECONDS, args=(reader,))
    return fine(page.run())


def fine(page):
    assert [fault.value for fault in page.exception] == []
    return page


def upload(page, *files):
    chosen = [(name, content.encode(), "text/csv") for name, content in files]
    page.file_uploader[0].set_value(chosen)
    return fine(page.run())


def click(page, label):
    (button,) = [each for each in page.button if each.label.startswith(label)]
    button.click()
    fine(page.run())
    if label.startswith("Take in"):  # however busy the machine is
        assert page.session_state[JOB].done.wait(SECONDS)
        fine(page.run())
    return page


def field(page, label):
    fields = [*page.selectbox, *page.text_input, *page.radio, *page.multiselect]
    return next(each for each in fields if each.label.startswith(label))


def known(store, kind, columns):
    with store.reading(EVERYTHING) as cursor:
        return cursor.execute(
            f"select {columns} from known_{kind}(date '9999-12-31') order by row_key"
        ).fetchall()


def test_a_file_is_seen_then_taken_in_then_taken_back(store, tmp_path):
    send(store, tmp_path / "2026-01-01-homes.csv", HOMES)
    before = facts(store)
    page = upload(opened(store), ("2026-10-31-staff.csv", STAFF))
    words = said(page)
    assert "One of 1 file can be taken in&#58; 1 row new or changed, 1 refused" in words
    assert "1-1 s1" in words  # what is new since last time
    (findings, rows) = page.dataframe
    assert list(findings.value["Row"]) == [3]
    assert "wanted a date" in findings.value["Why"][0]
    assert list(rows.value["staff_ref"]) == ["S1"]
    assert facts(store) == before
    click(page, "Take in 1 file")
    assert "One of 1 file taken in." in said(page)
    assert known(store, "staff", "staff_ref") == [("S1",)]
    assert not list((store.kept / "uploads").iterdir())
    click(page, "Bring in more")
    field(page, "Which arrival").set_value(2)
    click(page, "Take it back")
    assert "Wanted a reason" in said(page)
    field(page, "Why").set_value("the wrong month")
    click(page, "Take it back")
    assert "is undone" in said(page)
    assert known(store, "staff", "staff_ref") == []


def test_what_is_new_changed_and_gone_is_told(store, tmp_path):
    send(store, tmp_path / "2026-01-01-homes.csv", HOMES)
    first = "home,staff_ref,job_role\n1-1,S1,carer\n1-1,S2,carer\n"
    send(store, tmp_path / "2026-09-30-staff.csv", first)
    second = "home,staff_ref,job_role\n1-1,S2,nurse\n1-1,S3,carer\n"
    words = said(upload(opened(store), ("2026-10-31-staff.csv", second)))
    for name, key in (("New since last time", "s3"), ("Changed", "s2"), ("Gone", "s1")):
        assert f"<dt>{name}</dt><dd>1&#58; 1-1 {key}</dd>" in words


def test_several_files_each_have_their_own_fate(store):
    page = upload(opened(store), ("2026-01-01-homes.csv", HOMES), ("empty.csv", ""))
    assert "One of 2 files can be taken in" in said(page)
    assert "empty.csv is empty" in said(page)
    click(page, "Take in 1 file")
    assert known(store, "homes", "name") == [("Elm House",), ("Oak Lodge",)]


def test_a_layout_is_made_in_the_browser_and_used_by_its_headings(store, tmp_path):
    send(store, tmp_path / "2026-01-01-homes.csv", HOMES)
    page = upload(opened(store), ("export.csv", OTHERS))
    assert "Whose columns are these" in said(page)
    kind = next(b for b in page.selectbox if str(b.key).endswith("_map_kind"))
    fine(kind.set_value("incidents").run())
    for label, heading in (
        ("Incident ref", "Number"),
        ("Home", "Site"),
        ("Kind", "Class"),
        ("Aware at", "Found out"),
    ):
        boxes = [
            b
            for b in page.selectbox
            if "_map_incidents_" in str(b.key) and b.label.startswith(label)
        ]
        boxes[0].set_value(heading)
    fine(page.run())
    assert "3 April 2026 as DD/MM/YYYY or 4 March 2026 as MM/DD/YYYY" in said(page)
    dates = field(page, "How its dates are written")
    assert dates.value is None  # never guessed
    field(page, "What this layout is called").set_value("Old log")
    fine(page.run())
    click(page, "Keep it and see")
    assert "Wanted how the dates are written" in said(page)
    field(page, "How its dates are written").set_value("DD/MM/YYYY")
    field(page, "Breach").set_value("confirmed")
    assert field(page, "Personal columns").value == ["NI number"]
    click(page, "Keep it and see")
    assert "The layout is kept as old&#95;log" in said(page)
    assert "One of 1 file can be taken in" in said(page)
    assert "Personal columns dropped</dt><dd>NI number" in said(page)
    click(page, "Take in 1 file")
    assert known(
        store, "incidents", "incident_ref, kind, uk_day(aware_at)::varchar"
    ) == [
        ("7", "confirmed", "2026-04-03"),
        ("8", "near miss", "2026-06-05"),
    ]
    # And from then on by its headings alone, on any road.
    report = send(store, tmp_path / "next.csv", OTHERS.replace("7;", "9;"))
    assert (report.profile, report.rows_accepted) == ("old_log", 1)
    with store.reading() as cursor:
        assert list(mappings.saved_here(cursor)) == ["old_log"]


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.IG_LEAD])
def test_nobody_else_brings_files_in(store, role):
    page = opened(store, role)
    assert "Not for this role" in said(page)
    assert len(page.file_uploader) == 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "C:\\x\\y.csv", "é" * 400 + ".csv"]
)
def test_a_hostile_name_leaves_the_folder_nowhere(store, name):
    page = upload(opened(store), (name, HOMES))
    assert "can be taken in" in said(page)
    click(page, "Take in 1 file")
    assert known(store, "homes", "name") == [("Elm House",), ("Oak Lodge",)]
