"""The one door to the store: who opens it, the order of knowledge, what it reads."""

import os
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from oversight.store import (
    EVERYTHING,
    ROOT,
    Store,
    StoreError,
    last_moment,
    migrations,
    moment_at,
    path_of,
)

pytestmark = pytest.mark.queries

OPEN_AND_SAY = (
    "import sys; from oversight.store import Store, StoreError\n"
    "try: Store(sys.argv[1])\n"
    "except StoreError as refusal: sys.exit(str(refusal))"
)


def moments(store: Store) -> list[tuple[int, datetime]]:
    with store.reading() as cursor:
        return cursor.execute("select * from moment order by number").fetchall()


def write(store: Store, at: datetime | None = None) -> int:
    with store.writing(at) as writing:
        return writing.number


# ---- Who may open it


@pytest.mark.parametrize(
    "address", ["store.duckdb", "duckdb:///", "ducklake:x", "/store"]
)
def test_an_address_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="A store address is duckdb:///PATH; got"):
        path_of(address)


def test_the_address_may_come_from_the_environment(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("OVERSIGHT_STORE", f"duckdb:///{tmp_path / 'a.duckdb'}")
    assert path_of() == tmp_path / "a.duckdb"
    monkeypatch.delenv("OVERSIGHT_STORE")
    assert path_of().name == "oversight.duckdb"


def test_a_second_process_is_told_who_has_the_store(store: Store) -> None:
    second = subprocess.run(
        [sys.executable, "-c", OPEN_AND_SAY, f"duckdb:///{store.path}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert second.returncode == 1
    assert second.stderr.startswith("The store store.duckdb is in use by process ")
    assert "lock" not in second.stderr.lower()
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize("content", [b"home,staff_ref\nElm House,S1\n", b"\0" * 5000])
def test_a_file_that_is_no_store_is_refused_and_left_as_it_was(
    content, tmp_path
) -> None:
    path = tmp_path / "store.duckdb"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged or is not a store"):
        Store(f"duckdb:///{path}")
    assert path.read_bytes() == content


def test_a_damaged_store_is_refused_with_the_next_step(store_path: Path) -> None:
    content = bytearray(store_path.read_bytes())
    content[8192 : 8192 + 4096] = b"\xff" * 4096
    content[:8192] = content[8192:16384] = b"\xff" * 8192
    content[8:12] = b"DUCK"
    store_path.write_bytes(content)
    with pytest.raises(StoreError, match="Restore it from a backup"):
        Store(f"duckdb:///{store_path}")


def test_only_the_owner_may_read_the_files(store: Store) -> None:
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert store.kept.stat().st_mode & 0o777 == 0o700


# ---- Migrations


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations, in a folder of the test's own."""
    folder = Path(shutil.copytree(migrations.SCHEMA, tmp_path / "schema"))
    monkeypatch.setattr(migrations, "SCHEMA", folder)
    return folder


def test_a_changed_migration_is_refused(store_path: Path, schema: Path) -> None:
    first = min(schema.glob("*.sql"))
    first.write_text(
        first.read_text(encoding="utf-8") + "-- changed\n", encoding="utf-8"
    )
    with pytest.raises(StoreError, match=f"{first.name} is not the one this store was"):
        Store(f"duckdb:///{store_path}")


def test_a_store_of_a_newer_program_is_refused(store_path: Path, schema: Path) -> None:
    newer = schema / "9999_newer.sql"
    newer.write_text("create table newer (number bigint);\n", encoding="utf-8")
    Store(f"duckdb:///{store_path}").close()
    newer.unlink()
    with pytest.raises(
        StoreError, match=r"newer version of this program .it has 9999_ne"
    ):
        Store(f"duckdb:///{store_path}")


def test_a_migration_is_applied_once_and_whole_or_not_at_all(
    store_path: Path, schema: Path
) -> None:
    newer = schema / "9999_newer.sql"
    newer.write_text(
        "create table newer (number bigint);\ninsert into nowhere values (1);\n",
        encoding="utf-8",
    )
    with pytest.raises(duckdb.Error, match="nowhere"):
        Store(f"duckdb:///{store_path}")
    newer.write_text(
        "create table newer (number bigint);\ninsert into newer values (1);\n",
        encoding="utf-8",
    )
    for _ in range(2):
        opened = Store(f"duckdb:///{store_path}")
        with opened.reading() as cursor:
            assert cursor.execute("select * from newer").fetchall() == [(1,)]
        opened.close()


# ---- The order of knowledge


def test_each_write_takes_the_next_number_and_a_later_time(store: Store) -> None:
    assert [write(store) for _ in range(3)] == [1, 2, 3]
    times = [at for _, at in moments(store)]
    assert times == sorted(set(times))


def test_a_write_that_fails_leaves_no_trace_and_no_gap(store: Store) -> None:
    def fail() -> None:
        with store.writing() as writing:
            writing.cursor.execute("create table half (number bigint)")
            raise RuntimeError("half way")

    write(store)
    with pytest.raises(RuntimeError, match="half way"):
        fail()
    assert write(store) == 2
    with store.reading() as cursor, pytest.raises(duckdb.Error, match="half"):
        cursor.execute("select * from half")


def test_history_is_rebuilt_in_order_only(store: Store) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    write(store, at)
    for too_early in (at, at - timedelta(microseconds=1)):
        with pytest.raises(StoreError, match="later than the newest arrival"):
            write(store, too_early)
    assert write(store, at + timedelta(microseconds=1)) == 2


def test_a_clock_that_is_set_back_changes_no_order(store: Store) -> None:
    ahead = datetime.now(UTC) + timedelta(days=400)
    write(store, ahead)
    write(store)
    write(store)
    assert [at for _, at in moments(store)] == [
        ahead + timedelta(microseconds=n) for n in range(3)
    ]


def test_a_time_means_the_last_number_committed_by_then(store: Store) -> None:
    first = datetime(2025, 1, 1, tzinfo=UTC)
    for days in (0, 1):
        write(store, first + timedelta(days=days))
    with store.reading() as cursor:
        assert moment_at(cursor, first - timedelta(microseconds=1)) == 0
        assert moment_at(cursor, first) == 1
        assert moment_at(cursor, first + timedelta(hours=23)) == 1
        assert moment_at(cursor, first + timedelta(days=1)) == 2


def test_a_time_with_another_zone_is_the_same_moment(store: Store) -> None:
    zone = datetime.fromisoformat("2026-07-01T12:00:00+01:00")
    write(store, zone)
    with store.reading() as cursor:
        assert last_moment(cursor) == (1, datetime(2026, 7, 1, 11, tzinfo=UTC))


def test_what_is_asked_for_beyond_what_is_known_is_what_is_known(store: Store) -> None:
    write(store)
    for asked, got in ((None, 1), (0, 0), (1, 1), (7, 1)):
        with store.reading(known=asked) as cursor:
            row = cursor.execute("select getvariable('known_number')").fetchone()
            assert row == (got,)


def test_one_writer_at_a_time(store: Store) -> None:
    together: list[int] = []
    inside = threading.Semaphore(1)

    def work() -> None:
        for _ in range(20):
            with store.writing() as writing:
                assert inside.acquire(blocking=False)
                together.append(writing.number)
                inside.release()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert together == list(range(1, 81))


# ---- Scope and snapshot


def test_a_reader_who_says_no_homes_sees_none(store: Store) -> None:
    with store.reading() as cursor:
        asked = "select in_scope('1-1'), in_scope('*'), in_scope(null)"
        assert cursor.execute(asked).fetchone() == (False, False, False)
    with store.reading(("1-1", "company")) as cursor:
        asked = "select in_scope('1-1'), in_scope('company'), in_scope('1-2')"
        assert cursor.execute(asked).fetchone() == (True, True, False)
    with store.reading(EVERYTHING) as cursor:
        asked = "select in_scope('1-1'), in_scope('unmatched')"
        assert cursor.execute(asked).fetchone() == (True, True)


def test_a_home_may_be_called_anything(store: Store) -> None:
    odd = 'O\'Malley "House"; drop table moment --'
    with store.reading((odd,)) as cursor:
        assert cursor.execute("select in_scope(?)", [odd]).fetchone() == (True,)


def test_one_scope_never_reaches_another_cursor(store: Store) -> None:
    asked = "select in_scope('1-1'), in_scope('1-2')"
    with store.reading(("1-1",)) as one, store.reading(("1-2",)) as two:
        assert one.execute(asked).fetchone() == (True, False)
        assert two.execute(asked).fetchone() == (False, True)


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading(EVERYTHING) as cursor, pytest.raises(duckdb.Error, match="read"):
        cursor.execute("insert into moment values (99, now())")


def test_instants_are_utc_whatever_the_zone_of_the_machine(store_path: Path) -> None:
    asked = (
        "import sys; from oversight.store import Store\n"
        "with Store(sys.argv[1]).reading() as cursor:\n"
        "    print(cursor.execute(\"select '2026-07-01 12:00'::timestamptz::varchar\")"
        ".fetchone()[0])"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", asked, f"duckdb:///{store_path}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TZ": "America/New_York"},
        check=True,
    )
    assert elsewhere.stdout.strip() == "2026-07-01 12:00:00+00"


# ---- What it reads: one private folder and nothing else


def test_nothing_outside_the_private_folder_can_be_read_or_written(
    store: Store, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n", encoding="utf-8")
    inside = store.kept / "inside.csv"
    inside.write_text("a\n1\n", encoding="utf-8")
    up = store.kept / ".." / "outside.csv"
    for statement in (
        f"select * from read_csv('{outside}')",
        f"select * from read_text('{up}')",
        f"select * from '{outside}'",
        f"select * from glob('{tmp_path}/*')",
        f"copy (select 1 as a) to '{outside}'",
        f"copy (select 1 as a) to '{up}'",
        f"attach '{tmp_path / 'other.duckdb'}' as other",
        f"export database '{tmp_path / 'export'}'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        f"set allowed_directories = ['{tmp_path}']",
        "reset allowed_directories",
        "set memory_limit = '9GB'",
    ):
        assert is_refused(store, statement), statement
    assert outside.read_text(encoding="utf-8") == "a\n1\n"
    others = [p.name for p in tmp_path.iterdir() if p.stem != store.path.stem]
    assert [name for name in others if name != f"{store.path.name}.wal"] == [
        "outside.csv"
    ]
    with store.reading() as cursor:
        read = cursor.execute(f"select a from read_csv('{inside}')").fetchall()
        assert read == [(1,)]


def is_refused(store: Store, statement: str) -> bool:
    with store.maintaining() as cursor:
        try:
            cursor.execute(statement)
        except duckdb.Error:
            cursor.execute("rollback")
            cursor.execute("begin transaction")
            return True
    return False
