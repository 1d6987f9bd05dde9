"""Homes beside each other: shares as a funnel, numbers as bars, nobody ranked."""

from dataclasses import replace
from datetime import date

import pytest

from oversight.charts import ahead, bars, clocks, funnel, placing, statuses
from oversight.charts.chart import ChartKind, Mark
from oversight.charts.frame import text_width
from oversight.charts.homes import homes_of
from oversight.readings import Reading
from oversight.verdicts.status import Doubt, Trouble
from oversight.words import COMPANY, UNMATCHED, Status
from tests.charts import kinds, made_up


def with_homes(measure, counts):
    """A judged measure whose homes have these (met, total)."""
    judged = made_up.judged(measure, made_up.RISING)
    readings = tuple(
        Reading(home, met, total, 0, met, total, None)
        for home, (met, total) in counts.items()
    )
    return replace(judged, by_home=readings)


FOUR = {"H1": (40, 44), "H2": (20, 52), "H3": (78, 83), "H4": (3, 3)}


@pytest.mark.parametrize(
    ("measure", "kind"),
    [
        (made_up.TRAINING, ChartKind.FUNNEL),
        (made_up.CANDOUR, ChartKind.FUNNEL),
        (made_up.VOLUME, ChartKind.BARS),
        (made_up.LOG_INS, ChartKind.BARS),
        (made_up.DUTY, ChartKind.BARS),  # no statistics of a legal duty
    ],
)
def test_the_measure_decides_how_homes_are_compared(measure, kind):
    assert homes_of(with_homes(measure, FOUR), made_up.HOMES).kind is kind


def test_one_home_alone_and_a_gap_are_not_compared():
    one = with_homes(made_up.TRAINING, {"H1": (4, 5), "H2": (0, 0)})
    assert homes_of(one, made_up.HOMES) is None
    assert homes_of(with_homes(made_up.GAP, FOUR), made_up.HOMES) is None


def test_cases_of_no_home_are_left_out():
    more = FOUR | {COMPANY: (1, 90), UNMATCHED: (0, 9)}
    alone, both = (
        homes_of(with_homes(made_up.TRAINING, counts), made_up.HOMES)
        for counts in (FOUR, more)
    )
    assert alone == both


def test_homes_stand_in_order_of_name_and_never_of_merit():
    for measure in (made_up.TRAINING, made_up.VOLUME, made_up.DUTY):
        drawn = homes_of(with_homes(measure, FOUR), made_up.HOMES)
        names = [row[0] for row in drawn.rows]
        assert names == sorted(names) == sorted(made_up.HOMES.values())
        assert "rank" in drawn.source


def in_doubt(judged, *homes):
    doubt = Doubt("incidents", Trouble.SILENT, date(2026, 8, 31), homes)
    evidence = replace(judged.verdict.evidence, doubts=(doubt,))
    return replace(judged, verdict=replace(judged.verdict, evidence=evidence))


def test_a_home_whose_source_is_behind_is_never_told_as_a_plain_number():
    volume = in_doubt(with_homes(made_up.VOLUME, FOUR), "Oak Lodge")
    assert dict(homes_of(volume, made_up.HOMES).rows)["Oak Lodge"] == "52, may be more"
    share = homes_of(
        in_doubt(with_homes(made_up.TRAINING, FOUR), "Oak Lodge"), made_up.HOMES
    )
    assert "Oak Lodge" not in {row[0] for row in share.rows}
    assert "Left out, not fully known: Oak Lodge." in share.source


def test_a_duty_is_told_by_what_each_home_missed():
    drawn = homes_of(with_homes(made_up.DUTY, FOUR), made_up.HOMES)
    assert dict(drawn.rows)["Oak Lodge"] == "32"
    assert drawn.dots == drawn.lines == ()


def test_a_funnel_names_who_differs_and_calls_a_small_home_too_small():
    drawn = homes_of(with_homes(made_up.TRAINING, FOUR), made_up.HOMES)
    assert drawn.headline == (
        "Oak Lodge is lower than chance allows; "
        "Maple Court is higher than chance allows"
    )
    said = {row[0]: row[-1] for row in drawn.rows}
    assert said["Alder Grange"] == "too few cases to tell"
    marks = {dot.words.partition(":")[0]: dot.mark for dot in drawn.dots}
    assert marks["Oak Lodge"] is Mark.CONCERN
    assert marks["Alder Grange"] is Mark.DOUBTFUL


@pytest.mark.parametrize(
    ("homes", "headline"),
    [
        (
            [("Elm", 9, 10), ("Oak", 17, 20)],
            "No home differs from the rest by more than chance allows",
        ),
        ([("Elm", 1, 2), ("Oak", 1, 2)], "Every home has too few cases to be told"),
        ([("Elm", 90, 100)], "One home alone has nothing to be compared with"),
    ],
)
def test_a_funnel_says_when_there_is_nothing_to_say(homes, headline):
    drawn = funnel.funnel("Letters", homes, kinds.PERIOD, kinds.SOURCE)
    assert drawn.headline.startswith(headline)


