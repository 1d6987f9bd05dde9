"""Small shapes: each status and signal has its own, named or hidden as it should be."""

import re
from itertools import combinations, product
from xml.etree import ElementTree

import pytest

from oversight.charts.chart import SPECIAL, ChartSpec, Mark
from oversight.charts.marks import (
    ASSURANCE_WORDS,
    assurance_shape,
    point_shape,
    quality_mark,
    signal_shape,
    status_shape,
)
from oversight.charts.sparkline import sparkline
from oversight.charts.spec import spec_of
from oversight.charts.tokens import css_variables
from oversight.words import SIGNAL_WORDS, STATUS_WORDS, Assurance, Signal, Status
from tests.charts import made_up

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {
    **{word: (status_shape, status) for status, word in STATUS_WORDS.items()},
    **{word: (signal_shape, signal) for signal, word in SIGNAL_WORDS.items()},
    **{word: (assurance_shape, can) for can, word in ASSURANCE_WORDS.items()},
}
SPECS = {name: spec_of(case, made_up.HOMES) for name, case in made_up.CASES.items()}


def without_colour(svg: str) -> str:
    return re.sub(r"var\(--[a-z0-9-]+\)", "", svg)


@pytest.mark.parametrize(("word", "drawn"), SHAPES.items(), ids=SHAPES)
def test_a_shape_alone_is_named_and_beside_its_word_it_is_hidden(word, drawn):
    draw, what = drawn
    alone = ElementTree.fromstring(draw(what, alone=True))
    assert alone.get("role") == "img"
    assert alone.get("aria-label") == alone.find(f"{SVG}title").text == word
    beside = ElementTree.fromstring(draw(what))
    assert beside.get("aria-hidden") == "true"
    assert beside.find(f"{SVG}title") is None


@pytest.mark.parametrize(
    ("draw", "kinds"),
    [
        (status_shape, Status),
        (signal_shape, Signal),
        (assurance_shape, [*Assurance, None]),
    ],
)
def test_no_two_differ_in_colour_alone(draw, kinds):
    drawn = [without_colour(draw(kind)) for kind in kinds]
    assert all(one != other for one, other in combinations(drawn, 2))


def test_marks_of_a_judged_month_differ_in_shape_as_well():
    marks = (*SPECIAL, Mark.NORMAL, Mark.PART)
    drawn = [point_shape(mark, 10, 10, 4, lambda token: "") for mark in marks]
    assert all(one != other for one, other in combinations(drawn, 2))


@pytest.mark.parametrize("drawn", SHAPES.values(), ids=SHAPES)
def test_a_shape_follows_light_and_dark_by_css_variables_alone(drawn):
    draw, what = drawn
    svg = draw(what)
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", svg))
    assert used
    assert all(f"{variable}:light-dark(#" in css_variables() for variable in used)
    assert not re.search(r"#[0-9A-Fa-f]{3,6}\b", svg)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ((True, True, True, True), "Data quality 4 of 4"),
        ((True, True, True, False), "Data quality 3 of 4: not checked"),
        ((False, False, True, True), "Data quality 2 of 4: not timely, not complete"),
    ],
)
def test_the_quality_mark_says_what_is_not_held(held, words):
    svg = ElementTree.fromstring(quality_mark(*held))
    assert svg.get("aria-label") == words
    fills = [rect.get("fill") != "none" for rect in svg.iter(f"{SVG}rect")]
    assert tuple(fills) == held


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_sparkline_is_one_line_of_svg_that_stays_in_its_box(spec: ChartSpec):
    drawn = sparkline(spec)
    assert "\n" not in drawn
    svg = ElementTree.fromstring(drawn)
    assert (svg.get("width"), svg.get("height")) == ("124", "32")
    for circle, (axis, most) in product(
        svg.iter(f"{SVG}circle"), [("cx", 124), ("cy", 32)]
    ):
        reach = float(circle.get("r"))
        assert reach <= float(circle.get(axis)) <= most - reach
    assert len(drawn) < 6000


@pytest.mark.parametrize("case", ["improving, will miss", "getting worse"])
def test_a_sparkline_draws_every_special_cause(case):
    spec = SPECS[case]
    special = sum(point.mark in SPECIAL for point in spec.points)
    shapes = re.findall(r'<path d="[^"]+z"', sparkline(spec))
    assert special >= 7
    assert len(shapes) == special


def test_a_sparkline_of_a_duty_has_a_bar_for_each_month_with_a_miss():
    bars = sparkline(SPECS["duty missed"]).count("<rect")
    assert bars == sum(p.mark is Mark.MISSED for p in SPECS["duty missed"].points) == 3


def test_a_sparkline_is_hidden_beside_words_and_named_when_alone():
    spec = SPECS["constant"]
    assert 'aria-hidden="true"' in sparkline(spec)
    named = ElementTree.fromstring(sparkline(spec, alone=True))
    assert named.get("aria-label") == spec.alternative
