"""What of a figure may leave the management group? Small counts may not.

A figure from which one could tell how one to four people or cases fared is hidden
whole: its numbers, its sentence, its chart. Its status stays, which is what a reader
outside asks; so do the measures around it, each of which is of other cases.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from oversight.charts.chart import ChartSpec
from oversight.charts.family import spec_from_json
from oversight.charts.panel import Panel
from oversight.disclosure import SMALLEST, may_show_total, suppressed
from oversight.words import STATUS_WORDS, Status

HIDDEN: Final = "not shown"
WHY: Final = f"It would tell of fewer than {SMALLEST} people or cases."


class Audience(StrEnum):
    """Whom the papers are for."""

    GROUP = "group"  # the management group: everything, case lists too
    OUTSIDE = "outside"  # anybody else: small counts hidden, no case lists


@dataclass(frozen=True)
class Shown:
    """One figure as an audience may see it."""

    figure: str
    sentence: str
    met: int | None
    total: int | None
    value: float | None
    chart: ChartSpec | Panel | None
    no_chart: str


def shown_of(one: Mapping[str, Any], audience: Audience) -> Shown:
    """A measure of a snapshot for an audience."""
    status = Status(one["status"])
    chart = spec_from_json(json.dumps(one["chart"]))
    if audience is Audience.OUTSIDE and _is_small(one):
        return Shown(
            HIDDEN,
            f"{one['title']}: {STATUS_WORDS[status].lower()}. The figure is not shown."
            f" {WHY}",
            None,
            None,
            None,
            None,
            f"The chart is not shown. {WHY}",
        )
    if audience is Audience.OUTSIDE and _has_small_month(chart):
        drawn, why = None, "The chart is not shown: a month in it has a small count."
    elif one["chart"]["kind"] == "empty":
        drawn, why = None, "There is no chart: no month has a figure."
    else:
        drawn, why = chart, ""
    title = f"{one['title']}: "
    figure = one["brief"].removeprefix(title).rstrip(".")
    counts = one["met"], one["total"], one["value"]
    if status is Status.NOT_KNOWN:
        counts = None, None, None
    return Shown(figure, one["sentence"], *counts, drawn, why)


def homes_shown(
    by_home: Sequence[Mapping[str, Any]], names: Mapping[str, str], audience: Audience
) -> tuple[tuple[str, ...], ...]:
    """Home by home: met, of, not known; whole rows hidden where one is small."""
    hidden: set[str] = set()
    if audience is Audience.OUTSIDE:
        for count in (_met, _missed, _unknown, _total):
            counts = {one["home"]: count(one) for one in by_home}
            shown = suppressed(counts)
            hidden |= {home for home, number in shown.items() if number is None}
            if not may_show_total(counts):
                hidden = set(counts)
                break
    return tuple(
        (
            names.get(one["home"], one["home"]),
            *(
                [HIDDEN] * 3
                if one["home"] in hidden
                else [f"{_met(one)}", f"{_total(one)}", f"{_unknown(one)}"]
            ),
        )
        for one in by_home
    )


def _is_small(one: Mapping[str, Any]) -> bool:
    """Whether what it says is met, missed or unknown is of one to four."""
    is_known = Status(one["status"]) is not Status.NOT_KNOWN
    counts = (_unknown(one), *((_met(one), _missed(one)) if is_known else ()))
    return any(0 < count < SMALLEST for count in counts)


def _has_small_month(chart: ChartSpec | Panel) -> bool:
    if isinstance(chart, Panel):
        return True  # what its boxes stand for cannot be told, so it stays inside
    return any(
        0 < count < SMALLEST
        for point in chart.points
        for count in (point.met, point.total - point.met)
    )


def _met(one: Mapping[str, Any]) -> int:
    return int(one["met"])


def _total(one: Mapping[str, Any]) -> int:
    return int(one["total"])


def _missed(one: Mapping[str, Any]) -> int:
    return int(one["total"]) - int(one["met"])


def _unknown(one: Mapping[str, Any]) -> int:
    return int(one["unknown"])
