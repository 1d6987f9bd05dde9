"""A file comes in: recognised, checked, accepted or refused, in one transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from oversight import events, journal, outcome, readings, rollups
from oversight.known import home_said, row_key
from oversight.private_copy import private_copy, why_not_read
from oversight.readers import FileRefused, read_sheets
from oversight.reading_room import Checked, check, findings_of, rows_of
from oversight.recognition import Recognised, recognise, taken_on_by_name
from oversight.shown import printable
from oversight.sources import Source
from oversight.store import Cursor, Store, StoreError, Writing, last_moment
from oversight.words import EVERY_HOME

UK = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Sent:
    """A file as somebody sent it, with what they said about it."""

    path: Path
    person: str
    kind: str | None = None
    profile: str | None = None
    home: str | None = None
    covers: tuple[str, ...] = ()  # the homes it speaks for; none named: all of them
    taken_on: date | None = None
    known_at: datetime | None = None

    @property
    def name(self) -> str:
        return printable(self.path.name.replace("\n", " "))

    @property
    def speaks_for(self) -> tuple[str, ...]:
        """The homes it covers as they were said; '*' for all."""
        return self.covers or ((self.home,) if self.home else (EVERY_HOME,))

    @property
    def is_dated(self) -> bool:
        return self.taken_on is not None or taken_on_by_name(self.name) is not None


@dataclass(frozen=True)
class Report:
    """What became of a file; always read = accepted + unchanged + refused."""

    file: str
    sha256: str | None
    kind: str | None
    profile: str | None
    arrival: int | None
    state: str  # accepted · already_in · refused · would_accept
    rows_read: int
    rows_accepted: int
    rows_warned: int
    rows_unchanged: int
    rows_refused: int
    ignored_columns: tuple[str, ...]
    message: str


def import_files(store: Store, files: Iterable[Sent]) -> Iterator[Report]:
    """Many files, each in its own transaction; the readings are made once, after."""
    last: datetime | None = None
    for sent in files:
        report = import_file(store, sent, readings_later=True)
        if report.state == "accepted":
            last = sent.known_at or datetime.now(UTC)
        yield report
    if last is not None:
        with store.maintaining() as cursor:
            readings.refresh(cursor, None, None, last)


def import_file(
    store: Store, sent: Sent, *, dry_run: bool = False, readings_later: bool = False
) -> Report:
    """One file, one transaction: all of its good rows are in, or nothing is.

    dry_run: the same road to its end, then back. readings_later: the months that the
    file touches are only marked as not ready.
    """
    sha256: str | None = None
    try:
        arriving = store.kept / "arriving"
        with private_copy(sent.path, sent.name, arriving) as (copy, sha256):
            return _import(store, sent, copy, sha256, dry_run, readings_later)
    except (FileRefused, StoreError) as refusal:
        message = str(refusal)
    except OSError as fault:
        message = why_not_read(sent.path, fault)
    if not dry_run:
        about = {"file": sent.name, "sha256": sha256, "message": message}
        _journal_refusal(store, sent, about)
    return Report(
        sent.name,
        sha256,
        sent.kind,
        sent.profile,
        None,
        "refused",
        0,
        0,
        0,
        0,
        0,
        (),
        message,
    )


def _journal_refusal(store: Store, sent: Sent, about: dict[str, str | None]) -> None:
    with store.reading() as cursor:
        last = last_moment(cursor)[1]
    # In rebuilt history a refusal is of its own time, so that what follows may be too.
    in_order = sent.known_at is not None and sent.known_at > last
    with store.writing(sent.known_at if in_order else None) as writing:
        journal.append(writing, sent.person, "file refused", about)


def undo(store: Store, number: int, why: str, person: str) -> Report:
    """Withdraws an arrival by another; undoing the undo brings it back."""
    with store.writing() as writing:
        cursor = writing.cursor
        state, target = find_arrival(cursor, number)
        now = _state(cursor, target)
        becomes = "restored" if state == "undone" else "undone"
        if (now == "undone") == (becomes == "undone"):
            raise StoreError(f"Arrival {target} is {now} already; nothing was changed.")
        cursor.execute(
            """
            insert into arrival
            select ?, ?, number, kind, profile, delivers, origin, file_name, sha256,
                kept_sha256, taken_on, data_to, suspends_removals, ?, ?,
                0, 0, 0, 0, 0, [], [],
                'Arrival ' || number || ' (' || file_name || ') is ' || ? || '.'
            from arrival where number = ?
            """,
            [writing.number, becomes, person, why, becomes, target],
        )
        about = {"arrival": target, "why": why}
        journal.append(writing, person, f"arrival {becomes}", about)
        rollups.refresh(writing, target)
        readings.refresh(
            cursor, _kind(cursor, target), _from_day(cursor, target), writing.at
        )
        return _report(cursor, writing.number, "accepted")


def find_arrival(cursor: Cursor, number: int) -> tuple[str, int]:
    """The state of an arrival and the one it is about; StoreError if there is none."""
    row = cursor.execute(
        "select state, target from arrival where number = ?", [number]
    ).fetchone()
    if row is None:
        raise StoreError(f"There is no arrival {number}. `status` lists them.")
    return row[0], row[1]


def _import(
    store: Store,
    sent: Sent,
    copy: Path,
    sha256: str,
    dry_run: bool,
    readings_later: bool,
) -> Report:
    sheets = read_sheets(copy, sent.name)
    sheet, recognised = recognise(sheets, sent.name, sent.kind, sent.profile)
    taken_on = _taken_on(sent)
    with store.reading() as cursor:
        home_names = _home_names(cursor, sent, recognised)
        there = _already_in(cursor, sent, sha256, recognised)
        if there is not None:
            report = _report(cursor, there, "already_in")
            return replace(report, file=sent.name, message=_already(report))
    out = copy.with_suffix("")
    checked = check(sheet, recognised, taken_on, home_names, out)
    if dry_run:
        return _rehearse(store, sent, recognised, checked, taken_on, sha256)
    return take_in(
        store,
        sent,
        recognised,
        checked,
        taken_on,
        sha256,
        readings_later=readings_later,
    )


def take_in(
    store: Store,
    sent: Sent,
    recognised: Recognised,
    checked: Checked,
    taken_on: date,
    sha256: str,
    *,
    readings_later: bool = False,
) -> Report:
    """Checked rows become facts, and what is kept ready is made so: one transaction."""
    kept: Path | None = None
    try:
        with store.writing(sent.known_at) as writing:
            kept = _keep(store, writing.number, checked)
            _accept(writing, sent, recognised, checked, taken_on, sha256, kept)
            rollups.refresh(writing, writing.number)
            kind, from_day = (
                recognised.source.kind,
                _from_day(writing.cursor, writing.number),
            )
            if readings_later:
                readings.forget(writing.cursor, kind, from_day)
            else:
                readings.refresh(writing.cursor, kind, from_day, writing.at)
            return _report(writing.cursor, writing.number, "accepted")
    except BaseException:
        # Rolled back: what was to be kept belongs to no arrival.
        for path in (rows_of, findings_of):
            if kept is not None:
                path(kept).unlink(missing_ok=True)
        raise


def _rehearse(
    store: Store,
    sent: Sent,
    recognised: Recognised,
    checked: Checked,
    taken_on: date,
    sha256: str,
) -> Report:
    """The same road to its end, and then back: nothing of it is committed."""

    class Rehearsed(Exception):
        pass

    report: Report | None = None
    try:
        with store.writing(sent.known_at) as writing:
            _accept(writing, sent, recognised, checked, taken_on, sha256, checked.out)
            report = _report(writing.cursor, writing.number, "would_accept")
            raise Rehearsed
    except Rehearsed:
        assert report is not None
        return replace(report, arrival=None)


def _accept(
    writing: Writing,
    sent: Sent,
    recognised: Recognised,
    checked: Checked,
    taken_on: date,
    sha256: str,
    kept: Path,
) -> None:
    cursor, source, number = writing.cursor, recognised.source, writing.number
    rows, findings = str(rows_of(kept)), str(findings_of(kept))
    if source.delivers == "events":
        events.compare(cursor, source, rows)
    else:
        _find_unchanged(cursor, source, rows, taken_on)
    found = cursor.execute("select count(*) from unchanged").fetchone()
    unchanged = checked.rows_repeated + (int(found[0]) if found else 0)
    # What was warned about when a row came first is not said again.
    cursor.execute(
        """
        insert into refusal
        select ?, found.* from read_parquet(?) as found
        where severity = 'refused' or row not in (select row from unchanged)
        """,
        [number, findings],
    )
    if source.has_home:
        _warn_of_unmatched_homes(cursor, recognised, number, rows)
    warned = cursor.execute(
        """
        select count(distinct row) from refusal
        where arrival = ? and severity = 'warned'
        """,
        [number],
    ).fetchone()
    assert warned is not None
    accepted = checked.rows_read - checked.rows_refused - unchanged
    if source.delivers == "events":
        events.store_rows(cursor, source, number, rows)
    else:
        _store_rows(cursor, source, number, rows)
    cursor.execute(
        "insert into held select distinct ?, ?, row_key from read_parquet(?)"
        " where is_held",
        [number, source.kind, rows],
    )
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
            source.delivers,
            recognised.profile.name,
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
            warned[0],
            unchanged,
            checked.rows_refused,
            list(recognised.ignored),
            list(recognised.dropped),
            outcome.sentence(
                cursor,
                number,
                recognised,
                checked,
                (accepted, unchanged, warned[0]),
                sent.is_dated,
            ),
        ],
    )
    journal.append(
        writing, sent.person, "file imported", {"arrival": number, "file": sent.name}
    )


def _home_names(cursor: Cursor, sent: Sent, recognised: Recognised) -> list[str]:
    """What --home said, and every other name of that home; nothing when unsaid."""
    if sent.home is None:
        return []
    if not recognised.source.has_home:
        raise FileRefused(
            f"{sent.name} is of the kind {recognised.source.kind}, whose rows belong to"
            " no one home. Leave --home out."
        )
    found = cursor.execute(
        """
        with named as (
            select alias, home_ref, bool_or(alias = fold(?)) over (
                partition by home_ref
            ) as is_said
            from home_alias()
            where home_ref is not null
        )

        select alias from named where is_said
        """,
        [sent.home],
    ).fetchall()
    return [sent.home, *(row[0] for row in found)]


def _find_unchanged(cursor: Cursor, source: Source, rows: str, taken_on: date) -> None:
    cursor.execute(
        f"""
        create or replace temp table unchanged as
        select sent.row
        from read_parquet(?) as sent
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
        from read_parquet(?) where not is_held
        """,
        [number, rows],
    )


def _warn_of_unmatched_homes(
    cursor: Cursor, recognised: Recognised, number: int, rows: str
) -> None:
    heading = next(
        (
            c.heading
            for c in recognised.profile.columns
            if c.name == "home" and c.heading
        ),
        "home",
    )
    cursor.execute(
        """
        insert into refusal
        select ?, sent.row, ?, sent.home, 'warned',
            ? || ': wanted a home on the register of homes; got "' || sent.home
            || '". The row is kept under "unmatched".'
        from read_parquet(?) as sent
        left join home_alias() as alias on alias.alias = fold(sent.home)
        where not sent.is_held and alias.home_ref is null
            and sent.row not in (select row from unchanged)
        """,
        [number, heading, heading, rows],
    )


def _keep(store: Store, number: int, checked: Checked) -> Path:
    kept = store.kept / f"{number:08d}"
    for path in (rows_of, findings_of):
        path(checked.out).replace(path(kept))
    return kept


def _taken_on(sent: Sent) -> date:
    """Said, or in the file's name, or the day it arrives."""
    today = (sent.known_at or datetime.now(UTC)).astimezone(UK).date()
    taken_on = sent.taken_on or taken_on_by_name(sent.name) or today
    if taken_on > today:
        raise FileRefused(
            f"{sent.name} is said to have been taken on {taken_on:%d %B %Y}, which is"
            f" after today ({today:%d %B %Y}). Give the right day with --taken-on."
        )
    return taken_on


