"""Where do a measure's limits start afresh, why, and who says so? Append-only."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from oversight import journal
from oversight.promises import Measure
from oversight.store import Cursor, Store, StoreError

LEAST_REASON: Final = 10  # characters: "see above" is no reason


@dataclass(frozen=True)
class Reset:
    """Limits of a measure (by its id) that start afresh on a day."""

    measure: str
    day: date
    why: str
    person: str


def check_has_limits(measure: Measure, day: date) -> None:
    """StoreError for a legal duty: no statistics judge it, so it has no limits."""
    if measure.is_duty_on(day):
        raise StoreError(
            f"{measure.id} is a legal duty on {day}: it has no limits to set afresh."
        )


def in_force(cursor: Cursor) -> dict[str, tuple[Reset, ...]]:
    """Every reset in force at the cursor's knowledge, by measure and in date order."""
    found = cursor.execute(
        """
        select measure, reset_on, why, person
        from (
            select *, row_number() over (
                partition by measure, reset_on order by number desc
            ) as nth
            from limit_reset
            where number <= getvariable('known_number')
        )
        where nth = 1 and not is_withdrawn
        order by measure, reset_on
        """
    ).fetchall()
    by_measure: dict[str, tuple[Reset, ...]] = {}
    for row in found:
        reset = Reset(*row)
        by_measure[reset.measure] = (*by_measure.get(reset.measure, ()), reset)
    return by_measure


def add(store: Store, reset: Reset) -> None:
    """Start limits afresh; StoreError without a reason or name, or on a day to come."""
    _check(reset.why, reset.person)
    with store.writing() as writing:
        if reset.day > writing.at.date():
            raise StoreError(
                f"Limits cannot start afresh on {reset.day}: that day is still to come."
                " Wait until there are figures to judge."
            )
        if _holds(writing.cursor, reset.measure, reset.day):
            raise StoreError(
                f"The limits of {reset.measure} start afresh on {reset.day} already."
                " Withdraw that first to give another reason."
            )
        _put(writing.cursor, writing.number, reset, is_withdrawn=False)
        journal.append(writing, reset.person, "limits reset", _about(reset))


def withdraw(store: Store, reset: Reset) -> None:
    """Let the older limits hold again; StoreError where none start afresh that day."""
    _check(reset.why, reset.person)
    with store.writing() as writing:
        if not _holds(writing.cursor, reset.measure, reset.day):
            raise StoreError(
                f"No limits of {reset.measure} start afresh on {reset.day}."
                " `resets` lists the days on which some do."
            )
        _put(writing.cursor, writing.number, reset, is_withdrawn=True)
        journal.append(writing, reset.person, "limits reset withdrawn", _about(reset))


def _check(why: str, person: str) -> None:
    if len(why.strip()) < LEAST_REASON:
        raise StoreError(
            "Limits start afresh only with a reason that says what changed:"
            f" wanted {LEAST_REASON} letters or more, got {why!r}."
        )
    if not person.strip():
        raise StoreError("Limits start afresh only by somebody: give a name.")


def _holds(cursor: Cursor, measure: str, day: date) -> bool:
    row = cursor.execute(
        "select arg_max(is_withdrawn, number) from limit_reset"
        " where measure = ? and reset_on = ?",
        [measure, day],
    ).fetchone()
    return row is not None and row[0] is False


def _put(cursor: Cursor, number: int, reset: Reset, is_withdrawn: bool) -> None:
    cursor.execute(
        "insert into limit_reset values (?, ?, ?, ?, ?, ?)",
        [number, reset.measure, reset.day, reset.why, reset.person, is_withdrawn],
    )


def _about(reset: Reset) -> dict[str, object]:
    return {"measure": reset.measure, "from": reset.day, "why": reset.why}
