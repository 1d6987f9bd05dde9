"""One record that a person enters here: the import's own road, with one row on it.

What a field looks like comes from the kind's definition, and whether its value will do
is asked of the kind's own SQL, so that a form and a file are refused in the same words.
"""

import csv
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from oversight.arrivals.importing import take_in
from oversight.arrivals.sent import Report, Sent
from oversight.facts.known import home_said, row_key
from oversight.reading_room.leaving import Checked, findings_of
from oversight.reading_room.private_copy import private_copy
from oversight.reading_room.readers import FileRefused, read_sheets
from oversight.reading_room.recognition import recognise
from oversight.reading_room.room import check
from oversight.sources import Source, SourceColumn
from oversight.store import Store, Writing
from oversight.store.connecting import parquet
from oversight.words import APP, COMPANY, EVERY_HOME

UK = ZoneInfo("Europe/London")
LAST_SECOND = (23, 59, 59)  # how a day alone is kept, of what was done on it
ACRONYMS = {"cqc", "dpia", "dspt", "ico", "id", "ig", "it", "nhs", "ods", "url"}
WORDS_OF = re.compile(r"(one of|one or more of): (.+)")


@dataclass(frozen=True)
class Field:
    """How a person is asked for one column.

    shape: home · day · time · yes or no · one of · some of · long text · text. choices:
    the words to choose among; of a home, what may stand there instead of one.
    """

    column: SourceColumn
    label: str
    shape: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What was found about one field: `refused` or `warned`, and why."""

    column: str
    severity: str
    reason: str


@dataclass(frozen=True)
class Entered:
    """What became of an entry; without a report nothing was kept, as faults say."""

    report: Report | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Entry:
    """A record as somebody entered it: a cell a column, written as the template has it.

    homes: the references of the homes they may enter records of, or every home.
    corrects: the key and the arrival of the version that they had before their eyes.
    """

    source: Source
    cells: Mapping[str, str]
    person: str
    homes: tuple[str, ...]
    corrects: tuple[str, int] | None = None


def has_form(source: Source) -> bool:
    """Whether people keep this kind by hand; nobody writes a system's log."""
    return source.delivers != "events"


def fields_of(source: Source) -> tuple[Field, ...]:
    """The form of a kind, in the order of its definition."""
    return tuple(map(_field, source.columns))


def enter(store: Store, entry: Entry, *, readings_later: bool = False) -> Entered:
    """One record added, or corrected: accepted whole, or refused field by field.

    readings_later: the months that it touches are only marked as not ready.
    """
    source = entry.source
    sent = Sent(
        Path(f"form for {source.kind}"),
        entry.person,
        source.kind,
        profile=f"template_{source.kind}",
        home=entry.cells.get("home") or None,
        is_form=True,
    )
    arriving = store.kept / "arriving"
    arriving.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = arriving / f"{os.getpid()}-form-{secrets.token_hex(8)}.csv"
    try:
        _write(written, entry)
        with private_copy(written, sent.name, arriving) as (copy, sha256):
            sheet, recognised = recognise(
                read_sheets(copy, sent.name), sent.name, source.kind, sent.profile
            )
            today = datetime.now(UTC).astimezone(UK).date()
            out = copy.with_suffix("")
            checked = check(sheet, recognised, today, [], out, _mark(entry))
            faults = _faults(store, checked)
            if checked.rows_refused:
                return Entered(None, faults)
            report = take_in(
                store,
                sent,
                recognised,
                checked,
                today,
                sha256,
                readings_later=readings_later,
                before=lambda writing, rows: _check_may_stand(writing, entry, rows),
            )
            return Entered(report, faults)
    except FileRefused as refusal:
        return Entered(None, (Fault("", "refused", str(refusal)),))
    finally:
        written.unlink(missing_ok=True)


