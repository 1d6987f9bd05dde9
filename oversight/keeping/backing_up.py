"""One file with everything in it, made while people read and write, and tried."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from oversight import journal
from oversight.definitions import open_store
from oversight.integrity import verify
from oversight.keeping import archive
from oversight.keeping.archive import Manifest
from oversight.keeping.container import Reader
from oversight.keeping.summary import Summary, contents
from oversight.store import EVERYTHING, Store, StoreError, space
from oversight.store.keys import key_set
from oversight.store.places import sync_folder

MADE = "backup made"


def backup(store: Store, file: Path, person: str) -> Summary:
    """Writes a backup and restores it into a passing place before it is called done."""
    if file.is_dir():
        raise StoreError(f"{file} is a folder: wanted the name of a file to write.")
    journal.write_down(store)
    aside = store.kept / "aside" / "backup"
    shutil.rmtree(aside, ignore_errors=True)
    part = file.with_name(file.name + ".part")
    try:
        aside.mkdir(mode=0o700, parents=True)
        size = _size(store)
        space.check_room(store.path, 2 * size, "a backup and its trial")
        space.check_room(file.absolute(), size, "a backup")
        manifest = _write(store, part, aside)
        _try(part, aside / "trial", manifest)
        sha256 = archive.sha256_of(part)
        part.replace(file)
        sync_folder(file.absolute().parent)
    except OSError as fault:
        where = fault.filename or file
        raise StoreError(
            f"The backup was not made: {where}: {fault.strerror}. Nothing that was"
            " there before was changed."
        ) from fault
    finally:
        part.unlink(missing_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
    about = {"file": file.name, "sha256": sha256, "moment": manifest.moment}
    journal.note(store, person, MADE, about)
    return Summary(sha256, manifest.arrivals, manifest.journal_head)


def _write(store: Store, part: Path, aside: Path) -> Manifest:
    copy = aside / "copy.duckdb"
    with store.copied_to(copy) as cursor:
        moment, arrivals, journal_head = contents(cursor)
    now = datetime.now(UTC).isoformat()
    about = Manifest(moment, arrivals, journal_head, now, store.version, {})
    part.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    with part.open("xb") as opened:
        part.chmod(0o600)
        found = (
            (name, path)
            for name, path in archive.files_of(store.path, copy)
            if not _is_later(name, moment)
        )
        manifest = archive.pack(opened, key_set(), found, about)
    copy.unlink()
    return manifest


def _is_later(name: str, moment: int) -> bool:
    """Whether what is kept came after the snapshot was taken."""
    folder, _, file = name.partition("/")
    number = file.partition(".")[0]
    return folder == "kept" and number.isdigit() and int(number) > moment


def _try(part: Path, folder: Path, manifest: Manifest) -> None:
    with Reader(part, key_set()) as reader:
        archive.unpack(reader, folder / archive.STORE)
    check(folder / archive.STORE, part, manifest)


def check(path: Path, file: Path, manifest: Manifest) -> None:
    """StoreError unless the store unpacked from a backup opens and is sound."""
    tried = open_store(f"duckdb:///{path}")
    try:
        wrong = [check for check in verify(tried) if not check.ok]
        with tried.reading(EVERYTHING) as cursor:
            found = contents(cursor)
    finally:
        tried.close()
    if wrong:
        raise StoreError(
            f"What {file.name.removesuffix('.part')} holds is not sound:"
            f" {wrong[0].name}, and that does not hold ({wrong[0].detail})."
            " `verify` lists what is wrong."
        )
    if found != (manifest.moment, manifest.arrivals, manifest.journal_head):
        raise StoreError(f"{file.name} does not hold what it says it holds.")


def _size(store: Store) -> int:
    files = archive.files_of(store.path, store.path)
    return sum(path.stat().st_size for _, path in files)
