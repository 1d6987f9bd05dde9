"""Which homes differ in a measure by more than chance allows, for the worse."""

from oversight.charts.chart import Mark
from oversight.charts.homes import homes_of
from oversight.verdicts.judgement import Judged


def lower_than_chance(judged: Judged, names: dict[str, str]) -> set[str]:
    """The homes whose share is lower than chance allows, by name.

    names: of the homes to be compared, told apart.
    """
    panel = homes_of(judged, names)
    if panel is None:
        return set()
    return {
        dot.words.partition(":")[0] for dot in panel.dots if dot.mark is Mark.CONCERN
    }
