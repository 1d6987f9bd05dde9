"""Every store of the past opens in today's program, and a copy is kept first."""

import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from oversight import journal
from oversight.definitions import open_store
from oversight.store import EVERYTHING, StoreError, migrations, space
from oversight.store.connecting import FILE_FORMAT

pytestmark = pytest.mark.queries

# Stores as past programs left them: tables and rows as SQL, named after the newest
# migration they had. A store of every release is added here and none is changed.
PAST = sorted(Path(__file__).with_name("past").glob("*.sql"))


@pytest.fixture(params=PAST, ids=lambda path: path.stem)
def past(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "store.duckdb"
    made = duckdb.connect()
    made.execute("set timezone = 'UTC'")
    made.execute(f"attach '{path}' as store (storage_version '{FILE_FORMAT}')")
    made.execute("use store")
    made.execute(request.param.read_text(encoding="utf-8"))
    made.close()
    return path


def test_a_store_of_the_past_says_what_it_said(past: Path) -> None:
    with closing(open_store(f"duckdb:///{past}")) as store:
        with store.reading(EVERYTHING) as cursor:
            assert journal.first_broken(cursor) is None
            asked = "select upper(staff_ref) from staff(date '2026-11-22') order by all"
            assert cursor.execute(asked).fetchall() == [("S1",), ("S2",)]
            asked = "select upper(incident_ref) from incidents(date '2026-11-22')"
            assert cursor.execute(asked).fetchall() == []
            names = cursor.execute("select name, role from person").fetchall()
            assert names == [("ann", "auditor")]
        with store.reading(EVERYTHING, known=3) as cursor:
            asked = (
                "select upper(incident_ref) from incidents(date '2026-11-22')"
                " order by all"
            )
            assert cursor.execute(asked).fetchall() == [("I1",), ("I2",)]


def test_a_copy_is_kept_from_before(past: Path) -> None:
    with closing(duckdb.connect(str(past), read_only=True)) as there:
        before = there.execute("from migration order by name").fetchall()
    open_store(f"duckdb:///{past}").close()
    (copy,) = past.parent.glob("store.before-*.duckdb")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(duckdb.connect(str(copy), read_only=True)) as there:
        assert there.execute("from migration order by name").fetchall() == before


def test_an_upgrade_that_has_no_room_for_a_copy_does_not_begin(
    past: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space, "free", lambda path: 1 << 20)
    with pytest.raises(StoreError, match="too little room for the copy kept before"):
        open_store(f"duckdb:///{past}")
    with closing(duckdb.connect(str(past), read_only=True)) as there:
        done = there.execute("select name from migration").fetchall()
    assert {name for (name,) in done} < {p.stem for p in migrations.SCHEMA.glob("*")}


def test_the_newest_two_copies_are_kept(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(migrations.SCHEMA, tmp_path / "schema"))
    monkeypatch.setattr(migrations, "SCHEMA", folder)
    for n in range(4):
        (folder / f"9{n:03d}_more.sql").write_text(f"create table more_{n} (n bigint);")
        open_store(f"duckdb:///{store_path}").close()
    kept = sorted(path.name for path in tmp_path.glob("store.before-*"))
    assert kept == ["store.before-9002_more.duckdb", "store.before-9003_more.duckdb"]