def _already_in(
    cursor: Cursor, sent: Sent, sha256: str, recognised: Recognised
) -> int | None:
    """The live arrival of the very same file, unless said to be of another day."""
    found = cursor.execute(
        """
        select arrival.number, arrival.taken_on
        from arrival
        where arrival.sha256 = ? and arrival.state = 'accepted' and arrival.profile = ?
            and (
                select list_sort(list(fold(cover.home)))
                from arrival_cover as cover
                where cover.arrival = arrival.number
            ) = list_sort(list_transform(?::varchar[], lambda home: fold(home)))
        order by arrival.number desc
        """,
        [sha256, recognised.profile.name, list(sent.speaks_for)],
    ).fetchall()
    said = sent.taken_on or taken_on_by_name(sent.name)
    for number, taken_on in found:
        if _state(cursor, number) != "undone" and said in (None, taken_on):
            return int(number)
    return None


def _state(cursor: Cursor, target: int) -> str:
    row = cursor.execute(
        "select arg_max(state, number) from arrival where target = ?", [target]
    ).fetchone()
    assert row is not None
    return str(row[0])


def _kind(cursor: Cursor, number: int) -> str:
    row = cursor.execute(
        "select kind from arrival where number = ?", [number]
    ).fetchone()
    assert row is not None
    return str(row[0])


