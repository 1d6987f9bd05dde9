"""A long import: it says how far it is, can be ended, and leaves nothing half done."""

import threading
import time

import pytest

from oversight import owner
from oversight.arrivals import Sent, jobs
from oversight.arrivals.jobs import Upload
from oversight.arrivals.preview import preview
from oversight.commands import progress as terminal
from oversight.owner import answers
from oversight.reading_room import progress, room
from oversight.reading_room.progress import Cancelled, Watch, watching
from tests.sending import facts, send

HOMES = "home_ref,name\n1-1,Elm House\n"
MANY = "home_ref,name\n" + "".join(f"1-{n},Home {n}\n" for n in range(1, 300))


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(room, "BATCH", 50)
    monkeypatch.setattr("oversight.reading_room.readers.TOLD_EVERY", 50)


def test_how_far_a_file_is_read_is_told_in_rows_and_shares(
    store, tmp_path, small_batches, monkeypatch
):
    watch, told = Watch(), []
    real = progress.tell

    def noting(*args, **kwargs):
        real(*args, **kwargs)
        told.append((watch.step, watch.rows, watch.share))

    monkeypatch.setattr(progress, "tell", noting)
    with watching(watch):
        send(store, tmp_path / "homes.csv", MANY)
    assert [step for step, *_ in told] == sorted(
        (step for step, *_ in told),
        key=("reading", "checking", "storing").index,
    )
    rows = [rows for _, rows, _ in told]
    assert rows == sorted(rows)
    assert watch.rows == 299
    assert max(share for *_, share in told) > 0.5
    assert "299 rows read" in watch.in_words()


@pytest.mark.parametrize("at", ["begin", "reading", "checking", "storing"])
def test_an_import_that_is_cancelled_leaves_nothing(
    store, tmp_path, small_batches, monkeypatch, at
):
    send(store, tmp_path / "homes.csv", HOMES)
    before, kept = facts(store), sorted(store.kept.rglob("*.parquet"))
    watch = Watch()
    real = progress.tell

    def cancelling(step=None, rows=None, share=None):
        if at in (step, "reading" if rows and not step else None):
            watch.cancel()
        real(step, rows, share)

    monkeypatch.setattr(progress, "tell", cancelling)
    if at == "begin":
        watch.cancel()
    with watching(watch):
        report = send(store, tmp_path / "more.csv", MANY)
    assert (report.state, report.arrival) == ("refused", None)
    assert report.message == "It was cancelled: nothing of it was kept."
    assert facts(store) == before
    assert sorted(store.kept.rglob("*.parquet")) == kept


def test_nobody_who_waits_is_told_nothing_and_cancels_nothing():
    progress.begin()
    progress.tell(progress.READING, 10, 0.5)
    with watching(Watch()) as watch:
        progress.tell(rows=10, share=0.5)
        watch.started = time.monotonic() - 10
        assert watch.seconds_left == pytest.approx(10, rel=0.1)
        assert "10 rows read, 1 a second, about 10 s left" in watch.in_words()
        watch.cancel()
        with pytest.raises(Cancelled):
            progress.tell(rows=11)


def test_a_job_takes_its_files_in_one_after_the_other(store):
    files = [("2026-01-01-homes.csv", HOMES.encode()), ("empty.csv", b"")]
    uploads = [
        Upload(name, body, lambda path: Sent(path, "tester")) for name, body in files
    ]
    job = jobs.start(store, uploads)
    assert job.done.wait(60)
    assert [report.state for report in job.reports] == ["accepted", "refused"]
    assert not list((store.kept / "uploads").iterdir())


def test_a_cancelled_job_leaves_the_rest_alone(store, monkeypatch):
    inside, go_on = threading.Event(), threading.Event()
    real = progress.begin

    def slowly():
        inside.set()
        assert go_on.wait(60)
        real()

    monkeypatch.setattr(progress, "begin", slowly)
    upload = Upload("homes.csv", HOMES.encode(), lambda path: Sent(path, "tester"))
    job = jobs.start(store, [upload, upload])
    assert inside.wait(60)
    job.cancel()
    go_on.set()
    assert job.done.wait(60)
    assert [report.state for report in job.reports] == ["refused"]
    assert facts(store)["fact_homes"] == []


def test_a_preview_changes_nothing_at_all(store, tmp_path):
    send(store, tmp_path / "homes.csv", HOMES)
    before = facts(store)
    path = tmp_path / "more.csv"
    path.write_text(MANY)
    seen = preview(store, Sent(path, "tester"))
    assert (seen.new.count, seen.changed.count, seen.gone.count) == (298, 1, 0)
    assert len(seen.rows) == 20
    assert facts(store) == before


def test_a_terminal_is_told_and_a_file_is_not(monkeypatch, capsys):
    monkeypatch.setattr(terminal, "FIRST_AFTER", 0.01)
    with terminal.told():
        time.sleep(0.1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with terminal.told():
        progress.tell(rows=7)
        time.sleep(0.2)
    said = capsys.readouterr().err
    assert "7 rows read" in said
    assert said.endswith(terminal.CLEAR)


def test_a_caller_who_hangs_up_ends_the_import(store_path):
    ended = threading.Event()

    def run(argv):
        with terminal.told() as watch:
            assert watch.unwanted.wait(60)
            with pytest.raises(Cancelled):
                progress.begin()
        ended.set()
        return 0

    with owner.answering(store_path, run):
        line = answers.socket.socket(answers.socket.AF_UNIX)
        with line, answers.address_of(answers.socket_of(store_path)) as address:
            line.connect(address)
            answers.say(line, argv=["import"], is_terminal=False)
        assert ended.wait(60)
