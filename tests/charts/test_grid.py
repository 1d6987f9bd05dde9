"""The icon grid: every measure once, duties apart, and a headline that adds up."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from oversight.charts.grid import Ask, ask_of, grid_of, icon_grid
from oversight.words import Assurance, Signal
from tests.charts import made_up

ALL = list(made_up.CASES.values())


@pytest.mark.parametrize(
    ("signal", "assurance", "ask"),
    [
        (Signal.IMPROVEMENT, Assurance.PASS, Ask.NOTHING),
        (Signal.IMPROVEMENT, Assurance.HIT_OR_MISS, Ask.NOTHING),
        (Signal.IMPROVEMENT, Assurance.FAIL, Ask.WATCH),
        (Signal.NORMAL, Assurance.PASS, Ask.NOTHING),
        (Signal.NORMAL, Assurance.HIT_OR_MISS, Ask.NOTHING),
        (Signal.NORMAL, Assurance.FAIL, Ask.DECIDE),
        (Signal.CONCERN, Assurance.PASS, Ask.WATCH),
        (Signal.CONCERN, Assurance.HIT_OR_MISS, Ask.WATCH),
        (Signal.CONCERN, Assurance.FAIL, Ask.DECIDE),
        (Signal.CONCERN, None, Ask.WATCH),
        (Signal.NEUTRAL, None, Ask.NOTHING),
        (Signal.TOO_FEW, None, Ask.NOTHING),
    ],
)
def test_what_a_cell_asks_of_the_board(signal, assurance, ask):
    assert ask_of(signal, assurance) is ask


def test_every_measure_has_one_place_and_duties_stand_apart():
    grid = grid_of(ALL)
    placed = [entry for entries in grid.cells.values() for entry in entries]
    assert len(placed) + len(grid.duties) == len(ALL)
    assert {entry.measure for entry in grid.duties} == {"L11"}
    assert "L11" not in {entry.measure for entry in placed}


def test_the_headline_counts_what_the_cells_hold():
    grid = grid_of(ALL)
    counts = [int(count) for count in re.findall(r"\d+", grid.headline)]
    held = dict.fromkeys(Ask, 0)
    for place, entries in grid.cells.items():
        held[ask_of(*place)] += len(entries)
    decide, of, watch, rest = counts
    assert (decide, watch, rest) == tuple(held.values())
    assert of == sum(held.values()) == len(ALL) - 2  # the two duties


def test_one_needs_and_two_need():
    improving, spike, *_ = ALL
    assert grid_of([improving, spike, spike]).headline == (
        "None of 3 measures needs a decision, 1 needs watching, 2 need no discussion"
    )
    assert grid_of([]).headline == "No measure to place yet"


def test_the_table_is_one_line_of_html_with_heads_for_screen_readers():
    html = icon_grid(ALL, lambda measure: f"/measure?id={measure}&x=1")
    assert "\n" not in html
    table = ElementTree.fromstring(html)
    assert {head.get("scope") for head in table.iter("th")} == {"col", "row"}
    assert "/measure?id=S01&x=1" in {link.get("href") for link in table.iter("a")}


def test_what_people_wrote_stays_text():
    measure = replace(ALL[0].measure, title="<script>alert(1)</script>")
    verdict = replace(ALL[0].verdict, measure=measure)
    html = icon_grid([replace(ALL[0], verdict=verdict)], lambda _: '"><script>')
    assert "<script" not in html
