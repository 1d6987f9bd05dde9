"""Everything that a store answers, to be compared with what another one does."""

from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from oversight.definitions import open_store
from oversight.measures import all_measures
from oversight.prepared import prepared_for
from oversight.readings import month_ends, reading_on, trend
from oversight.store import EVERYTHING

TODAY = date(2026, 11, 22)
DOCUMENT = b"what somebody wrote"
TOLD = ("moment", "journal", "person", "setting", "arrival", "arrival_cover", "refusal")


def told(path: Path, before: dict[str, Any]) -> dict[str, Any]:
    """What another store answers to what `before` was asked."""
    return answers(path, len(before["moment"]))


def answers(path: Path, up_to: int) -> dict[str, Any]:
    """Figures on two days at three states of knowledge, and what people did.

    up_to: the last moment that is told of; what came later is of this very trial.
    """
    found: dict[str, Any] = {}
    measures = all_measures().values()
    with closing(open_store(f"duckdb:///{path}")) as store:
        for known in (up_to, up_to // 2):
            day = TODAY if known == up_to else TODAY - timedelta(days=20)
            with (
                store.reading(EVERYTHING, known) as cursor,
                prepared_for(cursor, [day], measures),
            ):
                for measure in measures:
                    readings = reading_on(cursor, measure, day)
                    found[f"{measure.name} {known}"] = [*map(asdict, readings)]
        with (
            store.reading(EVERYTHING, up_to) as cursor,
            prepared_for(cursor, month_ends(TODAY, 3), measures),
        ):
            for measure in measures:
                points = trend(cursor, measure, TODAY, 3)
                found[f"{measure.name} trend"] = [asdict(each) for each in points]
        with store.reading(EVERYTHING) as cursor:
            for table in (*TOLD, "exception_found"):
                column = (
                    "arrival" if table in ("arrival_cover", "refusal") else "number"
                )
                rows = cursor.execute(
                    f"select * from {table} where {column} <= ? order by all", [up_to]
                ).fetchall()
                found[table] = [*map(str, rows)]
    return found


def last_moment_of(path: Path) -> int:
    with closing(open_store(f"duckdb:///{path}")) as store, store.reading() as cursor:
        row = cursor.execute("select max(number) from moment").fetchone()
    return int(row[0])
