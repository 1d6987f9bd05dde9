"""What falls due, in the order of days, and what is late already?

A row is one thing to be done by a day, or one measure with every day on which something
of it falls due. Its days are drawn week by week: of many on one day nobody sees more
than one.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from oversight.charts import figures
from oversight.charts.accounts import days_in_words
from oversight.charts.chart import ChartKind, Mark
from oversight.charts.dues import Due
from oversight.charts.frame import wrapped
from oversight.charts.panel import Axis, Dot, Line, Panel, Text, Tick, row_axis
from oversight.verdicts.sentences import number

ROW: Final = 34.0  # px
NAME_WIDTH: Final = 220.0
SOON: Final = 14  # days
WEEK: Final = 7
MOST_LATE: Final = 21  # days drawn to the left of today; what is later is told in words
MOST_ROWS: Final = 24  # drawn; the table has them all
WORDS: Final = {
    Mark.MISSED: "late",
    Mark.CONCERN: f"due within {SOON} days",
    Mark.NORMAL: "due later",
}
STOPS: Final = "no longer met"


def ahead(
    title: str, dues: Sequence[Due], today: date, source: str, horizon: int = 90
) -> Panel:
    """The late first, then what falls due within so many days; the rest is counted."""
    last = today + timedelta(days=horizon)
    listed = sorted((d for d in dues if d.day <= last), key=lambda d: (d.day, d.what))
    shown = listed[:MOST_ROWS]
    low = -float(MOST_LATE) if any(due.day < today for due in shown) else 0.0
    names = ["\n".join(wrapped(due.what, NAME_WIDTH)) for due in shown]
    headline = _headline(listed, today, horizon)
    said = "; ".join(f"{due.what}, {_when(due, today)}" for due in shown)
    rows = float(max(len(shown), 1))
    found = [
        d for row, due in enumerate(shown) for d in _dots(row, due, today, horizon)
    ]
    # What is missed is drawn last, and so is never hidden by what is a day before it.
    dots = tuple(sorted(found, key=lambda dot: dot.mark is Mark.MISSED))
    heads, table = _table(listed, today)
    return Panel(
        kind=ChartKind.AHEAD,
        title=title,
        headline=headline,
        subtitle=f"{title}, {figures.short_day(today)} to {figures.short_day(last)}",
        source=" ".join((source, *_left_out(len(dues), len(listed), len(shown)))),
        alternative=f"{title}. {headline}. {said or 'Nothing'}.",
        x=Axis(low, float(horizon), tuple(_ticks(today, horizon)), is_ruled=True),
        y=row_axis(names),
        height=ROW * rows,
        heads=heads,
        rows=table,
        numeric=(3,) if len(heads) > 4 else (),
        dots=dots,
        lines=(
            Line("today", ((0.0, 0.0), (0.0, rows)), "ink", 1.8),
            *(
                Line(
                    f"until {due.day.isoformat()}",
                    ((0.0, row + 0.5), (_place(due.day, today), row + 0.5)),
                    "bad" if due.day < today else "line",
                    1.8,
                )
                for row, due in enumerate(shown)
            ),
        ),
        texts=tuple(_texts(shown, today, float(horizon))),
        key=tuple(_key(shown, dots, today)),
        left=NAME_WIDTH + 20,
        right=236 if any(due.stops_on for due in shown) else 190,
    )


def _left_out(every: int, listed: int, shown: int) -> Iterator[str]:
    if every > listed:
        yield f"{every - listed} more fall due later."
    if listed > shown:
        yield f"{listed - shown} more are in the table alone."


def _key(
    shown: Sequence[Due], dots: Sequence[Dot], today: date
) -> Iterator[tuple[Mark, str]]:
    marks = {dot.mark for dot in dots}
    is_late = any(due.day < today for due in shown)
    stops = any(due.stops_on for due in shown)
    words = [WORDS[Mark.MISSED]] * is_late + [STOPS] * stops
    for mark, word in WORDS.items():
        if mark in marks:
            yield mark, " or ".join(words) if mark is Mark.MISSED else word


def _dots(row: int, due: Due, today: date, horizon: int) -> Iterator[Dot]:
    """Its days, the first of each week for them all; then the day it stops on."""
    days = [day for day in due.days if day != due.stops_on]
    inside = [day for day in days if (day - today).days <= horizon]
    for _, week in groupby(inside, lambda day: (day - due.day).days // WEEK):
        these = list(week)
        yield Dot(
            _place(these[0], today),
            row + 0.5,
            _mark(these[0], today),
            _said(due, these, today),
        )
    if due.stops_on is not None:
        words = f"{due.what}: {_stops(due.stops_on, today)}"
        yield Dot(_place(due.stops_on, today), row + 0.5, Mark.MISSED, words)


def _mark(day: date, today: date) -> Mark:
    if day < today:
        return Mark.MISSED
    return Mark.CONCERN if (day - today).days <= SOON else Mark.NORMAL


def _place(day: date, today: date) -> float:
    return max(float((day - today).days), -float(MOST_LATE))


def _in(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "today"
    return f"{days_in_words(-days)} late" if days < 0 else f"in {days_in_words(days)}"


def _when(due: Due, today: date) -> str:
    """What is said at the end of a row: the day it stops on, else the first it has."""
    if due.stops_on is not None:
        return _stops(due.stops_on, today)
    when = f"{figures.short_day(due.day)}, {_in(due.day, today)}"
    return f"{when}, and {len(due.later):,} more" if due.later else when


def _stops(day: date, today: date) -> str:
    return f"not met from {figures.short_day(day)}, {_in(day, today)}"


def _said(due: Due, days: Sequence[date], today: date) -> str:
    who = f", {due.who}" if due.who else ""
    if len(days) == 1:
        return f"{due.what}: {figures.short_day(days[0])}, {_in(days[0], today)}{who}"
    last = figures.short_day(days[-1])
    since = f"{figures.short_day(days[0])} to {last}" if days[0] < days[-1] else last
    return f"{due.what}: {len(days):,} due {since}{who}"


def _table(
    listed: Sequence[Due], today: date
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows; of measures also how many days, and the one it stops on."""
    if not any(due.later or due.stops_on for due in listed):
        return ("What", "Due", "In", "Who"), tuple(
            (due.what, *_first(due, today), due.who or "–") for due in listed
        )
    return ("What", "First due", "In", "Dates", "Not met from", "Who"), tuple(
        (
            due.what,
            *_first(due, today),
            f"{len(due.days):,}",
            figures.short_day(due.stops_on) if due.stops_on else "–",
            due.who or "–",
        )
        for due in listed
    )


