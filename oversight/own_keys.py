"""The random keys that are this store's alone, made when first wanted."""

import secrets

from oversight.store import Cursor, Store

PSEUDONYMS = "pseudonyms"


def own_key(store: Store, name: str) -> bytes:
    """A key of 256 bits; the same for the life of the store, and in no other store."""
    with store.reading() as cursor:
        found = _kept(cursor, name)
    if found is None:
        with store.maintaining() as cursor:
            found = _kept(cursor, name)
            if found is None:
                found = secrets.token_hex(32)
                cursor.execute("insert into own_key values (?, ?)", [name, found])
    return bytes.fromhex(found)


def _kept(cursor: Cursor, name: str) -> str | None:
    row = cursor.execute("select value from own_key where name = ?", [name]).fetchone()
    return str(row[0]) if row else None
