"""How far does each source speak, and which cannot be relied on for a day?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from oversight.prepared import by_day as on_days
from oversight.sources import Source, all_sources
from oversight.store import Cursor
from oversight.verdicts.status import Doubt, Trouble


@dataclass(frozen=True)
class Heard:
    """What one home has supplied of one kind by a day; data_to None: nothing ever."""

    day: date
    home: str
    data_to: date | None
    rows_read: int
    rows_refused: int


def heard_on(
    cursor: Cursor, kind: str, days: Sequence[date]
) -> dict[date, list[Heard]]:
    """By day, one row for each home open on it and in the cursor's scope."""
    columns = "home, data_to, rows_read, rows_refused"
    said, values = on_days(f"select {columns} from heard_{kind}({{day}})", days)
    found = cursor.execute(f"{said} order by day, home", values).fetchall()
    by_day: dict[date, list[Heard]] = {day: [] for day in days}
    for row in found:
        by_day[row[0]].append(Heard(*row))
    return by_day


def doubts_of(kind: str, day: date, heard: list[Heard]) -> tuple[Doubt, ...]:
    """Why a kind cannot be relied on for a day: never supplied, too old, rows lost."""
    source = all_sources()[kind]
    never = [h for h in heard if h.data_to is None]
    old = [h for h in heard if h.data_to and h.data_to < day - _allowed(source)]
    lossy = [
        h
        for h in heard
        if h.data_to
        and h not in old
        and h.rows_refused > source.refused_allowance * h.rows_read
    ]
    # Where all are behind the source has stopped; else those homes are silent.
    is_register = source.delivers == "snapshot"
    behind = Trouble.STALE if is_register or len(old) == len(heard) else Trouble.SILENT
    groups = (
        (Trouble.NEVER_SUPPLIED, never),
        (behind, old),
        (Trouble.INCOMPLETE, lossy),
    )
    return tuple(
        Doubt(kind, trouble, _since(homes), _named(homes, heard))
        for trouble, homes in groups
        if homes
    )


def known_kinds(reads: Iterable[str]) -> list[str]:
    """The kinds a measure rests on; where homes are, the register of homes too."""
    kinds = [kind for kind in reads if kind in all_sources()]
    with_homes = any(all_sources()[kind].has_home for kind in kinds)
    return [*(["homes"] if with_homes and "homes" not in kinds else []), *kinds]


def _allowed(source: Source) -> timedelta:
    return timedelta(days=source.freshness_days)


def _since(heard: list[Heard]) -> date | None:
    return min((h.data_to for h in heard if h.data_to), default=None)


def _named(some: list[Heard], everyone: list[Heard]) -> tuple[str, ...]:
    return () if len(some) == len(everyone) else tuple(h.home for h in some)
