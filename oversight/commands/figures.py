"""What the figures are: measures, cases, trend, spc."""

import csv
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any

import click

from oversight.commands.common import (
    answer,
    as_of_option,
    day,
    home_option,
    json_option,
    known_at_option,
    reading,
    says_no,
    store_option,
    table,
)
from oversight.measures import cases_on, find_measure
from oversight.signals import spc as arithmetic
from oversight.verdicts.judgement import Judged, judge_all, judge_one, read_sources
from oversight.verdicts.sentences import sentence_of

MISSING = {"", "na", "nan", "null"}  # as R and others write what is not there
GHOSTS = {
    **dict.fromkeys(("", "0", "0.0", "false", "no"), False),
    **dict.fromkeys(("1", "1.0", "true", "yes"), True),
}
SCOPED = (
    as_of_option,
    known_at_option,
    home_option,
    store_option,
    json_option,
    says_no,
)


def scoped(command: Any) -> Any:
    """As of, known at, home, store and JSON: what every answer about figures takes."""
    for option in reversed(SCOPED):
        command = option(command)
    return command


@click.command()
@scoped
def measures(
    as_of: datetime | None,
    known_at: datetime | None,
    home: str | None,
    address: str | None,
    as_json: bool,
) -> None:
    """Every measure's verdict."""
    with reading(address, known_at, home) as cursor:
        found = [as_row(judged) for judged in judge_all(cursor, day(as_of))]
    answer(
        found,
        as_json,
        lambda: "\n".join(f"{r['status']}: {r['sentence']}" for r in found),
    )


@click.command()
@click.argument("measure")
@click.option("--unmet", is_flag=True, help="Only the cases not met.")
@scoped
def cases(
    measure: str,
    unmet: bool,
    as_of: datetime | None,
    known_at: datetime | None,
    home: str | None,
    address: str | None,
    as_json: bool,
) -> None:
    """The rows behind a figure; is_met is null where what decides it was left out."""
    with reading(address, known_at, home) as cursor:
        listed = cases_on(cursor, find_measure(measure), day(as_of))
    found = [vars(case) for case in listed if not (unmet and case.is_met is not False)]
    answer(found, as_json, lambda: table(found))


@click.command()
@click.argument("measure")
@click.option("--months", type=click.IntRange(2, 36), default=24, show_default=True)
@scoped
def trend(
    measure: str,
    months: int,
    as_of: datetime | None,
    known_at: datetime | None,
    home: str | None,
    address: str | None,
    as_json: bool,
) -> None:
    """The series behind a chart."""
    one, asked = find_measure(measure), day(as_of)
    with reading(address, known_at, home) as cursor:
        sources = read_sources(cursor, [one], asked, months)
        judged = judge_one(cursor, one, asked, sources, months)
    drawn = {p.date: p for p in judged.chart.points} if judged.chart else {}
    found = [
        {
            "month": f"{point.day:%Y-%m}",
            "met": point.met,
            "total": point.total,
            "value": point.value,
            "point_type": drawn[point.day].point_type if point.day in drawn else None,
            "mean": drawn[point.day].mean if point.day in drawn else None,
            "lower": drawn[point.day].lpl if point.day in drawn else None,
            "upper": drawn[point.day].upl if point.day in drawn else None,
        }
        for point in judged.months
    ]
    answer(found, as_json, lambda: table(found))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--direction",
    type=click.Choice(["increase", "decrease", "neutral"]),
    default="increase",
)
@click.option(
    "--target", help="A number, or its changes by date: 90,2026-04-01:95 (none: none)."
)
@click.option("--rebase", default="", help="Days from which limits start afresh: D,D.")
@click.option("--fix", type=float, help="How many points set the limits.")
@click.option("--profile", type=click.Choice(["mdc", "nhsr"]), default="mdc")
@click.option("--no-screen", is_flag=True, help="Keep outlying moving ranges.")
@click.option(
    "--conflict", type=click.Choice(["concern", "improvement"]), default="concern"
)
@click.option("--min-points", type=int, default=arithmetic.MINIMUM, show_default=True)
@click.option("--keep-collapsed-limits", is_flag=True)
@json_option
@says_no
def spc(
    file: Path,
    direction: Any,
    target: str | None,
    rebase: str,
    fix: float | None,
    profile: Any,
    no_screen: bool,
    conflict: Any,
    min_points: int,
    keep_collapsed_limits: bool,
    as_json: bool,
) -> None:
    """Judge a CSV of date,value[,ghost] as the charts are judged."""
    try:
        chart = arithmetic.judge(
            read_points(file),
            direction=direction,
            target=_target(target),
            rebase=_days(rebase),
            fix_after=fix,
            profile=profile,
            screen=False if no_screen else None,
            conflict=conflict,
            min_points=min_points,
            keep_collapsed_limits=keep_collapsed_limits,
        )
    except arithmetic.SeriesError as fault:
        raise ValueError(f"{file.name}: {fault}") from None
    points = [arithmetic.record(point) for point in chart.points]
    found = {
        "points": points,
        "variation_icon": chart.variation_icon,
        "assurance_icon": chart.assurance_icon,
        "notes": list(chart.notes),
    }
    answer(found, as_json, lambda: table(points))


