"""A short run over spoilt files; the long one is in `make prove`."""

import pytest

from oversight import integrity
from tests.fuzz import bring, spoilt

FILES, PART = 300, 50


@pytest.mark.parametrize("first", range(0, FILES, PART))
def test_no_spoilt_file_breaks_the_road(store, tmp_path, first):
    for seed in range(first, first + PART):
        bring(store, tmp_path, seed)
    assert [check for check in integrity.verify(store) if not check.ok] == []


def test_a_seed_gives_the_same_file_again():
    assert spoilt(7) == spoilt(7)
    assert spoilt(7) != spoilt(8)
