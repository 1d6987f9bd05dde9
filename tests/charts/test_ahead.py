"""The calendar of what is ahead: rows come from the measures, every day is told."""

from datetime import timedelta

import pytest

from oversight.ahead import Coming
from oversight.charts.ahead import MOST_ROWS, ahead
from oversight.charts.chart import Mark
from oversight.charts.dues import Due, dues_of
from oversight.verdicts.look_ahead import LookAhead, MeasureAhead
from oversight.words import Status
from tests.charts import kinds, made_up

TODAY = kinds.TODAY
MEASURE = made_up.CASES["improving, will miss"].measure


def day(days):
    return TODAY + timedelta(days=days)


def drawn(*dues):
    return ahead("What falls due", dues, TODAY, kinds.SOURCE)


def of_measure(days, stops_on=None):
    coming = tuple(Coming(f"c{n}", "h", day(n)) for n in days)
    one = MeasureAhead(MEASURE, Status.MET, stops_on and day(stops_on), coming)
    return dues_of(LookAhead(TODAY, (one,)))


@pytest.mark.parametrize(
    ("days", "stops_on", "first", "later"),
    [
        ([], None, None, None),
        ([9, 3, 3], None, 3, [3, 9]),
        ([9], 10, 9, []),
        ([], 20, 20, []),  # a month that becomes full: nothing else falls due
    ],
)
def test_a_measure_has_a_row_where_it_has_a_day(days, stops_on, first, later):
    found = of_measure(days, stops_on)
    if first is None:
        assert found == []
        return
    (due,) = found
    assert (due.what, due.who) == (MEASURE.title, MEASURE.owner)
    assert (due.day, list(due.later)) == (day(first), [day(n) for n in later])
    assert due.stops_on == (stops_on and day(stops_on))


def test_every_day_is_counted_and_a_week_has_one_mark():
    later = tuple(day(n) for n in (2, 3, 8, 9, 30))
    panel = drawn(Due("Training", day(1), "HR lead", later))
    assert panel.headline == "Six fall due in 90 days, five within 14"
    assert [(dot.x, dot.mark) for dot in panel.dots] == [
        (1, Mark.CONCERN),
        (8, Mark.CONCERN),
        (30, Mark.NORMAL),
    ]
    assert panel.dots[0].words == "Training: 3 due 23 Nov 2026 to 25 Nov 2026, HR lead"
    assert panel.texts[0].words == "23 Nov 2026, in 1 day, and 5 more"
    assert panel.rows == (("Training", "23 Nov 2026", "in 1 day", "6", "–", "HR lead"),)


def test_a_measure_that_only_stops_is_no_date_that_falls_due():
    panel = drawn(Due("A", day(2)), Due("B", day(9), "", (), day(9), only_stops=True))
    assert panel.headline == "One falls due in 90 days, one within 14"


def test_the_day_a_measure_stops_on_is_marked_and_said():
    panel = drawn(Due("Reviews", day(12), "IT lead", (), day(13)))
    assert [(dot.x, dot.mark) for dot in panel.dots] == [
        (12, Mark.CONCERN),
        (13, Mark.MISSED),
    ]
    assert panel.texts[0].words == "not met from 5 Dec 2026, in 13 days"
    assert dict(panel.key)[Mark.MISSED] == "no longer met"
    assert panel.rows[0][4] == "5 Dec 2026"
    assert "not met from 5 Dec 2026" in panel.alternative


def test_late_and_no_longer_met_share_a_shape_and_its_word_says_both():
    panel = drawn(Due("A", day(-3)), Due("B", day(2), "", (), day(3)))
    assert dict(panel.key)[Mark.MISSED] == "late or no longer met"


def test_what_is_too_much_to_draw_is_in_the_table():
    panel = drawn(*(Due(f"Measure {n:02}", day(n)) for n in range(MOST_ROWS + 3)))
    assert len(panel.dots) == len(panel.texts) == MOST_ROWS
    assert len(panel.rows) == MOST_ROWS + 3
    assert panel.source.endswith("3 more are in the table alone.")
    assert panel.headline.startswith("27 fall due")
