"""Every kind of picture on screen and on paper: one spec, the same drawing, or a fault.

A kind that has no example in `kinds.py` fails here, so none can go unread.
"""

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from plotly import graph_objects as go

from oversight.charts.chart import ChartKind, ChartSpec, Mark
from oversight.charts.family import spec_from_json
from oversight.charts.marks import MARK_PAINT, point_shape
from oversight.charts.panel import Panel
from oversight.charts.paper import to_svg
from oversight.charts.screen import to_plotly
from oversight.charts.table import table_of
from oversight.charts.tokens import tokens
from tests.charts import kinds

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 720
MARK_WORDS = set(map(str, Mark))
every = pytest.mark.parametrize("spec", kinds.EVERY.values(), ids=kinds.EVERY)
panels = pytest.mark.parametrize("panel", kinds.PANELS.values(), ids=kinds.PANELS)


def test_every_kind_has_an_example_and_one_to_be_kept():
    assert {spec.kind for spec in kinds.EVERY.values()} == set(ChartKind)
    assert {kind: spec.kind for kind, spec in kinds.GOLDEN.items()} == {
        kind: kind for kind in ChartKind
    }


# ---- what each drawing of a panel says, read back from it ----


def screen(panel: Panel, **more: Any) -> dict[str, Any]:
    return to_plotly(panel, "light", **more).to_plotly_json()


class Paper:
    """A panel's SVG, its pixels turned back into the units of the axes."""

    def __init__(self, panel: Panel):
        self.svg = ElementTree.fromstring(to_svg(panel, width=WIDTH))
        self.panel = panel
        plot = next(g for g in self.svg.iter(f"{SVG}g") if g.get("data-plot"))
        self.left, self.top, self.width, self.height = map(
            float, plot.get("data-plot").split()
        )

    def x(self, px: float) -> float:
        axis = self.panel.x
        return axis.low + (axis.high - axis.low) * (px - self.left) / self.width

    def y(self, px: float) -> float:
        axis = self.panel.y
        return axis.high + (axis.low - axis.high) * (px - self.top) / self.height

    def boxes(self) -> list[tuple[Any, ...]]:
        found = []
        for rect in self.svg.iter(f"{SVG}rect"):
            if flag := rect.get("data-flag"):
                x, y, wide, high = (
                    float(rect.get(side)) for side in ("x", "y", "width", "height")
                )
                words = rect.findtext(f"{SVG}title") or ""
                ends = self.x(x), self.x(x + wide), self.y(y), self.y(y + high)
                colours = rect.get("fill"), rect.get("stroke")
                found.append((flag, words, *colours, *ends))
        return found

    def dots(self) -> list[tuple[str, str, float, float]]:
        found = []
        for group in self.svg.iter(f"{SVG}g"):
            if mark := group.get("data-mark"):
                x, y = middle_of(group[1])
                found.append((mark, group[0].text, self.x(x), self.y(y)))
        return found

    def lines(self) -> list[tuple[str, list[tuple[float, float]]]]:
        found = []
        for group in self.svg.iter(f"{SVG}g"):
            if role := group.get("data-line"):
                corners = [
                    tuple(map(float, corner.split(",")))
                    for corner in group[0].get("points").split()
                ]
                found.append((role, [(self.x(x), self.y(y)) for x, y in corners]))
        return found

    def texts(self) -> list[str]:
        return [text.text for text in self.svg.iter(f"{SVG}text")]


def middle_of(shape: ElementTree.Element) -> tuple[float, float]:
    """The place that a mark stands at."""
    if shape.tag == f"{SVG}circle":
        return float(shape.get("cx")), float(shape.get("cy"))
    if shape.tag == f"{SVG}rect":
        half = float(shape.get("width")) / 2
        return float(shape.get("x")) + half, float(shape.get("y")) + half
    x, y = map(float, re.match(r"M(\S+) ([\d.-]+)", shape.get("d")).groups())
    return x, y + 4.8 * 1.25


def boxes_on_screen(panel: Panel) -> list[tuple[Any, ...]]:
    found = []
    for trace in screen(panel)["data"]:
        if trace["type"] == "bar":
            looks = trace["marker"]
            columns = (
                trace["base"],
                trace["x"],
                trace["y"],
                trace["width"],
                trace["hovertext"],
                looks["color"],
                looks["line"]["color"],
            )
            for base, x, y, wide, words, fill, edge in zip(*columns, strict=True):
                ends = base, base + x, y - wide / 2, y + wide / 2
                found.append((trace["name"], unescape(words), fill, edge, *ends))
    return found


