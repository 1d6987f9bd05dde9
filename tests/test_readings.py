"""What cases come to by home and month, and when what is kept ready must go."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from oversight import readings
from oversight.arrivals import Sent, import_file, import_files, undo
from oversight.measures import cases_on, find_measure
from oversight.readings import MonthPoint, month_ends, reading_on, trend
from oversight.store import EVERYTHING, Store
from tests.conftest import TODAY, write_drawn

pytestmark = pytest.mark.queries

TRAINED, COUNT = find_measure("staff_trained_in_ig"), find_measure("S05")
HOMES = "home_ref | name \n 1-1 | Elm House \n 1-2 | Oak Lodge"


def months(
    store: Store, homes: tuple[str, ...] = EVERYTHING, **asked
) -> list[MonthPoint]:
    with store.reading(homes, asked.pop("known", None)) as cursor:
        return trend(cursor, COUNT, asked.pop("as_of", TODAY), **asked)


def totals(points: list[MonthPoint]) -> list[int]:
    return [point.total for point in points]


# ---- Month ends


@pytest.mark.parametrize(
    ("as_of", "count", "days"),
    [
        ("2026-11-22", 3, ["2026-09-30", "2026-10-31", "2026-11-22"]),
        ("2026-10-31", 2, ["2026-09-30", "2026-10-31"]),
        ("2024-03-31", 2, ["2024-02-29", "2024-03-31"]),
        ("2026-01-01", 2, ["2025-12-31", "2026-01-01"]),
        ("2026-01-01", 1, ["2026-01-01"]),
    ],
)
def test_the_months_up_to_a_day_end_with_the_day_itself(as_of, count, days) -> None:
    found = month_ends(date.fromisoformat(as_of), count)
    assert [day.isoformat() for day in found] == days


# ---- A reading


def test_cases_are_counted_by_home_and_those_not_known_apart(known, store) -> None:
    known("homes", HOMES)
    known(
        "incidents",
        """
        incident_ref | home      | aware_at         | reported_at      | occurred_at
        I1           | Elm House | 2026-11-01 09:00 | 2026-11-01 10:00 |
        I2           | Elm House | 2026-11-01 09:00 | 2026-11-09 10:00 |
        I3           | Elm House | 2026-06-01 09:00 | 2026-06-01 10:00 |
        I4           | Oak Lodge |                  |                  | 2026-11-03
        I5           | Oak Lodge | 2025-01-01 09:00 | 2025-01-01 10:00 |
        I6           | Ash End   | 2026-11-01 09:00 |                  |
        """,
    )
    with store.reading(EVERYTHING) as cursor:
        found = reading_on(cursor, find_measure("S07"), TODAY)
    by_home = {
        r.home: (r.met, r.total, r.unknown, r.month_met, r.month_total) for r in found
    }
    assert by_home == {
        "1-1": (2, 3, 0, 1, 2),
        "1-2": (0, 0, 1, 0, 0),
        "unmatched": (0, 1, 0, 0, 1),
    }
    assert {r.home: r.last_missed for r in found}["1-1"] == date(2026, 11, 2)


def test_a_reader_of_one_home_gets_that_home(known, store) -> None:
    known("homes", HOMES)
    known("staff", "home | staff_ref \n Elm House | S1 \n Oak Lodge | S2 \n Ash | S3")
    for homes, seen in (
        (("1-1",), {"1-1"}),
        (("1-1", "unmatched"), {"1-1", "unmatched"}),
        ((), set()),
        (EVERYTHING, {"1-1", "1-2", "unmatched"}),
    ):
        with store.reading(homes) as cursor:
            assert {r.home for r in reading_on(cursor, TRAINED, TODAY)} == seen
            assert {c.home for c in cases_on(cursor, TRAINED, TODAY)} == seen


# ---- A trend


def incidents(folder: Path, name: str, *days: str) -> Sent:
    path = folder / f"{name}.csv"
    rows = [f"{name}-{n} | Elm House | {day}" for n, day in enumerate(days)]
    drawn = "\n".join(["incident_ref | home | aware_at", *rows])
    write_drawn(path, "incidents", drawn)
    return Sent(path, "tester", "incidents")


def test_each_month_counts_its_own_and_the_last_may_be_a_part(store, tmp_path) -> None:
    days = ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01", "2026-11-22")
    import_file(store, incidents(tmp_path, "a", *days))
    found = months(store, months=3)
    assert totals(found) == [1, 2, 2]
    assert [point.is_part for point in found] == [False, False, True]
    whole = months(store, as_of=date(2026, 10, 31), months=2)
    assert [(p.total, p.is_part) for p in whole] == [(1, False), (2, False)]


def test_what_is_ready_is_what_would_be_computed(store, tmp_path) -> None:
    import_file(store, incidents(tmp_path, "a", "2026-09-30", "2026-10-01"))
    ready = months(store, months=24)
    with store.maintaining() as cursor:
        assert cursor.execute("select count(*) from reading").fetchone() != (0,)
        readings.forget(cursor, "incidents", None)
        assert cursor.execute(
            "select count(*) from reading where measure = ?", [COUNT.name]
        ).fetchone() == (0,)
    assert months(store, months=24) == ready


def test_a_reader_who_knows_less_is_not_given_what_is_ready_now(
    store, tmp_path
) -> None:
    first = import_file(store, incidents(tmp_path, "a", "2026-09-30")).arrival
    import_file(store, incidents(tmp_path, "b", "2026-09-29", "2026-10-01"))
    assert totals(months(store, months=3)) == [2, 1, 0]
    assert totals(months(store, months=3, known=first)) == [1, 0, 0]
    assert totals(months(store, months=3, known=0)) == [0, 0, 0]


def test_what_is_ready_is_given_in_the_scope_of_the_reader(
    known, store, tmp_path
) -> None:
    known("homes", HOMES)
    import_file(store, incidents(tmp_path, "a", "2026-09-30"))
    for homes, total in ((("1-1",), 1), (("1-2",), 0), ((), 0), (EVERYTHING, 1)):
        assert totals(months(store, homes, months=3)) == [total, 0, 0]


def test_an_undo_is_seen_in_the_months_it_touched(store, tmp_path) -> None:
    done = import_file(store, incidents(tmp_path, "a", "2026-09-30")).arrival
    undone = undo(store, done or 0, "a test", "tester").arrival
    assert totals(months(store, months=3)) == [0, 0, 0]
    undo(store, undone or 0, "a test", "tester")
    assert totals(months(store, months=3)) == [1, 0, 0]


def test_many_files_in_a_row_are_ready_after_the_last(store, tmp_path) -> None:
    files = [incidents(tmp_path, name, "2026-09-30") for name in ("a", "b", "c")]
    seen = [totals(months(store, months=3)) for _ in import_files(store, files)]
    assert seen == [[1, 0, 0], [2, 0, 0], [3, 0, 0]]
    with store.reading(EVERYTHING) as cursor:
        asked = (
            "select month_total from reading where measure = ? and home = 'unmatched'"
        )
        ready = cursor.execute(f"{asked} and month_end = ?", [COUNT.name, "2026-09-30"])
        assert ready.fetchall() == [(3,)]


def test_a_month_that_is_older_than_those_kept_ready_is_forgotten_too(
    store, tmp_path
) -> None:
    """Ready once, as of an earlier day, then changed by a file that came much later."""
    early, late = datetime(2023, 3, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    for name, at, days in (("a", early, ["2023-02-01"]), ("b", late, ["2023-02-02"])):
        sent = incidents(tmp_path, name, *days)
        import_file(store, Sent(sent.path, "tester", "incidents", known_at=at))
    february = months(store, as_of=date(2023, 2, 28), months=1)
    assert totals(february) == [2]


def test_a_register_touches_no_month_before_it_was_taken(
    known, store, tmp_path
) -> None:
    def trained() -> list[int]:
        with store.reading(EVERYTHING) as cursor:
            return totals(trend(cursor, TRAINED, TODAY, 3))

    for name, taken_on, staff in (
        ("one", date(2026, 8, 1), "S1"),
        ("two", date(2026, 10, 31), "S1 \n S2"),
        ("between", date(2026, 9, 30), "S1 \n S2 \n S3"),
    ):
        path = tmp_path / f"{name}.csv"
        write_drawn(path, "staff", f"staff_ref \n {staff}")
        import_file(store, Sent(path, "tester", "staff", taken_on=taken_on))
    assert trained() == [3, 2, 2]
