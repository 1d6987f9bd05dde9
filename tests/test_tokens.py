"""Colours can be read, by everybody: contrast, and three kinds of colour-blindness.

Contrast is WCAG 2's ratio. Colour-blindness is simulated as Machado, Oliveira and
Fernandes (2009) do, in full; how far colours then lie apart is CIEDE2000.
"""

import re
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from oversight.charts.tokens import css_paint, css_variables, tokens

THEMES = ("light", "dark")
Colour = tuple[float, float, float]

# Rows of the simulation matrices at severity 1.0, on linear RGB.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TEXT = 4.5  # WCAG 2.2, 1.4.3
GRAPHICS = 3.0  # WCAG 2.2, 1.4.11
STATUSES = ("good", "watch", "bad", "unknown")
# Nearest two of the statuses in any sight may come; GOV.UK's green and red come to 6.2.
APART = {"light": 14.0, "dark": 22.0}


def linear(hex_colour: str) -> Colour:
    """#RRGGBB -> linear RGB, 0 to 1."""
    parts = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return r, g, b


def contrast(one: str, other: str) -> float:
    """WCAG 2: the ratio of the lighter to the darker, 1 to 21."""
    lights = (
        0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (one, other))
    )
    dark, light = sorted(lights)
    return (light + 0.05) / (dark + 0.05)


def seen(colour: Colour, sight: str) -> Colour:
    """Linear RGB as one sight has it."""
    r, g, b = (
        min(max(sum(a * c for a, c in zip(row, colour, strict=True)), 0.0), 1.0)
        for row in SIGHTS[sight]
    )
    return r, g, b


def lab(colour: Colour) -> Colour:
    """Linear RGB -> CIELAB, D65."""
    r, g, b = colour
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (
        t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29
        for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: Colour, other: Colour) -> float:
    """How far two CIELAB colours lie apart (Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    c1, c2 = hypot(a1 * (1 + g), b1), hypot(a2 * (1 + g), b2)
    h1 = degrees(atan2(b1, a1 * (1 + g))) % 360 if c1 else 0.0
    h2 = degrees(atan2(b2, a2 * (1 + g))) % 360 if c2 else 0.0
    dh = h2 - h1
    if c1 * c2 == 0:
        dh, mean_h = 0.0, h1 + h2
    elif abs(dh) <= 180:
        mean_h = (h1 + h2) / 2
    else:
        mean_h = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
        dh += 360 if dh < 0 else -360
    d_h = 2 * sqrt(c1 * c2) * sin(radians(dh / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    turn = 60 * exp(-(((mean_h - 275) / 25) ** 2))
    r_t = -2 * sqrt(mean_c**7 / (mean_c**7 + 25**7)) * sin(radians(turn))
    light, chroma, hue = (l2 - l1) / s_l, (c2 - c1) / s_c, d_h / s_h
    return sqrt(light**2 + chroma**2 + hue**2 + r_t * chroma * hue)


def apart(one: str, other: str, sight: str) -> float:
    return ciede2000(lab(seen(linear(one), sight)), lab(seen(linear(other), sight)))


# ---- the arithmetic itself ----


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [  # pairs 1, 7, 10, 17 and 25 of the published test data
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_ciede2000_gives_its_published_results(one, other, difference):
    assert ciede2000(one, other) == pytest.approx(difference, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(difference, abs=5e-5)


def test_contrast_gives_its_published_results():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_the_colours_of_making_data_count_would_fail_and_the_check_sees_it():
    assert contrast("#FAB428", "#FFFFFF") == pytest.approx(1.81, abs=0.005)
    assert apart("#00703C", "#D4351C", "protanopia") == pytest.approx(6.2, abs=0.1)


# ---- the tokens ----


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("behind", ["page", "card"])
@pytest.mark.parametrize("text", ["ink", "ink2", "link", *STATUSES])
def test_text_can_be_read_on_page_and_card(theme, behind, text):
    assert contrast(tokens(theme)[text], tokens(theme)[behind]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_can_be_read_on_its_tint_and_under_its_shape(theme, status):
    found = tokens(theme)
    assert contrast(found[status], found[f"{status}_tint"]) >= TEXT
    assert contrast(found[status], found["on_fill"]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("behind", ["card", "band"])
@pytest.mark.parametrize(
    "drawn",
    [
        "signal_good",
        "signal_bad",
        "signal_neutral",
        "common",
        "mean",
        "limit",
        "target",
    ],
)
def test_what_a_chart_is_read_by_stands_out_from_card_and_band(theme, behind, drawn):
    assert contrast(tokens(theme)[drawn], tokens(theme)[behind]) >= GRAPHICS


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("drawn", ["line", "border_strong"])
def test_lines_and_edges_stand_out_from_the_card(theme, drawn):
    assert contrast(tokens(theme)[drawn], tokens(theme)["card"]) >= GRAPHICS


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", ["ink", "ink2"])
def test_words_inside_a_chart_can_be_read_on_the_band(theme, text):
    assert contrast(tokens(theme)[text], tokens(theme)["band"]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_no_two_statuses_look_alike_in_any_sight(theme, sight):
    colours = [tokens(theme)[status] for status in STATUSES]
    nearest = min(apart(a, b, sight) for a, b in combinations(colours, 2))
    assert nearest >= APART[theme]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_improvement_and_concern_never_look_alike(theme, sight):
    good, bad = tokens(theme)["signal_good"], tokens(theme)["signal_bad"]
    assert apart(good, bad, sight) >= 25


def test_both_themes_have_the_same_tokens_as_plain_hex():
    assert tokens("light").keys() == tokens("dark").keys()
    for theme in THEMES:
        assert all(
            re.fullmatch("#[0-9A-F]{6}", hex_) for hex_ in tokens(theme).values()
        )


def test_every_token_is_a_css_variable_by_its_name_with_hyphens():
    css = css_variables()
    assert css.startswith(":root{--ig-page:light-dark(#")
    for token, hex_ in tokens("light").items():
        name = css_paint(token).removeprefix("var(").removesuffix(")")
        assert f"{name}:light-dark({hex_},{tokens('dark')[token]})" in css
    assert css_paint("on_fill") == "var(--ig-on-fill)"
