"""A file comes in: recognised, checked, accepted or refused, in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from oversight import journal, readings
from oversight.arrivals.accepting import accept
from oversight.arrivals.ledger import report_of, state_of, touched_from
from oversight.arrivals.mappings import profiles_for
from oversight.arrivals.sent import Report, Sent
from oversight.facts import rollups
from oversight.reading_room import progress
from oversight.reading_room.leaving import Checked, findings_of, rows_of
from oversight.reading_room.opening import open_file
from oversight.reading_room.private_copy import private_copy, sha256_of, why_not_read
from oversight.reading_room.progress import Cancelled
from oversight.reading_room.readers import FileRefused
from oversight.reading_room.recognition import Recognised, recognise, taken_on_by_name
from oversight.reading_room.room import check
from oversight.store import Cursor, Store, StoreError, Writing, last_moment

UK = ZoneInfo("Europe/London")
# What looks on while a file is rehearsed: before its rows are facts, and after.
Around = Callable[[Cursor, Recognised, Checked, date], AbstractContextManager[None]]


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
    store: Store,
    sent: Sent,
    *,
    dry_run: bool = False,
    readings_later: bool = False,
    around: Around | None = None,
) -> Report:
    """One file, one transaction: all of its good rows are in, or nothing is.

    dry_run: the same road to its end, then back; around: what looks on as that is done.
    readings_later: the months that the file touches are only marked as not ready.
    """
    sha256: str | None = None
    try:
        if (report := _report_if_in(store, sent)) is not None:
            return report
        arriving = store.kept / "arriving"
        with private_copy(sent.path, sent.name, arriving) as (copy, sha256):
            return _import(store, sent, copy, sha256, dry_run, readings_later, around)
    except (FileRefused, StoreError, Cancelled) as refusal:
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


def _import(
    store: Store,
    sent: Sent,
    copy: Path,
    sha256: str,
    dry_run: bool,
    readings_later: bool,
    around: Around | None,
) -> Report:
    progress.begin()
    sheets = open_file(copy, sent.name)
    with store.reading() as cursor:
        profiles = profiles_for(cursor, sent)
    named = sent.mapping.name if sent.mapping else sent.profile
    sheet, recognised = recognise(sheets, sent.name, sent.kind, named, profiles)
    taken_on = _taken_on(sent)
    with store.reading() as cursor:
        home_names = _home_names(cursor, sent, recognised)
        there = _already_in(cursor, sent, sha256, recognised.profile.name)
        if there is not None:
            return _report_in(cursor, sent, there)
    out = copy.with_suffix("")
    checked = check(sheet, recognised, taken_on, home_names, out)
    if dry_run:
        return _rehearse(store, sent, recognised, checked, taken_on, sha256, around)
    progress.tell(progress.STORING)
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
    before: Callable[[Writing, Path], None] | None = None,
) -> Report:
    """Checked rows become facts, and what is kept ready is made so: one transaction.

    before: what must still hold once nobody else can write; given the checked rows.
    """
    kept: Path | None = None
    try:
        with store.writing(sent.known_at) as writing:
            kept = _keep(store, writing.number, checked)
            if before is not None:
                before(writing, rows_of(kept))
            accept(writing, sent, recognised, checked, taken_on, sha256, kept)
            rollups.refresh(writing, writing.number)
            kind, from_day = (
                recognised.source.kind,
                touched_from(writing.cursor, writing.number),
            )
            if readings_later:
                readings.forget(writing.cursor, kind, from_day)
            else:
                readings.refresh(writing.cursor, kind, from_day, writing.at)
            return report_of(writing.cursor, writing.number, "accepted")
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
    around: Around | None,
) -> Report:
    """The same road to its end, and then back: nothing of it is committed."""

    class Rehearsed(Exception):
        pass

    report: Report | None = None
    try:
        with store.writing(sent.known_at) as writing:
            look = (
                around(writing.cursor, recognised, checked, taken_on)
                if around
                else nullcontext()
            )
            with look:
                accept(
                    writing, sent, recognised, checked, taken_on, sha256, checked.out
                )
            report = report_of(writing.cursor, writing.number, "would_accept")
            raise Rehearsed
    except Rehearsed:
        assert report is not None
        return replace(report, arrival=None)


def _journal_refusal(store: Store, sent: Sent, about: dict[str, str | None]) -> None:
    with store.reading() as cursor:
        last = last_moment(cursor)[1]
    # In rebuilt history a refusal is of its own time, so that what follows may be too.
    in_order = sent.known_at is not None and sent.known_at > last
    with store.writing(sent.known_at if in_order else None) as writing:
        journal.append(writing, sent.person, "file refused", about)


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


def _report_if_in(store: Store, sent: Sent) -> Report | None:
    """What is answered to a file that is in already: known before it is read at all."""
    if sent.home is not None:
        return None  # what is meant by that home is found out first
    sha256 = sha256_of(sent.path, sent.name)
    with store.reading() as cursor:
        named = sent.mapping.name if sent.mapping else sent.profile
        there = _already_in(cursor, sent, sha256, named)
        return None if there is None else _report_in(cursor, sent, there)


def _report_in(cursor: Cursor, sent: Sent, there: int) -> Report:
    report = report_of(cursor, there, "already_in")
    return replace(report, file=sent.name, message=_already(report))


def _already_in(
    cursor: Cursor, sent: Sent, sha256: str, profile: str | None
) -> int | None:
    """The live arrival of the very same file, unless said to be of another day.

    profile: the one it is read by, where that is known; by which it was read, counts.
    """
    found = cursor.execute(
        """
        select arrival.number, arrival.taken_on
        from arrival
        where arrival.sha256 = ? and arrival.state = 'accepted'
            and arrival.profile = coalesce(?, arrival.profile)
            and arrival.kind = coalesce(?, arrival.kind)
            and (
                select list_sort(list(fold(cover.home)))
                from arrival_cover as cover
                where cover.arrival = arrival.number
            ) = list_sort(list_transform(?::varchar[], lambda home: fold(home)))
        order by arrival.number desc
        """,
        [sha256, profile, sent.kind, list(sent.speaks_for)],
    ).fetchall()
    said = sent.taken_on or taken_on_by_name(sent.name)
    for number, taken_on in found:
        if state_of(cursor, number) != "undone" and said in (None, taken_on):
            return int(number)
    return None


def _already(report: Report) -> str:
    return (
        f"This very file is in already, as arrival {report.arrival}. Nothing was"
        " changed."
    )
