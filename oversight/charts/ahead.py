"""What falls due, in the order of days, and what is late already?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from oversight.charts import figures
from oversight.charts.accounts import days_in_words
from oversight.charts.chart import ChartKind, Mark
from oversight.charts.frame import wrapped
from oversight.charts.panel import Axis, Dot, Line, Panel, Text, Tick, row_axis
from oversight.verdicts.sentences import number

ROW: Final = 34.0  # px
NAME_WIDTH: Final = 220.0
SOON: Final = 14  # days
MOST_LATE: Final = 21  # days drawn to the left of today; what is later is told in words
WORDS: Final = {
    Mark.MISSED: "late",
    Mark.CONCERN: f"due within {SOON} days",
    Mark.NORMAL: "due later",
}


@dataclass(frozen=True)
class Due:
    """One thing to be done by a day, and by whom."""

    what: str
    day: date
    who: str = ""


def ahead(
    title: str, dues: Sequence[Due], today: date, source: str, horizon: int = 90
) -> Panel:
    """The late first, then what falls due within so many days; the rest is counted."""
    last = today + timedelta(days=horizon)
    shown = sorted((d for d in dues if d.day <= last), key=lambda d: (d.day, d.what))
    beyond = len(dues) - len(shown)
    low = -float(MOST_LATE) if any(due.day < today for due in shown) else 0.0
    names = ["\n".join(wrapped(due.what, NAME_WIDTH)) for due in shown]
    headline = _headline(shown, today, horizon)
    more = f" {beyond} more fall due later." if beyond else ""
    marks = {_mark(due, today) for due in shown}
    said = "; ".join(f"{due.what}, {_when(due, today)}" for due in shown)
    rows = float(max(len(shown), 1))
    return Panel(
        kind=ChartKind.AHEAD,
        title=title,
        headline=headline,
        subtitle=f"{title}, {figures.short_day(today)} to {figures.short_day(last)}",
        source=f"{source}{more}",
        alternative=f"{title}. {headline}. {said or 'Nothing'}.",
        x=Axis(low, float(horizon), tuple(_ticks(today, horizon)), is_ruled=True),
        y=row_axis(names),
        height=ROW * rows,
        heads=("What", "Due", "In", "Who"),
        rows=tuple(
            (due.what, figures.short_day(due.day), _in(due, today), due.who or "–")
            for due in shown
        ),
        dots=tuple(
            Dot(_place(due, today), row + 0.5, _mark(due, today), _said(due, today))
            for row, due in enumerate(shown)
        ),
        lines=(
            Line("today", ((0.0, 0.0), (0.0, rows)), "ink", 1.8),
            *(
                Line(
                    f"until {due.day.isoformat()}",
                    ((0.0, row + 0.5), (_place(due, today), row + 0.5)),
                    "bad" if due.day < today else "line",
                    1.8,
                )
                for row, due in enumerate(shown)
            ),
        ),
        texts=tuple(_texts(shown, today, float(horizon))),
        key=tuple((mark, word) for mark, word in WORDS.items() if mark in marks),
        left=NAME_WIDTH + 20,
        right=190,
    )


def _mark(due: Due, today: date) -> Mark:
    if due.day < today:
        return Mark.MISSED
    return Mark.CONCERN if (due.day - today).days <= SOON else Mark.NORMAL


def _place(due: Due, today: date) -> float:
    return max(float((due.day - today).days), -float(MOST_LATE))


def _in(due: Due, today: date) -> str:
    days = (due.day - today).days
    if days == 0:
        return "today"
    return f"{days_in_words(-days)} late" if days < 0 else f"in {days_in_words(days)}"


def _when(due: Due, today: date) -> str:
    return f"{figures.short_day(due.day)}, {_in(due, today)}"


def _said(due: Due, today: date) -> str:
    who = f", {due.who}" if due.who else ""
    return f"{due.what}: {_when(due, today)}{who}"


def _headline(shown: Sequence[Due], today: date, horizon: int) -> str:
    late = [due for due in shown if due.day < today]
    to_come = [due for due in shown if due.day >= today]
    said = []
    if late:
        are = "is" if len(late) == 1 else "are"
        oldest = f"by {_in(late[0], today).removesuffix(' late')}"
        most = oldest if len(late) == 1 else f"the oldest {oldest}"
        said.append(f"{number(len(late), start=True)} {are} late, {most}")
    if to_come:
        fall = "falls" if len(to_come) == 1 else "fall"
        soon = sum((due.day - today).days <= SOON for due in to_come)
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
        mark = _mark(due, today)
        colour = {Mark.MISSED: "bad", Mark.CONCERN: "watch"}.get(mark, "ink2")
        is_bold = mark is not Mark.NORMAL
        words = _when(due, today)
        yield Text(horizon, row + 0.5, words, colour, dx=10, is_bold=is_bold)
