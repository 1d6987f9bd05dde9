"""The kept pictures, each looked at by eye, are what is drawn today.

A picture that is meant to change is written anew by `tests.charts.golden_pictures`, and
looked at again. Rounding may differ a little between machines: a few pixels may.
"""

import pytest
from PIL import Image, ImageChops

from tests.charts import golden_pictures

FAINT = 40  # of 255: the rims of letters
DIFFERENT = 0.002  # of all pixels


@pytest.mark.parametrize(("kind", "theme"), list(golden_pictures.names()))
def test_the_kept_picture_is_what_is_drawn(kind, theme):
    now = golden_pictures.drawn(kind, theme)
    with Image.open(golden_pictures.path_of(kind, theme)) as kept:
        then = kept.convert("RGB")
    assert now.size == then.size
    apart = ImageChops.difference(now, then).convert("L")
    changed = sum(apart.histogram()[FAINT:]) / (now.width * now.height)
    assert changed <= DIFFERENT


def test_no_picture_is_kept_of_a_kind_that_is_gone_and_all_are_small():
    kept = set(golden_pictures.FOLDER.glob("*.png"))
    assert kept == {golden_pictures.path_of(*name) for name in golden_pictures.names()}
    assert all(path.stat().st_size < 30_000 for path in kept)
    assert sum(path.stat().st_size for path in kept) < 300_000


def test_a_difference_would_be_seen():
    now = golden_pictures.drawn(*next(golden_pictures.names()))
    moved = ImageChops.offset(now, 3, 0)
    apart = ImageChops.difference(now, moved).convert("L")
    changed = sum(apart.histogram()[FAINT:]) / (now.width * now.height)
    assert changed > DIFFERENT
