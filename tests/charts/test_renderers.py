"""The screen and the paper draw the same spec, or a test fails here."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly import graph_objects as go

from oversight.charts import placing
from oversight.charts.chart import (
    MARK_WORDS,
    SPECIAL,
    ChartKind,
    ChartSpec,
    Mark,
    is_possible,
)
from oversight.charts.frame import frame_of, text_width, wrapped
from oversight.charts.marks import MARK_PAINT
from oversight.charts.paper import to_svg
from oversight.charts.screen import CONFIG, to_plotly
from oversight.charts.sparkline import sparkline
from oversight.charts.spec import spec_of
from oversight.charts.tokens import FONT, tokens
from tests.charts import kinds, made_up

SVG = "{http://www.w3.org/2000/svg}"
MARKS = {word: mark for mark, word in MARK_WORDS.items()}
LINES = {"Lower limit": "lower", "Upper limit": "upper", "Average": "mean"}
NOTES = [(date(2026, 4, 3), "e-learning opened"), (date(2026, 9, 2), "a new provider")]
SPECS = {
    name: spec_of(case, made_up.HOMES, NOTES) for name, case in made_up.CASES.items()
}
HOSTILE = "</svg><script>alert(1)</script><b>\"&'"
each_spec = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
series = st.lists(
    st.integers(0, 40).map(lambda met: (met, 40)), min_size=2, max_size=36
)


# ---- what each drawing says, read back from it ----


def screen(spec: ChartSpec, **more: Any) -> dict[str, Any]:
    return to_plotly(spec, "light", **more).to_plotly_json()


def paper(spec: ChartSpec, **more: Any) -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(spec, **more))


def points_on_screen(spec: ChartSpec) -> dict[str, tuple[str, float]]:
    """Day -> (mark, value)."""
    return {
        day: (MARKS[trace["name"]], value)
        for trace in screen(spec)["data"]
        if trace["name"] in MARKS
        for day, value in zip(trace["customdata"], trace["y"], strict=True)
    }


def points_on_paper(spec: ChartSpec) -> dict[str, tuple[str, float]]:
    svg = paper(spec)
    value_at = scale_of(svg, spec)
    return {
        group.get("data-month"): (group.get("data-mark"), value_at(height_of(group)))
        for group in svg.iter(f"{SVG}g")
    }


def height_of(group: ElementTree.Element) -> float:
    """Where a mark's middle is; the top of a bar."""
    shape = group[1]
    if shape.tag == f"{SVG}circle":
        return float(shape.get("cy"))
    if shape.tag == f"{SVG}rect":
        return float(shape.get("y"))
    return float(re.match(r"M\S+ ([\d.-]+)", shape.get("d"))[1]) + 4.8 * 1.25


def scale_of(svg: ElementTree.Element, spec: ChartSpec):
    """Pixels -> value, as the named steps of the axis have it."""
    heights = [level for name, _, level in levels_of(svg) if name == "grid"]
    low, high = spec.axis[0], spec.axis[-1]
    per_pixel = (high - low) / (heights[0] - heights[-1])
    return lambda y: low + (heights[0] - y) * per_pixel


def levels_of(svg: ElementTree.Element) -> list[tuple[str, float, float]]:
    """(name, where it starts, height) of each level line."""
    return [
        (
            path.get("data-line"),
            *map(float, re.match(r"M(\S+) (\S+)H", path.get("d")).groups()),
        )
        for path in svg.iter(f"{SVG}path")
        if path.get("data-line")
    ]


def texts_on_screen(spec: ChartSpec) -> list[str]:
    drawn = screen(spec, chrome=True)["layout"]["annotations"]
    said = [note["text"].replace("<br>", " ") for note in drawn]
    return [re.sub(r"<[^>]+>", "", text) for text in said]


def texts_on_paper(spec: ChartSpec) -> list[str]:
    return [text.text for text in paper(spec).iter(f"{SVG}text")]


