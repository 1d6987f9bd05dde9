"""Which words in a store stand for a member of staff, and the mask that hides them."""

from functools import lru_cache

from oversight import own_keys
from oversight.disclosure import Mask
from oversight.sources import Source, all_sources
from oversight.store import EVERYTHING, Cursor, Store


def mask_of(store: Store) -> Mask:
    """The mask of a store as it is now; made anew when something has arrived."""
    with store.reading(EVERYTHING) as cursor:
        row = cursor.execute("select coalesce(max(number), 0) from arrival").fetchone()
    return _mask(store, row[0] if row else 0)


@lru_cache(maxsize=4)
def _mask(store: Store, arrival: int) -> Mask:
    with store.reading(EVERYTHING) as cursor:
        people = _exceptions(cursor)
        for source in all_sources().values():
            if source.delivers != "events":  # a log's are taken for a person's unasked
                people |= _people(cursor, source)
        homes = {
            str(row[0])
            for row in cursor.execute(
                "select distinct alias from home_alias()"
            ).fetchall()
        }
    return Mask(own_keys.own_key(store, own_keys.PSEUDONYMS), people - homes, homes)


def _people(cursor: Cursor, source: Source) -> set[str]:
    found: set[str] = set()
    for column in source.columns:
        if not column.is_person:
            continue
        values = (
            f'unnest("{column.name}")'
            if column.name == "logins"
            else f'"{column.name}"'
        )
        found |= {
            str(row[0])
            for row in cursor.execute(
                f"select distinct fold(said) from"
                f" (select {values} as said from {source.fact_table})"
                " where said is not null"
            ).fetchall()
        }
    return found - {""}


def _exceptions(cursor: Cursor) -> set[str]:
    rows = cursor.execute(
        "select distinct fold(person) from exception_found"
    ).fetchall()
    return {str(row[0]) for row in rows if row[0]}