def test_a_funnel_of_nothing_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="wants a home with a case; none has one"):
        funnel.funnel("Letters", [("Elm", 0, 0)], "", "")


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ({"A": 3, "B": 1}, "A is the commonest cause: 3 of 4"),
        ({"A": 2, "B": 2}, "No one cause is commonest: 2 have 2 of 4"),
        ({}, "None in this period"),
    ],
)
def test_causes_stand_commonest_first_with_a_headline_that_is_computed(
    counts, headline
):
    drawn = bars.by_cause("Incidents", counts, kinds.PERIOD, kinds.SOURCE)
    assert drawn.headline == headline


def test_a_clocks_elapsed_and_left_add_up_and_the_late_stand_first():
    drawn = kinds.PANELS["clocks"]
    assert [row[0] for row in drawn.rows] == [
        "INC-0230",
        "INC-0231",
        "INC-0228",
        "INC-0229",
    ]
    assert drawn.headline == "One clock has run out: INC-0230, 7 h late"
    for one in kinds.CLOCKS:
        assert one.clock.elapsed + one.clock.left == pytest.approx(72)


@pytest.mark.parametrize(
    ("running", "headline"),
    [
        ([], "No clock has started"),
        (
            [kinds.clock("INC-1", 31)],
            "One clock is running: INC-1, 41 h left",
        ),
        (
            [kinds.clock("INC-1", 90, 19)],
            "No clock is running; the only one was met in time",
        ),
        (
            [kinds.clock("INC-1", 90, 19), kinds.clock("INC-2", 90, 80)],
            "No clock is running; 1 of 2 ran out first",
        ),
    ],
)
def test_the_headline_of_clocks_is_of_the_same_rows(running, headline):
    drawn = clocks.clocks("Breaches", running, 72, kinds.SOURCE)
    assert drawn.headline == headline


def test_a_piece_too_thin_for_its_number_has_its_sign_and_its_number_below():
    case = made_up.CASES["improving, will miss"]
    met = replace(case, verdict=replace(case.verdict, status=Status.MET))
    late = replace(case, verdict=replace(case.verdict, status=Status.NOT_MET))
    drawn = statuses.statuses([late, *[met] * 29], kinds.SOURCE)
    words = [text.words for text in drawn.texts]
    assert words[words.index("×") + 1 :][:2] == ["✓ 29", "1 not met, 29 met"]


@pytest.mark.parametrize(
    ("places", "headline"),
    [
        ([0, 2], "One is late, by 12 days; one falls due in 90 days, one within 14"),
        ([3, 4], "Two fall due in 90 days"),
        ([5], "Nothing falls due in the next 90 days"),
        ([0, 1], "Two are late, the oldest by 82 days"),
    ],
)
def test_what_is_ahead_is_counted(places, headline):
    dues = [kinds.DUES[place] for place in places]
    drawn = ahead.ahead("What falls due", dues, kinds.TODAY, kinds.SOURCE)
    assert drawn.headline == headline
    beyond = sum(due.day.year == 2027 and due.day.month == 6 for due in dues)
    assert ("1 more fall due later" in drawn.source) == bool(beyond)


def named(*homes):
    drawn = funnel.funnel("Audits", homes, kinds.PERIOD, kinds.SOURCE)
    return [text.words for text in drawn.texts if "imit" not in text.words][:-1]


def test_homes_at_one_place_share_a_name_and_those_that_differ_always_have_theirs():
    same = [(f"Home {letter}", 38, 40) for letter in "ABCD"]
    assert named(*same, ("Low", 20, 40)) == ["Low", "Home A and 3 more"]
    assert named(*same[:2], ("Low", 20, 40)) == ["Low", "Home A and Home B"]
    low = [(f"Low {letter}", 20, 40) for letter in "ABC"]
    assert "Low A and 2 more" in named(*low, *same, *[("H", 39, 40)] * 20)


@pytest.mark.parametrize("count", [5, 12])
def test_no_two_names_in_a_funnel_overlap_at_the_narrowest(count):
    homes = [(f"Home number {n}", 30 + n % 2, 31 + n % 3) for n in range(count)]
    drawn = funnel.funnel("Audits", homes, kinds.PERIOD, kinds.SOURCE)
    boxes = [room(drawn, text) for text in drawn.texts if text.words[:4] == "Home"]
    assert boxes
    for one, other in ((a, b) for a in boxes for b in boxes if a is not b):
        assert one.overlap(other) == 0


def room(panel, text):
    """Where a name lies in a plot as narrow as it ever is."""
    wide = text_width(text.words, text.size)
    x = funnel.WIDTH * text.x / panel.x.high + text.dx
    x -= {"start": 0, "middle": wide / 2, "end": wide}[text.anchor]
    y = funnel.HEIGHT * (panel.y.high - text.y) / (panel.y.high - panel.y.low)
    return placing.Box(x, y + text.dy - 7, x + wide, y + text.dy + 7)
