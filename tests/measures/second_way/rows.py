"""What the second way of each measure reads and gives: rows as imported, and cases."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from oversight.store import Cursor

UK = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Case:
    """One case as plain Python sees it; `is_met` None where it cannot be judged."""

    home: str
    happened_on: date
    is_met: bool | None
    units_met: int | None = None
    units: int = 1


class Row(dict[str, Any]):
    """A row by the names of its columns, `row.staff_ref`."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


Person = tuple[str, str | None]


def _person(row: Row) -> Person:
    return row.home_key, fold(row.staff_ref)


@dataclass
class Rows:
    """The rows of each kind that stand on a day, as known; no view has touched them."""

    cursor: Cursor
    day: date
    read: dict[str, list[Row]] = field(default_factory=dict)
    of: dict[str, dict[Person, list[Row]]] = field(default_factory=dict)

    def __call__(self, kind: str) -> list[Row]:
        return self._read(f"known_{kind}")

    def ever(self, kind: str) -> list[Row]:
        """Every row that a register ever held, with gone_on."""
        return self._read(f"ever_{kind}")

    def theirs(self, kind: str, who: Row, how: str = "known") -> list[Row]:
        """Of these rows those about one person: by home and reference."""
        macro = f"{how}_{kind}"
        if macro not in self.of:
            self.of[macro] = {}
            for row in self._read(macro):
                self.of[macro].setdefault(_person(row), []).append(row)
        return self.of[macro].get(_person(who), [])

    def _read(self, macro: str) -> list[Row]:
        if macro not in self.read:
            found = self.cursor.execute(
                f"select * from {macro}($day::date)", {"day": self.day}
            )
            names = [column[0] for column in found.description or ()]
            self.read[macro] = [
                Row(zip(names, row, strict=True)) for row in found.fetchall()
            ]
        return self.read[macro]


Way = Callable[[Rows, date], Iterable[Case]]


def same(left: str | None, right: str | None) -> bool:
    """References are the same in any case and with stray spaces."""
    return left is not None and right is not None and fold(left) == fold(right)


def fold(said: str | None) -> str | None:
    return said.strip().lower() if said is not None else None


def uk_day(at: datetime) -> date:
    return at.astimezone(UK).date()


def months_on(day: date, months: int) -> date:
    """The day so many months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError(day)


def by(day: date | None, limit: date) -> date | None:
    """A day, if it had come by another."""
    return day if day is not None and day <= limit else None


def in_window(window: str, happened_on: date, day: date) -> bool:
    if window == "day":
        return True
    if window == "12 months":
        return happened_on <= day < months_on(happened_on, 12)
    first = (day + timedelta(days=1)).replace(day=1)
    begins = months_on(first, -1)
    return begins <= happened_on < first


def closed_homes(rows: Rows, day: date) -> dict[str, date]:
    """When each home that has closed by a day did: the first day it was not open."""
    closed = {}
    for home in rows.ever("homes"):
        days = [home.gone_on] if home.gone_on else []
        if home.closed_on:
            days.append(home.closed_on + timedelta(days=1))
        if days and min(days) <= day:
            closed[home.home_ref] = min(days)
    return closed


def staff_ever(rows: Rows, day: date) -> Iterator[Row]:
    """Everybody ever on the staff register, with the first day not in post, if any."""
    closed = closed_homes(rows, day)
    for who in rows.ever("staff"):
        days = [who.gone_on]
        days.append(who.left_on + timedelta(days=1) if who.left_on else None)
        days.append(who.sent_on if who.is_removed else None)
        if who.home in closed and who.sent_on < closed[who.home]:
            days.append(closed[who.home])
        yield Row(who, gone_from=min((one for one in days if one), default=None))


def staff_in_post(rows: Rows, day: date) -> list[Row]:
    return [who for who in staff_ever(rows, day) if is_in_post(who, day)]


def is_in_post(who: Row, day: date) -> bool:
    has_begun = who.started_on is None or who.started_on <= day
    return has_begun and (who.gone_from is None or who.gone_from > day)
