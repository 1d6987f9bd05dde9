"""Cases -> met, total and value by home and month, kept ready for the closed months."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from oversight.definitions import reads_of, rests_on_findings
from oversight.measures import all_measures, counted_cases
from oversight.prepared import prepare, prepare_ground
from oversight.promises import Kind, Measure
from oversight.store import Cursor, last_moment

UK = ZoneInfo("Europe/London")
MONTHS_KEPT = 36
Sums = tuple[int, int, date | None]  # met, total, the newest case not met


@dataclass(frozen=True)
class Reading:
    """What a measure's cases on a day come to in a home: cases, or units of a ratio."""

    home: str
    met: int
    total: int
    unknown: int  # cases that cannot be judged: in neither of the above
    month_met: int  # in the month of that day alone
    month_total: int
    last_missed: date | None


@dataclass(frozen=True)
class MonthPoint:
    """One month of a measure's trend, all homes in scope together."""

    day: date  # its last, or the day asked about
    met: int
    total: int
    value: float | None
    is_part: bool  # the month had not ended
    is_known: bool = True  # its sources could be relied on


def reading_on(cursor: Cursor, measure: Measure, as_of: date) -> list[Reading]:
    """By home, in the scope and at the knowledge of the cursor; from the cases."""
    found = cursor.execute(
        f"""
        select {_SUMS} from ({counted_cases(measure, "$as_of::date")})
        group by home order by home
        """,
        {"as_of": as_of},
    ).fetchall()
    return [Reading(*row) for row in found]


def trend(
    cursor: Cursor,
    measure: Measure,
    as_of: date,
    months: int = 24,
    today: Sequence[Reading] | None = None,
    ready: Mapping[date, Sums] | None = None,
) -> list[MonthPoint]:
    """The months up to a day, oldest first; the last is a part unless the day ends it.

    Closed months come from the readings kept ready when the cursor knows all that is
    known; what is not ready, or is asked at earlier knowledge, is computed from cases.
    today: the readings of the day itself, when they are in hand. ready: what `kept`
    gave, when it has been asked for many measures at once.
    """
    days = month_ends(as_of, months)
    if ready is None:
        ready = kept(cursor, [measure], days).get(measure.name, {})
    in_hand = dict(ready) if today is None else {**ready, as_of: _all_homes(today)}
    missing = [day for day in days if day not in in_hand]
    by_day = {**in_hand, **_compute(cursor, measure, missing)}
    return [_point(measure, day, *by_day.get(day, (0, 0, None))) for day in days]


def refresh(
    cursor: Cursor, kind: str | None, from_day: date | None, known_at: datetime
) -> None:
    """Recomputes the closed months an arrival of a kind (None: any) may have changed.

    from_day: the earliest day touched; None for all months kept. Runs in the arrival's
    own transaction, so that a reading is never older than the facts it counts.
    """
    today = known_at.astimezone(UK).date()
    ends = [d for d in month_ends(today, MONTHS_KEPT + 1) if d < today]
    for first, touched in _touched(kind, from_day):
        days = [day for day in ends if day >= first]
        if days:
            prepare_ground(cursor, days)
            prepare(cursor, days, [measure.name for measure in touched])
        # Older months than are kept ready may be ready from an earlier day.
        _forget(cursor, touched, first)
        for measure in touched:
            _recompute(cursor, measure, days)


def forget(cursor: Cursor, kind: str, from_day: date | None) -> None:
    """Marks as not ready what an arrival may have changed: computed when asked for.

    For many files in a row, with one `refresh` at the end.
    """
    for first, touched in _touched(kind, from_day):
        _forget(cursor, touched, first)


def _touched(
    kind: str | None, from_day: date | None
) -> list[tuple[date, list[Measure]]]:
    """The measures that rest on a kind, by the first day on which it may change them.

    Every measure rests on the homes. A register that speaks of a day takes back what
    rules of access had found before it.
    """
    first = from_day or date.min
    by_first: dict[date, list[Measure]] = {}
    for measure in all_measures().values():
        if kind in (None, "homes") or kind in reads_of(measure.name):
            since = date.min if rests_on_findings(measure.name) else first
            by_first.setdefault(since, []).append(measure)
    return list(by_first.items())


