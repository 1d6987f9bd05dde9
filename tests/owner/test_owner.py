"""While the dashboard runs it owns the store, and answers the command line."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import click
import pytest

from oversight import owner
from oversight.__main__ import main
from oversight.commands.argv import as_argv
from oversight.commands.common import DAY, TIME
from oversight.owner import answers, asking, line
from oversight.owner.answers import Caller, caller
from oversight.store import StoreError
from tests.command_line import oversight, oversight_process
from tests.servers import DASHBOARD, ROOT, started

HOMES = "home_ref,name\n1-1,Elm House\n"
LOG = "incident_ref,home,aware_at\nI1,Elm House,2026-03-04 10:00\n"
JOB = "lamp orchard kettle"

pytestmark = pytest.mark.skipif(
    not line.HAS_SOCKETS, reason="without Unix sockets nothing listens (Windows)"
)


@pytest.fixture(scope="module")
def running(new_store, tmp_path_factory):
    """A dashboard on a store of its own, and where that is."""
    store = tmp_path_factory.mktemp("owned") / "store.duckdb"
    shutil.copy(new_store, store)
    with started(store=store) as server:
        yield store, server
    assert not line.socket_of(store).exists()


def written(folder, name, content):
    path = folder / name
    path.write_text(content)
    return path


def test_the_commands_are_answered_as_they_are_without_a_dashboard(
    running, new_store, tmp_path
):
    store, _ = running
    beside = shutil.copy(new_store, tmp_path / "beside.duckdb")
    homes = written(tmp_path, "2026-01-01-homes.csv", HOMES)
    log = written(tmp_path, "2026-03-31-incidents.csv", LOG)
    asked = [
        ("import", homes, log, "--json", "--as", "tester"),
        ("import", homes, "--json", "--as", "tester"),
        ("import", tmp_path / "none.csv", "--json", "--as", "tester"),
        ("undo", "2", "--why", "a test", "--json", "--as", "tester"),
        ("undo", "2", "--why", "a test", "--json"),
        ("rows", "homes", "--as-of", "2026-06-01", "--json"),
        ("measures", "--as-of", "2026-06-01", "--json"),
        ("refusals", "--json"),
        ("user", "add", "ann", "--role=ig_lead", f"--passphrase={JOB}"),
        ("user", "add", "ann", "--role=ig_lead", f"--passphrase={JOB}"),
        ("user", "list", "--json"),
        ("rows", "no such kind"),
    ]
    for words in asked:
        here = oversight(*words, store=beside)
        there = oversight(*words, store=store)
        assert (there.status, there.out, there.err) == (here.status, here.out, here.err)
    checked = oversight("verify", "--json", store=store)
    assert (checked.status, checked.document["ok"]) == (0, True)


def test_a_job_of_its_own_in_another_folder_is_answered_too(running, tmp_path):
    store, _ = running
    written(tmp_path, "log.csv", LOG.replace("I1", "I2"))
    done = subprocess.run(
        [sys.executable, "-m", "oversight", "import", "log.csv"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OVERSIGHT_STORE": f"duckdb:///{store}",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("accepted: ")


def test_what_was_asked_for_at_the_terminal_is_not_asked_for_again(running):
    store, _ = running
    from click.testing import CliRunner

    words = ["user", "add", "bea", "--role=auditor", f"--store=duckdb:///{store}"]
    done = CliRunner().invoke(main, words, input=f"{JOB}\n{JOB}\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "bea may sign in as Auditor." in done.stdout


def test_the_socket_is_the_owners_alone(running):
    store, _ = running
    mode = stat.S_IMODE(line.socket_of(store).stat().st_mode)
    assert mode == 0o600


def test_many_at_once_are_answered_each_by_itself(running, tmp_path):
    store, _ = running
    homes = written(tmp_path, "2026-01-01-homes.csv", HOMES)
    assert oversight("import", homes, store=store).status == 0
    answers = {}

    def ask(kind):
        answers[kind] = oversight_process("rows", kind, "--json", store=store).out

    threads = [threading.Thread(target=ask, args=(k,)) for k in ("homes", "staff")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "Elm House" in answers["homes"]
    assert answers["staff"].strip() == "[]"


def test_a_second_dashboard_says_who_holds_the_store(running):
    store, _ = running
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", str(DASHBOARD), "--server.port=0"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OVERSIGHT_STORE": f"duckdb:///{store}",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "is in use by process" in said
    assert "Traceback" not in said
    # And the first goes on answering.
    assert oversight("rows", "homes", "--json", store=store).status == 0


def test_a_socket_that_a_killed_process_left_is_nobodys(store_path):
    left = line.socket_of(store_path)
    with socket.socket(socket.AF_UNIX) as dead, line.address_of(left) as address:
        dead.bind(address)
    assert left.is_socket()
    assert not owner.is_owned(store_path)
    assert oversight("rows", "homes", "--json", store=store_path).out == "[]\n"
    with owner.answering(store_path, lambda argv: 0):
        assert owner.is_owned(store_path)
    assert not left.exists()


def test_another_account_is_told_whose_the_store_is(store_path, monkeypatch):
    with owner.answering(store_path, lambda argv: 0):
        monkeypatch.setattr(asking, "peer_of", lambda _: os.getuid() + 1)
        with pytest.raises(StoreError, match="in use by the dashboard of account"):
            owner.is_owned(store_path)
        refused = oversight("measures", store=store_path)
        assert refused.status == 1
        assert "Run this command as that account." in refused.err


def test_the_owner_answers_no_other_account(store_path, monkeypatch, capsys):
    ran = []
    real = os.getuid()
    monkeypatch.setattr(answers, "peer_of", lambda _: real + 1)
    with owner.answering(store_path, lambda argv: ran.append(argv) or 0):
        status = owner.ask(store_path, ["measures"])
    assert (status, ran) == (1, [])
    assert "answers only to the account" in capsys.readouterr().err


def test_a_fault_in_the_owner_is_told_without_a_traceback(store_path, capsys):
    def broken(argv):
        raise RuntimeError("S1 has a lesson")

    with owner.answering(store_path, broken):
        assert owner.ask(store_path, ["measures"]) == 1
    said = capsys.readouterr()
    assert "Something went wrong in the dashboard" in said.err
    assert "Traceback" not in said.err.partition("A command failed")[0]


def test_an_owner_that_dies_in_the_middle_leaves_no_answer_half_believed(store_path):
    def dying(argv):
        told = caller()
        told.line.shutdown(socket.SHUT_RDWR)
        return 0

    with (
        owner.answering(store_path, dying),
        pytest.raises(StoreError, match="stopped before it had answered"),
    ):
        owner.ask(store_path, ["measures"])


@pytest.mark.parametrize(
    "sent", [b"", b"\n", b"nonsense\n", b"[1]\n", b'{"argv": 1}\n']
)
def test_nonsense_on_the_line_does_no_harm(store_path, sent):
    with owner.answering(store_path, lambda argv: 7):
        with socket.socket(socket.AF_UNIX) as rude:
            with line.address_of(line.socket_of(store_path)) as address:
                rude.connect(address)
            rude.sendall(sent)
        assert owner.ask(store_path, ["measures"]) == 7


def test_a_caller_who_hangs_up_is_noticed():
    here, there = socket.socketpair()
    with here:
        told = Caller(here, is_terminal=False)
        listening = threading.Thread(target=told.listen)
        listening.start()
        there.close()
        assert told.hung_up.wait(10)
        listening.join()


def test_a_folder_however_deep_has_a_socket(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    with owner.answering(deep / "store.duckdb", lambda argv: len(argv)):
        assert owner.ask(deep / "store.duckdb", ["a", "b"]) == 2


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind")
@click.option("--covers", multiple=True)
@click.option("--taken-on", type=DAY)
@click.option("--known-at", type=TIME)
@click.option("--dry-run", is_flag=True)
@click.option("--pair", nargs=2)
@click.option("-n", "--number", type=int)
@click.pass_context
def everything(context, **_):
    return as_argv(context, Path("/x/store.duckdb"))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], []),
        (["/a.csv", "--kind=staff"], ["--kind=staff", "--", "/a.csv"]),
        (["--covers=-x", "--covers=y z"], ["--covers=-x", "--covers=y z"]),
        (["--taken-on=2026-10-31"], ["--taken-on=2026-10-31"]),
        (
            ["--known-at=2026-10-31T10:11:12.5+01:00"],
            ["--known-at=2026-10-31T10:11:12.500000+0100"],
        ),
        (["--dry-run", "-n3"], ["--dry-run", "--number=3"]),
        (["--pair", "a", "-b"], ["--pair", "a", "-b"]),
    ],
)
def test_a_command_is_said_again_in_full(words, wanted):
    said = everything.main(list(words), standalone_mode=False)
    assert said[0] == "--store=duckdb:////x/store.duckdb"
    assert [word for word in said[1:] if word != "--"] == [
        word for word in wanted if word != "--"
    ]
    again = everything.main(said[1:], standalone_mode=False)
    assert again == said


def test_a_file_named_without_its_folder_is_said_with_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = everything.main(["log.csv"], standalone_mode=False)
    assert said[-1] == str(tmp_path / "log.csv")
