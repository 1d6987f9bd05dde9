"""What a process does to a store until it is killed, and whether it was done.

Every deed says each thing it has done as soon as it was told so itself: what is said
was promised, and must be there afterwards.
"""

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from oversight import arrivals, journal, keeping
from oversight.arrivals import Sent
from oversight.definitions import open_store
from oversight.integrity import verify
from oversight.keeping import archive
from oversight.keeping.container import Reader
from oversight.review import freeze, record
from oversight.store import EVERYTHING, Store, StoreError, last_moment, migrations

ROWS = 400  # of a file that arrives
BIG = 200_000  # rows of a table that a migration makes


def address(path: Path) -> str:
    return f"duckdb:///{path}"


def import_files(path: Path) -> Iterator[str]:
    """Files come in, one after the other; every third is withdrawn again."""
    with closing(open_store(address(path))) as store:
        for n in itertools.count():
            name = f"{os.getpid()}-{n}"
            file = path.with_name(f"incidents-{name}.csv")
            lines = (f"I{name}-{row},Elm House,A letter" for row in range(ROWS))
            file.write_text("incident_ref,home,title\n" + "\n".join(lines))
            sent = Sent(file, "prover", "incidents", taken_on=date(2026, 11, 22))
            report = arrivals.import_file(store, sent, readings_later=True)
            file.unlink()
            assert report.state == "accepted", report.message
            yield f"arrival {report.arrival}"
            if n % 3 == 2:
                undone = arrivals.undo(store, report.arrival or 0, "why", "prover")
                yield f"arrival {undone.arrival}"


def write_the_journal(path: Path) -> Iterator[str]:
    """Notes from several people, and entries of their own between them."""
    with closing(open_store(address(path))) as store:
        for n in itertools.count():
            what = f"{os.getpid()}-{n}"
            journal.note(store, "reader", what, {"rows": n})
            yield f"entry {what}"
            if n % 10 == 0:
                with store.writing() as writing:
                    journal.append(writing, "writer", f"w{what}", {})
                yield f"entry w{what}"


def migrate(path: Path) -> Iterator[str]:
    """An upgrade of three steps, each with much to write."""
    folder = path.with_name("schema")
    if not folder.is_dir():
        folder.mkdir()
        for file in migrations.SCHEMA.glob("*.sql"):
            (folder / file.name).write_bytes(file.read_bytes())
    there = len(list(folder.glob("9*.sql")))
    for n in range(there, there + 3):
        (folder / f"9{n:03d}_more.sql").write_text(
            f"create table more_{n} as select r as n, md5(r::varchar) as said"
            f" from range({BIG}) as t(r);\n",
            encoding="utf-8",
        )
    migrations.SCHEMA = folder
    with closing(open_store(address(path))):
        yield "upgraded"


def back_up(path: Path) -> Iterator[str]:
    """A backup, over the one before, while somebody else notes things."""
    with closing(open_store(address(path))) as store:
        for n in itertools.count():
            what = f"{os.getpid()}-b{n}"
            journal.note(store, "reader", what, {})
            yield f"entry {what}"
            keeping.backup(store, path.with_name("a.backup"), "prover")
            yield "backup"


def restore(path: Path) -> Iterator[str]:
    """A backup is put in the store's place."""
    file = path.with_name("a.backup")
    if not file.exists():
        with closing(open_store(address(path))) as store:
            keeping.backup(store, file, "prover")
    while True:
        keeping.restore(address(path), file, "prover", replace=True)
        yield "restored"


def rebuild(path: Path) -> Iterator[str]:
    """The store is made anew."""
    while True:
        keeping.rebuild(address(path), "prover")
        yield "rebuilt"


def freeze_a_review(path: Path) -> Iterator[str]:
    """Reviews are planned and frozen."""
    with closing(open_store(address(path))) as store:
        for _ in itertools.count():
            period = (date(2026, 7, 1), date(2026, 9, 30))
            review = record.plan(store, "prover", period, date(2026, 11, 1), "A Chair")
            yield f"planned {review.id}"
            freeze.freeze(store, review.id, "prover")
            yield f"frozen {review.id}"


DEEDS: dict[str, Callable[[Path], Iterator[str]]] = {
    "importing and withdrawing files": import_files,
    "writing the journal": write_the_journal,
    "upgrading (three migrations)": migrate,
    "backing up": back_up,
    "restoring a backup": restore,
    "making the store anew": rebuild,
    "freezing a review": freeze_a_review,
}


def faults(path: Path, said: list[str], *, is_thorough: bool = True) -> list[str]:
    """What is wrong with a store after a deed was cut short; nothing should be.

    is_thorough: every check that `verify` makes too; what is half done stays so, and
    is found by the next that is.
    """
    if path.with_name("schema").is_dir():
        migrations.SCHEMA = path.with_name("schema")
    with closing(open_store(address(path))) as store:
        if store.behind:
            return [store.behind]
        journal.write_down(store)
        checks = verify(store) if is_thorough else []
        found = [f"{c.name}: {c.detail}" for c in checks if not c.ok]
        return [*found, *_missing(store, said), *_left(path, store)]


def _missing(store: Store, said: list[str]) -> Iterator[str]:
    """What was promised and is not there, or is there twice."""
    with store.reading(EVERYTHING) as cursor:
        newest, _ = last_moment(cursor)
        for line in said:
            what, _, which = line.partition(" ")
            if what == "arrival" and int(which) > newest:
                yield f"{line} is lost"
            if what == "entry":
                row = cursor.execute(
                    "select count(*) from journal where what = ?", [which]
                ).fetchone()
                if row is None or row[0] != 1:
                    yield f"{line} is there {row[0] if row else 0} times"
            if what == "frozen":
                review = record.find(cursor, which)
                if freeze.document_of(store, review) is None:
                    yield f"{line} is lost"
        for table in _more(cursor):
            row = cursor.execute(f"select count(*) from {table}").fetchone()
            if row is None or row[0] != BIG:
                yield f"{table} is half filled"


def _more(cursor: object) -> list[str]:
    found = cursor.execute(  # type: ignore[attr-defined]
        "select table_name from information_schema.tables"
        " where table_catalog = 'store' and starts_with(table_name, 'more_')"
    ).fetchall()
    return [name for (name,) in found]


def _left(path: Path, store: Store) -> Iterator[str]:
    """What must not lie about: a backup that is none, a copy of what somebody sent."""
    file = path.with_name("a.backup")
    if file.exists():
        aside = store.kept / "aside" / "looked-into"
        try:
            with Reader(file, None) as reader:
                archive.unpack(reader, aside / "store.duckdb")
        except StoreError as refusal:
            yield str(refusal)
    if path.with_suffix(".incoming").exists():
        yield "a store half moved"
