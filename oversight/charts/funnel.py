"""How do homes compare, with their size told: is any of them really different?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from oversight.charts import figures, scales
from oversight.charts.chart import ChartKind, Mark
from oversight.charts.frame import text_width
from oversight.charts.panel import Anchor, Axis, Dot, Line, Panel, Text, Tick
from oversight.charts.placing import Box as Room
from oversight.charts.placing import push_apart
from oversight.signals import funnel as arithmetic
from oversight.signals.funnel import Place
from oversight.verdicts.sentences import listed, percent

Home = tuple[str, int, int]  # name, met, total
HEIGHT: Final = 300.0  # px of the plot
WIDTH: Final = 420.0  # at which names are placed, the narrowest a page makes it
NAMED_HOMES: Final = 12  # where there are more, only those that differ are named
TOGETHER: Final = 2  # homes at one place that are both named; of more, the first
RIM: Final = 8.0  # px that a name beside a dot on the rim may reach over it
OUT: Final = 40  # times as bad as covering a line
WORDS_OVER_WORDS: Final = 20
STRUCK: Final = 400.0  # square px of a limit: it runs along the name, not across it
CORNERS: Final = 40  # of a limit
PIECES: Final = 3  # from one corner to the next
WORDS: Final = {
    Mark.IMPROVEMENT: "higher than chance allows",
    Mark.CONCERN: "lower than chance allows",
    Mark.NORMAL: "no different from the rest",
    Mark.DOUBTFUL: "too few cases to tell",
}
CAVEAT: Final = (
    "Limits: exact binomial about the average of these homes (Spiegelhalter 2005). "
    "Outside the outer pair asks why; it ranks nobody."
)


def funnel(title: str, homes: Sequence[Home], period: str, source: str) -> Panel:
    """Homes by size (across) and share met (up), with what chance alone would allow.

    Homes without a case have no place. ValueError when none has one.
    """
    homes = sorted((h for h in homes if h[2]), key=lambda home: home[0].casefold())
    if not homes:
        raise ValueError("A funnel wants a home with a case; none has one.")
    share = arithmetic.together([(met, total) for _, met, total in homes])
    placed = [arithmetic.place(met, total, share) for _, met, total in homes]
    dots = [_dot(home, place) for home, place in zip(homes, placed, strict=True)]
    steps = scales.count_axis([float(total) for _, _, total in homes])
    values = [dot.y for dot in dots] + [100 * share]
    # Limits of small homes reach far: they run out of the picture, and no home does.
    largest = max(total for _, _, total in homes)
    values += [100 * x for x in arithmetic.limits(largest, share, arithmetic.OUTER)]
    ups = scales.percent_axis(values)
    across = Axis(
        0.0, steps[-1], tuple(Tick(s, f"{s:,g}") for s in steps), title="cases"
    )
    up = Axis(ups[0], ups[-1], tuple(Tick(s, f"{s:g}%") for s in ups), True)
    headline = _headline(homes, placed)
    marks = {dot.mark for dot in dots}
    lines = tuple(_lines(share, across, up))
    rows = tuple(_row(home, dot) for home, dot in zip(homes, dots, strict=True))
    average = figures.line_in_figures(100 * share, "%", [0.0, 100.0])
    said = "; ".join(dot.words for dot in dots)
    return Panel(
        kind=ChartKind.FUNNEL,
        title=title,
        headline=headline,
        subtitle=f"{title}, % by home against its number of cases, {period}",
        source=f"{source} {CAVEAT}",
        alternative=f"{title}. {headline}. Average {average}. {said}.",
        x=across,
        y=up,
        height=HEIGHT,
        heads=("Home", "Met", "Of", "Value", "Beside the rest"),
        rows=rows,
        numeric=(1, 2, 3),
        dots=tuple(dots),
        lines=lines,
        texts=(*_names(homes, dots, lines, across, up), *_ends(lines, average, up)),
        key=tuple((mark, word) for mark, word in WORDS.items() if mark in marks),
        left=52,
        right=150,
    )


def _dot(home: Home, place: Place) -> Dot:
    name, met, total = home
    mark = {1: Mark.IMPROVEMENT, -1: Mark.CONCERN}.get(place.side, Mark.NORMAL)
    mark = mark if place.can_tell or place.side else Mark.DOUBTFUL
    words = f"{name}: {percent(met, total)}, {met:,} of {total:,}, {WORDS[mark]}"
    return Dot(float(total), 100 * place.share, mark, words)


def _row(home: Home, dot: Dot) -> tuple[str, ...]:
    name, met, total = home
    return name, f"{met:,}", f"{total:,}", percent(met, total), WORDS[dot.mark]


def _headline(homes: Sequence[Home], placed: Sequence[Place]) -> str:
    low = [home[0] for home, p in zip(homes, placed, strict=True) if p.side < 0]
    high = [home[0] for home, p in zip(homes, placed, strict=True) if p.side > 0]
    can_tell = any(place.can_tell for place in placed)
    said = []
    if low:
        said.append(f"{listed(low)} {_is(low)} lower than chance allows")
    if high:
        said.append(f"{listed(high)} {_is(high)} higher than chance allows")
    if said:
        return "; ".join(said)
    if len(homes) == 1:
        return "One home alone has nothing to be compared with"
    if not can_tell:
        return "Every home has too few cases to be told from the rest"
    return "No home differs from the rest by more than chance allows"


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _lines(share: float, across: Axis, up: Axis) -> Iterator[Line]:
    """The average, and both pairs of limits as far as they lie within the picture."""
    average = 100 * share
    for tail, role, dash in (
        (arithmetic.OUTER, "99.8%", (7, 4)),
        (arithmetic.INNER, "95%", (2, 4)),
    ):
        sizes = _sizes(int(across.high))
        pairs = [arithmetic.limits(size, share, tail) for size in sizes]
        for side, name in ((0, "lower"), (1, "upper")):
            corners = [
                (float(size), 100 * pair[side])
                for size, pair in zip(sizes, pairs, strict=True)
            ]
            inside = tuple(c for c in corners if up.low <= c[1] <= up.high)
            if len(inside) > 1:
                yield Line(f"{name} {role}", inside, "limit", 1.5, dash)
    ends = (across.low, average), (across.high, average)
    yield Line("average", ends, "mean", 1.8)


def _sizes(most: int) -> list[int]:
    """Sizes close together where the limits bend, which is where homes are small."""
    found = {max(1, round(most * (i / CORNERS) ** 2)) for i in range(CORNERS + 1)}
    return sorted(found)


def _ends(lines: Sequence[Line], average: str, up: Axis) -> Iterator[Text]:
    """The lines' names at the right edge, pushed apart."""
    names = {"average": f"Average {average}"}
    named = [(line, line.corners[-1]) for line in lines]
    per = HEIGHT / (up.high - up.low)
    wanted = [(up.high - y) * per for _, (_, y) in named]
    heights = push_apart(wanted, 0, HEIGHT)
    for (line, (x, y)), want, height in zip(named, wanted, heights, strict=True):
        side, _, width = line.role.partition(" ")
        words = names.get(line.role, f"{side.capitalize()} limit, {width}")
        ink = "mean" if line.role == "average" else "ink2"
        yield Text(x, y, words, ink, dx=10, dy=height - want)


