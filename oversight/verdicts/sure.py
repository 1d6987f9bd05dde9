"""How sure is a figure? Each source, and each measure, has a mark of four parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from oversight.sources import all_sources
from oversight.statements import Stated, Statement, statements
from oversight.store import Cursor
from oversight.verdicts.freshness import doubts_of, heard_on
from oversight.verdicts.sentences import day_in_words, listed
from oversight.verdicts.status import Doubt, Trouble

PARTS: Final = ("timely", "complete", "valid", "checked")
MONTHS_OF_A_QUARTER: Final = 3


@dataclass(frozen=True)
class Mark:
    """Four plain answers about a source, or about all sources of a measure.

    timely: every home speaks to within its allowance. complete: no home is without data
    and no more rows than allowed were refused. valid: no more rows than allowed were
    warned of. checked: a named person signed it in the quarter of the day.
    """

    timely: bool
    complete: bool
    valid: bool
    checked: bool
    checked_by: str = ""
    checked_on: date | None = None

    @property
    def count(self) -> int:
        """How many of the four hold."""
        return sum(getattr(self, part) for part in PARTS)

    @property
    def words(self) -> str:
        """The mark in words: "3 of 4: timely, complete and valid; not checked"."""
        holds = [part for part in PARTS if getattr(self, part)]
        lacks = [part for part in PARTS if not getattr(self, part)]
        said = listed(holds) if holds else "none"
        lacking = f"; not {listed(lacks)}" if lacks and holds else ""
        return f"{self.count} of {len(PARTS)}: {said}{lacking}"

    @property
    def checked_words(self) -> str:
        """Who signed it and when, or that nobody did this quarter."""
        if self.checked_on is None:
            return "Not checked this quarter"
        return f"Checked by {self.checked_by} on {day_in_words(self.checked_on)}"


def marks_on(cursor: Cursor, kinds: Iterable[str], day: date) -> dict[str, Mark]:
    """The mark of each kind on a day, in the scope and at the cursor's knowledge."""
    signed = statements(cursor, Stated.SOURCE_CHECKED, day)
    found = {}
    for kind in kinds:
        heard = heard_on(cursor, kind, [day])[day]
        doubts = doubts_of(kind, day, heard)
        is_valid = _is_valid(cursor, kind, day)
        found[kind] = _mark(doubts, is_valid, signed.get(kind), day)
    return found


def mark_of(kinds: Sequence[str], marks: Mapping[str, Mark]) -> Mark:
    """A measure's mark: each part holds where it holds for all that it rests on."""
    of = [marks[kind] for kind in kinds]
    signed = [each for each in of if each.checked_on is not None]
    oldest = min(signed, key=lambda each: each.checked_on or date.max, default=None)
    checked = bool(of) and len(signed) == len(of)
    return Mark(
        timely=bool(of) and all(each.timely for each in of),
        complete=bool(of) and all(each.complete for each in of),
        valid=bool(of) and all(each.valid for each in of),
        checked=checked,
        checked_by=oldest.checked_by if oldest and checked else "",
        checked_on=oldest.checked_on if oldest and checked else None,
    )


def quarter_of(day: date) -> tuple[int, int]:
    """The year and quarter of a day: 30 September 2026 is in (2026, 3)."""
    return day.year, (day.month - 1) // MONTHS_OF_A_QUARTER + 1


def _mark(
    doubts: Sequence[Doubt], is_valid: bool, signed: Statement | None, day: date
) -> Mark:
    troubles = {doubt.trouble for doubt in doubts}
    never = Trouble.NEVER_SUPPLIED in troubles
    if signed is not None and quarter_of(signed.said_on) != quarter_of(day):
        signed = None
    return Mark(
        timely=not troubles & {Trouble.STALE, Trouble.SILENT} and not never,
        complete=Trouble.INCOMPLETE not in troubles and not never,
        valid=is_valid,
        checked=signed is not None,
        checked_by=signed.person if signed else "",
        checked_on=signed.said_on if signed else None,
    )


def _is_valid(cursor: Cursor, kind: str, day: date) -> bool:
    """Whether few enough rows were warned of: a register's newest file, a log's year.

    A source that never spoke has shown nothing, and so is not valid either.
    """
    source = all_sources()[kind]
    is_register = source.delivers == "snapshot"
    rests_on = "seq = newest" if is_register else "true"
    row = cursor.execute(
        f"""
        with live as (
            select
                live.number,
                live.seq,
                max(live.seq) over (partition by live.origin) as newest
            from live_arrival('{kind}', $day::date) as live
            where '{source.delivers}' = 'snapshot'
                or live.taken_on > $day::date - interval 12 month
        )
        select
            coalesce(sum(arrival.rows_read), 0)::bigint,
            coalesce(sum(arrival.rows_warned), 0)::bigint
        from live
        inner join arrival on arrival.number = live.number
        where {rests_on}
        """,
        {"day": day},
    ).fetchone()
    read, warned = row or (0, 0)
    return bool(read) and warned <= source.refused_allowance * read
