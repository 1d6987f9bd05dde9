"""A folder that is watched: a finished file in it is imported and moved, with a report.

Nothing is ever lost: a file is renamed into a folder of ours before it is read, and
renamed again when all is done. A process that dies between is made good by the next:
the same file imported twice changes nothing. Links are never followed.
"""

import json
import logging
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from oversight.arrivals import Report, Sent, import_files
from oversight.reading_room.readers import FileRefused
from oversight.shown import printable
from oversight.store import EVERYTHING, ROOT, Store

DEFAULT_FOLDER = ROOT / "data" / "inbox"
PERSON = "inbox"
TAKING, ACCEPTED, REFUSED = "taking", "accepted", "refused"
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
OPTIONS = ".json"  # beside a file, under its whole name: staff.csv.json
REPORT = ".report.txt"
SETTLED = 2.0  # seconds that a file must have lain untouched
LOOK_EVERY = 10.0
LARGEST_OPTIONS = 64 << 10
LISTED = 1_000  # findings in a report
WANTED = {"kind": str, "profile": str, "home": str, "covers": list, "taken_on": str}

log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Taken:
    """A file that was dealt with: where it is now, and what became of it."""

    path: Path
    report: Report


def folder_watched() -> Path:
    """OVERSIGHT_INBOX, else data/inbox."""
    said = os.environ.get("OVERSIGHT_INBOX")
    return Path(said).expanduser().absolute() if said else DEFAULT_FOLDER


def sweep(
    store: Store,
    folder: Path,
    settled: float = SETTLED,
    wait: Callable[[float], object] = time.sleep,
) -> list[Taken]:
    """Everything that lies finished in the folder is dealt with, oldest first.

    settled: for how long a file must have been left alone. wait: how that is awaited.
    """
    with _one_at_a_time:
        for name in (TAKING, ACCEPTED, REFUSED):
            _own_folder(folder / name)
        taken = [_deal_with(store, folder, path) for path in _files(folder / TAKING)]
        ready = _settled(folder, settled, wait)
        for path in ready:
            moved = _take(folder, path)
            if moved is not None:
                taken.append(_deal_with(store, folder, moved))
        return [each for each in taken if each is not None]


def watch(store: Store, folder: Path, stop: threading.Event) -> None:
    """Sweeps until told to stop; a fault is logged and the watch goes on."""
    while not stop.wait(LOOK_EVERY):
        try:
            for taken in sweep(store, folder, wait=stop.wait):
                log.info("Inbox: %s: %s", taken.report.file, taken.report.state)
        except Exception:
            log.exception("The inbox could not be looked through")