def month_ends(as_of: date, months: int) -> list[date]:
    """The last days of the months before a day's own, oldest first; then the day."""
    days, day = [as_of], as_of.replace(day=1)
    while len(days) < months:
        day -= timedelta(days=1)
        days.append(day)
        day = day.replace(day=1)
    return days[::-1]


# Counted in the measure's window, and in the month of the day alone.
_SUMS = """
    home,
    coalesce(sum(units_met) filter (is_known and in_window), 0)::bigint as met,
    coalesce(sum(units) filter (is_known and in_window), 0)::bigint as total,
    count(*) filter (not is_known and in_window) as unknown,
    coalesce(sum(units_met) filter (is_known and in_month), 0)::bigint as month_met,
    coalesce(sum(units) filter (is_known and in_month), 0)::bigint as month_total,
    max(happened_on) filter (is_known and not is_met) as last_missed
"""


def _by_days(measure: Measure) -> str:
    # Ambient scope and knowledge reach into the lateral join; the day is its parameter.
    return f"""
        select days.day, {_SUMS}
        from (select unnest($days::date[]) as day) as days,
            lateral ({counted_cases(measure, "days.day")}) as counted
        group by days.day, home
    """


def _recompute(cursor: Cursor, measure: Measure, days: list[date]) -> None:
    if not days:
        return
    cursor.execute(
        f"""
        insert into reading
            (month_end, home, met, total, unknown, month_met, month_total, last_missed,
            measure)
        select *, $measure from ({_by_days(measure)})
        """,
        {"days": days, "measure": measure.name},
    )
    cursor.execute(
        "insert into reading_ready select ?, unnest(?::date[])", [measure.name, days]
    )


def _forget(cursor: Cursor, measures: Iterable[Measure], from_day: date) -> None:
    names = [measure.name for measure in measures]
    for table in ("reading", "reading_ready"):
        cursor.execute(
            f"delete from {table}"
            " where measure in (select unnest(?::varchar[])) and month_end >= ?",
            [names, from_day],
        )


def _all_homes(readings: Sequence[Reading]) -> Sums:
    missed = [r.last_missed for r in readings if r.last_missed]
    met, total = (
        sum(r.month_met for r in readings),
        sum(r.month_total for r in readings),
    )
    return met, total, max(missed, default=None)


def _knows_all(cursor: Cursor) -> bool:
    row = cursor.execute("select getvariable('known_number')").fetchone()
    return row is not None and row[0] == last_moment(cursor)[0]


def kept(
    cursor: Cursor, measures: Iterable[Measure], days: Sequence[date]
) -> dict[str, dict[date, Sums]]:
    """What is kept ready of these days, by measure; nothing at earlier knowledge."""
    if not _knows_all(cursor):
        return {}
    found = cursor.execute(
        """
        select
            done.measure,
            done.month_end,
            coalesce(sum(reading.month_met), 0)::bigint,
            coalesce(sum(reading.month_total), 0)::bigint,
            max(reading.last_missed)
        from reading_ready as done
        left join reading
            on reading.measure = done.measure
            and reading.month_end = done.month_end
            and in_scope(reading.home)
        where
            list_contains(?::varchar[], done.measure)
            and list_contains(?::date[], done.month_end)
        group by done.measure, done.month_end
        """,
        [[measure.name for measure in measures], list(days)],
    ).fetchall()
    by_measure: dict[str, dict[date, Sums]] = {}
    for name, day, *sums in found:
        by_measure.setdefault(name, {})[day] = (sums[0], sums[1], sums[2])
    return by_measure


def _compute(
    cursor: Cursor, measure: Measure, days: Iterable[date]
) -> dict[date, Sums]:
    days = list(days)
    if not days:
        return {}
    found = cursor.execute(
        f"""
        select day, sum(month_met)::bigint, sum(month_total)::bigint, max(last_missed)
        from ({_by_days(measure)})
        group by day
        """,
        {"days": days},
    ).fetchall()
    return {row[0]: row[1:] for row in found}


def _point(
    measure: Measure, day: date, met: int, total: int, last_missed: date | None
) -> MonthPoint:
    is_gap = measure.kind is Kind.GAP
    days_since = (day - last_missed).days if is_gap and last_missed else None
    is_part = (day + timedelta(days=1)).day != 1
    return MonthPoint(day, met, total, measure.value(met, total, days_since), is_part)
