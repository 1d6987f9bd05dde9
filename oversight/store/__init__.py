"""The one door to DuckDB: open, migrate, scope, cursors, and what lies beside it."""

from oversight.store.asking import (
    engine_version,
    known_moment,
    last_moment,
    moment_at,
    rows,
    unreadable_tables,
)
from oversight.store.connecting import Cursor
from oversight.store.door import EVERYTHING, Store, Writing
from oversight.store.faults import StoreError
from oversight.store.places import ROOT, path_of

__all__ = [
    "EVERYTHING",
    "ROOT",
    "Cursor",
    "Store",
    "StoreError",
    "Writing",
    "engine_version",
    "known_moment",
    "last_moment",
    "moment_at",
    "path_of",
    "rows",
    "unreadable_tables",
]
