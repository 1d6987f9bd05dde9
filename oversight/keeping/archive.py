"""A store and the folders beside it as one file, and back: every byte accounted for."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from oversight.keeping.container import Reader, Writer, damaged
from oversight.store import StoreError
from oversight.store.keys import Key
from oversight.store.places import FOLDERS, PASSING, beside

STORE, MANIFEST = "store.duckdb", "manifest.json"
LARGEST_MANIFEST = 1 << 28
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; the last thing in it."""

    moment: int
    arrivals: int
    journal_head: str
    made_at: str
    duckdb: str
    files: dict[str, str]  # name in the archive -> SHA-256


def files_of(path: Path, copy: Path) -> Iterator[tuple[str, Path]]:
    """The files of a store by their names in a backup; copy: a snapshot of its file."""
    yield STORE, copy
    for suffix in FOLDERS:
        folder = beside(path, suffix)
        for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
            inside = file.relative_to(folder)
            if not file.is_file() or file.suffix == ".part":
                continue  # half written when somebody was killed
            if inside.parts[0] not in PASSING:
                yield f"{suffix.lstrip('.')}/{inside.as_posix()}", file


def place_of(name: str, path: Path) -> Path:
    """Where a file of a backup belongs, for a store of that path; StoreError if none.

    Nothing outside what is named after the store can be reached by any name.
    """
    inside = PurePosixPath(name)
    if name == STORE:
        return path
    known = {suffix.lstrip(".") for suffix in FOLDERS}
    if inside.parts[0] in known and len(inside.parts) > 1:
        folder = beside(path, f".{inside.parts[0]}")
        place = folder.joinpath(*inside.parts[1:])
        if ".." not in inside.parts and place.is_relative_to(folder):
            return place
    raise StoreError(f"The backup holds a file of a strange name: {name!r}.")


def pack(
    file: IO[bytes], key: Key | None, found: Iterator[tuple[str, Path]], about: Manifest
) -> Manifest:
    """Writes every file, then the manifest with their sums."""
    writer = Writer(file, key)
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=cast(Any, writer), mode="w|", bufsize=CHUNK) as tar:
        for name, path in found:
            with path.open("rb") as opened:
                info = tarfile.TarInfo(name)
                info.size = path.stat().st_size
                summed = _Summed(opened)
                tar.addfile(info, cast(Any, summed))
                sums[name] = summed.sha256.hexdigest()
        manifest = Manifest(**{**asdict(about), "files": sums})
        text = json.dumps(asdict(manifest)).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        tar.addfile(info, cast(Any, _Bytes(text)))
    writer.close()
    return manifest


def unpack(reader: Reader, path: Path) -> Manifest:
    """Puts every file in its place for a store of that path, and checks their sums."""
    sums: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=cast(Any, reader), mode="r|", bufsize=CHUNK) as tar:
            for info in tar:
                stream = tar.extractfile(info) if info.isreg() else None
                if stream is None or info.name in sums:
                    raise StoreError(damaged(reader.path, f"{info.name} is no file"))
                if info.name == MANIFEST:
                    manifest = Manifest(**json.loads(stream.read(LARGEST_MANIFEST)))
                else:
                    sums[info.name] = _put(stream, place_of(info.name, path))
        reader.drain()
    except (tarfile.TarError, EOFError, ValueError, TypeError) as fault:
        raise StoreError(damaged(reader.path, "it cannot be unpacked")) from fault
    if manifest is None:
        raise StoreError(damaged(reader.path, "it is cut short"))
    if sums != manifest.files:
        wrong = min(sums.items() ^ manifest.files.items())[0]
        raise StoreError(damaged(reader.path, f"{wrong} in it was changed"))
    return manifest


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put(stream: IO[bytes], place: Path) -> str:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with place.open("xb") as file:
        place.chmod(0o600)
        while chunk := stream.read(CHUNK):
            sha256.update(chunk)
            file.write(chunk)
    return sha256.hexdigest()


class _Summed:
    """A file that is summed while it is read."""

    def __init__(self, file: IO[bytes]):
        self._file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.sha256.update(data)
        return data


class _Bytes:
    def __init__(self, data: bytes):
        self._data = data

    def read(self, size: int) -> bytes:
        data, self._data = self._data[:size], self._data[size:]
        return data