def dots_on_screen(panel: Panel) -> list[tuple[str, str, float, float]]:
    return [
        (trace["name"], unescape(words), x, y)
        for trace in screen(panel)["data"]
        if trace.get("name") in MARK_WORDS
        if trace.get("mode") == "markers"
        for words, x, y in zip(trace["hovertext"], trace["x"], trace["y"], strict=True)
    ]


def lines_on_screen(panel: Panel) -> list[tuple[str, list[tuple[float, float]]]]:
    return [
        (trace["name"], list(zip(trace["x"], trace["y"], strict=True)))
        for trace in screen(panel)["data"]
        if trace.get("mode") == "lines"
    ]


def words_on_screen(panel: Panel) -> list[str]:
    layout = screen(panel, chrome=True, width=WIDTH)["layout"]
    said = [note["text"] for note in layout["annotations"]]
    said += [*layout["xaxis"]["ticktext"], *layout["yaxis"]["ticktext"]]
    said.append(layout["xaxis"]["title"]["text"])
    parts = [part for text in said for part in text.split("<br>")]
    return [unescape(re.sub(r"<[^>]+>", "", part)) for part in parts]


def near(panel: Panel) -> tuple[float, float]:
    """How far a hundredth of a pixel and its rounding reach, across and up."""
    x, y = panel.x, panel.y
    wide = WIDTH - panel.left - panel.right
    return (
        0.11 * abs(x.high - x.low) / wide,
        0.11 * abs(y.high - y.low) / panel.height,
    )


# ---- the same on both ----


@panels
def test_both_draw_the_same_boxes(panel):
    colours, (across, up) = tokens("light"), near(panel)
    wanted = [
        (
            box.flag,
            box.words,
            colours[box.fill],
            colours[box.edge],
            pytest.approx(box.x0, abs=across),
            pytest.approx(box.x1, abs=across),
            pytest.approx(box.y0, abs=up),
            pytest.approx(box.y1, abs=up),
        )
        for box in in_order(panel.boxes)
    ]
    assert in_order_read(boxes_on_screen(panel)) == wanted
    assert in_order_read(Paper(panel).boxes()) == wanted


@panels
def test_both_draw_the_same_dots_with_the_same_flags(panel):
    across, up = near(panel)
    wanted = [
        (
            str(dot.mark),
            dot.words,
            pytest.approx(dot.x, abs=across),
            pytest.approx(dot.y, abs=up),
        )
        for dot in sorted(panel.dots, key=lambda dot: (dot.mark, dot.words))
    ]
    assert sorted(dots_on_screen(panel), key=lambda dot: dot[:2]) == wanted
    assert sorted(Paper(panel).dots(), key=lambda dot: dot[:2]) == wanted


@panels
def test_both_draw_the_same_lines(panel):
    across, up = near(panel)
    wanted = [
        (
            line.role,
            [
                (pytest.approx(x, abs=across), pytest.approx(y, abs=up))
                for x, y in line.corners
            ],
        )
        for line in panel.lines
    ]
    assert lines_on_screen(panel) == wanted
    assert Paper(panel).lines() == wanted


@panels
def test_both_say_every_label_and_name(panel):
    wanted = [text.words for text in panel.texts if text.words]
    wanted += [word for _, word in panel.key]
    wanted += [
        part
        for tick in panel.x.ticks + panel.y.ticks
        for part in tick.words.split("\n")
    ]
    on_screen, on_paper = words_on_screen(panel), Paper(panel).texts()
    for said in (on_screen, on_paper):
        together = " ".join(said)
        for words in wanted:
            assert words in together
        for block in (panel.headline, panel.subtitle, panel.source):
            assert " ".join(block.split()) in together
    # And nothing else: no label is on one of them alone.
    missing = {text for text in on_paper if text not in " ".join(on_screen)}
    assert missing == set()


