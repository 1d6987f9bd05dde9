"""The reference pages say what the definitions say."""

from pathlib import Path

import pytest

from oversight import catalogue

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"


@pytest.mark.parametrize(
    ("name", "page"),
    [("measures.md", catalogue.measures_page), ("kinds.md", catalogue.kinds_page)],
)
def test_the_page_equals_what_the_definitions_say(name, page):
    written = (REFERENCE / name).read_text(encoding="utf-8")
    assert written == page(), f"docs/reference/{name} is behind: run `make fix`"
