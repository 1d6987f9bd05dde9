"""Every entry of the journal is sealed to the one before: any change is found."""

import json
import shutil
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight import arrivals, journal
from oversight.arrivals import Sent, import_file
from oversight.store import EVERYTHING, Store
from oversight.store.spool import Note, Spool

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


def test_a_moment_is_told_of_once(store: Store) -> None:
    def tell_of_it_twice() -> None:
        with store.writing() as one:
            journal.append(one, "tester", "one thing", {})
            journal.append(one, "tester", "and another", {})

    with pytest.raises(ValueError, match="is told of already"):
        tell_of_it_twice()
    assert first_broken(store) is None


# ---- Notes: what is noted while others write


def said(store: Store) -> list[tuple[str, str]]:
    with store.reading(EVERYTHING) as cursor:
        return [(entry.person, entry.what) for entry in journal.entries(cursor)]


def test_a_note_is_an_entry_as_soon_as_nobody_writes(store: Store) -> None:
    with store.writing() as writing:
        for n in range(3):
            journal.note(store, "reader", f"page {n} viewed", {"rows": n})
        journal.append(writing, "writer", "something written", {})
    assert journal.write_down(store) in (0, 3)  # or its own thread was before us
    assert said(store) == [
        ("writer", "something written"),
        *(("reader", f"page {n} viewed") for n in range(3)),
    ]
    assert first_broken(store) is None


def test_notes_of_many_threads_are_all_written_once(store: Store) -> None:
    def work(who: int) -> None:
        for n in range(20):
            journal.note(store, f"reader {who}", f"{n:02d}", {})

    threads = [threading.Thread(target=work, args=(who,)) for who in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    journal.write_down(store)
    found = said(store)
    assert sorted(found) == sorted(
        (f"reader {who}", f"{n:02d}") for who in range(5) for n in range(20)
    )
    for who in range(5):
        theirs = [what for person, what in found if person == f"reader {who}"]
        assert theirs == sorted(theirs)
    assert first_broken(store) is None


@pytest.mark.parametrize("is_written", [False, True])
def test_what_a_killed_process_had_noted_is_written_once(
    is_written: bool, store_path: Path
) -> None:
    opened = Store(f"duckdb:///{store_path}")
    spool = Spool(store_path)
    spool.add(Note("2026-01-01T00:00:00+00:00", "reader", "page viewed", {}))
    spool.close()
    beside = store_path.with_suffix(".notes")
    with beside.open("ab") as torn:
        torn.write(b'{"at": "2026-01-')
    if is_written:
        aside = beside.with_suffix(".before")
        spool.take()
        shutil.copy(beside.with_suffix(".notes-taken"), aside)
        journal.write_down(opened)
        # Killed after the commit: what was taken is still there.
        aside.rename(beside.with_suffix(".notes-taken"))
    opened.close()
    opened = Store(f"duckdb:///{store_path}")
    journal.write_down(opened)
    assert said(opened) == [("reader", "page viewed")]
    opened.close()


def test_a_clock_set_back_is_told_of(store: Store) -> None:
    note(store, "in order", datetime.now(UTC) + timedelta(days=1))
    note(store, "and after")
    with store.reading(EVERYTHING) as cursor:
        one, two = (json.loads(entry.about) for entry in journal.entries(cursor))
    assert "clock" not in one
    assert datetime.fromisoformat(two["clock"]) < datetime.now(UTC)


def test_the_journal_can_be_asked_as_of_a_day(store: Store) -> None:
    note(store, "then", datetime(2025, 1, 1, tzinfo=UTC))
    note(store, "later", datetime(2025, 1, 3, tzinfo=UTC))
    asked = "select what from journal_entries(?::date) order by number"
    for homes, day, answer in (
        (EVERYTHING, "2025-01-01", ["then"]),
        (EVERYTHING, "2025-01-03", ["then", "later"]),
        ((), "2025-01-03", []),
    ):
        with store.reading(homes) as cursor:
            found = cursor.execute(asked, [day]).fetchall()
        assert [what for (what,) in found] == answer
