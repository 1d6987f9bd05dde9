"""What was known of one line of a register on a day, and how is that written?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from oversight.demo.chance import UK

Cell = str | int | bool | date | datetime | None
Cells = Mapping[str, Cell]
# A day that is planned or promised is known from the first; any other when it comes.
AHEAD = (
    "due_on planned_on planned_live_on contract_ends_on ends_on expires_on"
    " accepted_until supported_until kept_longer_until keep_until kept_until period_to"
    " starts_at ends_at"
).split()


@dataclass(frozen=True)
class Line:
    """One line from end to end: what is said of it from each day on, oldest first.

    A later step alters the cells it names. `until` is the last day it is in a register
    that is sent whole; None for as long as there is one.
    """

    kind: str
    steps: tuple[tuple[date, dict[str, str]], ...]
    until: date | None = None

    def cells_on(self, day: date) -> dict[str, str] | None:
        """The cells as they stood at the end of a day; None before the first step."""
        if self.steps[0][0] > day or (self.until is not None and day > self.until):
            return None
        said: dict[str, str] = {}
        for on, cells in self.steps:
            if on <= day:
                said |= cells
        return said


def line(
    kind: str,
    known_on: date,
    cells: Cells,
    together: Mapping[str, str] | None = None,
    until: date | None = None,
) -> Line:
    """A line known from a day on; a day that comes later is written when it comes.

    together: by the column of a day, the columns that are filled in with it.
    """
    first: dict[str, str] = {}
    later: dict[date, dict[str, str]] = {}
    with_day = {
        name: day
        for day, names in (together or {}).items()
        for name in names.split()
        if isinstance(cells.get(day), date)
    }
    for name, cell in cells.items():
        on = _said_on(name, cell)
        if name in with_day:
            on = _said_on(with_day[name], cells[with_day[name]])
        if on is None or on <= known_on:
            first[name] = written(cell)
        else:
            later.setdefault(on, {})[name] = written(cell)
    return Line(kind, ((known_on, first), *sorted(later.items())), until)


def and_then(told: Line, on: date, **cells: Cell) -> Line:
    """The same line with one step more: what is said differently from a day on."""
    step = (on, {name: written(cell) for name, cell in cells.items()})
    steps = sorted([*told.steps, step], key=lambda one: one[0])
    return Line(told.kind, tuple(steps), told.until)


def written(cell: Cell) -> str:
    """A cell as our own layouts have it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return f"{cell.astimezone(UK):%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _said_on(name: str, cell: Cell) -> date | None:
    """The day from which a cell can be told; None where that is from the first."""
    if name.endswith(tuple(AHEAD)) or not isinstance(cell, date):
        return None
    return cell.astimezone(UK).date() if isinstance(cell, datetime) else cell