# ---- the same on both ----


@each_spec
def test_both_draw_every_month_that_has_a_value_with_its_mark(spec):
    near = 0.005 * (spec.axis[-1] - spec.axis[0])
    wanted = {
        point.day.isoformat(): (point.mark, pytest.approx(point.value, abs=near))
        for point in spec.points
        if point.value is not None
    }
    assert points_on_screen(spec) == wanted
    assert points_on_paper(spec) == wanted


@each_spec
def test_both_draw_the_same_lines(spec):
    on_screen = {
        (LINES.get(trace["name"], "target"), round(value, 6))
        for trace in screen(spec)["data"]
        if trace["name"] in (*LINES, "Target")
        for value in trace["y"]
        if value is not None
    }
    svg = paper(spec)
    value_at = scale_of(svg, spec)
    on_paper = {
        (name, level)
        for name, _, level in levels_of(svg)
        if name not in ("grid", "axis")
    }
    wanted = {("target", round(float(aim.value), 6)) for aim in spec.targets}
    for run in spec.limits:
        for role in ("lower", "mean", "upper"):
            value = getattr(run, role)
            if is_possible(value, spec.unit):
                wanted.add((role, round(value, 6)))
    assert on_screen == wanted
    assert len(on_paper) == len(wanted)
    for name, level in on_paper:
        nearest = min(abs(value_at(level) - v) for role, v in wanted if role == name)
        assert nearest < 0.01 * (spec.axis[-1] - spec.axis[0])


@each_spec
def test_both_say_the_same_words(spec):
    drawn = {point.mark for point in spec.points if point.value is not None}
    words = [label.words for label in spec.labels]
    words += [MARK_WORDS[mark] for mark in drawn - {Mark.MONTH}]
    if spec.latest is not None:
        words.append(spec.points[spec.latest].shown)
    for texts in (texts_on_screen(spec), texts_on_paper(spec)):
        said = " ".join(texts)
        for word in words:
            assert word in said
        for block in (spec.headline, spec.subtitle, spec.source):
            assert block in said


@each_spec
def test_both_name_the_same_steps_and_months(spec):
    layout = screen(spec)["layout"]
    steps = layout["yaxis"]["ticktext"]
    months = [
        text for tick in layout["xaxis"]["ticktext"] for text in tick.split("<br>")
    ]
    texts = texts_on_paper(spec)
    assert [text for text in texts if text in steps][: len(steps)] == steps
    assert all(month in texts for month in months if month)


@each_spec
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_holds_nothing_that_plotly_would_refuse(spec, theme):
    figure = to_plotly(spec, theme, chrome=True)
    assert go.Figure(figure.to_dict()).to_dict()["layout"]["font"]["family"] == FONT


@each_spec
def test_a_chart_is_drawn_in_the_colours_of_its_theme_alone(spec):
    for theme, other in (("light", "dark"), ("dark", "light")):
        allowed = {colour.lower() for colour in tokens(theme).values()}
        for drawn in (to_plotly(spec, theme).to_json(), to_svg(spec, theme)):
            used = {
                colour.lower() for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", drawn)
            }
            assert used <= allowed, other


@given(series, st.integers(0, 100))
def test_every_special_cause_is_drawn_with_its_shape_on_both(rows, aim):
    measure = replace(made_up.CANDOUR, targets=(made_up.target(aim),))
    spec = spec_of(made_up.judged(measure, rows), made_up.HOMES)
    wanted = {p.day.isoformat(): p.mark for p in spec.points if p.mark in SPECIAL}
    symbols = {"diamond": Mark.IMPROVEMENT, "triangle-up": Mark.CONCERN}
    on_screen = {
        day: symbols[trace["marker"]["symbol"]]
        for trace in screen(spec)["data"]
        if trace.get("marker", {}).get("symbol") in symbols
        for day in trace["customdata"]
    }
    # Of the shapes on paper only a triangle has a level side.
    sides = {True: Mark.CONCERN, False: Mark.IMPROVEMENT}
    on_paper = {
        group.get("data-month"): sides["h" in path.get("d")]
        for group in paper(spec).iter(f"{SVG}g")
        for path in group.iter(f"{SVG}path")
    }
    assert on_screen == wanted
    assert on_paper == wanted


