"""What is worked out once for many questions is what each would have been told."""

import re
from datetime import date

import pytest

from oversight.definitions import QUERIES
from oversight.headers import read_folder
from oversight.measures import all_measures
from oversight.prepared import prepare, prepare_ground, release
from oversight.readings import month_ends, reading_on, trend
from oversight.sources import all_sources
from oversight.store import EVERYTHING, Store
from oversight.verdicts.freshness import heard_on
from oversight.words import COMPANY

pytestmark = pytest.mark.queries

TODAY = date(2026, 11, 22)
MEASURES = list(all_measures().values())
VIEWS = {definition.name for definition in read_folder(QUERIES / "views")}
ROWS = {f"{way}_{kind}" for kind in all_sources() for way in ("known", "ever")}


@pytest.mark.parametrize("scope", ["everything", "one home", "nothing"])
def test_prepared_or_not_the_readings_are_the_same(company: Store, scope):
    homes = {
        "everything": EVERYTHING,
        "one home": (first_home(company), COMPANY),
        "nothing": (),
    }[scope]
    days = [*month_ends(TODAY, 2), date(2020, 1, 1)][-len(homes) - 1 :]
    with company.reading(homes) as cursor:
        plain = [reading_on(cursor, m, day) for m in MEASURES for day in days]
        heard = [heard_on(cursor, kind, days) for kind in all_sources()]
        prepare_ground(cursor, days)
        assert [heard_on(cursor, kind, days) for kind in all_sources()] == heard
        prepare(cursor, days, [m.name for m in MEASURES])
        again = [reading_on(cursor, m, day) for m in MEASURES for day in days]
    assert again == plain


def test_prepared_at_earlier_knowledge_it_knows_no_more(company: Store):
    with company.reading(EVERYTHING, known=10) as cursor:
        plain = [reading_on(cursor, m, TODAY) for m in MEASURES]
        prepare_ground(cursor, [TODAY])
        prepare(cursor, [TODAY], [m.name for m in MEASURES])
        assert [reading_on(cursor, m, TODAY) for m in MEASURES] == plain


def test_prepared_twice_it_answers_for_the_second_days(company: Store):
    earlier = date(2026, 6, 30)
    with company.reading(EVERYTHING) as cursor:
        plain = [trend(cursor, m, earlier, 2, ready={}) for m in MEASURES]
        for day in (TODAY, earlier):
            days = month_ends(day, 2)
            prepare_ground(cursor, days)
            prepare(cursor, days, [m.name for m in MEASURES])
        assert [trend(cursor, m, earlier, 2, ready={}) for m in MEASURES] == plain


def test_released_it_answers_for_any_day_again(company: Store):
    earlier, some = date(2026, 6, 30), MEASURES[::5]
    with company.reading(EVERYTHING) as cursor:
        plain = [reading_on(cursor, m, earlier) for m in some]
        prepare_ground(cursor, [TODAY])
        prepare(cursor, [TODAY], [m.name for m in some])
        assert [reading_on(cursor, m, earlier) for m in some] != plain
        release(cursor)
        assert [reading_on(cursor, m, earlier) for m in some] == plain


@pytest.mark.parametrize(
    "definition",
    [d for folder in ("views", "measures") for d in read_folder(QUERIES / folder)],
    ids=lambda definition: definition.name,
)
def test_what_is_prepared_is_asked_about_the_day_itself_and_no_other(definition):
    """Else a definition would find nothing of the other day, and nobody would know."""
    for name, argument in re.findall(r"\b([a-z_]+)\(([^()]*)\)", definition.sql):
        if name in VIEWS | ROWS:
            assert argument.strip() == "$as_of", f"{name}({argument})"


def first_home(store: Store) -> str:
    with store.reading(EVERYTHING) as cursor:
        asked = "select min(home) from homes(date '2026-11-22')"
        row = cursor.execute(asked).fetchone()
    assert row is not None
    return str(row[0])
