"""The watched folder: what is finished is imported once, moved, and never lost."""

import json
import os
import threading

import pytest

from oversight import inbox
from oversight.inbox import ACCEPTED, REFUSED, TAKING, sweep
from oversight.store import EVERYTHING
from tests.command_line import oversight
from tests.sending import facts

HOMES = "home_ref,name\n1-1,Elm House\n1-2,Oak Lodge\n"
STAFF = "home,staff_ref,started_on\n1-1,S1,2020-01-01\n1-1,S2,soon\n"


def put(folder, name, content, seconds_ago=60):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content)
    then = path.stat().st_mtime - seconds_ago
    os.utime(path, (then, then))
    return path


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "inbox"


def swept(store, folder):
    return sweep(store, folder, wait=lambda _: None)


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_file_is_imported_and_moved_with_a_report_beside_it(store, folder):
    put(folder, "2026-01-01-homes.csv", HOMES, 100)
    put(folder, "2026-10-31-staff.csv", STAFF)
    taken = swept(store, folder)
    assert [each.report.state for each in taken] == ["accepted", "accepted"]
    assert names(folder) == [ACCEPTED, REFUSED, TAKING]
    assert names(folder / TAKING) == []
    there = folder / ACCEPTED
    assert (there / "2026-10-31-staff.csv").read_text() == STAFF
    said = (there / "2026-10-31-staff.csv.report.txt").read_text()
    assert "Rows read 2: 1 new or changed, 0 as before, 1 refused" in said
    assert "Row 3 refused: started_on: wanted a date" in said
    assert "python -m oversight undo 2" in said


def test_a_file_that_is_refused_lies_apart_and_says_why(store, folder):
    put(folder, "nonsense.csv", "a,b\nc,d\n")
    (taken,) = swept(store, folder)
    assert taken.path == folder / REFUSED / "nonsense.csv"
    said = (folder / REFUSED / "nonsense.csv.report.txt").read_text()
    assert said.startswith("nonsense.csv: refused")
    assert taken.report.message in said


def test_what_stands_beside_a_file_says_how_to_read_it(store, folder):
    put(folder, "homes.csv", HOMES, 100)
    options = {"kind": "staff", "home": "Elm House", "taken_on": "2026-09-30"}
    put(folder, "export.csv", "home,staff_ref\n,S1\n")
    put(folder, "export.csv.json", json.dumps(options))
    swept(store, folder)
    with store.reading(EVERYTHING) as cursor:
        row = cursor.execute(
            "select home, sent_on::varchar from known_staff(date '2026-10-01')"
        ).fetchone()
    assert row == ("1-1", "2026-09-30")
    assert (folder / ACCEPTED / "export.csv.json").exists()


@pytest.mark.parametrize(
    "options",
    [
        "",
        "[]",
        "nonsense",
        '{"nope": 1}',
        '{"kind": 7}',
        '{"taken_on": "31/12/2026"}',
        '{"covers": [1]}',
        "[" * 2_000,
    ],
)
def test_options_that_are_wrong_refuse_the_file_and_lose_nothing(
    store, folder, options
):
    put(folder, "homes.csv", HOMES)
    put(folder, "homes.csv.json", options)
    before = facts(store)
    (taken,) = swept(store, folder)
    assert taken.report.state == "refused"
    assert "wanted a JSON object" in taken.report.message
    assert taken.path.read_text() == HOMES
    assert facts(store) == before


def test_what_is_still_being_written_waits(store, folder):
    path = put(folder, "homes.csv", HOMES[:20])

    def meanwhile(_):
        path.write_text(HOMES)

    assert sweep(store, folder, wait=meanwhile) == []
    assert path.exists()
    put(folder, "homes.csv.part", HOMES)
    put(folder, ".hidden.csv", HOMES)
    assert [t.report.state for t in swept(store, folder)] == ["accepted"]
    assert (folder / "homes.csv.part").exists()
    assert (folder / ".hidden.csv").exists()


