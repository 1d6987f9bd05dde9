"""How far has each legal clock run, and is any of them late?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from oversight.charts.chart import ChartKind, Mark
from oversight.charts.frame import wrapped
from oversight.charts.panel import (
    Anchor,
    Axis,
    Box,
    Dot,
    Line,
    Panel,
    Text,
    Tick,
    row_axis,
)
from oversight.clocks.clock import Clock
from oversight.clocks.rules import State
from oversight.verdicts.sentences import number

ROW: Final = 52.0  # px
NAME_WIDTH: Final = 150.0
MOST_LATE: Final = 1.5  # times the clock: what is later is told by its words alone
LOOKS: Final = {
    State.RUNNING: "watch",
    State.PAUSED: "unknown",
    State.MET: "good",
    State.LATE: "bad",
}


@dataclass(frozen=True)
class Running:
    """One clock by the hour: whose it is, how it stands, and what was done when.

    steps: (hours from the start, what was done), as the record has them.
    """

    name: str
    clock: Clock
    is_done: bool
    steps: tuple[tuple[float, str], ...] = ()


def clocks(title: str, running: Sequence[Running], hours: int, source: str) -> Panel:
    """One track a clock, all from when it started; the late first, then least left.

    hours: what the law gives. Elapsed and left are of one clock, and add up to it.
    """
    ordered = sorted(running, key=_urgency)
    end = float(hours)
    over = [_over(one) for one in ordered]
    high = max([end, *(min(end + late, end * MOST_LATE) for late in over)])
    names = ["\n".join(wrapped(one.name, NAME_WIDTH)) for one in ordered]
    ticks = tuple(Tick(float(at), f"{at} h") for at in range(0, int(high) + 1, 24))
    headline = _headline(ordered)
    said = "; ".join(f"{one.name}: {left_in_words(one)}" for one in ordered)
    return Panel(
        kind=ChartKind.CLOCKS,
        title=title,
        headline=headline,
        subtitle=f"{title}, hours since each clock started, of the {hours} allowed",
        source=source,
        alternative=f"{title}. {headline}. {said or 'No clock'}.",
        x=Axis(0.0, high, ticks, is_ruled=True),
        y=row_axis(names),
        height=ROW * max(len(ordered), 1),
        heads=("Clock", "Elapsed", "Left", "How it stands"),
        rows=tuple(_row(one) for one in ordered),
        numeric=(1, 2),
        boxes=tuple(_boxes(ordered, end, high)),
        dots=tuple(_dots(ordered, high)),
        lines=(
            Line(
                f"{hours} hours",
                ((end, 0.0), (end, float(max(len(ordered), 1)))),
                "target",
                2,
                (10, 4, 2, 4),
            ),
        ),
        texts=tuple(_texts(ordered, high)),
        left=NAME_WIDTH + 20,
        right=150,
    )


def left_in_words(one: Running) -> str:
    """How a clock stands: "41 h left", "5 h late and still open", "done in 19 h"."""
    clock = one.clock
    if clock.late_by is not None:
        late = f"{_hours(clock.late_by)} late"
        return late if one.is_done else f"{late}, still open"
    if one.is_done:
        return f"done in {_hours(clock.elapsed)}"
    return f"{_hours(clock.left or 0)} left"


def _urgency(one: Running) -> tuple[bool, float, str]:
    left = -_over(one) if _over(one) else (one.clock.left or 0)
    return one.is_done, left, one.name


def _over(one: Running) -> float:
    return one.clock.late_by or 0.0


def _headline(ordered: Sequence[Running]) -> str:
    late = [one for one in ordered if _over(one) and not one.is_done]
    open_ = [one for one in ordered if not one.is_done]
    missed = sum(bool(_over(one)) for one in ordered if one.is_done)
    if not ordered:
        return "No clock has started"
    if late:
        count = len(late)
        verb = "clock has" if count == 1 else "clocks have"
        worst = left_in_words(late[0]).partition(",")[0]
        return f"{number(count, start=True)} {verb} run out: {late[0].name}, {worst}"
    if open_:
        count = len(open_)
        verb = "clock is" if count == 1 else "clocks are"
        first = left_in_words(open_[0])
        return f"{number(count, start=True)} {verb} running: {open_[0].name}, {first}"
    if missed:
        return f"No clock is running; {missed} of {len(ordered)} ran out first"
    every = f"all {len(ordered)} were" if len(ordered) > 1 else "the only one was"
    return f"No clock is running; {every} met in time"


def _row(one: Running) -> tuple[str, ...]:
    clock = one.clock
    left = "–" if clock.left is None else _hours(clock.left)
    return one.name, _hours(clock.elapsed + _over(one)), left, left_in_words(one)


def _boxes(ordered: Sequence[Running], end: float, high: float) -> Iterator[Box]:
    for row, one in enumerate(ordered):
        ends = row + 0.3, row + 0.7
        yield Box(0, end, *ends, "band", "border_strong", "allowed")
        ran = min(one.clock.elapsed, end)
        state = one.clock.state
        fill = LOOKS[State.MET if one.is_done and not _over(one) else state]
        words = f"{one.name}: {left_in_words(one)}"
        yield Box(0, ran, *ends, fill, fill, str(state), words)
        if _over(one):
            late = min(end + _over(one), high)
            yield Box(end, late, *ends, "bad", "bad", "over", words)


def _dots(ordered: Sequence[Running], high: float) -> Iterator[Dot]:
    for row, one in enumerate(ordered):
        for at, words in one.steps:
            said = f"{one.name}: {words}, {_hours(at)} after the start"
            yield Dot(min(at, high), row + 0.5, Mark.PART, said)


def _texts(ordered: Sequence[Running], high: float) -> Iterator[Text]:
    for row, one in enumerate(ordered):
        is_late = bool(_over(one))
        colour = "bad" if is_late else "ink2" if one.is_done else "watch"
        is_bold = not one.is_done
        said = left_in_words(one)
        yield Text(high, row + 0.5, said, colour, dx=14, is_bold=is_bold)
        if one.steps:
            at, words = one.steps[-1]
            place = min(at, high)
            anchor: Anchor = "end" if place > 0.8 * high else "start"
            dx = 4 if anchor == "end" else -4
            yield Text(place, row + 0.5, words, "ink2", anchor, dx=dx, dy=18)


def _hours(length: float) -> str:
    """Whole hours and, under a day, minutes: "41 h", "5 h 20 min"."""
    minutes = round(length * 60)
    if minutes >= 24 * 60 or minutes % 60 == 0:
        return f"{minutes // 60} h"
    return (
        f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
    )
