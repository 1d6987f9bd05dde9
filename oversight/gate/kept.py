"""What of signing in must outlive a restart and cannot wait for the store.

Tries and used codes, in an SQLite file beside the store: a try has to be counted while
an import holds the store's one pen. Names and addresses are in it only as digests under
the store's own key: it tells nobody who tried.
"""

import hashlib
import hmac
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from oversight.gate.back_off import Key, Tries

SECONDS_TO_WAIT: Final = 10
SCHEMA: Final = """
create table if not exists try (key text primary key, count integer, last text);
create table if not exists code (person text primary key, step integer);
"""


class Kept(MutableMapping[Key, Tries]):
    """The tries by name and by address, and the newest code each person has used."""

    def __init__(self, path: Path, key: bytes):
        self._path = path
        self._key = key
        path.touch(mode=0o600)
        path.chmod(0o600)
        with closing(self._open()) as file, file:
            file.executescript(SCHEMA)

    def use_step(self, person: str, step: int) -> bool:
        """Whether a code is newer than any this person has used; then it is used."""
        with closing(self._open()) as file, file:
            done = file.execute(
                "insert into code values (?, ?) on conflict (person) do update"
                " set step = excluded.step where excluded.step > code.step",
                [self._digest(("code", person.casefold())), step],
            )
            return done.rowcount == 1

    def __getitem__(self, key: Key) -> Tries:
        with closing(self._open()) as file:
            row = file.execute(
                "select count, last from try where key = ?", [self._digest(key)]
            ).fetchone()
        if row is None:
            raise KeyError(key)
        return Tries(row[0], datetime.fromisoformat(row[1]))

    def __setitem__(self, key: Key, tries: Tries) -> None:
        with closing(self._open()) as file, file:
            file.execute(
                "insert into try values (?, ?, ?) on conflict (key) do update"
                " set count = excluded.count, last = excluded.last",
                [self._digest(key), tries.count, tries.last.isoformat()],
            )

    def __delitem__(self, key: Key) -> None:
        with closing(self._open()) as file, file:
            done = file.execute("delete from try where key = ?", [self._digest(key)])
            if not done.rowcount:
                raise KeyError(key)

    def __iter__(self) -> Iterator[Key]:
        with closing(self._open()) as file:
            rows = file.execute("select key from try").fetchall()
        return iter([("digest", row[0]) for row in rows])

    def __len__(self) -> int:
        with closing(self._open()) as file:
            return int(file.execute("select count(*) from try").fetchone()[0])

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=SECONDS_TO_WAIT)

    def _digest(self, key: Key) -> str:
        kind, said = key
        if kind == "digest":  # one that was read back
            return said
        words = f"{kind}\0{said}".encode("utf-8", "replace")
        return hmac.new(self._key, words, hashlib.sha256).hexdigest()
