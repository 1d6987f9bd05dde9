"""The store of this process: a cursor per use, one writer at a time, the scope."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from oversight.store import head, kept, migrations, ownership, space, swap
from oversight.store.asking import last_moment, last_seal
from oversight.store.connecting import Cursor, attach, check_is_store, connect
from oversight.store.faults import StoreError, is_full, why_full, why_not_opened
from oversight.store.head import Head
from oversight.store.keys import key_set
from oversight.store.places import beside, path_of
from oversight.words import EVERY_HOME

EVERYTHING = (EVERY_HOME,)
SET_BACK = timedelta(seconds=2)  # a clock behind the newest moment by more is said


@dataclass(frozen=True)
class Writing:
    """One write transaction: its cursor, its place in the order of knowledge, when."""

    cursor: Cursor
    number: int
    at: datetime
    clock: datetime | None = None  # what the machine said, when that was set back


class Store:
    """A DuckDB file owned by this process: a cursor per use, one writer at a time."""

    def __init__(self, address: str | None = None):
        self.path = path_of(address)
        # Checked rows are handed over here and kept; the store reads nothing else.
        self.kept = beside(self.path, ".kept")
        check_is_store(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Why nothing may be written; the store can be read all the same.
        self.behind: str | None = None
        self._lost: Head | None = None
        self._writing = threading.RLock()
        self._leaving: list[Callable[[], None]] = []
        self._key = key_set()
        self._owner = ownership.take(self.path)
        try:
            swap.finish(self.path)
            self._check_is_there()
            self.kept.mkdir(exist_ok=True, mode=0o700)
            # What work that was cut short has left; nobody else can be at it.
            shutil.rmtree(self.kept / "aside", ignore_errors=True)
            self._connection = self._connect()
        except BaseException:
            self._owner.close()
            raise
        try:
            self._bring_up()
        except (duckdb.Error, OSError) as fault:
            self.close()
            if is_full(fault):
                freed = space.give_up(self.path)
                raise StoreError(why_full(self.path, freed)) from fault
            raise
        except BaseException:
            self.close()
            raise

    def _check_is_there(self) -> None:
        noted = head.read(self.path)
        if noted and noted.moment and not self.path.exists():
            raise StoreError(
                f"The store {self.path} is gone: {noted.moment} moments were committed"
                f" to it, the last at {noted.at:%Y-%m-%d %H:%M:%S} UTC. Restore it from"
                " a backup; or, to begin a new one here, move"
                f" {beside(self.path, '.head').name} elsewhere first."
            )

    def _connect(self) -> Cursor:
        try:
            return connect(self.path, self.kept, self._key)
        except StoreError as refusal:
            # A full disk may hinder even opening: then the reserve is for that.
            if "is full" not in str(refusal) or not space.give_up(self.path):
                raise
            return connect(self.path, self.kept, self._key)

    def _bring_up(self) -> None:
        with self._writing:
            cursor = self._cursor()
            migrations.check_not_newer(cursor, self.path)
            self._look_for_loss(cursor)
            if files := migrations.pending(cursor):
                self._check_whole()
                if migrations.migrations_done(cursor):
                    migrations.keep_copy(cursor, self.path, files[0])
                migrations.apply(cursor, files)
            if self.behind is None:
                self._note_head(cursor)
                space.lay_in(self.path)
            cursor.close()

    def _look_for_loss(self, cursor: Cursor) -> None:
        noted = head.read(self.path)
        if noted is None:
            return
        number, at, seal = 0, datetime.fromtimestamp(0, UTC), ""
        if migrations.migrations_done(cursor):
            number, at = last_moment(cursor)
            seal = last_seal(cursor, noted.moment)
        if number >= noted.moment and seal == noted.seal:
            return
        self._lost = noted
        if number >= noted.moment:
            self.behind = (
                f"The store {self.path.name} is not the one that was here: its journal"
                f" does not hold the entry noted at {noted.at:%Y-%m-%d %H:%M:%S} UTC."
            )
        else:
            self.behind = (
                f"The store {self.path.name} has lost what was committed last: it ends"
                f" with moment {number} ({at:%Y-%m-%d %H:%M:%S} UTC), and moment"
                f" {noted.moment} was committed at {noted.at:%Y-%m-%d %H:%M:%S} UTC."
            )
        self.behind += (
            " It can be read, and nothing is written to it. Put back the newest files"
            " or restore a backup; or accept the loss with"
            " `python -m oversight accept-loss --why TEXT`."
        )

    @property
    def version(self) -> str:
        """The version of DuckDB this process runs on."""
        return duckdb.__version__

    @property
    def is_encrypted(self) -> bool:
        """Whether what is written to the disk is written under a key."""
        return self._key is not None

    def before_closing(self, do: Callable[[], None]) -> None:
        """What else is to be done before the store is closed."""
        self._leaving.append(do)

    def close(self) -> None:
        try:
            while self._leaving:
                self._leaving.pop()()
        finally:
            self._connection.close()
            self._owner.close()

    def keep(self, name: str, body: bytes) -> None:
        """A document among the kept files, whole or not at all, and on the disk."""
        kept.keep(self.kept, name, body, self._key)

    def kept_bytes(self, name: str) -> bytes | None:
        """What was kept under a name; None when it is not there."""
        return kept.read(self.kept, name, self._key)

    def _cursor(self) -> Cursor:
        # A connection that two threads share gives wrong rows (DuckDB 2.0).
        cursor = self._connection.cursor()
        cursor.execute("use store")
        return cursor

    @contextmanager
    def reading(
        self, homes: tuple[str, ...] = (), known: int | None = None
    ) -> Iterator[Cursor]:
        """A cursor on one whole snapshot, its scope and known-at already set.

        homes: the references the reader may see, or EVERYTHING; none by default, so
        that forgetting the scope shows nothing rather than everything. known: the
        newest moment taken into account; default all that is committed.
        """
        with self._scoped(homes) as cursor:
            cursor.execute("begin transaction read only")
            newest = last_moment(cursor)[0]
            _know(cursor, newest if known is None else min(known, newest), newest)
            yield cursor

    @contextmanager
    def writing(self, at: datetime | None = None) -> Iterator[Writing]:
        """A write transaction under the lock: all of it is committed, or none of it.

        at: rebuilds history in order; refused when earlier than the newest moment.
        """
        with self.writing_several(1, at) as writings:
            yield writings[0]

    @contextmanager
    def writing_several(
        self, count: int, at: datetime | None = None
    ) -> Iterator[list[Writing]]:
        """One write transaction that takes so many numbers, one after the other."""
        with self._writing, self._scoped(EVERYTHING) as cursor:
            self._check_whole()
            cursor.execute("begin transaction")
            try:
                number, last = self._last(cursor)
                now = datetime.now(UTC)
                first = _next_instant(at, last, now)
                clock = now if at is None and last - now > SET_BACK else None
                writings = [
                    Writing(
                        cursor, number + 1 + n, first + timedelta(microseconds=n), clock
                    )
                    for n in range(count)
                ]
                newest = writings[-1]
                _know(cursor, newest.number, newest.number)
                yield writings
                cursor.execute(
                    "insert into moment select unnest(?::bigint[]),"
                    " unnest(?::timestamptz[])",
                    [[w.number for w in writings], [w.at for w in writings]],
                )
                seal = last_seal(cursor, newest.number)
                self._commit(cursor, newest.number)
            except BaseException as fault:
                self._back_out(cursor, fault)
                raise
            self._note(Head(newest.number, newest.at.isoformat(), seal))

    @contextmanager
    def maintaining(self) -> Iterator[Cursor]:
        """A write transaction that changes no knowledge and so takes no number."""
        with self._writing, self._scoped(EVERYTHING) as cursor:
            self._check_whole()
            cursor.execute("begin transaction")
            try:
                newest = last_moment(cursor)[0]
                _know(cursor, newest, newest)
                yield cursor
                cursor.execute("commit")
            except BaseException as fault:
                self._back_out(cursor, fault)
                raise

    @contextmanager
    def copied_to(self, copy: Path) -> Iterator[Cursor]:
        """A copy of the store as it is at one moment; others read and write meanwhile.

        copy: a file in the kept folder that is not there yet. The cursor is on it.
        """
        with self._scoped(EVERYTHING) as cursor:
            attach(cursor, copy, "copied", self._key)
            try:
                # One statement is one snapshot. In a transaction of ours it would want
                # to change a setting, and those are locked.
                cursor.execute("copy from database store to copied")
                cursor.execute("use copied")
                yield cursor
            finally:
                cursor.execute("use store")
                cursor.execute("detach copied")

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Nobody writes meanwhile; everybody reads."""
        with self._writing:
            yield

    def accept_loss(self) -> Head:
        """Lets the store be written to again after a loss; what had been noted.

        The next moment comes after all that were lost: no number means two things.
        """
        if self._lost is None:
            raise StoreError(f"The store {self.path.name} has lost nothing.")
        self.behind = None
        return self._lost

    @contextmanager
    def _scoped(self, homes: tuple[str, ...]) -> Iterator[Cursor]:
        cursor = self._cursor()
        try:
            # Said to be words: an empty list would be taken for numbers, and a reader
            # with no homes would meet an error where there is nothing to see.
            cursor.execute("set variable homes = ?::varchar[]", [list(homes)])
            yield cursor
        except duckdb.IOException as fault:
            raise StoreError(why_not_opened(self.path, str(fault))) from fault
        finally:
            cursor.close()

    def _last(self, cursor: Cursor) -> tuple[int, datetime]:
        number, at = last_moment(cursor)
        if self._lost is not None and self._lost.moment > number:
            return self._lost.moment, max(at, self._lost.at)
        return number, at

    def _check_whole(self) -> None:
        if self.behind is not None:
            raise StoreError(self.behind)

    def _commit(self, cursor: Cursor, number: int) -> None:
        """Commits a moment; an error after which it is there all the same is none.

        Never after an error: DuckDB 2.0 answers OK to it and rolls back.
        """
        try:
            cursor.execute("commit")
        except duckdb.Error as fault:
            # "COMMIT succeeded and is durable, but the autocheckpoint failed": the disk
            # is full, and to call that a failure would be to have it done twice.
            self._open_anew_after(fault)
            with self._scoped(()) as fresh:
                if last_moment(fresh)[0] < number:
                    raise
            if is_full(fault):
                space.give_up(self.path)

    def _back_out(self, cursor: Cursor, fault: BaseException) -> None:
        """Nothing of a write that failed stays; a full disk is told in words."""
        # It may be gone already; the first error is the one to tell.
        with suppress(duckdb.Error):
            cursor.execute("rollback")
        self._open_anew_after(fault)
        if isinstance(fault, duckdb.Error | OSError) and is_full(fault):
            freed = space.give_up(self.path)
            raise StoreError(why_full(self.path, freed)) from fault

    def _open_anew_after(self, fault: BaseException) -> None:
        # DuckDB gives the whole store up after some errors.
        if isinstance(fault, duckdb.FatalException) or "invalidated" in str(fault):
            self._connection.close()
            self._connection = self._connect()

    def _note_head(self, cursor: Cursor) -> None:
        number, at = last_moment(cursor)
        self._note(Head(number, at.isoformat(), last_seal(cursor, number)))

    def _note(self, now: Head) -> None:
        # What is committed is committed: a head that is late is found to be so.
        with suppress(OSError):
            if self._lost is not None and self.behind is None:
                head.rewrite(self.path, now)
                self._lost = None
            else:
                head.write(self.path, now)


def _know(cursor: Cursor, number: int, newest: int) -> None:
    _set(cursor, "known_number", number)
    # Rollups answer at current knowledge only. Said apart, because a variable is
    # settled before a query is planned: the way not taken then costs nothing.
    _set(cursor, "knows_all", number >= newest)


def _set(cursor: Cursor, variable: str, value: object) -> None:
    # Set by binding, never by pasting: a home's name may hold any character.
    cursor.execute(f"set variable {variable} = ?", [value])


def _next_instant(asked: datetime | None, last: datetime, now: datetime) -> datetime:
    if asked is None:
        # A clock set back must not reorder knowledge: time only ever moves on.
        return max(now, last + timedelta(microseconds=1))
    if asked <= last:
        raise StoreError(
            f"Wanted a known-at later than the newest arrival ({last:%Y-%m-%d %H:%M:%S}"
            f" UTC); got {asked:%Y-%m-%d %H:%M:%S %Z}. History is rebuilt in order."
        )
    # One zone, so that the journal's seal can be worked out again from what is kept.
    return asked.astimezone(UTC)
