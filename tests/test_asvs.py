"""The table against the ASVS: its tests exist, no chapter is left out."""

import re

import pytest

from oversight.store import ROOT

PAGE = (ROOT / "docs" / "reference" / "asvs.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))
ROWS = re.findall(
    r"^\| (\d[\d., –]*) \| (.+?) \| (.+?) \| (.*?) \|$", PAGE, re.MULTILINE
)
STATES = {
    "met",
    "in part",
    "no",
    "not here",
    "met by the proxy",
    "met when a key is given",
}


@pytest.mark.parametrize(("path", "test"), NAMED)
def test_every_test_that_is_named_is_there(path, test):
    file = ROOT / path
    assert file.is_file()
    if test:
        assert f"def {test}(" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"(docs/[\w/-]+\.md)", PAGE))))
def test_every_page_that_is_named_is_there(path):
    assert (ROOT / path).is_file()


def test_every_chapter_is_there_and_every_row_has_a_state():
    chapters = {number.split(".")[0] for number, *_ in ROWS}
    assert chapters == {str(n) for n in range(1, 15)}
    assert {state for _, _, state, _ in ROWS} <= STATES


def test_what_is_met_names_how_and_what_is_not_says_why():
    for number, _, state, how in ROWS:
        assert state == "not here" or len(how) > 10, number


def test_no_item_is_listed_twice():
    seen = set()
    for number, *_ in ROWS:
        for part in re.split(r", ", number):
            first, _, last = part.partition("–")
            head, _, low = first.rpartition(".")
            high = (last or first).rpartition(".")[2]
            for item in range(int(low), int(high) + 1):
                assert (head, item) not in seen, f"{head}.{item}"
                seen.add((head, item))
    assert len(seen) > 200