def _names(
    homes: Sequence[Home],
    dots: Sequence[Dot],
    lines: Sequence[Line],
    across: Axis,
    up: Axis,
) -> Iterator[Text]:
    """Names beside their dots: of those that differ always, of others where is room.

    Homes at one place share a name. Who is not named is told by the table and by
    hovering.
    """
    words = [_around((dot.x, dot.y), 6, across, up) for dot in dots]
    words += [_level(line, across, up) for line in lines if line.role == "average"]
    bent = [line for line in lines if line.role != "average"]
    drawn = [_around(place, 4, across, up) for line in bent for place in _along(line)]
    for name, dot in _named(homes, dots):
        tries = list(_tries(name, dot, across, up))
        reach = _reach([room for _, room, _ in tries])
        near = [room for room in drawn if reach.touches(room)]
        costs = [
            off + WORDS_OVER_WORDS * _shared(room, words) + _shared(room, near)
            for off, room, _ in tries
        ]
        least = costs.index(min(costs))
        off, room, text = tries[least]
        covers = off or _shared(room, words) or _shared(room, near) > STRUCK
        if covers and not _is_apart(dot):
            continue
        words.append(room)
        yield text


def _named(homes: Sequence[Home], dots: Sequence[Dot]) -> list[tuple[str, Dot]]:
    """What stands beside which dot, those that differ first; of many, these alone."""
    found: dict[tuple[float, float], list[tuple[str, Dot]]] = {}
    for (name, _, _), dot in zip(homes, dots, strict=True):
        if len(homes) <= NAMED_HOMES or _is_apart(dot):
            found.setdefault((dot.x, dot.y), []).append((name, dot))
    said = [(_in_one([name for name, _ in at]), at[0][1]) for at in found.values()]
    return sorted(said, key=lambda each: not _is_apart(each[1]))


