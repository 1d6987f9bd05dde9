"""Questions in SQL, asked of an extract in a process of its own; each in the journal.

The process is handed the tables that the question names and nothing else: the store,
its files, its key and the network do not exist there. It is ended when its time is up.
"""

import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from oversight import journal, roles
from oversight.explore.extract import parquet_of
from oversight.reader import Reader
from oversight.sources import all_sources

ASKED: Final = "asked in SQL"  # what the journal calls it
SECONDS: Final = 5.0  # by the clock, starting included
AT_ONCE: Final = 2  # processes; more would take what the pages need
LONGEST: Final = 10_000  # characters of a question
MOST_BYTES: Final = 8_000_000  # of an answer
ENVIRONMENT: Final[dict[str, str]] = {}  # it inherits no key and no setting
PROCESS: Final = Path(__file__).with_name("box_process.py")
TOO_LONG: Final = (
    f"It took longer than {SECONDS:g} seconds and was ended. Ask for less: fewer rows,"
    " a shorter time, one table."
)
ENDED: Final = (
    "It wanted more memory or more time than it may have, and was ended. Ask for less."
)

_turns = threading.BoundedSemaphore(AT_ONCE)


class Refused(ValueError):
    """Why a question was not answered, in a sentence for whoever asked it."""


@dataclass(frozen=True)
class Result:
    """What a question gave; has_more: it was cut to what a page can show."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    has_more: bool
    milliseconds: int


def can_ask() -> bool:
    """Whether this system can bound a process, without which nothing is asked."""
    return find_spec("resource") is not None


def ask(reader: Reader, sql: str) -> Result:
    """The answer of the reader's extract; Refused in words. Both are in the journal."""
    roles.check_may_ask_in_sql(reader.person.role)
    began = time.monotonic()
    about: dict[str, Any] = {
        "sql": sql[:LONGEST],
        "as_of": reader.as_of.isoformat(),
        "homes": list(reader.scope),
    }
    try:
        said = _asked(reader, sql)
        about["rows"] = len(said["rows"])
    except Refused as why:
        about["refused"] = str(why)
        raise
    finally:
        about["ms"] = _since(began)
        journal.note(reader.store, reader.person.name, ASKED, about)
    rows = tuple(map(tuple, said["rows"]))
    return Result(tuple(said["heads"]), rows, said["has_more"], about["ms"])


def tables_named(sql: str) -> list[str]:
    """The kinds that a question names: what it is handed."""
    words = set(re.findall(r"[a-z_]+", sql.casefold()))
    return [kind for kind in all_sources() if kind in words]


def _asked(reader: Reader, sql: str) -> dict[str, Any]:
    if not can_ask():
        raise Refused("This system cannot bound a process, so nothing is asked in SQL.")
    if not sql.strip():
        raise Refused("A question wants words of SQL; got none.")
    if len(sql) > LONGEST:
        raise Refused(f"A question has at most {LONGEST:,} characters.")
    tables = {kind: parquet_of(reader, kind) for kind in tables_named(sql)}
    if not _turns.acquire(timeout=SECONDS):
        raise Refused("Others are asking just now. Ask again in a moment.")
    try:
        said = _run(sql, tables)
    finally:
        _turns.release()
    if "refused" in said:
        raise Refused(_in_words(str(said["refused"])))
    return said


def _run(sql: str, tables: dict[str, bytes]) -> dict[str, Any]:
    head = {"sql": sql, "tables": [[name, len(body)] for name, body in tables.items()]}
    sent = json.dumps(head).encode() + b"\n" + b"".join(tables.values())
    with subprocess.Popen(
        [sys.executable, "-I", "-B", str(PROCESS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd=PROCESS.anchor,
        close_fds=True,
    ) as process:
        is_over = threading.Event()

        def end() -> None:
            is_over.set()
            process.kill()

        clock = threading.Timer(SECONDS, end)
        clock.start()
        feeder = threading.Thread(target=_feed, args=(process.stdin, sent), daemon=True)
        feeder.start()
        try:
            assert process.stdout is not None
            body = process.stdout.read(MOST_BYTES)
        finally:
            clock.cancel()
            process.kill()
            process.wait()
            feeder.join()
    if is_over.is_set():
        raise Refused(TOO_LONG)
    try:
        said: dict[str, Any] = json.loads(body)
    except ValueError:
        raise Refused(ENDED) from None
    return said


def _feed(pipe: Any, sent: bytes) -> None:
    try:
        pipe.write(sent)
        pipe.close()
    except OSError:  # it was ended before it had read all of it
        return


def _in_words(refusal: str) -> str:
    """DuckDB's own sentence, and the next step where it is about a table."""
    if "does not exist" in refusal and "Table" in refusal:
        return f"{refusal} The tables are the kinds of record; see the list beside."
    return refusal


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
