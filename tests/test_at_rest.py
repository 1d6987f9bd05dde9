"""What lies on the disk can be encrypted: nothing of it can be read without the key."""

import shutil
from pathlib import Path

import pytest

from oversight.arrivals import Sent, import_file
from oversight.definitions import open_store
from oversight.store import EVERYTHING, StoreError, keys

KEY = "a-key-of-the-test-made-by-chance-7f3a"
OTHER = "another-key-of-the-test-made-by-chance"
MARK = b"Marker4711"


@pytest.fixture(scope="module")
def encrypted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store that was made under KEY and holds one imported file."""
    folder = tmp_path_factory.mktemp("encrypted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(keys.KEY, KEY)
        return make(folder / "store.duckdb", folder.parent / "homes.csv")


@pytest.fixture
def encrypted(
    encrypted_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of it that is the test's own, and its key set."""
    monkeypatch.setenv(keys.KEY, KEY)
    shutil.copytree(encrypted_once.parent, tmp_path / "encrypted")
    return tmp_path / "encrypted" / "store.duckdb"


def make(path: Path, sent: Path) -> Path:
    sent.write_text("home_ref,name\n1-1,Marker4711\n", encoding="utf-8")
    store = open_store(f"duckdb:///{path}")
    report = import_file(store, Sent(sent, "tester", "homes"))
    assert report.state == "accepted", report.message
    sent.unlink()
    store.close()
    return path


def test_nothing_that_was_sent_can_be_read_from_the_disk(encrypted: Path) -> None:
    store = open_store(f"duckdb:///{encrypted}")
    with store.reading(EVERYTHING) as cursor:
        named = cursor.execute("select name from homes(date '2030-01-01')").fetchall()
    assert named == [("Marker4711",)]
    with store.writing() as writing:
        # In the log of what is still to be written, and not yet in the store's file.
        writing.cursor.execute("insert into setting values (1, 'x', 'Marker4711')")
    files = [p for p in encrypted.parent.rglob("*") if p.is_file()]
    assert {".duckdb", ".wal", ".parquet", ".head"} <= {p.suffix for p in files}
    for path in files:
        content = path.read_bytes()
        assert MARK not in content, path.name
        assert KEY.encode() not in content, path.name
    store.close()


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (None, "is encrypted and no key is set"),
        (OTHER, "The key is not that of the store store.duckdb"),
    ],
)
def test_without_its_key_it_is_refused_in_words(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, says: str
) -> None:
    monkeypatch.delenv(keys.KEY)
    if key:
        monkeypatch.setenv(keys.KEY, key)
    before = encrypted.read_bytes()
    with pytest.raises(StoreError, match=says) as refusal:
        open_store(f"duckdb:///{encrypted}")
    assert OTHER not in str(refusal.value)
    assert encrypted.read_bytes() == before


def test_a_store_in_the_clear_is_not_taken_for_an_encrypted_one(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keys.KEY, KEY)
    with pytest.raises(StoreError, match="A key is set, and the store"):
        open_store(f"duckdb:///{store_path}")


def test_the_key_may_lie_in_a_file(
    encrypted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.KEY)
    file = tmp_path / "key"
    monkeypatch.setenv(keys.KEY_FILE, str(file))
    for content, says in (
        (None, "cannot be read from the file OVERSIGHT_KEY_FILE names"),
        ("\n", "There is no key in the file"),
        ("short", "is too short: wanted at least 32 characters"),
    ):
        if content is not None:
            file.write_text(content, encoding="utf-8")
        with pytest.raises(StoreError, match=says):
            open_store(f"duckdb:///{encrypted}")
    file.write_text(KEY + "\n", encoding="utf-8")
    open_store(f"duckdb:///{encrypted}").close()
    monkeypatch.setenv(keys.KEY, KEY)
    with pytest.raises(StoreError, match="not both"):
        open_store(f"duckdb:///{encrypted}")


def test_without_the_package_it_is_refused_in_words(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "PACKAGE", "no_such_package")
    with pytest.raises(StoreError, match="wanted duckdb-extension-httpfs"):
        open_store(f"duckdb:///{encrypted}")


def test_a_key_is_never_shown() -> None:
    key = keys.Key(KEY.encode())
    assert KEY not in repr(key)
    assert key.of("store") != key.of("kept")
