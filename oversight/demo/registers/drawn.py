"""How does a register that is written out by hand become lines?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from oversight.demo.registers.ground import Ground
from oversight.demo.registers.record import Cell, Line, and_then, line

TABLES = Path(__file__).parent.parent / "tables"
DAYS_AFTER = re.compile(r"@([+-]\d+)")
HOME = re.compile(r"#(\d+)")


def rows(ground: Ground, table: str, **words: str) -> Iterator[dict[str, Cell]]:
    """A table under demo/tables: a line of headings, then one line a row, `|` between.

    `@-30` is the day so long before as_of, `#2` the third home open today; what all
    rows share stands once, in lines of `name = value`. A line that begins with `# ` is
    a remark. words: what a name in braces stands for.
    """
    text = (TABLES / f"{table}.txt").read_text("utf-8")
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    headings, *lines = [one for one in text.splitlines() if not one.startswith("# ")]
    names = [name.strip() for name in headings.split("|")]
    shared: dict[str, Cell] = {}
    for drawn in lines:
        if "|" not in drawn:
            name, _, value = drawn.partition(" = ")
            shared[name.strip()] = _cell(ground, value.strip())
            continue
        cells = [_cell(ground, part.strip()) for part in drawn.split("|")]
        yield shared | dict(zip(names, cells, strict=True))


def register(
    ground: Ground,
    kind: str,
    known_from: str = "",
    together: dict[str, str] | None = None,
) -> list[Line]:
    """A drawn register, each line known from a day of its own or from the first.

    known_from: the column of that day.
    """
    found = []
    for cells in rows(ground, kind):
        born = cells.get(known_from)
        known_on = born if isinstance(born, date) else ground.first_day
        found.append(line(kind, max(known_on, ground.first_day), cells, together))
    return found


def reviewed(
    ground: Ground, kind: str, every: int = 365, known_from: str = ""
) -> list[Line]:
    """A register gone through every so many days: the last review, and those before.

    known_from: the column of the day a line came in; there is no review before it.
    What was done on the day of the last review is done at every one.
    """
    found = []
    for cells in rows(ground, kind):
        last, born = cells["reviewed_on"], cells.get(known_from)
        assert isinstance(last, date)
        known_on = max(born if isinstance(born, date) else date.min, ground.first_day)
        gap = timedelta(days=every)
        days = [last]
        while days[0] > known_on:
            days.insert(0, days[0] - gap)
        if isinstance(born, date) and days[0] < born:
            days.pop(0)
        first, *later = days or [last]
        with_it = [name for name, cell in cells.items() if cell == last]
        told = line(kind, known_on, cells | _said(with_it, first, gap))
        for day in later:
            told = and_then(told, day, **_said(with_it, day, gap))
        found.append(told)
    return found


def _said(names: list[str], day: date, gap: timedelta) -> dict[str, Cell]:
    return {**dict.fromkeys(names, day), "review_due_on": day + gap}


def _cell(ground: Ground, said: str) -> Cell:
    if day := DAYS_AFTER.fullmatch(said):
        return ground.as_of + timedelta(days=int(day[1]))
    if home := HOME.fullmatch(said):
        return ground.home(int(home[1]))
    return said