@panels
def test_the_words_stand_in_the_same_places_and_colours(panel):
    colours = tokens("light")
    on_screen = [
        (note["x"], note["y"], note["xshift"], -note["yshift"], note["font"]["color"])
        for note in screen(panel)["layout"]["annotations"][: len(panel.texts)]
    ]
    wanted = [(t.x, t.y, t.dx, t.dy, colours[t.colour]) for t in panel.texts]
    assert on_screen == wanted
    paper = Paper(panel)
    inside = next(g for g in paper.svg.iter(f"{SVG}g") if g.get("data-plot"))
    drawn = [text for text in inside if text.tag == f"{SVG}text"]
    said = [text for text in panel.texts if text.words]
    across, up = near(panel)
    for text, element in zip(said[::-1], drawn[::-1], strict=False):
        x = float(element.get("x")) - text.dx
        y = float(element.get("y")) - text.dy - text.size * 0.345
        assert paper.x(x) == pytest.approx(text.x, abs=across)
        assert paper.y(y) == pytest.approx(text.y, abs=up)
        assert element.text == text.words
        assert element.get("fill") == colours[text.colour]


def in_order(boxes):
    return sorted(
        boxes, key=lambda b: (b.flag, b.words, round(b.x0, 1), round(b.y0, 1))
    )


def in_order_read(found):
    return sorted(found, key=lambda b: (b[0], b[1], round(b[4], 1), round(b[6], 1)))


# ---- of every kind ----


@every
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plotly_would_refuse_nothing_in_it(spec, theme):
    figure = to_plotly(spec, theme, chrome=True)
    refused_nothing = go.Figure(figure.to_dict()).to_dict()
    assert len(refused_nothing["data"]) == len(figure.to_dict()["data"])


@every
def test_it_is_drawn_in_the_colours_of_its_theme_alone(spec):
    for theme in ("light", "dark"):
        allowed = {colour.lower() for colour in tokens(theme).values()}
        for drawn in (to_plotly(spec, theme).to_json(), to_svg(spec, theme)):
            used = re.findall(r"#[0-9A-Fa-f]{6}\b", drawn)
            assert {colour.lower() for colour in used} <= allowed


@every
def test_it_comes_back_from_a_frozen_review_as_it_was(spec):
    text = spec.to_json()
    assert spec_from_json(text) == spec
    assert spec_from_json(text).to_json() == text


@every
def test_it_is_told_in_words_with_its_finding(spec):
    assert "" not in {
        said.strip() for said in (spec.headline, spec.subtitle, spec.source)
    }
    assert spec.headline in spec.alternative
    assert spec.title in spec.alternative or spec.kind is ChartKind.GRID
    svg = ElementTree.fromstring(to_svg(spec))
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == svg.findtext(f"{SVG}title") == spec.headline
    assert svg.findtext(f"{SVG}desc") == spec.alternative


@every
def test_its_table_says_what_it_draws(spec):
    table = table_of(spec)
    assert all(len(row) == len(table.heads) for row in table.rows)
    assert all(cell for row in table.rows for cell in row)
    assert all(column < len(table.heads) for column in table.numeric)
    said = [" ".join(row) for row in table.rows]
    if isinstance(spec, ChartSpec):
        assert len(table.rows) == len(spec.points)
        for point, row in zip(reversed(spec.points), said, strict=True):
            assert point.label in row
            assert point.shown in row
        for note in spec.notes:
            assert any(note.words in row for row in said)
    else:
        for dot in spec.dots:
            name = dot.words.partition(":")[0]
            assert any(name in row for row in said)


@every
def test_it_weighs_under_40_kb(spec):
    assert len(to_plotly(spec, "light").to_json()) < 40_000
    assert len(to_svg(spec)) < 40_000


@every
def test_what_it_says_is_never_nothing_in_small_print(spec):
    for size in re.findall(r'font-size="([\d.]+)"', to_svg(spec)):
        assert float(size) >= 12.5
    sizes = re.findall(r'"size":([\d.]+)', to_plotly(spec, "light").to_json())
    assert min(map(float, sizes)) >= 9  # of markers; words are 12.5 px or more


def test_every_mark_has_its_shape_and_its_colour():
    assert set(MARK_PAINT) == set(Mark)
    shapes = {
        point_shape(mark, 10, 10, 4, lambda token: "")
        for mark in (
            Mark.IMPROVEMENT,
            Mark.CONCERN,
            Mark.NEUTRAL,
            Mark.NORMAL,
            Mark.PART,
            Mark.MISSED,
        )
    }
    assert len(shapes) == 6