# ---- each by itself ----


@each_spec
def test_hollow_months_are_hollow_and_joined_by_dots_alone(spec):
    hollow = [MARK_WORDS[Mark.PART], MARK_WORDS[Mark.DOUBTFUL]]
    traces = {trace["name"]: trace for trace in screen(spec)["data"]}
    for name in set(hollow) & set(traces):
        assert traces[name]["marker"]["color"] == tokens("light")["card"]
        places = set(traces[name]["x"])
        assert not places & set(traces.get("Judged", {"x": []})["x"])
    dots = traces.get("Not judged")
    assert dots is None or dots["line"]["dash"] == "2px,4px"


def test_a_month_without_a_value_breaks_the_line():
    spec = SPECS["months without cases"]
    line = next(t for t in screen(spec)["data"] if t["name"] == "Judged")
    gaps = {place for place, point in enumerate(spec.points) if point.value is None}
    for (a, _), (b, _) in pairwise(zip(line["x"], line["y"], strict=True)):
        assert a is None or b is None or b == a + 1
    assert not gaps & set(line["x"])


def test_hovering_says_in_words_how_many_of_how_many():
    spec = SPECS["improving, will miss"]
    said = [t for trace in screen(spec)["data"] for t in trace.get("hovertext", [])]
    assert "October 2026: 89%, 889 of 1,000; improvement" in said
    assert len(said) == 24


def test_a_chart_on_screen_leaves_its_headline_to_the_page():
    spec = SPECS["improving, will miss"]
    said = str(screen(spec))
    assert spec.headline not in said
    assert spec.source not in said


def test_the_chart_cannot_be_zoomed_by_scrolling_and_downloads_as_svg():
    assert CONFIG["scrollZoom"] is False
    assert CONFIG["displaylogo"] is False
    assert CONFIG["toImageButtonOptions"]["format"] == "svg"


def test_paper_is_named_for_who_cannot_see_it():
    spec = SPECS["improving, will miss"]
    svg = paper(spec)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == svg.find(f"{SVG}title").text == spec.headline
    assert svg.find(f"{SVG}desc").text == spec.alternative


def test_an_empty_chart_says_why_instead_of_a_line():
    for texts in (texts_on_screen(SPECS["nothing"]), texts_on_paper(SPECS["nothing"])):
        assert texts.count("Nothing fell due in these months") == 2  # headline, middle


def test_limits_set_afresh_leave_a_dotted_upright():
    spec = SPECS["improving, will miss"]
    before, after = spec.limits[0], replace(spec.limits[0], first=12, segment=1)
    cut = replace(spec, limits=(replace(before, last=11), after))
    uprights = [s for s in screen(cut)["layout"]["shapes"] if s["type"] == "line"]
    assert [line["x0"] for line in uprights] == [11.5]
    assert to_svg(cut).count('stroke-dasharray="2 3"') == 1
    assert to_svg(spec).count('stroke-dasharray="2 3"') == 0


# ---- no two words overlap ----


@given(
    st.lists(st.floats(-50, 450), min_size=1, max_size=8),
    st.sampled_from([(0.0, 400.0), (30.0, 330.0)]),
)
def test_labels_are_pushed_apart_and_kept_within_the_plot(wanted, ends):
    placed = placing.push_apart(wanted, *ends)
    apart = [b - a for a, b in pairwise(sorted(placed))]
    assert all(gap >= placing.LABEL_GAP - 1e-9 for gap in apart)
    assert all(ends[0] - 1e-9 <= y <= ends[1] + 1e-9 for y in placed)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    assert sorted(range(len(placed)), key=lambda i: placed[i]) == order


