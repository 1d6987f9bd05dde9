"""A plain log is read a piece at a time, anything else row by row: both come to one."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oversight.reading_room import pieces, room
from oversight.reading_room.leaving import Checked, findings_of, rows_of
from oversight.reading_room.pieces import Irregular
from oversight.reading_room.readers import FileRefused, read_sheets
from oversight.reading_room.recognition import recognise

DAY = date(2026, 11, 22)
HEADINGS = (
    "event_id,system,home,occurred_at,actor_login,actor_kind,staff_ref,event_type,"
    "outcome,resident_ref"
)
PLAIN = "{},Care records,Elm House,2026-05-0{}T08:30:00Z,s1,human,S1,view,success,R1"


def rows_left(checked: Checked) -> tuple[list[str], list[str]]:
    """The checked rows and the findings, as they are kept."""
    with duckdb.connect() as reader:
        reader.execute("set timezone = 'UTC'")
        return tuple(
            [str(row) for row in reader.execute(f"from '{path}'").fetchall()]
            for path in (rows_of(checked.out), findings_of(checked.out))
        )


def both(folder: Path, content: str, homes: tuple[str, ...] = ()):
    """What the two roads make of a file; the fast one's may be None."""
    path = folder / "log.csv"
    path.write_text(content, encoding="utf-8", newline="")
    sheet, recognised = recognise(read_sheets(path, path.name), path.name)
    assert recognised.source.kind == "access_events"
    slow = room._check_row_by_row(
        sheet, recognised, DAY, homes, folder / "slow", mark=""
    )
    try:
        fast = room._check_in_pieces(sheet, recognised, DAY, homes, folder / "fast")
    except Irregular:
        fast = None
    return slow, fast


def same(slow: Checked, fast: Checked) -> None:
    counts = [
        (c.rows_read, c.rows_refused, c.rows_repeated, c.keys_unreadable, c.newest_day)
        for c in (slow, fast)
    ]
    assert counts[0] == counts[1]
    assert rows_left(slow) == rows_left(fast)


@pytest.fixture(autouse=True)
def _short_pieces(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 400)


ODD = st.sampled_from(
    [
        "",
        " ",
        "NA",
        " none ",
        "Elm House",
        " s1\t",
        "\u00a0S1",
        '"a, b"',
        '"said ""so"""',
        '"two\nlines"',
        '"\r\n"',
        'in"side',
        '"left',
        '"a"b',
        '""x',
        "=1+1",
        "-5",
        "QQ123456C",
        "1.23E+15",
        "ring 07700 900123",
        "VIEW",
        "Break-Glass",
        "2026-05-04T08:30:00Z",
        "2026-05-04 08:30:00.125+01:00",
        "2027-01-01T00:00:00Z",
        "yesterday",
        "é",
        "event_id",
        "a,b",
        "x" * 300,
    ]
)
CELLS = st.lists(st.one_of(ODD, st.text('abS1 ,"\n=-é', max_size=4)), max_size=3)


@st.composite
def logs(draw):
    lines = [HEADINGS]
    for at in range(draw(st.integers(1, 14))):
        # A small number comes again: the same event, told the same or otherwise.
        line = PLAIN.format(draw(st.integers(1, 6)) if at % 3 else at, at % 9 + 1)
        cells = line.split(",")
        for odd in draw(CELLS):
            cells[draw(st.integers(0, len(cells) - 1))] = odd
        lines.append(
            draw(st.sampled_from([",".join(cells)] * 9 + ["", ",,", HEADINGS]))
        )
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end]))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=logs(), homes=st.sampled_from([(), ("Elm House", "elm")]))
@example(f"{HEADINGS}\n" + "\n".join(PLAIN.format(n % 3, 1) for n in range(40)), ())
def test_both_roads_leave_the_same(tmp_path_factory, content, homes):
    folder = tmp_path_factory.mktemp("roads")
    try:
        slow, fast = both(folder, content, homes)
    except FileRefused:
        return
    if fast is not None:
        same(slow, fast)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_a_plain_log_takes_the_fast_road(tmp_path, end, last):
    lines = [PLAIN.format(at, at % 9 + 1) for at in range(60)]
    content = end.join([HEADINGS, *lines]) + last.replace("\n", end)
    slow, fast = both(tmp_path, content)
    assert fast is not None
    assert fast.rows_read == 60
    same(slow, fast)


def test_quoted_cells_and_lines_within_them_take_it_too(tmp_path):
    name = '"Elm, the ""old"" House\nby the sea"'
    odd = PLAIN.format(1, 1).replace("Elm House", name)
    lines = [odd if at % 7 == 3 else PLAIN.format(at, 2) for at in range(50)]
    slow, fast = both(tmp_path, "\n".join([HEADINGS, *lines]))
    assert fast is not None
    same(slow, fast)
    assert slow.rows_repeated == 6


def test_an_event_told_twice_pieces_apart_is_found(tmp_path):
    lines = [PLAIN.format(at, at % 9 + 1) for at in range(60)]
    other = lines[2].replace("view", "export")
    slow, fast = both(tmp_path, "\n".join([HEADINGS, *lines, lines[1], other]))
    assert fast is not None
    assert (fast.rows_repeated, fast.rows_refused) == (1, 1)
    same(slow, fast)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a,b",
        HEADINGS,
        PLAIN.format(1, 1) + ",more",
        PLAIN.format(1, 1).replace("s1", 's"1'),
        PLAIN.format(1, 1).replace("s1", '"s"1'),
        PLAIN.format(1, 1).replace("s1", "s\r1"),
        '"a,b',
        "," * 9,
    ],
)
def test_what_is_not_plain_takes_the_slow_road(tmp_path, line):
    lines = [PLAIN.format(at, 1) for at in range(20)]
    content = "\n".join([HEADINGS, *lines, line, *lines])
    with suppress(FileRefused):  # the slow road may refuse the file, and says why
        assert both(tmp_path, content)[1] is None
