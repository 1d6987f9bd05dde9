"""A backup holds everything, is tried before it is called one, and can be put back."""

import hashlib
import shutil
from contextlib import closing, suppress
from pathlib import Path

import pytest
from command_line import oversight
from everything import DOCUMENT, told

from oversight import keeping
from oversight.definitions import open_store
from oversight.integrity import verify
from oversight.keeping import archive
from oversight.store import EVERYTHING, StoreError, kept, keys, swap

KEY = "a-key-of-the-test-made-by-chance-7f3a"
OTHER = "another-key-of-the-test-made-by-chance"


def backed_up(path: Path, file: Path) -> keeping.Summary:
    with closing(open_store(f"duckdb:///{path}")) as store:
        return keeping.backup(store, file, "tester")


def is_sound(path: Path) -> bool:
    with closing(open_store(f"duckdb:///{path}")) as store:
        return all(check.ok for check in verify(store))


def test_what_is_restored_answers_as_what_was_backed_up(
    made, before, address, tmp_path
) -> None:
    (file, made), other = made, tmp_path / "other" / "new.duckdb"
    assert made.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    back = keeping.restore(address(other), file, "tester")
    assert (back.sha256, back.arrivals, back.journal_head) == (
        made.sha256,
        made.arrivals,
        made.journal_head,
    )
    assert told(other, before) == before
    assert is_sound(other)


def test_others_write_while_it_is_made(lived, address) -> None:
    file = lived.parent / "a.backup"
    with closing(open_store(address(lived))) as store:
        pack = archive.pack

        def pack_slowly(*args, **kwargs):
            with store.writing() as writing:
                writing.cursor.execute("insert into setting values (1, 'x', 'late')")
            return pack(*args, **kwargs)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archive, "pack", pack_slowly)
            keeping.backup(store, file, "tester")
    other = lived.parent / "other" / "new.duckdb"
    keeping.restore(address(other), file, "tester")
    with closing(open_store(address(other))) as store, store.reading() as cursor:
        late = cursor.execute("select * from setting where value = 'late'")
        assert late.fetchall() == []


def test_a_store_is_never_written_over_unasked(lived, made, address) -> None:
    file, _ = made
    before = lived.read_bytes()
    with pytest.raises(StoreError, match="say --replace: what is there now is kept"):
        keeping.restore(address(lived), file, "tester")
    assert lived.read_bytes() == before
    keeping.restore(address(lived), file, "tester", replace=True)
    (aside,) = lived.parent.glob("store.before-restore-*")
    assert (aside / lived.name).read_bytes() == before
    assert (aside / "store.kept").is_dir()
    # However soon it is done again: what is aside already stays as it is.
    aside.rename(aside.with_name("store.before-that"))
    for n in (1, 2):
        folder = swap.incoming_of(lived)
        (folder / "store.head").write_bytes(b"new")
        done = swap.put_in_place(lived, "before-again")
        assert done.name == ("store.before-again", "store.before-again-2")[n - 1]
        assert (done / "store.head").is_file()


