"""What is taken away as a file does nothing where it is opened."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.trust.exports import csv_of, harmless

FORMULAS = (
    "=1+1",
    '=HYPERLINK("https://evil.test","x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\u00a0=1+1",
    "＝1+1",
    "%0A=1",
    "|calc",
)


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "written"),
    [(None, ""), (7, "7"), (-7, "-7"), (1.5, "1.5"), (True, "True"), ("a=b", "a=b")],
)
def test_what_is_no_formula_stays_as_it_is(cell, written):
    assert harmless(cell) == written


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_no_cell_breaks_out_of_its_place(cells):
    heads = [f"h{at}" for at in range(len(cells))]
    body = csv_of(heads, [dict(zip(heads, cells, strict=True))]).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(body, newline="")))
    assert len(table) == 2
    for cell, written in zip(cells, table[1], strict=True):
        assert (
            written.removeprefix("'").replace("\ufffd", "")
            in (
                cell.replace("\0", "").removeprefix("'"),
                cell.replace("\0", ""),
            )
            or not cell.isprintable()
        )
        assert not written.lstrip(" \u00a0").startswith(("=", "+", "-", "@"))
