"""A whole store takes the place of another: all of it, whenever the power goes.

What is to come in lies ready in a folder of its own, `.incoming`. From the moment that
its list is there, whoever opens the store next carries the move to its end.
"""

import json
import os
import shutil
from pathlib import Path

from oversight.store.places import beside, log_of, sync_folder

LIST = "ready.json"


def incoming_of(path: Path) -> Path:
    """Where a store is made ready; emptied of what was never finished."""
    folder = beside(path, ".incoming")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def put_in_place(path: Path, before: str) -> Path:
    """Moves what lies ready into place; what was there goes into a folder beside it.

    before: what that folder is called after the store's name.
    """
    folder = beside(path, ".incoming")
    aside = _unused(path.with_name(f"{path.stem}.{before}"))
    part = folder / (LIST + ".part")
    part.write_text(json.dumps({"before": aside.name}), encoding="utf-8")
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(folder / LIST)
    sync_folder(folder)
    finish(path)
    return aside


def finish(path: Path) -> None:
    """Carries a move that was begun to its end; what was not ready is cleared away.

    Only for the owner of the store, and while it is closed.
    """
    folder = beside(path, ".incoming")
    if not folder.is_dir():
        return
    if not (folder / LIST).is_file():
        shutil.rmtree(folder)
        return
    said = json.loads((folder / LIST).read_text(encoding="utf-8"))
    aside = path.with_name(said["before"])
    # The store's file is last: while it waits, the rest may still be half moved.
    waiting = sorted(
        (item for item in folder.iterdir() if not item.name.startswith(LIST)),
        key=lambda item: (item.name == path.name, item.name),
    )
    if (folder / path.name).exists():
        # What the old store had still to write must not be written into the new one.
        for left in (
            log_of(path),
            beside(path, ".notes"),
            beside(path, ".notes-taken"),
        ):
            if left.exists():
                _put_aside(left, aside)
    for item in waiting:
        place = path.with_name(item.name)
        if place.exists():
            _put_aside(place, aside)
        item.rename(place)
    sync_folder(path.parent)
    shutil.rmtree(folder)


def _unused(wanted: Path) -> Path:
    """A name that nothing has: what is already aside is never written over."""
    names = (wanted.with_name(f"{wanted.name}-{n}") for n in range(2, 1000))
    return next((n for n in (wanted, *names) if not n.exists()), wanted)


def _put_aside(item: Path, aside: Path) -> None:
    aside.mkdir(mode=0o700, exist_ok=True)
    item.rename(aside / item.name)