def _own_folder(path: Path) -> None:
    if path.is_symlink():
        raise FileRefused(f"{path} is a link: wanted a folder of our own there.")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _files(folder: Path) -> list[Path]:
    """Ordinary files that are not notes beside others, oldest first."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            about = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(about.st_mode) and _is_for_us(entry.name):
                found.append((about.st_mtime_ns, folder / entry.name))
    return [path for _, path in sorted(found)]


def _is_for_us(name: str) -> bool:
    if name.startswith(".") or name.casefold().endswith(UNFINISHED):
        return False
    # Options are read with their file, and wait for it; other JSON is its own file.
    return not (name.endswith(OPTIONS) and Path(name.removesuffix(OPTIONS)).suffix)


def _settled(
    folder: Path, settled: float, wait: Callable[[float], object]
) -> list[Path]:
    """The files that nobody has touched between two looks."""
    before = {path: _size_and_time(path) for path in _files(folder)}
    if before:
        wait(settled)
    return [
        path
        for path, about in before.items()
        if about is not None and _size_and_time(path) == about
    ]


def _size_and_time(path: Path) -> tuple[int, int] | None:
    try:
        about = path.lstat()
    except FileNotFoundError:
        return None
    return about.st_size, about.st_mtime_ns


def _take(folder: Path, path: Path) -> Path | None:
    """Into our own folder, its options with it; None when it has gone meanwhile."""
    taking = folder / TAKING
    options = path.with_name(path.name + OPTIONS)
    try:
        if options.is_file() and not options.is_symlink():
            options.rename(taking / options.name)
        path.rename(taking / path.name)
    except FileNotFoundError:
        return None
    return taking / path.name


def _deal_with(store: Store, folder: Path, path: Path) -> Taken | None:
    """One file that is ours: imported, reported on, moved. Safe to do again."""
    if not stat.S_ISREG(path.lstat().st_mode):  # changed for a link as it was taken
        return None
    options = path.with_name(path.name + OPTIONS)
    try:
        report = next(import_files(store, [_sent(path, options)]))
    except FileRefused as refusal:
        report = _refused(path, str(refusal))
    place = folder / (REFUSED if report.state == "refused" else ACCEPTED)
    target = _free(place, path.name)
    _write(target.with_name(target.name + REPORT), _in_words(store, report))
    if options.exists():
        options.rename(target.with_name(target.name + OPTIONS))
    path.rename(target)
    return Taken(target, report)


def _sent(path: Path, options: Path) -> Sent:
    said = _options(options) if options.exists() else {}
    return Sent(
        path,
        PERSON,
        said.get("kind"),
        said.get("profile"),
        said.get("home"),
        tuple(said.get("covers", ())),
        date.fromisoformat(said["taken_on"]) if "taken_on" in said else None,
    )


def _options(path: Path) -> dict[str, Any]:
    """What stands in the small file beside; FileRefused says what is wrong with it."""
    wanted = ", ".join(WANTED)
    try:
        if path.stat().st_size > LARGEST_OPTIONS:
            raise ValueError("it is too long")
        said = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(said, dict):
            raise TypeError("it holds no names and values")
        for name, value in said.items():
            if name not in WANTED or not isinstance(value, WANTED[name]):
                raise ValueError(f"{name!r} is not among them, or has another value")
        if not all(isinstance(home, str) for home in said.get("covers", [])):
            raise TypeError("'covers' wants a list of homes")
        if "taken_on" in said:
            date.fromisoformat(said["taken_on"])
    except (ValueError, TypeError, RecursionError) as fault:
        raise FileRefused(
            f"{printable(path.name)} wanted a JSON object with some of {wanted} (the"
            f" day as 2026-10-31); {printable(str(fault))}. Nothing was loaded."
        ) from None
    return said


def _refused(path: Path, message: str) -> Report:
    name = printable(path.name)
    return Report(name, None, None, None, None, REFUSED, 0, 0, 0, 0, 0, (), message)


def _free(place: Path, name: str) -> Path:
    """A name that nothing has there: files of one name are kept apart."""
    stem, end = Path(name).stem, Path(name).suffix
    tries: Iterator[str] = (f"{stem} ({nth}){end}" for nth in range(2, 1_000_000))
    path = place / name
    while path.exists() or path.is_symlink():
        path = place / next(tries)
    return path


def _write(path: Path, words: str) -> None:
    aside = path.with_name(path.name + ".part")
    aside.write_text(words, encoding="utf-8")
    aside.replace(path)


def _in_words(store: Store, report: Report) -> str:
    """The report as a person reads it, with every row that was refused or warned of."""
    lines = [
        f"{report.file}: {report.state.replace('_', ' ')}",
        "",
        report.message,
        "",
        f"Rows read {report.rows_read}: {report.rows_accepted} new or changed,"
        f" {report.rows_unchanged} as before, {report.rows_refused} refused;"
        f" {report.rows_warned} with a warning.",
        f"Columns left out: {', '.join(report.ignored_columns) or 'none'}.",
        f"SHA-256 of the file: {report.sha256 or 'not read'}.",
    ]
    if report.arrival is not None:
        lines.append(
            f"Arrival {report.arrival}. To take it back:"
            f' python -m oversight undo {report.arrival} --why "the reason"'
        )
        lines += ["", *_findings(store, report.arrival)]
    return "\n".join(lines) + "\n"


def _findings(store: Store, arrival: int) -> list[str]:
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute(
            "select row, severity, reason from refusal where arrival = ?"
            f" order by row, severity, column_name limit {LISTED}",
            [arrival],
        ).fetchall()
    return [f"Row {row} {severity}: {reason}" for row, severity, reason in found]
