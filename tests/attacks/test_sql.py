"""What people type is a value in every query and a name in no path."""

import pytest

from oversight import journal
from oversight.arrivals import Sent, import_file
from oversight.people import Person
from oversight.reader import Reader
from oversight.trust import looking_back
from oversight.trust.looking_back import Asked
from oversight.words import Role
from tests.conftest import TODAY, write_drawn

INJECTIONS = (
    "'; drop table person; --",
    "' or '1'='1",
    '" or 1=1 --',
    "x' union select password_hash from person --",
    "$1",
    "?",
    "{person}",
    "%' escape '",
    "\\'; select 1; --",
    "\0",
)


@pytest.mark.parametrize("typed", INJECTIONS)
def test_no_parameter_is_sql(store, typed):
    with store.writing() as writing:
        journal.append(writing, "ann", "something", {})
    lead = Reader(store, Person(typed, Role.IG_LEAD, (), True, ""), TODAY, typed)
    assert lead.board().judged
    far = Reader(store, lead.person, TODAY.replace(year=2199))
    assert len(looking_back.entries(far, Asked())) == 1
    for asked in (Asked(person=typed), Asked(what=typed)):
        assert looking_back.entries(far, asked) == []
    own = Reader(store, Person("m", Role.HOME_MANAGER, (typed,), True, ""), TODAY)
    assert own.homes() == {}
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from journal").fetchall() == [(1,)]


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fetc%2fpasswd.csv",
        "....homes.csv",
        "homes.csv\u202egpj.exe.csv",
        "-rf homes.csv",
        "'; drop table person; --homes.csv",
        "homes%00.csv",
    ],
)
def test_a_file_name_is_never_a_path(store, tmp_path, name):
    before = set(tmp_path.rglob("*"))
    folder = tmp_path / "sent"
    folder.mkdir()
    path = folder / name
    write_drawn(path, "homes", "home_ref | name\n1-1 | Elm House")
    sent = Sent(path, "tester", "homes", profile="template_homes", taken_on=TODAY)
    report = import_file(store, sent, readings_later=True)
    assert report.state == "accepted"
    made = set(tmp_path.rglob("*")) - before - {folder, path}
    inside = (store.path.with_suffix(".kept"), store.path)
    assert all(
        str(one).startswith(tuple(str(each.with_suffix("")) for each in inside))
        for one in made
    )
    assert not any("passwd" in one.name or "drop" in one.name for one in made)
