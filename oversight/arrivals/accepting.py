"""Checked rows become facts: what they change, and what is said of them."""

from datetime import date
from pathlib import Path

from oversight import journal
from oversight.arrivals import contradictions, outcome
from oversight.arrivals.sent import Sent
from oversight.facts import events
from oversight.facts.known import home_said, row_key
from oversight.reading_room.findings import heading_of
from oversight.reading_room.leaving import Checked, findings_of, rows_of
from oversight.reading_room.profiles import Profile
from oversight.reading_room.recognition import Recognised
from oversight.reading_room.sheets_joined import NEXT_SHEET
from oversight.sources import Source
from oversight.store import Cursor, Writing
from oversight.store.connecting import parquet


def accept(
    writing: Writing,
    sent: Sent,
    recognised: Recognised,
    checked: Checked,
    taken_on: date,
    sha256: str,
    kept: Path,
) -> None:
    """The rows, what was found about them, and the ledger's entry; no commit."""
    cursor, source, number = writing.cursor, recognised.source, writing.number
    profile = recognised.profile
    same, warned = lay_down(cursor, source, number, taken_on, profile, kept)
    unchanged = checked.rows_repeated + same
    accepted = checked.rows_read - checked.rows_refused - unchanged
    cursor.execute(
        "insert into arrival_cover select ?, unnest(?::varchar[])",
        [number, list(sent.speaks_for)],
    )
    cursor.execute(
        f"insert into arrival values ({', '.join('?' * 23)})",
        [
            number,
            "accepted",
            number,
            source.kind,
            recognised.profile.name,
            "changes" if sent.is_form else source.delivers,
            sent.origin(recognised.profile.name),
            sent.name,
            sha256,
            checked.sha256,
            taken_on,
            _data_to(sent, recognised, checked, taken_on),
            checked.keys_unreadable > 0,
            sent.person,
            "",
            checked.rows_read,
            accepted,
            warned,
            unchanged,
            checked.rows_refused,
            list(recognised.ignored),
            list(recognised.dropped),
            outcome.of_form(recognised, accepted, warned)
            if sent.is_form
            else outcome.sentence(
                cursor,
                number,
                recognised,
                checked,
                (accepted, unchanged, warned),
                sent.is_dated,
            )
            + _machines(cursor, source, str(rows_of(kept))),
        ],
    )
    what = "record entered" if sent.is_form else "file imported"
    journal.append(writing, sent.person, what, {"arrival": number, "file": sent.name})


def _machines(cursor: Cursor, source: Source, rows: str) -> str:
    """How much of a log was done by machines: kept, counted, and set aside."""
    if not any(column.name == "actor_kind" for column in source.columns):
        return ""
    found = cursor.execute(
        f"select count(*) from {parquet()} where actor_kind = 'system'", [rows]
    ).fetchall()
    by_machines = int(found[0][0])
    if not by_machines:
        return ""
    return f" Done by machines, and set aside from what people did: {by_machines:,}."


def lay_down(
    cursor: Cursor,
    source: Source,
    number: int,
    taken_on: date,
    profile: Profile,
    kept: Path,
) -> tuple[int, int]:
    """What is kept of an arrival becomes rows and findings; the ledger is not touched.

    profile: what the file was read by. How many rows say what stood before, and how
    many are warned about.
    """
    rows, findings = str(rows_of(kept)), str(findings_of(kept))
    if source.delivers == "events":
        events.compare(cursor, source, rows)
    else:
        _find_unchanged(cursor, source, rows, taken_on)
    found = cursor.execute("select count(*) from unchanged").fetchone()
    # What was warned about when a row came first is not said again.
    cursor.execute(
        f"""
        insert into refusal
        select ?, found.* from {parquet()} as found
        where severity = 'refused' or row not in (select row from unchanged)
        """,
        [number, findings],
    )
    if source.has_home:
        _warn_of_unmatched_homes(cursor, heading_of(profile, "home"), number, rows)
    contradictions.warn(cursor, source, profile, number, rows)
    warned = cursor.execute(
        """
        select count(distinct row) from refusal
        where arrival = ? and severity = 'warned'
        """,
        [number],
    ).fetchone()
    assert found is not None
    assert warned is not None
    if source.delivers == "events":
        events.store_rows(cursor, source, number, rows)
    else:
        _store_rows(cursor, source, number, rows)
    cursor.execute(
        f"insert into held select distinct ?, ?, row_key from {parquet()}"
        " where is_held",
        [number, source.kind, rows],
    )
    return int(found[0]), int(warned[0])


def _find_unchanged(cursor: Cursor, source: Source, rows: str, taken_on: date) -> None:
    there = cursor.execute(f"select 1 from {source.fact_table} limit 1").fetchone()
    if there is None:  # nothing stood before, and to find that out otherwise is costly
        cursor.execute("create or replace temp table unchanged (row bigint)")
        return
    cursor.execute(
        f"""
        create or replace temp table unchanged as
        select sent.row
        from {parquet()} as sent
        left join home_alias() as alias on alias.alias = {home_said("sent")}
        inner join known_{source.kind}(?::date) as known
            on known.row_key = {row_key(source, "sent", "alias")}
            and known.row_hash = sent.row_hash
        where not sent.is_held
        """,
        [rows, taken_on],
    )


def _store_rows(cursor: Cursor, source: Source, number: int, rows: str) -> None:
    columns = ", ".join(f'"{column.name}"' for column in source.columns)
    cursor.execute(
        f"""
        insert into {source.fact_table} (arrival, row, row_key, row_hash, {columns})
        select ?, row, row_key, row_hash, {columns}
        from {parquet()} where not is_held
        """,
        [number, rows],
    )


def _warn_of_unmatched_homes(
    cursor: Cursor, heading: str, number: int, rows: str
) -> None:
    cursor.execute(
        f"""
        insert into refusal
        select ?, sent.row, ?, sent.home, 'warned',
            case
                when sent.row >= {NEXT_SHEET}
                    then 'sheet ' || (sent.row // {NEXT_SHEET} + 1)::varchar
                        || ' of those read, row '
                        || (sent.row % {NEXT_SHEET})::varchar || ': '
                else ''
            end ||
            ? || ': wanted a home on the register of homes; got "' || sent.home
            || '". The row is kept under "unmatched".'
        from {parquet()} as sent
        left join home_alias() as alias on alias.alias = fold(sent.home)
        where not sent.is_held and alias.home_ref is null
            and sent.row not in (select row from unchanged)
        """,
        [number, heading, heading, rows],
    )


def _data_to(
    sent: Sent, recognised: Recognised, checked: Checked, taken_on: date
) -> date:
    """The last day a file is known to speak of.

    A register speaks of the day it was taken. A log with no day stated speaks only as
    far as its newest row: an old export imported today knows nothing of today.
    """
    if sent.is_dated or recognised.source.delivers == "snapshot":
        return taken_on
    return min(checked.newest_day or taken_on, taken_on)
