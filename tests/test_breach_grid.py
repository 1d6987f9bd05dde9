"""The breach grid suggests; how sure it is shows on every suggestion."""

import json

import pytest
from click.testing import CliRunner, Result

from oversight import reference
from oversight.commands import clocks
from oversight.grid import LEVELS, suggest
from tests import reference as beside

CELLS = reference.breach_grid()
EVERY = [(severity, likelihood) for severity in LEVELS for likelihood in LEVELS]


@pytest.mark.parametrize(
    ("severity", "likelihood", "score", "ico", "national"),
    [
        (1, 1, 1, False, False),
        (1, 5, 5, False, False),
        (2, 2, 4, False, False),
        (2, 3, 6, True, False),
        (3, 3, 9, True, False),
        (3, 5, 15, True, False),
        (4, 2, 8, False, False),
        (4, 3, 12, True, True),
        (5, 1, 5, False, False),
        (5, 5, 25, True, True),
    ],
)
def test_the_grid_suggests_whom_to_tell(severity, likelihood, score, ico, national):
    found = suggest(CELLS, severity, likelihood)
    assert (found.score, found.notify_ico, found.notify_national) == (
        score,
        ico,
        national,
    )
    assert found.band == CELLS[severity, likelihood].band


@pytest.mark.parametrize(
    ("severity", "likelihood", "contained", "score", "confidence"),
    [
        (1, 1, False, 4, "C"),
        (1, 1, True, 1, "B"),
        (1, 3, False, 6, "C"),
        (5, 1, False, 10, "C"),
        (2, 2, False, 4, "B"),
        (3, 4, False, 12, "B"),
    ],
)
def test_vulnerable_people_raise_each_level_to_two_unless_contained(
    severity, likelihood, contained, score, confidence
):
    found = suggest(CELLS, severity, likelihood, vulnerable=True, contained=contained)
    assert (found.score, found.confidence) == (score, confidence)
    is_raised = score != severity * likelihood
    assert ("at least 2 (unverified reference)" in found.reason) is is_raised


def test_containing_it_changes_nothing_where_nobody_is_vulnerable():
    assert suggest(CELLS, 3, 3, contained=True) == suggest(CELLS, 3, 3)


@pytest.mark.parametrize(("severity", "likelihood"), EVERY)
def test_nothing_unverified_is_told_as_fact(severity, likelihood):
    found = suggest(CELLS, severity, likelihood)
    assert "levels and bands are an unverified reference" in found.reason
    assert "the ICO (partly confirmed)" in found.reason
    assert "the DHSC (unverified reference)" in found.reason
    assert "A named person decides" in found.reason


@pytest.mark.parametrize(("severity", "likelihood"), EVERY)
def test_a_worse_level_never_tells_fewer(severity, likelihood):
    here = suggest(CELLS, severity, likelihood)
    worse = [(severity + 1, likelihood), (severity, likelihood + 1)]
    for found in (suggest(CELLS, *cell) for cell in worse if cell in CELLS):
        assert found.score > here.score
        assert found.notify_ico >= here.notify_ico
        assert found.notify_national >= here.notify_national


def test_the_names_of_bodies_can_be_changed():
    found = suggest(CELLS, 4, 4, regulator="the Commission", national="the Department")
    assert "telling the Commission (partly" in found.reason
    assert "telling the Department (unverified" in found.reason


@pytest.mark.parametrize(("severity", "likelihood"), [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_a_level_outside_the_grid_is_refused(severity, likelihood):
    with pytest.raises(ValueError, match=r"wants a (severity|likelihood) from 1 to 5"):
        suggest(CELLS, severity, likelihood)


def test_the_table_is_the_one_handed_over():
    beside.require("domain")
    assert reference.rows("breach_grid") == beside.rows("domain/breach_grid.csv")
    assert sorted(CELLS) == EVERY


def grid(*words: str) -> Result:
    return CliRunner().invoke(clocks.grid, words)


def test_the_command_answers_with_one_json_document():
    told = grid("--severity", "4", "--likelihood", "3", "--json")
    found = json.loads(told.stdout)
    reason = found.pop("reason")
    assert found == {
        "score": 12,
        "band": "Reportable: ICO and DHSC",
        "notify_ico": True,
        "notify_national": True,
        "confidence": "B",
    }
    assert grid("--severity", "4", "--likelihood", "3").stdout == (
        f"{reason} Confidence B.\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--severity 6 --likelihood 3", "6 is not in the range 1<=x<=5"),
        ("--severity 2 --likelihood high", "'high' is not a valid integer range"),
        ("--severity 2", "Missing option '--likelihood'"),
    ],
)
def test_wrong_use_is_told_and_exits_2(words, told):
    answer = grid(*words.split())
    assert answer.exit_code == 2
    assert told in answer.stderr
    assert answer.stdout == ""
