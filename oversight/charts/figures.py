"""How are a chart's numbers written: no more exact than the decision needs?"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from oversight.promises import Direction, Kind, Measure, Target
from oversight.readings import MonthPoint
from oversight.verdicts.sentences import percent

PER_CENT = (Kind.STATE, Kind.FLOW, Kind.RATIO)
ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def short_month(day: date) -> str:
    """A month beside a number: Oct 2026."""
    return f"{day:%b %Y}"


def short_day(day: date) -> str:
    """A date beside a number: 3 Oct 2026."""
    return f"{day.day} {day:%b %Y}"


def value_in_figures(measure: Measure, month: MonthPoint, target: Target | None) -> str:
    """A month's value: "89%", "13", "65 days"; empty where there is none."""
    if month.value is None:
        return ""
    if measure.kind in PER_CENT:
        return percent(month.met, month.total, target)
    return f"{month.value:,.0f}{' days' if measure.kind is Kind.GAP else ''}"


def value_in_words(measure: Measure, month: MonthPoint, is_duty: bool) -> str:
    """A month's value with what it counts: "89%, 282 of 315"."""
    met, total = month.met, month.total
    if month.value is None:
        return "nothing fell due"
    if is_duty:
        return f"{total - met or 'none'} of {total:,} missed"
    if measure.kind is Kind.GAP:
        return f"{month.value:,.0f} days since the last"
    if measure.kind is Kind.COUNT:
        is_volume = measure.direction is Direction.NEUTRAL
        return f"{total:,}" if is_volume else f"{total - met:,} of {total:,}"
    target = measure.target_on(month.day)
    return f"{percent(met, total, target)}, {met:,} of {total:,}"


def line_in_figures(line: float, unit: str, values: Iterable[float]) -> str:
    """A limit or average, whole unless a value would then seem on its other side.

    A month of 13 beyond a limit of 12.7 is not to stand beside "Upper limit 13".
    """
    values = list(values)
    for places in (0, 1, 2):
        shown = round(line, places)
        if all((v > line) == (v > shown) and (v < line) == (v < shown) for v in values):
            break
    return f"{shown:,.{places}f}{unit}"


def in_short_months(said: str) -> str:
    """A sentence of the arithmetic with its days as months: "From Apr 2026: …"."""
    return _days_as(short_month, said)


def in_short_days(said: str) -> str:
    """A sentence of the arithmetic with its days as people write them."""
    return _days_as(short_day, said)


def _days_as(written: Callable[[date], str], said: str) -> str:
    return ISO_DAY.sub(lambda found: written(date.fromisoformat(found[0])), said)
