"""The store made anew from what was kept answers as the old one did."""

from contextlib import closing

import pytest
from everything import told

from oversight import keeping
from oversight.definitions import open_store
from oversight.integrity import kept_as, verify
from oversight.reading_room.leaving import rows_of
from oversight.store import EVERYTHING, StoreError

pytestmark = pytest.mark.queries


def test_it_answers_as_before(lived, before, address) -> None:
    made = keeping.rebuild(address(lived), "tester")
    assert not [note for note in made.notes if "not as they were" in note]
    assert told(lived, before) == before
    with closing(open_store(address(lived))) as store:
        assert [check for check in verify(store) if not check.ok] == []
        with store.reading(EVERYTHING) as cursor:
            what = cursor.execute(
                "select arg_max(what, number) from journal"
            ).fetchone()
    assert what == ("store rebuilt",)


def test_what_was_changed_in_the_store_is_as_it_came_again(
    lived, before, address
) -> None:
    with closing(open_store(address(lived))) as store:
        with store.maintaining() as cursor:
            cursor.execute("delete from fact_staff where row % 2 = 0")
            cursor.execute("delete from reading")
            cursor.execute("update fact_incidents set home = 'Nowhere'")
        assert not all(check.ok for check in verify(store))
    made = keeping.rebuild(address(lived), "tester")
    said = " ".join(made.notes)
    assert "fact_staff: " in said
    assert "fact_incidents: " in said
    assert told(lived, before) == before


def test_the_store_as_it_was_is_kept_aside(lived, before, address) -> None:
    keeping.rebuild(address(lived), "tester")
    (aside,) = lived.parent.glob("store.before-rebuild-*")
    kept = lived.with_suffix(".kept")
    kept.rename(aside / kept.name)
    assert told(aside / lived.name, before) == before


def test_nothing_is_rebuilt_from_what_was_changed(lived, address) -> None:
    path = rows_of(kept_as(lived.with_suffix(".kept"), 1))
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    before = lived.read_bytes()
    with pytest.raises(StoreError, match="what was kept of arrival 1 was changed"):
        keeping.rebuild(address(lived), "tester")
    assert lived.read_bytes() == before
