"""A cell of a workbook as a person sees it; what Excel did to it is found out here."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from oversight.reading_room.date_forms import FORMS
from oversight.reading_room.findings import DATE, TEXT, TIME
from oversight.reading_room.profiles import Profile
from oversight.sources import SourceColumn

FIGURES_KEPT = 15  # Excel rounds whatever has more
ZEROS = re.compile(r"0{2,}")
# How the days of a duration that is shown as a time come out of a workbook.
FIRST_DAY = datetime(1899, 12, 31)  # noqa: DTZ001 - a cell has no zone
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{2,4}\b.*")


class Typed(str):
    """A cell that is more than its text: a day, a time, a length of time, a fault."""

    value: datetime | timedelta | None
    fault: str

    def __new__(
        cls, text: str, value: datetime | timedelta | None = None, fault: str = ""
    ) -> "Typed":
        cell = super().__new__(cls, text)
        cell.value, cell.fault = value, fault
        return cell


class CellFault(Exception):
    """A cell that cannot be what its column wants: what was wanted of it, what came."""

    def __init__(self, wanted: str, got: str) -> None:
        super().__init__(wanted, got)
        self.wanted, self.got = wanted, got


class NumberFormats:
    """How the numbers of a workbook are shown, by the number of a cell's style."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[int, str] = {}

    def of(self, style: int) -> str:
        """The format as Excel writes it, such as 00000 or 0%."""
        if style not in self.known:
            from openpyxl.styles.numbers import BUILTIN_FORMATS

            at = self.book._cell_styles[style].numFmtId
            own = self.book._number_formats
            self.known[style] = (
                own[at - 164] if at >= 164 else BUILTIN_FORMATS.get(at, "General")
            )
        return self.known[style]


def shown(cell: dict[str, Any], formats: NumberFormats) -> str:
    """The text of a cell; a Typed one where its column decides what it comes to."""
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return Typed("?", fault="a formula that was never calculated")
    if kind == "e":
        return Typed(str(value), fault=f"the error {value}")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, formats.of(cell["style_id"] or 0))
    if isinstance(value, datetime):
        return Typed(value.isoformat(" ", "seconds"), value)
    if isinstance(value, date):
        return Typed(value.isoformat(), datetime.combine(value, time()))
    if isinstance(value, time):
        since = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return Typed(value.isoformat("minutes"), since)
    if isinstance(value, timedelta):
        return Typed(_clock(value), value)
    return "" if value is None else str(value)


def _number(value: int | float, form: str) -> str:
    if abs(value) >= 10**FIGURES_KEPT:
        said = f"a number of more than {FIGURES_KEPT} figures, which Excel has rounded"
        return Typed(f"{value:.0f}", fault=said)
    if "%" in form:
        return f"{value * 100:.12g}%"
    if value != int(value):
        return f"{value:.15g}"
    return str(int(value)).zfill(len(form) if ZEROS.fullmatch(form) else 1)


def _clock(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def as_wanted(cell: Typed, wanted: SourceColumn, heading: str, profile: Profile) -> str:
    """A typed cell as its column reads it; CellFault where Excel has spoilt it."""
    value = cell.value
    if cell.fault:
        raise CellFault(f"a value under {heading}", cell.fault)
    if "of minutes" in wanted.wanted or "of hours" in wanted.wanted:
        return _length(value, heading, "of minutes" in wanted.wanted)
    if wanted.wanted == TEXT or isinstance(value, timedelta):
        return str(cell)
    assert value is not None
    if wanted.wanted == DATE:
        return value.strftime(FORMS[profile.dates][1])
    if wanted.wanted == TIME:
        return _time(value, profile.dates)
    if "time" in wanted.wanted:
        return str(cell)
    raise CellFault(
        f"{wanted.wanted} under {heading}",
        f"the day {value:%Y-%m-%d}, into which Excel has turned what stood there;"
        " make the column text, and type it again",
    )


def _length(value: datetime | timedelta | None, heading: str, in_minutes: bool) -> str:
    length = value - FIRST_DAY if isinstance(value, datetime) else value
    if length is None or not timedelta() <= length < timedelta(days=366):
        raise CellFault(
            f"a length of time under {heading}", f"the day {value:%Y-%m-%d}"
        )
    minutes = length.total_seconds() / 60
    return f"{round(minutes) if in_minutes else minutes / 60:.15g}"


def _time(value: datetime, form: str) -> str:
    day = value.strftime(FORMS[form][1])
    # Excel has no way to tell a day from its first minute.
    has_hour = value.time() != time()
    return f"{day} {value:%H:%M:%S}" if has_hour else day


class Mixture:
    """Days that Excel read and days that it left as text, in one column.

    Where all that it read could be the other way round and all that it left could not,
    it has swapped the days and months of those that it read.
    """

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.read, self.turned = 0, 0
        self.left = ""

    def see(self, cell: str) -> None:
        """One cell of the column, in any order."""
        if isinstance(cell, Typed) and isinstance(cell.value, datetime):
            self.read += 1
            self.turned += cell.value.day <= 12
        elif (said := SLASHED.fullmatch(cell)) and max(int(said[1]), int(said[2])) > 12:
            self.left = self.left or cell

    @property
    def is_damaged(self) -> bool:
        return bool(self.left) and 0 < self.read == self.turned

    def refusal(self, name: str) -> str:
        """Why a file with such a column is refused whole."""
        return (
            f"{name}, column {self.heading}: {self.read} of its cells are days and"
            f" others are text such as {self.left}, so Excel took the day for the month"
            " in those that it could read. Nothing was loaded: they would have been"
            " read wrongly. Go back to the file that was opened in Excel, and import"
            " that."
        )
