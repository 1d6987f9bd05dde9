"""Is any breach clock running, and did we meet each one?"""

from collections import Counter

import streamlit as st

from oversight import asked, roles
from oversight.asked import Clocks
from oversight.charts import bars
from oversight.charts import clocks as drawn
from oversight.charts.panel import Panel
from oversight.charts.spec import spec_of
from oversight.reader import Board, Reader
from oversight.running import Ticking, running
from oversight.verdicts.sentences import number
from oversight.words import Role
from pages.parts import look, pictures
from pages.parts.missing import nothing_is_known

TITLE = "Incidents"
SECTION = "incidents"
ORDER = 2.5
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

HOURS = 72
SHOWN = 8  # clocks drawn: those running, then the newest that ended
MONTHLY = "S05"
KEPT_TO = ("L11", "L12", "L13", "S07", "S08")  # what is asked of every incident
NONE_RUNS = "The 72 hours start when a breach becomes known; no such clock runs now."


def render(reader: Reader) -> None:
    """The first sentence, the clocks, how many a month and why, the promises kept."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    found = asked.clocks(reader)
    look.answer(_answer(found))
    _clocks(found)
    months, causes = st.columns(2)
    with months:
        if judged := board.find(MONTHLY):
            pictures.show(spec_of(judged, board.names), "monthly")
    with causes:
        pictures.show(_causes(reader), "causes")
    _promises(board)
    if roles.may_see_rows(reader.person.role):
        link = look.link("records", "The register of incidents", kind="incidents")
        look.html(look.card(f"<p>{link} lists each one; there one is added.</p>"))


def _answer(found: Clocks) -> str:
    open_ = running(found.breaches)
    late = [one for one in open_ if one.is_late]
    met = [one for one in found.breaches if one.is_done and not one.is_late]
    ended = sum(one.is_done for one in found.breaches)
    past = (
        f" Of {number(ended)} that ended in the last year {number(len(met))} were"
        " settled in time."
        if ended
        else ""
    )
    if late:
        first = late[0]
        clock = "clock has" if len(late) == 1 else "clocks have"
        return (
            f"{number(len(late), start=True)} breach {clock} run out: {first.ref},"
            f" {first.left_in_words}. {_ask(first)}{past}"
        )
    if open_:
        first = open_[0]
        clock = "clock is" if len(open_) == 1 else "clocks are"
        return (
            f"{number(len(open_), start=True)} breach {clock} running: {first.ref},"
            f" {first.left_in_words}. {_ask(first)}{past}"
        )
    return f"No breach clock is running.{past}"


def _ask(one: Ticking) -> str:
    return f"{one.what[0].upper()}{one.what[1:]}."


def _clocks(found: Clocks) -> None:
    open_ = running(found.breaches)
    ended = [one for one in found.breaches if one.is_done][: SHOWN - len(open_[:SHOWN])]
    shown = [*open_[:SHOWN], *ended]
    if not shown:
        look.html(look.card(f"<h2>No clock is running</h2><p>{NONE_RUNS}</p>"))
        return
    panel = drawn.clocks(
        "Breach clocks",
        [drawn.Running(one.ref, one.clock, one.is_done, one.steps) for one in shown],
        HOURS,
        "UK GDPR art. 33(1): hours from becoming aware, through weekends and holidays.",
    )
    pictures.show(panel, "clocks")


def _causes(reader: Reader) -> Panel:
    counts = Counter(asked.causes(reader))
    return bars.by_cause(
        "Incidents and near misses",
        {cause: counts[cause] for cause in counts},
        f"last {reader.months or asked.YEAR} months",
        "Cause as the register gives it.",
        "incidents",
    )


def _promises(board: Board) -> None:
    judged = [found for key in KEPT_TO if (found := board.find(key))]
    if not judged:
        return
    rows = [
        [
            look.status(one.verdict.status),
            look.link("measure", one.measure.title, id=one.measure.id),
            look.text(one.measure.question),
        ]
        for one in judged
    ]
    body = look.table(["Status", "Measure", "Asks"], rows, kind="ig-stack")
    look.html(look.card(f"<h2>What is promised of every incident</h2>{body}"))