def _in_one(names: Sequence[str]) -> str:
    if len(names) <= TOGETHER:
        return listed(names)
    return f"{names[0]} and {len(names) - 1} more"


def _is_apart(dot: Dot) -> bool:
    return dot.mark in (Mark.CONCERN, Mark.IMPROVEMENT)


def _reach(rooms: Sequence[Room]) -> Room:
    """The room that holds them all."""
    lefts, tops, rights, bottoms = zip(*rooms, strict=True)
    return Room(min(lefts), min(tops), max(rights), max(bottoms))


def _shared(room: Room, others: Sequence[Room]) -> float:
    return sum(room.overlap(other) for other in others)


def _tries(
    name: str, dot: Dot, across: Axis, up: Axis
) -> Iterator[tuple[float, Room, Text]]:
    """Places round a dot; with each how far it is out of the picture, 0 within."""
    x, y = _pixel((dot.x, dot.y), across, up)
    wide = text_width(name)
    places: list[tuple[Anchor, float, float]] = [
        ("start", 9, 0),
        ("end", -9, 0),
        ("middle", 0, -15),
        ("middle", 0, 15),
        ("start", 9, -13),
        ("start", 9, 13),
        ("end", -9, -13),
        ("end", -9, 13),
    ]
    for anchor, dx, dy in places:
        left = x + dx - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        room = Room(left, y + dy - 8, left + wide, y + dy + 8)
        out = max(-left, 0.0) + max(left + wide - WIDTH, 0.0)
        out += max(-(y + dy - 8 + RIM), 0.0) + max(y + dy + 8 - HEIGHT, 0.0)
        is_bold = _is_apart(dot)
        ink = "ink" if is_bold else "ink2"
        text = Text(dot.x, dot.y, name, ink, anchor, dx, dy, is_bold=is_bold)
        yield OUT * out, room, text


def _along(line: Line) -> Iterator[tuple[float, float]]:
    """Places along a line, close enough together that no name fits between."""
    for (x0, y0), (x1, y1) in pairwise(line.corners):
        for piece in range(PIECES):
            share = piece / PIECES
            yield x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def _level(line: Line, across: Axis, up: Axis) -> Room:
    """What a line across takes, which would strike a name through."""
    (x0, y), (x1, _) = (_pixel(corner, across, up) for corner in line.corners)
    return Room(x0, y - 2, x1, y + 2)


def _pixel(place: tuple[float, float], across: Axis, up: Axis) -> tuple[float, float]:
    x = WIDTH * (place[0] - across.low) / (across.high - across.low)
    return x, HEIGHT * (up.high - place[1]) / (up.high - up.low)


def _around(place: tuple[float, float], reach: float, across: Axis, up: Axis) -> Room:
    x, y = _pixel(place, across, up)
    return Room(x - reach, y - reach, x + reach, y + reach)
