"""Is what the store holds still what was put there?"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from oversight import attachments, journal
from oversight.headers import read_folder
from oversight.reading_room.leaving import findings_of, kept_sha256, rows_of
from oversight.sources import Source, all_sources
from oversight.store import EVERYTHING, ROOT, Cursor, Store, unreadable_tables
from oversight.store.connecting import parquet

CHECKS = ROOT / "queries" / "checks"
TOLD = 3  # of the things found wrong, as many as a sentence names


@dataclass(frozen=True)
class Check:
    """One thing that must be so, whether it is, and what was seen."""

    name: str
    ok: bool
    detail: str


def verify(store: Store) -> list[Check]:
    """Every check of a store; when a table cannot be read, that alone."""
    with store.reading(EVERYTHING) as cursor:
        unreadable = unreadable_tables(cursor)
    readable = _check(
        "every table can be read to its end",
        [f"{name} ({fault})" for name, fault in unreadable.items()],
        "all of them",
    )
    if not readable.ok:
        return [readable]
    attached = attachments.damaged(store)
    with store.reading(EVERYTHING) as cursor:
        damaged = damaged_files(cursor, store.kept)
        return [
            readable,
            _journal(cursor),
            _moments(cursor),
            _check("kept files are as they were", [*damaged.values()], "all of them"),
            _check("attached files are as they were", attached, "all of them"),
            _frozen(cursor, store),
            *(
                _facts(cursor, source, store.kept, damaged.keys())
                for source in all_sources().values()
            ),
            *_defined(cursor),
        ]


def _journal(cursor: Cursor) -> Check:
    broken = journal.first_broken(cursor)
    row = cursor.execute(
        "select count(*), coalesce(arg_max(sha256, number), 'none') from journal"
    ).fetchone()
    count, head = row or (0, "none")
    return _check(
        "the journal is unbroken",
        [] if broken is None else [f"entry {broken} is not the one that was sealed"],
        # Entries cut off at the end are found only by whoever wrote down the last seal.
        f"{count} entries; the last seal is {head}",
    )


def _moments(cursor: Cursor) -> Check:
    missing = cursor.execute(
        """
        with told as (
            select number from journal
            union
            select number from arrival
        ),
        wanted as (
            select unnest(range(1, coalesce(max(number), 0) + 1)) as number
            from (select number from moment union all select number from told)
        )
        select wanted.number
        from wanted
        left join moment on moment.number = wanted.number
        left join journal on journal.number = wanted.number
        where moment.number is null or journal.number is null
        order by wanted.number
        """
    ).fetchall()
    lost = journal.lost_moments(cursor)
    wrong = [
        f"moment {number} is not told of" for (number,) in missing if number not in lost
    ]
    return _check("every moment is told of in the journal", wrong, "none is missing")


def damaged_files(cursor: Cursor, kept: Path) -> dict[int, str]:
    """The arrivals of which what was kept is not what it was, and what is wrong."""
    arrivals = cursor.execute(
        "select number, kept_sha256 from arrival where number = target order by number"
    ).fetchall()
    wrong = {}
    for number, sha256 in arrivals:
        out = kept_as(kept, number)
        if not (rows_of(out).is_file() and findings_of(out).is_file()):
            wrong[number] = f"what was kept of arrival {number} is not there"
        elif kept_sha256(out) != sha256:
            wrong[number] = f"what was kept of arrival {number} was changed"
    return wrong


def _frozen(cursor: Cursor, store: Store) -> Check:
    """What reviews froze against the seals that the journal has of it."""
    found = cursor.execute(
        "select about from journal where what = 'review frozen' order by number"
    ).fetchall()
    wrong = []
    for (about,) in found:
        said = json.loads(about)
        body = store.kept_bytes(f"review-{said['snapshot']}.json")
        if body is None:
            wrong.append(f"what review {said['review']} froze is not there")
        elif hashlib.sha256(body).hexdigest() != said["snapshot"]:
            wrong.append(f"what review {said['review']} froze was changed")
    return _check("what reviews froze is as it was", wrong, f"that of {len(found)}")


def _facts(
    cursor: Cursor, source: Source, kept: Path, damaged: Collection[int]
) -> Check:
    """The rows of a kind against what was kept of its arrivals, cell by cell."""
    wrong = list(_without_arrival(cursor, source))
    found = cursor.execute(
        "select number from arrival where number = target and kind = ? order by number",
        [source.kind],
    ).fetchall()
    sound = [number for (number,) in found if number not in damaged]
    for number in sound:
        rows = rows_of(kept_as(kept, number))
        if count := _differing(cursor, source, number, rows):
            wrong.append(f"{count} rows of arrival {number} are not those that came")
    return _check(
        f"the rows of {source.kind} are those that came",
        wrong,
        f"those of {len(sound)} files, of {len(found)}",
    )


def _without_arrival(cursor: Cursor, source: Source) -> Iterator[str]:
    found = cursor.execute(
        f"""
        select arrival, count(*) from {source.fact_table}
        where arrival not in (select number from arrival where kind = ?)
        group by arrival order by arrival
        """,
        [source.kind],
    ).fetchall()
    for number, count in found:
        yield f"{count} rows belong to arrival {number}, which never came"


def _differing(cursor: Cursor, source: Source, number: int, rows: Path) -> int:
    """Rows that only one of the store and what was kept has.

    Of a log only the first telling of an event is stored: there, rows that were kept
    and are not stored are no fault.
    """
    sent = cursor.execute(f"describe from {parquet()}", [str(rows)]).fetchall()
    stored = {
        row[0] for row in cursor.execute(f"describe {source.fact_table}").fetchall()
    }
    columns = ", ".join(f'"{row[0]}"' for row in sent if row[0] in stored)
    fact = f"select {columns} from {source.fact_table} where arrival = {number}"
    came = f"select {columns} from {parquet('$rows')} where not is_held"
    lost = (
        f"union all ({came} except all {fact})" if source.delivers != "events" else ""
    )
    found = cursor.execute(
        f"select count(*) from (({fact} except all {came}) {lost})", {"rows": str(rows)}
    ).fetchone()
    return int(found[0]) if found else 0


def _defined(cursor: Cursor) -> Iterator[Check]:
    """The checks written in SQL: each lists what is wrong, and should list nothing."""
    for definition in read_folder(CHECKS):
        found = cursor.execute(definition.sql).fetchall()
        wrong = [", ".join(map(str, row)) for row in found]
        yield _check(definition.one("check"), wrong, "nothing else was found")


def kept_as(kept: Path, number: int) -> Path:
    """What the files kept of an arrival are named after."""
    return kept / f"{number:08d}"


def _check(name: str, wrong: list[str], right: str) -> Check:
    more = f"; and {len(wrong) - TOLD} more" if len(wrong) > TOLD else ""
    detail = "; ".join(wrong[:TOLD]) + more if wrong else right
    return Check(name, not wrong, detail)
