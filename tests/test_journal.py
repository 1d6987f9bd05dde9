"""Every entry of the journal is sealed to the one before: any change is found."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight import arrivals, journal
from oversight.arrivals import Sent, import_file
from oversight.store import EVERYTHING, Store

pytestmark = pytest.mark.queries

words = st.text(max_size=5)


def note(store: Store, what: str, at: datetime | None = None) -> None:
    with store.writing(at) as writing:
        journal.append(writing, "tester", what, {"of": "Élm “House”", "n": 1})


def first_broken(store: Store) -> int | None:
    with store.reading() as cursor:
        return journal.first_broken(cursor)


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with entries of every way of making one."""
    for n, zone in enumerate((UTC, timezone(timedelta(hours=1)))):
        note(store, f"in {zone}", datetime(2025, 1, 1 + n, tzinfo=zone))
    path = store.kept / "staff.csv"
    path.write_text("home,staff_ref\nElm House,S1\n", encoding="utf-8")
    report = import_file(store, Sent(path, "tester", "staff"))
    arrivals.undo(store, report.arrival or 0, "a test", "tester")
    path.unlink()
    import_file(store, Sent(path, "tester", "staff"))
    return store


def test_the_chain_recomputes_from_what_is_kept(kept: Store) -> None:
    with kept.reading() as cursor:
        entries = cursor.execute("select * from journal order by number").fetchall()
    assert [entry[0] for entry in entries] == [1, 2, 3, 4, 5]
    before = ""
    for number, at, person, what, about, previous, sealed in entries:
        moment = at.astimezone(UTC).isoformat()
        assert previous == before
        assert sealed == journal.seal(before, number, moment, person, what, about)
        before = sealed
    assert first_broken(kept) is None


@pytest.mark.parametrize(
    "change",
    [
        "update journal set what = 'nothing' where number = 3",
        "update journal set about = '{}' where number = 3",
        "update journal set person = 'somebody else' where number = 3",
        "update journal set known_at = known_at + interval 1 second where number = 3",
        "update journal set number = 99 where number = 3",
        "update journal set sha256 = repeat('0', 64) where number = 3",
        "delete from journal where number = 3",
    ],
)
def test_a_change_to_one_entry_breaks_the_chain(change: str, kept: Store) -> None:
    with kept.maintaining() as cursor:
        cursor.execute(change)
    assert first_broken(kept) in (3, 4, 99)


def test_the_journal_says_who_did_what_about_which_arrival(kept: Store) -> None:
    with kept.reading(EVERYTHING) as cursor:
        said = cursor.execute(
            """
            select person, what, json_extract_string(about, '$.arrival')
            from journal where number > 2 order by number
            """
        ).fetchall()
    assert said == [
        ("tester", "file imported", "3"),
        ("tester", "arrival undone", "3"),
        ("tester", "file refused", None),
    ]


@given(st.tuples(*[words] * 5), st.tuples(*[words] * 5))
def test_entries_that_differ_have_seals_that_differ(one, other) -> None:
    def seal(said: tuple[str, ...]) -> str:
        return journal.seal(said[0], 7, *said[1:])

    assert (seal(one) == seal(other)) is (one == other)


def test_words_that_move_from_one_field_to_the_next_change_the_seal() -> None:
    assert journal.seal("", 7, "at", "ab", "c", "") != journal.seal(
        "", 7, "at", "a", "bc", ""
    )
