"""How does the store stand: how big, how new, on what, and when last backed up?"""

import json
from typing import Any

from oversight.keeping.backing_up import MADE
from oversight.store import Cursor, Store, last_moment, rows, space
from oversight.store.places import FOLDERS, beside


def standing(store: Store, cursor: Cursor) -> dict[str, Any]:
    """Everything that whoever looks after the store should know of it."""
    moment, known_at = last_moment(cursor)
    told = cursor.execute(
        """
        select
            (select count(*) from journal),
            (select coalesce(arg_max(sha256, number), '') from journal),
            (select max(name) from migration)
        """
    ).fetchone()
    assert told is not None
    return {
        "store": store.path.name,
        "bytes": store.path.stat().st_size,
        "kept_bytes": _size(store),
        "free_bytes": space.free(store.path),
        "reserve_bytes": space.laid_in(store.path),
        "duckdb": store.version,
        "schema": told[2],
        "is_encrypted": store.is_encrypted,
        "moment": moment,
        "known_at": known_at if moment else None,
        "journal_entries": told[0],
        "journal_head": told[1],
        "last_backup": _last_backup(cursor),
        "behind": store.behind,
    }


def _last_backup(cursor: Cursor) -> dict[str, Any] | None:
    cursor.execute(
        "select known_at, about from journal where what = ?"
        " order by number desc limit 1",
        [MADE],
    )
    found = rows(cursor)
    if not found:
        return None
    about = json.loads(found[0]["about"])
    at = found[0]["known_at"]
    return {"at": at, **{name: about[name] for name in ("file", "moment", "sha256")}}


def _size(store: Store) -> int:
    folders = (beside(store.path, suffix) for suffix in FOLDERS)
    files = (file for folder in folders for file in folder.rglob("*"))
    return sum(file.stat().st_size for file in files if file.is_file())