def cell_of(value: Any) -> str:
    """A value as known, written as a cell that is read as the same value again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(cell_of, value))
    if isinstance(value, datetime):
        return _time(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _field(column: SourceColumn) -> Field:
    words = column.name.removeprefix("is_").split("_")
    said = " ".join(word.upper() if word in ACRONYMS else word for word in words)
    label = said[0].upper() + said[1:]
    plain = {
        "a home": "home",
        f"a home, or {COMPANY}": "home",
        "a date": "day",
        "a UK time": "time",
        "yes or no": "yes or no",
        "text": "long text",
    }
    if listed := WORDS_OF.fullmatch(column.wanted):
        several = listed[1] == "one or more of"
        parts = re.split("[;,]", listed[2]) if several else listed[2].split(",")
        choices = tuple(part.strip() for part in parts)
        return Field(column, label, "some of" if several else "one of", choices)
    may_be_company = (COMPANY,) if column.wanted.endswith(f"or {COMPANY}") else ()
    return Field(column, label, plain.get(column.wanted, "text"), may_be_company)


def _write(path: Path, entry: Entry) -> None:
    names = [column.name for column in entry.source.columns]
    cells = [entry.cells.get(name, "").strip() for name in names]
    if not any(cells):
        raise FileRefused("Nothing was filled in: wanted at least what is needed.")
    with path.open("x", encoding="utf-8", newline="") as file:
        path.chmod(0o600)
        csv.writer(file).writerows([names, cells])


def _mark(entry: Entry) -> str:
    """What tells this record from its likes, where the kind numbers them."""
    if entry.corrects is not None:
        return entry.corrects[0].rpartition("#")[2]
    return f"{APP}-{secrets.token_hex(4)}"


def _faults(store: Store, checked: Checked) -> tuple[Fault, ...]:
    with store.reading() as cursor:
        found = cursor.execute(
            f"select column_name, severity, reason from {parquet()}"
            " order by severity, column_name",
            [str(findings_of(checked.out))],
        ).fetchall()
    return tuple(Fault(name, severity, reason) for name, severity, reason in found)


def _check_may_stand(writing: Writing, entry: Entry, rows: Path) -> None:
    """FileRefused unless the home is theirs and the record is new, or still as seen."""
    source = entry.source
    key = row_key(source, "sent", "alias")
    home = "sent.home" if source.has_home else "null"
    found = writing.cursor.execute(
        f"""
        with sent as (select * from {parquet()})

        select
            sent_key,
            own.home_ref,
            home_sent,
            known.origin,
            known.arrival
        from (
            select {key} as sent_key, {home}::varchar as home_sent
            from sent
            left join home_alias() as alias on alias.alias = {home_said("sent")}
        ) as keyed
        left join home_alias() as own on own.alias = fold(keyed.home_sent)
        left join known_{source.kind}(date '9999-12-31') as known
            on known.row_key = keyed.sent_key
        """,
        [str(rows)],
    ).fetchone()
    assert found is not None
    key_sent, home_ref, home_sent, origin, arrival = found
    _check_home(entry, home_ref, home_sent)
    _check_version(entry, key_sent, origin, arrival)


def _check_home(entry: Entry, home_ref: str | None, said: str | None) -> None:
    if not entry.source.has_home and EVERY_HOME not in entry.homes:
        raise FileRefused(
            f"{entry.source.title} belong to the company and not to a home: wanted"
            " somebody who sees every home to enter them. Ask the IG lead."
        )
    if said is not None and home_ref is None:
        raise FileRefused(
            f"Wanted a home that is on the register; got {said!r}. Choose one of the"
            " list, or bring in the register of homes first."
        )
    if EVERY_HOME not in entry.homes and home_ref not in entry.homes:
        raise FileRefused(
            f"Wanted a record of one of your own homes; got {said or 'no home'!r}."
            " Ask the IG lead to enter it."
        )


def _check_version(
    entry: Entry, key: str, origin: str | None, arrival: int | None
) -> None:
    if entry.corrects is None:
        if arrival is not None:
            named = " and ".join(entry.source.key)
            raise FileRefused(
                f"There is a record with this {named} already (arrival {arrival})."
                " Correct that one, or give this one its own reference."
            )
        return
    corrected, seen = entry.corrects
    if key != corrected:
        raise FileRefused(
            f"What tells one record from another ({', '.join(entry.source.key)}) cannot"
            " be corrected: it would be a second record. Withdraw the wrong one by"
            " undoing its arrival, and add it anew."
        )
    if origin != APP:
        raise FileRefused(
            "This record came in a file and is corrected where it came from: send the"
            " corrected file. Only what was entered here is corrected here."
        )
    if arrival != seen:
        raise FileRefused(
            "Somebody else has corrected this record since you opened it (arrival"
            f" {arrival}). Nothing was kept. Open it again to see what it says now."
        )


def _time(value: datetime) -> str:
    shown = value.astimezone(UK)
    if shown.fold:  # the second coming of the autumn hour would be read as the first
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    if (shown.hour, shown.minute, shown.second) == LAST_SECOND:
        return shown.strftime("%Y-%m-%d")
    return shown.strftime("%Y-%m-%d %H:%M:%S" if shown.second else "%Y-%m-%d %H:%M")