def read_points(file: Path) -> list[arithmetic.Point]:
    """The series in a file; ValueError names the row and what was wanted."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ValueError(f"{file.name}: wanted a CSV file in UTF-8; {fault}.") from None
    rows = [
        {(name or "").strip().casefold(): cell for name, cell in row.items()}
        for row in rows
    ]
    if not rows or not {"date", "value"} <= rows[0].keys():
        raise ValueError(
            f"{file.name}: wanted headings date,value[,ghost] and rows below them."
        )
    return [_point(file, number, row) for number, row in enumerate(rows, start=2)]


def _point(file: Path, number: int, row: dict[str, Any]) -> arithmetic.Point:
    said = {name: str(row.get(name) or "").strip() for name in ("date", "value")}
    ghost = str(row.get("ghost") or "").strip()
    try:
        if "" in row:  # more cells than headings
            raise ValueError
        return arithmetic.Point(
            _day(said["date"]), _number(said["value"]), GHOSTS[ghost.casefold()]
        )
    except (ValueError, KeyError):
        raise ValueError(
            f"{file.name}, row {number}: wanted a date as YYYY-MM-DD, a number and,"
            f" where there is a third, a ghost of 0 or 1; got {said['date']!r},"
            f" {said['value']!r}{f', {ghost!r}' if ghost else ''}."
        ) from None


def _number(said: str) -> float | None:
    if said.casefold() in MISSING:
        return None
    value = float(said)
    if not isfinite(value):
        raise ValueError
    return value


def _day(said: str) -> date:
    return datetime.fromisoformat(said).date()


def _days(said: str) -> list[date]:
    """Days divided by commas; ValueError says which is none."""
    parts = [part.strip() for part in said.split(",")]
    try:
        return [_day(part) for part in parts if part]
    except ValueError:
        raise ValueError(
            f"--rebase wanted days as 2026-04-01,2026-10-01; got {said!r}."
        ) from None


def _target(said: str | None) -> Any:
    """A number, or (from day, number or nothing) of each change."""
    if said is None:
        return None
    try:
        if "," not in said and ":" not in said:
            return float(said)
        changes = []
        for part in said.split(","):
            day, _, number = part.strip().rpartition(":")
            none = number.strip().casefold() == "none"
            value = None if none else float(number)
            changes.append((_day(day) if day else date.min, value))
    except ValueError:
        raise ValueError(
            "--target wanted a number, or changes by date as 90,2026-04-01:95;"
            f" got {said!r}."
        ) from None
    return changes


def as_row(judged: Judged) -> dict[str, Any]:
    """A verdict as the command line's contract has it."""
    verdict, measure = judged.verdict, judged.measure
    target = verdict.target
    return {
        "id": measure.id,
        "measure": measure.name,
        "title": measure.title,
        "strand": measure.strand,
        "clauses": list(measure.clauses),
        "kind": measure.kind,
        "duty": measure.duty,
        "direction": measure.direction,
        "target": target.value if target else None,
        "target_source": target.source if target else None,
        "met": verdict.evidence.met,
        "total": verdict.evidence.total,
        "value": verdict.value,
        "status": verdict.status,
        "signal": verdict.evidence.signal,
        "assurance": judged.assurance,
        "sentence": sentence_of(verdict),
        "data_to": judged.data_to,
        "stale_sources": sorted({doubt.kind for doubt in verdict.evidence.doubts}),
    }
