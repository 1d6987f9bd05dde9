"""Which rows does the file of a register hold at one sending?"""

from collections import defaultdict
from importlib import import_module
from pkgutil import iter_modules

from oversight.demo import registers, rhythm
from oversight.demo.company import Company
from oversight.demo.registers.ground import Ground
from oversight.demo.registers.record import Line
from oversight.sources import all_sources

Row = tuple[str, ...]


def make_registers(ground: Ground) -> dict[str, list[Line]]:
    """Every line of every register, by kind, from each module under `registers`."""
    found: dict[str, list[Line]] = defaultdict(list)
    for module in sorted(one.name for one in iter_modules(registers.__path__)):
        lines = getattr(import_module(f"{registers.__name__}.{module}"), "lines", None)
        for told in lines(ground) if lines else ():
            found[told.kind].append(told)
    return found


def rows_at(
    company: Company, kind: str, lines: list[Line], sending: int, is_brief: bool
) -> list[Row]:
    """What is new or altered since the kind was last sent; all of a whole register.

    Where nothing is, all of it is sent again, to say so; but not on the last day, and
    not where a nil return says it.
    """
    day = company.sendings[sending]
    before = [s for s in range(sending) if rhythm.is_due(company, kind, s, is_brief)]
    is_whole = all_sources()[kind].delivers == "snapshot" or not before
    now = [(told, cells) for told in lines if (cells := told.cells_on(day)) is not None]
    if not is_whole:
        then = company.sendings[before[-1]]
        changed = [(told, said) for told, said in now if said != told.cells_on(then)]
        is_last = sending == len(company.sendings) - 1
        if changed or is_last or kind in rhythm.MAY_BE_NOTHING:
            now = changed
    names = headings(kind)
    return [tuple(cells.get(name, "") for name in names) for _, cells in now]


def headings(kind: str) -> Row:
    """The columns of our own layout for a kind, all of them."""
    return tuple(column.name for column in all_sources()[kind].columns)