def test_labels_far_enough_apart_stay_where_they_are():
    assert placing.push_apart([100, 20, 60], 0, 400) == [100, 20, 60]


def test_two_labels_too_close_share_out_the_distance():
    assert placing.push_apart([100, 104], 0, 400) == [94, 110]


@given(series, st.integers(0, 100), st.sampled_from([(900, 420), (595, 300)]))
def test_no_words_of_a_chart_overlap(rows, aim, size):
    width, height = size
    measure = replace(made_up.CANDOUR, targets=(made_up.target(aim),))
    spec = spec_of(made_up.judged(measure, rows), made_up.HOMES, NOTES)
    frame = frame_of(spec, 44, 46, width - 170, height - 92)
    names = placing.label_heights(spec, frame)
    boxes = [put.box for put in placing.place_notes(spec, frame)]
    right = frame.left + frame.width
    boxes += [placing.Box(right + 10, y - 8, right + 120, y + 8) for y in names]
    for one, other in ((a, b) for a in boxes for b in boxes if a is not b):
        assert one.overlap(other) == pytest.approx(0, abs=1e-6)


@given(st.text(max_size=200), st.floats(40, 400))
def test_wrapping_keeps_every_word_in_its_order(text, width):
    lines = list(wrapped(text, width))
    assert " ".join(lines).split() == text.split()
    assert all(text_width(line) <= width for line in lines if " " in line)


# ---- nobody's words become markup ----


@pytest.mark.parametrize("case", ["improving, will miss", "duty missed", "nothing"])
def test_what_people_wrote_stays_text(case):
    judged = made_up.CASES[case]
    measure = replace(judged.measure, title=f"Title {HOSTILE}")
    verdict = replace(judged.verdict, measure=measure)
    spec = spec_of(
        replace(judged, verdict=verdict), {"H1": HOSTILE}, [(date(2026, 4, 1), HOSTILE)]
    )
    points = tuple(replace(point, words=HOSTILE) for point in spec.points)
    spec = replace(spec, headline=HOSTILE, points=points)
    svg = paper(spec)  # parses, so no tag was closed by force
    assert not list(svg.iter(f"{SVG}script"))
    assert svg.find(f"{SVG}title").text == HOSTILE
    figure = to_plotly(spec, "light", chrome=True).to_json()
    assert "<script" not in figure.replace("\\u003c", "<")
    assert "<script" not in sparkline(spec, alone=True)


# ---- size ----


def test_thirty_six_months_weigh_under_40_kb():
    spec = SPECS["target moved"]
    assert len(spec.points) == 36
    assert len(to_plotly(spec, "light", chrome=True).to_json()) < 40_000


def test_plotly_express_is_never_loaded():
    said = "import sys, oversight.charts.screen as s; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )
    assert "plotly.graph_objs" in done.stdout
    assert "plotly.express" not in done.stdout


def test_every_mark_has_a_colour_and_a_word():
    assert set(MARK_PAINT) == set(MARK_WORDS) == set(Mark)
    assert all(spec.kind in ChartKind for spec in SPECS.values())


def test_a_reset_is_told_beside_its_own_dotted_line_on_both():
    spec = kinds.SERIES["limits reset"]
    frame = frame_of(spec, 44, 46, 590, 268)
    (place,) = placing.resets_of(spec)
    (put,) = [
        put for put in placing.place_notes(spec, frame) if "limits reset" in str(put)
    ]
    assert put.x == frame.x(place - 0.5)
    assert put.is_beside
    layout = to_plotly(spec, "light").to_plotly_json()["layout"]
    assert [shape["x0"] for shape in layout["shapes"] if shape["type"] == "line"] == [
        place - 0.5
    ]
    (note,) = [n for n in layout["annotations"] if "limits reset" in n["text"]]
    assert (note["x"], note["showarrow"]) == (place - 0.5, False)
