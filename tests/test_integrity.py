import shutil
from pathlib import Path

import pytest
from command_line import oversight
from sending import send

from oversight import arrivals, integrity
from oversight.definitions import open_store
from oversight.headers import read_folder
from oversight.integrity import CHECKS, verify
from oversight.reading_room.leaving import findings_of, rows_of
from oversight.store import Store

pytestmark = pytest.mark.queries


@pytest.fixture
def lived(store: Store, known, tmp_path: Path) -> Store:
    """A store that has seen two files, one refused, one undone and one brought back."""
    known("homes", "home_ref | name\n1-900 | Elm House\n1-901 | Oak Lodge")
    report = known(
        "incidents", "incident_ref | home | title\nI1 | Elm House | A letter"
    )
    send(store, tmp_path / "empty.csv", b"")
    undone = arrivals.undo(store, report.arrival, "sent by mistake", "tester")
    arrivals.undo(store, undone.arrival, "it was no mistake", "tester")
    return store


def wrong(store: Store) -> dict[str, str]:
    """The checks that do not hold, and what each says."""
    return {check.name: check.detail for check in verify(store) if not check.ok}


def tamper(store: Store, sql: str) -> None:
    with store.maintaining() as cursor:
        cursor.execute(sql)


def test_a_store_that_nobody_touched_holds_what_was_put_there(lived):
    assert wrong(lived) == {}


def test_every_check_written_in_sql_is_made(lived):
    names = {check.name for check in verify(lived)}
    assert {definition.one("check") for definition in read_folder(CHECKS)} <= names


@pytest.mark.parametrize("kept", [rows_of, findings_of])
@pytest.mark.parametrize("at", [0.0, 0.3, 0.5, 0.7, 0.99])
def test_one_byte_changed_in_what_was_kept_is_found(lived, kept, at):
    path = kept(integrity.kept_as(lived.kept, 2))
    content = bytearray(path.read_bytes())
    content[int(at * len(content))] ^= 1
    path.write_bytes(content)
    assert wrong(lived) == {
        "kept files are as they were": "what was kept of arrival 2 was changed"
    }


def test_a_kept_file_that_is_gone_is_found(lived):
    rows_of(integrity.kept_as(lived.kept, 1)).unlink()
    assert wrong(lived) == {
        "kept files are as they were": "what was kept of arrival 1 is not there"
    }


@pytest.mark.parametrize(
    "sql",
    [
        "update fact_incidents set title = 'A lettre'",
        "update fact_incidents set subjects_affected = 0",
        "delete from fact_incidents",
        "insert into fact_incidents from fact_incidents",
    ],
)
def test_one_cell_or_row_changed_in_the_store_is_found(lived, sql):
    tamper(lived, sql)
    assert list(wrong(lived)) == ["the rows of incidents are those that came"]


def test_a_row_of_no_arrival_is_found(lived):
    tamper(
        lived, "insert into fact_incidents (arrival, row, row_key) values (99, 2, 'i9')"
    )
    (detail,) = wrong(lived).values()
    assert detail == "1 rows belong to arrival 99, which never came"


def test_counts_that_do_not_add_up_are_found(lived):
    tamper(lived, "update arrival set rows_read = rows_read + 1 where number = 1")
    (name,) = wrong(lived)
    assert (
        name == "of every file, the rows read are those accepted, unchanged and refused"
    )


UNBROKEN, TOLD = "the journal is unbroken", "every moment is told of in the journal"


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("update journal set person = 'nobody' where number = 2", [UNBROKEN]),
        ("update journal set about = about || ' ' where number = 3", [UNBROKEN]),
        (
            "update journal set known_at = known_at + interval 1 second"
            " where number = 3",
            [UNBROKEN],
        ),
        ("update journal set previous_sha256 = '' where number = 3", [UNBROKEN]),
        ("delete from journal where number = 2", [UNBROKEN, TOLD]),
        ("delete from journal where number = (select max(number) from moment)", [TOLD]),
        ("delete from moment where number = 3", [TOLD]),
        ("delete from journal; delete from moment where number > 4", [TOLD]),
    ],
)
def test_a_journal_that_was_mended_by_hand_is_found(lived, sql, found):
    tamper(lived, sql)
    assert list(wrong(lived)) == found


def test_one_byte_changed_in_the_file_of_the_store_is_found(lived, tmp_path):
    path = Path(shutil.copy(lived.path, tmp_path / "copy.duckdb"))
    lived.close()
    content = bytearray(lived.path.read_bytes())
    content[content.index(b"Oak Lodge")] ^= 1
    path.write_bytes(content)
    answer = oversight("verify", "--json", store=path)
    assert answer.status == 1
    (check,) = answer.document["checks"]
    assert check["name"] == "every table can be read to its end"
    assert check["detail"].startswith("fact_homes (")


def test_the_command_answers_and_its_status_says_the_same(store_path):
    answer = oversight("verify", "--json", store=store_path)
    assert (answer.status, answer.document["ok"]) == (0, True)
    store = open_store(f"duckdb:///{store_path}")
    tamper(store, "insert into moment values (1, now())")
    store.close()
    answer = oversight("verify", "--json", store=store_path)
    assert (answer.status, answer.document["ok"]) == (1, False)
    bad = [check for check in answer.document["checks"] if not check["ok"]]
    assert [check["name"] for check in bad] == [TOLD]
    assert set(bad[0]) == {"name", "ok", "detail"}
    words = oversight("verify", store=store_path)
    assert f"BAD {TOLD}: moment 1 is not told of" in words.out
