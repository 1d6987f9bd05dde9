"""One query over tables that are handed in, in a process that can reach nothing else.

Run as a file of its own, never imported by the program: it reads a line of JSON and the
tables' bytes from standard input, and writes one line of JSON. Before the query is
looked at its memory and time are bounded by the system, and no file or connection can
be opened any more; DuckDB's own settings stand in front of that.
"""

import importlib
import json
import os
import resource
import sys
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

MEMORY = 2_000_000_000  # bytes of address space
OWN_MEMORY = "384MB"  # DuckDB's, which answers with a sentence when it is used up
SECONDS = 5  # of the processor
FIRST_BATCH = 20_000
MOST_ROWS = 1_000
MOST_COLUMNS = 100
LONGEST_CELL = 500  # characters
MOST_CHARACTERS = 1_000_000  # of a whole answer
SHUT = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set enable_external_access = false",
    "set max_temp_directory_size = '0GB'",
    f"set memory_limit = '{OWN_MEMORY}'",
    "set timezone = 'Europe/London'",
    "set lock_configuration = true",
)
# One value of each type, so that whatever a later value wants imported is there.
WARMING = """
select
    now(), current_date, localtime, timestamp '2026-01-01', 1.5::decimal(9, 2),
    1::hugeint, uuid(), 'x'::blob, interval 1 day, [1], {'a': 1}, map {'a': 1},
    1.5::double, true, null, timetz '00:00:00+00', '101'::bit
"""
ONE_QUESTION = "One question at a time: a single SELECT, or an EXPLAIN of one."


def bound() -> None:
    """The system's own limits: memory, processor, and nothing written to any file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def shut() -> None:
    """From here on no file, socket or pipe can be opened: there is no number left."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def opened(tables: dict[str, bytes]) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that holds the tables and can be told nothing more."""
    # Each thread takes address space of its own: a machine of many would have none.
    connection = duckdb.connect(
        ":memory:", config={"python_enable_replacements": "false", "threads": "1"}
    )
    for name, body in tables.items():
        file = pq.ParquetFile(pa.BufferReader(body), pre_buffer=False)
        is_first = True
        for batch in file.iter_batches(FIRST_BATCH, use_threads=False):
            connection.register("handed_in", pa.Table.from_batches([batch]))
            if is_first:
                connection.execute(f'create table "{name}" as from handed_in')
            else:
                connection.execute(f'insert into "{name}" from handed_in')
            connection.unregister("handed_in")
            is_first = False
        if is_first:
            connection.register("handed_in", file.schema_arrow.empty_table())
            connection.execute(f'create table "{name}" as from handed_in')
            connection.unregister("handed_in")
    connection.execute(WARMING).fetchall()
    for setting in SHUT:
        connection.execute(setting)
    return connection


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """What one query gives, cut to what a page can show; or why it is refused."""
    try:
        statements = connection.extract_statements(sql)
        kinds = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
        if len(statements) != 1 or statements[0].type not in kinds:
            return {"refused": ONE_QUESTION}
        connection.execute(statements[0])
        heads = [str(column[0]) for column in connection.description or ()]
        found = connection.fetchmany(MOST_ROWS + 1)
    except (duckdb.Error, MemoryError, ValueError, OverflowError) as fault:
        said = str(fault).strip() or "There was not enough memory for it."
        return {"refused": said.splitlines()[0][:LONGEST_CELL]}
    rows: list[list[Any]] = []
    left = MOST_CHARACTERS
    for row in found[:MOST_ROWS]:
        cells = [_plain(cell) for cell in row[:MOST_COLUMNS]]
        left -= sum(len(str(cell)) for cell in cells)
        if left < 0:
            break
        rows.append(cells)
    return {
        "heads": heads[:MOST_COLUMNS],
        "rows": rows,
        "has_more": len(found) > len(rows) or len(heads) > MOST_COLUMNS,
    }


def _plain(cell: Any) -> Any:
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int) and abs(cell) < 2**53:
        return cell
    if isinstance(cell, float) and cell == cell and abs(cell) != float("inf"):
        return cell
    return str(cell)[:LONGEST_CELL]


def main() -> None:
    """Reads what is asked, answers once, and ends."""
    bound()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    importlib.import_module("pytz").timezone("Europe/London").utcoffset(None)
    given = json.loads(sys.stdin.buffer.readline())
    tables = {name: sys.stdin.buffer.read(size) for name, size in given["tables"]}
    try:
        connection = opened(tables)
        shut()
        said = answer(connection, given["sql"])
    except MemoryError:
        said = {"refused": "There was not enough memory for it."}
    out.write(json.dumps(said))
    out.flush()
    os._exit(0)  # what is in memory goes with the process, at once


if __name__ == "__main__":
    main()