def _first(due: Due, today: date) -> tuple[str, str]:
    return figures.short_day(due.day), _in(due.day, today)


def _headline(listed: Sequence[Due], today: date, horizon: int) -> str:
    # As the page counts them: a measure that only stops has no date that falls due.
    days = sorted(day for due in listed if not due.only_stops for day in due.days)
    late = [day for day in days if day < today]
    to_come = [day for day in days if 0 <= (day - today).days <= horizon]
    said = []
    if late:
        are = "is" if len(late) == 1 else "are"
        oldest = f"by {_in(late[0], today).removesuffix(' late')}"
        most = oldest if len(late) == 1 else f"the oldest {oldest}"
        said.append(f"{number(len(late), start=True)} {are} late, {most}")
    if to_come:
        fall = "falls" if len(to_come) == 1 else "fall"
        soon = sum((day - today).days <= SOON for day in to_come)
        count = number(len(to_come), start=not said)
        said.append(f"{count} {fall} due in {horizon} days")
        if soon:
            said[-1] += f", {number(soon)} within {SOON}"
    return "; ".join(said) or f"Nothing falls due in the next {horizon} days"


def _ticks(today: date, horizon: int) -> Iterator[Tick]:
    yield Tick(0.0, "today")
    day = today
    while True:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        days = (day - today).days
        if days > horizon:
            return
        if days >= 14:  # nearer, its name would stand on today's
            yield Tick(float(days), f"{day.day} {day:%b}")


def _texts(shown: Sequence[Due], today: date, horizon: float) -> Iterator[Text]:
    for row, due in enumerate(shown):
        mark = _mark(due.stops_on or due.day, today)
        colour = {Mark.MISSED: "bad", Mark.CONCERN: "watch"}.get(mark, "ink2")
        is_bold = mark is not Mark.NORMAL or due.stops_on is not None
        if due.stops_on is not None:
            colour = "bad"
        yield Text(
            horizon, row + 0.5, _when(due, today), colour, dx=10, is_bold=is_bold
        )
