"""What is noted while others write: a sign-in, a page viewed, a question asked.

A page must not wait for an import to end, nor cost a transaction. A note is one line of
a file beside the store, on the disk when `note` returns; a thread writes the lines into
the journal, in their order, as soon as nobody else is writing. What a process that was
killed had noted is written down by the next one.
"""

import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from oversight.journal.entries import append_each
from oversight.store import EVERYTHING, Store, StoreError
from oversight.store.spool import Note, Spool

GATHER = 0.25  # seconds: what is noted meanwhile goes into the same transaction
LATER = 5.0  # seconds, until what could not be written down is tried again
AT_ONCE = 5_000  # notes in a transaction

_clerks: dict[Store, "_Clerk"] = {}
_hiring = threading.Lock()


def note(store: Store, person: str, what: str, about: dict[str, Any]) -> None:
    """Notes what somebody did; it will be in the journal soon, whatever happens."""
    _clerk_of(store).note(person, what, about)


def write_down(store: Store) -> int:
    """Writes all that is noted into the journal, waiting its turn; how many it was."""
    return _clerk_of(store).write_down()


class _Clerk:
    """The one who writes down, for a store: a thread that lives while there is work."""

    def __init__(self, store: Store):
        self._spool = Spool(store.path)
        self._turn = threading.Lock()
        self._wanted = threading.Event()
        self._leave = threading.Event()
        self._thread: threading.Thread | None = None
        self._store = store
        store.before_closing(self._close)

    def note(self, person: str, what: str, about: dict[str, Any]) -> None:
        self._spool.add(Note(datetime.now(UTC).isoformat(), person, what, about))
        if self._thread is None:
            with _hiring:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._work, daemon=True)
                    self._thread.start()
        self._wanted.set()

    def write_down(self) -> int:
        with self._turn, self._store.standing_still():
            written, is_again = 0, True
            while is_again:  # then more may have been noted since
                name, notes, is_again = self._spool.take()
                for start in range(0, len(notes), AT_ONCE):
                    part = notes[start : start + AT_ONCE]
                    if not (is_again and self._is_written(f"{name}.{start}")):
                        self._write(name, start, part)
                        written += len(part)
                self._spool.done()
            return written

    def _write(self, name: str, start: int, notes: list[Note]) -> None:
        with self._store.writing_several(len(notes)) as writings:
            said = [
                (n.person, n.what, {**n.about, "at": n.at, "note": f"{name}.{at}"})
                for at, n in enumerate(notes, start=start)
            ]
            append_each(writings, said)

    def _is_written(self, name: str) -> bool:
        # Asked only after a process was killed between a commit and tidying up.
        with self._store.reading(EVERYTHING) as cursor:
            found = cursor.execute(
                "select 1 from journal"
                " where contains(about, '\"note\": \"' || ? || '\"') limit 1",
                [name],
            ).fetchone()
        return found is not None

    def _work(self) -> None:
        while not self._leave.is_set():
            self._wanted.wait()
            self._leave.wait(GATHER)
            self._wanted.clear()
            try:
                self.write_down()
            except StoreError:
                # It stays noted: the store may be read only, or its disk full.
                if not self._leave.wait(LATER):
                    self._wanted.set()

    def _close(self) -> None:
        self._leave.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
        with suppress(StoreError):
            self.write_down()
        self._spool.close()
        _clerks.pop(self._store, None)


def _clerk_of(store: Store) -> _Clerk:
    with _hiring:
        if store not in _clerks:
            _clerks[store] = _Clerk(store)
        return _clerks[store]