@pytest.mark.parametrize("key", [None, KEY])
def test_one_byte_changed_anywhere_is_found_and_nothing_replaced(
    lived, made, address, key, monkeypatch
) -> None:
    file = Path(shutil.copy(made[0], lived.parent / "a.backup"))
    if key:
        # A store in the clear, restored under a key, is encrypted.
        monkeypatch.setenv(keys.KEY, key)
        lived = lived.parent / "under-a-key" / "store.duckdb"
        keeping.restore(address(lived), file, "tester")
        backed_up(lived, file)
    content, before = file.read_bytes(), lived.read_bytes()
    size = len(content)
    for at in (0, 30, 100, size // 3, size // 2, size - 2000, size - 1):
        flipped = bytearray(content)
        flipped[at] ^= 1
        file.write_bytes(flipped)
        if key is None and content[at : at + 1] == b"\0" and at > size - 20_000:
            continue  # the padding after the last file stands for nothing
        with pytest.raises(StoreError, match=r"[Nn]othing was changed|no backup"):
            keeping.restore(address(lived), file, "tester", replace=True)
    for end in (0, 10, 600, size // 2, size - 11_000):
        file.write_bytes(content[:end])
        with pytest.raises(StoreError, match=r"Nothing was changed"):
            keeping.restore(address(lived), file, "tester", replace=True)
    assert lived.read_bytes() == before
    assert not list(lived.parent.glob("store.before-*"))
    assert is_sound(lived)


def test_nothing_in_an_encrypted_backup_can_be_read(
    lived, made, before, address, monkeypatch
) -> None:
    clear, file = made[0], lived.parent / "a.backup"
    mark = "Élan Care".encode()
    monkeypatch.setenv(keys.KEY, KEY)
    one = lived.parent / "one" / "store.duckdb"
    keeping.restore(address(one), clear, "tester")
    backed_up(one, file)
    for path in (p for p in (file, *one.parent.rglob("*")) if p.is_file()):
        content = path.read_bytes()
        assert mark not in content
        assert DOCUMENT not in content
        assert not content.endswith(b"PAR1")  # as a Parquet file in the clear does
    # Another key: the old one opens the backup, the new one is written with.
    monkeypatch.setenv(keys.KEY, OTHER)
    two = lived.parent / "two" / "store.duckdb"
    with pytest.raises(StoreError, match="cannot be opened with this key"):
        keeping.restore(address(two), file, "tester")
    monkeypatch.setenv(keys.OLD_KEY, KEY)
    keeping.restore(address(two), file, "tester")
    monkeypatch.delenv(keys.OLD_KEY)
    for name in ("kept/a-document.json", "attachments/an-attachment"):
        folder, _, name = name.partition("/")
        body = kept.read(two.with_suffix(f".{folder}"), name, keys.Key(OTHER.encode()))
        assert body == DOCUMENT
    found = told(two, before)
    # The ledger alone differs: by the sums of what is kept, now in other bytes.
    assert {name for name in before if found[name] != before[name]} == {"arrival"}
    assert is_sound(two)
    monkeypatch.setenv(keys.KEY, KEY)
    with pytest.raises(StoreError, match="The key is not that of the store"):
        open_store(address(two))
    monkeypatch.delenv(keys.KEY)
    with pytest.raises(StoreError, match="is encrypted and no key is set"):
        keeping.restore(address(lived.parent / "x" / "y.duckdb"), file, "tester")


def test_a_backup_that_would_not_restore_is_not_called_one(lived, address) -> None:
    file = lived.parent / "a.backup"
    file.write_bytes(b"the backup of yesterday")
    with closing(open_store(address(lived))) as store:
        with store.maintaining() as cursor:
            cursor.execute("update journal set person = 'nobody' where number = 3")
        with pytest.raises(StoreError, match="is not sound"):
            keeping.backup(store, file, "tester")
    assert file.read_bytes() == b"the backup of yesterday"
    assert [p.name for p in lived.parent.glob("a.backup*")] == ["a.backup"]


@pytest.mark.parametrize("stop", [1, 3, 5])
def test_a_restore_cut_short_anywhere_is_carried_to_its_end(
    lived, made, address, stop, monkeypatch
) -> None:
    file, _ = made
    with closing(open_store(address(lived))) as store, store.writing() as writing:
        writing.cursor.execute("insert into setting values (1, 'x', 'late')")
    renames, rename = 0, Path.rename

    def rename_until(path, target):
        nonlocal renames
        renames += 1
        if renames == stop:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename_until)
        with suppress(KeyboardInterrupt):
            keeping.restore(address(lived), file, "tester", replace=True)
    with closing(open_store(address(lived))) as store:
        assert all(check.ok for check in verify(store))
        with store.reading(EVERYTHING) as cursor:
            late = cursor.execute("select * from setting where value = 'late'")
            assert late.fetchall() == []
    assert not swap_of(lived).exists()


def swap_of(path: Path) -> Path:
    return path.with_suffix(".incoming")


def test_a_name_in_a_backup_reaches_nothing_else(tmp_path) -> None:
    path = tmp_path / "store.duckdb"
    for name in (
        "../x",
        "/etc/x",
        "kept/../../x",
        "kept",
        "other/x",
        "kept/a/../../..",
    ):
        with pytest.raises(StoreError, match="of a strange name"):
            archive.place_of(name, path)
    assert archive.place_of("kept/a.parquet", path) == tmp_path / "store.kept/a.parquet"


def test_the_command_line_answers_as_promised(lived, address, tmp_path) -> None:
    file = tmp_path / "a.backup"
    made = oversight("backup", file, "--json", store=lived)
    assert (made.status, made.err) == (0, "")
    assert list(made.document) == ["sha256", "arrivals", "journal_head"]
    refused = oversight("restore", file, "--json", store=lived)
    assert (refused.status, refused.out) == (1, "")
    back = oversight("restore", file, "--replace", "--json", store=lived)
    assert back.document == made.document
    assert "What was there before is in" in back.err
    again = oversight("rebuild", "--json", store=lived)
    assert again.document["arrivals"] == made.document["arrivals"]
    told = oversight("journal", "--json", store=lived).document
    assert [entry["what"] for entry in told[-2:]] == ["store restored", "store rebuilt"]
    lost = oversight("accept-loss", "--why", "none", store=lived)
    assert (lost.status, lost.err) == (1, "The store store.duckdb has lost nothing.\n")
    no = oversight("restore", tmp_path / "nothing", store=tmp_path / "n" / "s.duckdb")
    assert no.status == 1
    assert "nothing" in no.err