def _from_day(cursor: Cursor, number: int) -> date | None:
    row = cursor.execute(
        "select taken_on from arrival"
        " where number = ? and delivers = 'snapshot' and kind <> 'homes'",
        [number],
    ).fetchone()
    return row[0] if row else None


def _report(cursor: Cursor, number: int, state: str) -> Report:
    row = cursor.execute(
        """
        select file_name, sha256, kind, profile, number, rows_read, rows_accepted,
            rows_warned, rows_unchanged, rows_refused,
            list_concat(ignored_columns, dropped_columns), message
        from arrival where number = ?
        """,
        [number],
    ).fetchone()
    assert row is not None
    file, sha256, kind, profile, arrival, read, accepted, warned, unchanged, refused = (
        row[:10]
    )
    if state == "already_in":
        # What was refused then would be refused now.
        accepted, warned, unchanged = 0, 0, read - refused
    return Report(
        file=file,
        sha256=sha256,
        kind=kind,
        profile=profile,
        arrival=arrival,
        state=state,
        rows_read=read,
        rows_accepted=accepted,
        rows_warned=warned,
        rows_unchanged=unchanged,
        rows_refused=refused,
        ignored_columns=tuple(row[10]),
        message=row[11],
    )


def _already(report: Report) -> str:
    return (
        f"This very file is in already, as arrival {report.arrival}. Nothing was"
        " changed."
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
