"""How many, by home or by cause?"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from oversight.charts import scales
from oversight.charts.chart import ChartKind
from oversight.charts.frame import wrapped
from oversight.charts.panel import Axis, Box, Panel, Text, Tick, row_axis

ROW: Final = 30.0  # px
NAME_WIDTH: Final = 170.0
NOT_RANKED: Final = (
    "In order of name, not ranked: a larger home has more of everything."
)


def by_home(
    title: str,
    counts: Mapping[str, int],
    period: str,
    source: str,
    noun: str = "cases",
    doubtful: Collection[str] = (),
) -> Panel:
    """Numbers by home (its name), in order of name and so in no order of merit.

    doubtful: homes whose sources are behind; what is known of them may not be all.
    """
    ordered = sorted(counts.items(), key=lambda each: each[0].casefold())
    total = sum(counts.values())
    most = max(counts.values(), default=0)
    if not total:
        known = set(counts) - set(doubtful)
        headline = f"None in the {_homes(len(known))} fully known"
        if len(known) == len(counts):
            headline = f"None in {_homes(len(counts))}"
    else:
        top = [name for name, count in ordered if count == most]
        some = sum(count > 0 for _, count in ordered)
        least = "At least " if set(counts) & set(doubtful) else ""
        headline = f"{least}{total:,} in all, in {some} of {_homes(len(counts))}"
        if some == 1 < len(counts):
            headline += f": {top[0]}"
        elif len(top) == 1 < len(counts):
            headline += f"; {most:,} of them at {top[0]}"
    subtitle = f"{title}, number by home, {period}"
    account = f"{source} {NOT_RANKED}"
    words = headline, subtitle, account
    return _bars(title, ordered, ("Home", noun), words, doubtful)


def by_cause(
    title: str, counts: Mapping[str, int], period: str, source: str, noun: str = "cases"
) -> Panel:
    """Numbers by cause, the commonest first; of causes as common, by name."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0].casefold()))
    total = sum(counts.values())
    if not total:
        headline = "None in this period"
    else:
        first, most = ordered[0]
        ties = sum(count == most for _, count in ordered)
        name = f"{first[:1].upper()}{first[1:]}"
        headline = f"{name} is the commonest cause: {most:,} of {total:,}"
        if ties > 1:
            headline = f"No one cause is commonest: {ties} have {most:,} of {total:,}"
    subtitle = f"{title}, number by cause, commonest first, {period}"
    return _bars(title, ordered, ("Cause", noun), (headline, subtitle, source))


def as_asked(
    title: str,
    ordered: Sequence[tuple[str, float]],
    heads: tuple[str, str],
    words: tuple[str, str, str],
) -> Panel:
    """Values by whatever somebody asked, in the order given.

    heads: what the names are, and what is measured. words: headline, subtitle, source.
    """
    return _bars(title, ordered, heads, words)


def _bars(
    title: str,
    ordered: Sequence[tuple[str, float]],
    heads: tuple[str, str],
    words: tuple[str, str, str],
    doubtful: Collection[str] = (),
) -> Panel:
    headline, subtitle, source = words
    axis = scales.count_axis([float(count) for _, count in ordered])
    names = ["\n".join(wrapped(name, NAME_WIDTH)) for name, _ in ordered]
    shown = {
        name: f"{said(count)}, may be more" if name in doubtful else said(count)
        for name, count in ordered
    }
    told = "; ".join(f"{name} {count}" for name, count in shown.items()) or "nothing"
    noun = heads[1]
    return Panel(
        kind=ChartKind.BARS,
        title=title,
        headline=headline,
        subtitle=subtitle,
        source=source,
        alternative=f"{title}. {headline}. {told}.",
        x=Axis(0.0, axis[-1], tuple(Tick(step, f"{step:,g}") for step in axis), True),
        y=row_axis(names),
        height=ROW * max(len(ordered), 1) + 6,
        heads=(heads[0], noun.capitalize()),
        rows=tuple(shown.items()),
        numeric=(1,),
        boxes=tuple(
            Box(0, count, row + 0.2, row + 0.8, "common", "card", "count", said_of)
            for row, (name, count) in enumerate(ordered)
            if count
            for said_of in [f"{name}: {shown[name]} {noun}"]
        ),
        texts=tuple(
            Text(count, row + 0.5, shown[name], "ink", dx=7, is_bold=True)
            for row, (name, count) in enumerate(ordered)
        ),
        left=NAME_WIDTH + 16,
        right=110 if doubtful else 46,
    )


def said(value: float) -> str:
    """A count whole, what is worked out with one place."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _homes(count: int) -> str:
    return f"{count} home{'' if count == 1 else 's'}"