def test_options_wait_for_their_file(store, folder):
    put(folder, "homes.csv.json", "{}")
    assert swept(store, folder) == []
    put(folder, "homes.csv", HOMES)
    assert len(swept(store, folder)) == 1


def test_links_and_folders_are_left_where_they_are(store, folder, tmp_path):
    outside = put(tmp_path / "outside", "homes.csv", HOMES)
    folder.mkdir()
    (folder / "homes.csv").symlink_to(outside)
    (folder / "there").symlink_to(outside.parent)
    os.mkfifo(folder / "pipe.csv")
    assert swept(store, folder) == []
    assert outside.exists()
    assert {"homes.csv", "there", "pipe.csv"} <= set(names(folder))


def test_a_link_in_place_of_our_own_folder_is_not_written_through(
    store, folder, tmp_path
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    put(folder, "homes.csv", HOMES)
    (folder / ACCEPTED).symlink_to(elsewhere)
    with pytest.raises(Exception, match="is a link"):
        swept(store, folder)
    assert names(elsewhere) == []


def test_files_of_one_name_are_kept_apart(store, folder):
    for text in (HOMES, HOMES.replace("Oak", "Ash"), HOMES):
        put(folder, "homes.csv", text)
        swept(store, folder)
    found = [n for n in names(folder / ACCEPTED) if n.endswith(".csv")]
    assert found == ["homes (2).csv", "homes (3).csv", "homes.csv"]
    assert (folder / ACCEPTED / "homes (2).csv").read_text() != HOMES


@pytest.mark.parametrize("step", ["_in_words", "_write", "_free"])
def test_a_crash_in_the_middle_is_made_good_by_the_next_look(
    store, folder, monkeypatch, step
):
    put(folder, "homes.csv", HOMES)

    def broken(*_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, step, broken)
        with pytest.raises(RuntimeError, match="power cut"):
            swept(store, folder)
    assert names(folder / TAKING) == ["homes.csv"]
    before = facts(store)
    (taken,) = swept(store, folder)
    assert taken.report.state == "already_in"
    assert facts(store) == before
    assert taken.path.read_text() == HOMES
    assert names(folder / TAKING) == []


def test_the_command_looks_through_it_once(store_path, folder):
    put(folder, "homes.csv", HOMES)
    found = oversight("inbox", "--once", "--folder", folder, "--json", store=store_path)
    (report,) = found.document
    assert report["state"] == "accepted"
    assert report["moved_to"] == str(folder / ACCEPTED / "homes.csv")
    again = oversight("inbox", "--once", "--folder", folder, store=store_path)
    assert (again.status, again.out) == (0, "The inbox is empty.\n")


def test_the_watch_goes_on_after_a_fault_and_ends_when_told(
    store, folder, monkeypatch, caplog
):
    put(folder, "homes.csv", HOMES)
    monkeypatch.setattr(inbox, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(inbox, "SETTLED", 0.0)
    stop, looks = threading.Event(), []
    real = inbox.sweep

    def once_broken(*args, **kwargs):
        looks.append(1)
        if len(looks) == 1:
            raise RuntimeError("a fault")
        taken = real(*args, **kwargs)
        if taken:
            stop.set()
        return taken

    monkeypatch.setattr(inbox, "sweep", once_broken)
    watching = threading.Thread(target=inbox.watch, args=(store, folder, stop))
    watching.start()
    watching.join(60)
    assert not watching.is_alive()
    assert names(folder / ACCEPTED) == ["homes.csv", "homes.csv.report.txt"]
    assert "could not be looked through" in caplog.text


def test_the_folder_is_a_setting(monkeypatch, tmp_path):
    assert inbox.folder_watched() == inbox.DEFAULT_FOLDER
    monkeypatch.setenv("OVERSIGHT_INBOX", str(tmp_path))
    assert inbox.folder_watched() == tmp_path
