"""What is lost is noticed, told of, and cannot be passed over in silence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oversight import journal
from oversight.definitions import open_store
from oversight.integrity import verify
from oversight.store import (
    EVERYTHING,
    ROOT,
    Store,
    StoreError,
    head,
    last_moment,
    space,
)

pytestmark = pytest.mark.queries

WRITE_AND_DIE = (
    "import os, signal, sys; from oversight.store import Store\n"
    "from oversight import journal\n"
    "store = Store(sys.argv[1])\n"
    "for n in range(5):\n"
    "    with store.writing() as writing:\n"
    "        journal.append(writing, 'tester', f'entry {n}', {})\n"
    "os.kill(os.getpid(), signal.SIGKILL)"
)


def killed(store_path: Path) -> Path:
    """DuckDB's log of a store whose process was killed after five entries."""
    argv = [sys.executable, "-c", WRITE_AND_DIE, f"duckdb:///{store_path}"]
    subprocess.run(argv, cwd=ROOT, check=False)
    return store_path.with_name(store_path.name + ".wal")


def opened(store_path: Path) -> Store:
    return open_store(f"duckdb:///{store_path}")


def test_a_killed_process_loses_nothing(store_path: Path) -> None:
    assert killed(store_path).stat().st_size
    store = opened(store_path)
    assert store.behind is None
    with store.reading() as cursor:
        assert last_moment(cursor)[0] == 5
    store.close()


def test_a_log_cut_short_is_told_of_and_nothing_is_written(store_path: Path) -> None:
    log = killed(store_path)
    os.truncate(log, log.stat().st_size // 2)
    store = opened(store_path)
    assert "has lost what was committed last" in (store.behind or "")
    with store.reading(EVERYTHING) as cursor:
        there, _ = last_moment(cursor)
    assert 0 <= there < 5
    for write in (store.writing, store.maintaining):
        with pytest.raises(StoreError, match="accept-loss --why"), write():
            pass
    store.close()

    store = opened(store_path)
    loss = journal.accept_loss(store, "tester", "a test")
    assert (loss.first, loss.last) == (there + 1, 5)
    store.close()
    store = opened(store_path)
    assert store.behind is None
    with store.writing() as writing:
        # No number means two things: those that were lost are not given again.
        assert writing.number == 7
        journal.append(writing, "tester", "after", {})
    assert [check for check in verify(store) if not check.ok] == []
    store.close()


def test_an_older_copy_put_in_place_is_told_of(store_path: Path) -> None:
    older = Path(shutil.copy(store_path, store_path.with_suffix(".older")))
    store = opened(store_path)
    with store.writing() as writing:
        journal.append(writing, "tester", "later", {})
    store.close()
    older.replace(store_path)
    store = opened(store_path)
    assert "has lost what was committed last" in (store.behind or "")
    store.close()


def test_another_store_put_in_place_is_told_of(store_path: Path, tmp_path) -> None:
    for path, what in ((store_path, "one"), (tmp_path / "other.duckdb", "another")):
        store = opened(path)
        with store.writing() as writing:
            journal.append(writing, "tester", what, {})
        store.close()
    (tmp_path / "other.duckdb").replace(store_path)
    store = opened(store_path)
    assert "is not the one that was here" in (store.behind or "")
    store.close()


def test_a_store_that_is_gone_is_not_begun_anew(store_path: Path) -> None:
    store = opened(store_path)
    with store.writing():
        pass
    store.close()
    store_path.unlink()
    with pytest.raises(StoreError, match="is gone: 1 moments were committed"):
        opened(store_path)
    assert not store_path.exists()


def test_a_head_torn_in_half_leaves_the_one_before(store_path: Path) -> None:
    for moment in (1, 2, 3):
        head.write(store_path, head.Head(moment, "2026-01-01T00:00:00+00:00", "s"))
    path = store_path.with_suffix(".head")
    content = bytearray(path.read_bytes())
    content[head.SLOT + 20] ^= 1
    path.write_bytes(content)
    assert head.read(store_path).moment == 2
    path.write_bytes(b"nonsense")
    assert head.read(store_path) is None


# ---- No room


LIMITED = (
    "import resource, signal, sys; from oversight.store import Store, StoreError\n"
    "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    "store = Store(sys.argv[1])\n"
    "def write(rows):\n"
    "    with store.writing() as writing:\n"
    "        writing.cursor.execute('insert into held select 1, md5(r::varchar),'\n"
    "            f' md5((r + 1)::varchar) from range({rows}) as t(r)')\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, resource.RLIM_INFINITY))\n"
    "try: write(500_000)\n"
    "except StoreError as refusal: print(refusal)\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)\n"
    "write(1)\n"
    "store.close()"
)


def test_no_room_is_told_in_words_and_costs_nothing(store_path: Path) -> None:
    argv = [sys.executable, "-c", LIMITED, f"duckdb:///{store_path}"]
    done = subprocess.run(
        argv, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.startswith("The disk of the store store.duckdb is full")
    assert (done.returncode, done.stderr) == (0, "")
    store = opened(store_path)
    with store.reading() as cursor:
        assert last_moment(cursor)[0] == 1
        assert cursor.execute("select count(*) from held").fetchone() == (1,)
    store.close()


def test_a_reserve_is_laid_in_and_given_up(store: Store) -> None:
    reserve = store.path.with_suffix(".reserve")
    assert reserve.stat().st_size == space.RESERVE
    assert space.give_up(store.path) == space.RESERVE
    assert space.give_up(store.path) == 0
    space.lay_in(store.path)
    assert reserve.stat().st_size == space.RESERVE
