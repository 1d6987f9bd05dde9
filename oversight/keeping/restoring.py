"""A backup becomes the store; what was there is kept aside."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from oversight import journal
from oversight.definitions import open_store
from oversight.integrity import kept_as
from oversight.keeping import archive
from oversight.keeping.archive import Manifest
from oversight.keeping.backing_up import check
from oversight.keeping.container import Reader
from oversight.keeping.summary import Summary
from oversight.reading_room.leaving import findings_of, kept_sha256, rows_of
from oversight.store import StoreError, ownership, path_of, space, swap
from oversight.store import kept as kept_documents
from oversight.store.keys import Key, key_set, old_key_set
from oversight.store.places import FOLDERS, beside
from oversight.store.workbench import rewrite_parquet, workbench

RESTORED = "store restored"


def restore(
    address: str | None, file: Path, person: str, *, replace: bool = False
) -> Summary:
    """Puts a backup in the store's place once it is known to be sound.

    A backup made under another key (OVERSIGHT_OLD_KEY_FILE), or none, is written anew
    under the one that is set now.
    """
    path = path_of(address)
    if path.exists() and not replace:
        raise StoreError(
            f"There is a store at {path} already; nothing was changed. To put the"
            " backup in its place, say --replace: what is there now is kept aside."
        )
    sha256 = archive.sha256_of(file)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ownership.take(path):
        swap.finish(path)
        space.check_room(path, 3 * file.stat().st_size, f"restoring {file.name}")
        folder = swap.incoming_of(path)
        ready = folder / path.name
        manifest = _unpack(file, ready)
        check(ready, file, manifest)
        for passing in (".owner", ".reserve", ".notes"):
            beside(ready, passing).unlink(missing_ok=True)
        had_one = path.exists()
        now = datetime.now(UTC)
        aside = swap.put_in_place(path, f"before-restore-{now:%Y%m%d-%H%M%S}")
    about = {"file": file.name, "sha256": sha256, "made_at": manifest.made_at}
    with closing(open_store(address)) as store, store.writing() as writing:
        journal.append(writing, person, RESTORED, about)
    notes = (f"What was there before is in {aside}.",) if had_one else ()
    return Summary(sha256, manifest.arrivals, manifest.journal_head, notes)


def _unpack(file: Path, ready: Path) -> Manifest:
    new_key = key_set()
    with Reader(file, old_key_set() or new_key) as reader:
        was = reader.key
        if was == new_key:
            return archive.unpack(reader, ready)
        passing = ready.parent / "under-the-old-key" / ready.name
        manifest = archive.unpack(reader, passing)
    _write_anew(passing, ready, new_key, was)
    return manifest


def _write_anew(
    passing: Path, ready: Path, new_key: Key | None, was: Key | None
) -> None:
    """The store and what is kept under another key, or none; only that differs."""
    kept, old_kept = beside(ready, ".kept"), beside(passing, ".kept")
    kept.mkdir(mode=0o700)
    with workbench(ready, passing, ready.parent, new_key, was) as cursor:
        cursor.execute("copy from database old to store")
        found = cursor.execute(
            "select number from arrival where number = target order by number"
        ).fetchall()
        for (number,) in found:
            for of in (rows_of, findings_of):
                target = of(kept_as(kept, number))
                source = of(kept_as(old_kept, number))
                rewrite_parquet(cursor, source, target, was=was is not None)
            # The same rows in other bytes: the ledger's sum is of the bytes.
            cursor.execute(
                "update arrival set kept_sha256 = ? where number = ?",
                [kept_sha256(kept_as(kept, number)), number],
            )
    for suffix in FOLDERS:
        _write_documents(beside(passing, suffix), beside(ready, suffix), new_key, was)
    shutil.rmtree(passing.parent)


def _write_documents(
    old: Path, new: Path, new_key: Key | None, was: Key | None
) -> None:
    """What is kept beside the rows: each a file of its own, sealed under its name."""
    for file in sorted(old.iterdir()) if old.is_dir() else []:
        if file.is_file() and file.suffix != ".parquet":
            body = kept_documents.read(old, file.name, was)
            assert body is not None
            new.mkdir(mode=0o700, exist_ok=True)
            kept_documents.keep(new, file.name, body, new_key)
