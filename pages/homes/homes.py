"""How is one home doing beside the company, and which homes differ beyond chance?"""

from dataclasses import replace

import streamlit as st

from oversight.charts.homes import homes_of
from oversight.promises import Kind
from oversight.reader import Board, Reader
from oversight.verdicts.judgement import Judged
from oversight.verdicts.sentences import listed, number
from oversight.verdicts.status import counts_in_words, roll_up
from oversight.words import ROLL_UP_ORDER, Role, Status
from pages.parts import export, look, pictures
from pages.parts.differing import lower_than_chance
from pages.parts.figures import figure, target_words, worst_first
from pages.parts.missing import nothing_is_known

TITLE = "Homes"
SECTION = "homes"
ORDER = 2.3
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

HEADS = ["Status", "Measure", "This home", "All homes", "Target", "Period"]
NUMERIC = (2, 3, 4)


def render(reader: Reader) -> None:
    """One home's figures beside the company's, or the homes side by side."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    own = list(reader.homes())
    if reader.home is None and len(own) == 1:
        reader = replace(reader, home=own[0])
    if reader.home is not None and reader.home in board.names:
        _one(board, reader)
    else:
        _side_by_side(board, reader)


def _one(board: Board, reader: Reader) -> None:
    """Every measure's figure for this home beside that of all homes in reach."""
    home = board.names[reader.home or ""]
    every = replace(reader, home=None).board()
    counts = counts_in_words(roll_up(j.verdict.status for j in board.judged))
    look.answer(_answer_of(home, board))
    rows, plain = [], []
    for judged in worst_first(board.judged):
        beside = every.find(judged.measure.id)
        of_all = figure(beside) if beside else "–"
        of_home = f"{figure(judged)}{_of(judged)}"
        if beside:
            of_all += _of(beside)
        window = judged.measure.window
        period = "on the day" if window == "day" else f"one {window}"
        link = look.link("measure", judged.measure.title, id=judged.measure.id)
        rows.append(
            [
                look.status(judged.verdict.status),
                link,
                f"<strong>{look.text(of_home)}</strong>",
                look.text(of_all),
                look.text(target_words(judged)),
                look.text(period),
            ]
        )
        plain.append(
            (
                judged.verdict.status.replace("_", " "),
                judged.measure.title,
                of_home,
                of_all,
                target_words(judged),
                period,
            )
        )
    body = look.table(HEADS, rows, NUMERIC, "ig-stack")
    title = f"<h2>{look.text(home)}, worst first</h2>"
    counted = f'<p class="ig-small">{look.text(counts)}</p>'
    look.html(look.card(f'<div class="ig-ends">{title}{counted}</div>{body}'))
    export.offer(reader, f"Measures of {home}", HEADS, plain, "home")
    mine = [j for j in every.judged if j.by_home]
    _pictures(every, worst_first(mine), 2)


def _answer_of(home: str, board: Board) -> str:
    judged = [j for j in board.judged if j.verdict.status in ROLL_UP_ORDER]
    met = sum(j.verdict.status is Status.MET for j in judged)
    missed = [j for j in worst_first(judged) if j.verdict.status is Status.NOT_MET]
    said = f"{home} meets {number(met)} of {len(judged)} measures."
    if not missed:
        unknown = sum(j.verdict.status is Status.NOT_KNOWN for j in judged)
        rest = f" {number(unknown, start=True)} not known." if unknown else ""
        return f"{said} None is not met.{rest}"
    names = listed([_small(j.measure.title) for j in missed[:3]])
    verb = "is" if len(missed) == 1 else "are"
    some = "" if len(missed) <= 3 else " among them"
    return f"{said} {number(len(missed), start=True)} {verb} not met:{some} {names}."


def _of(judged: Judged) -> str:
    evidence = judged.verdict.evidence
    is_share = judged.measure.kind not in (Kind.COUNT, Kind.GAP)
    if not is_share or not evidence.total or judged.verdict.status is Status.NOT_KNOWN:
        return ""
    return f" ({evidence.met:,} of {evidence.total:,})"


def _side_by_side(board: Board, reader: Reader) -> None:
    """Which homes stand out, measure by measure, and the pictures that show it."""
    judged = worst_first(board.judged)
    names = look.told_apart(reader.homes())
    apart = {j.measure.id: lower_than_chance(j, names) for j in judged}
    low = {
        name: [j for j in judged if name in apart[j.measure.id]]
        for name in sorted(set().union(*apart.values()), key=str.casefold)
    }
    look.answer(_answer(low, board))
    rows = [
        [
            look.link("homes", name, home=name),
            listed(
                [look.link("measure", j.measure.title, id=j.measure.id) for j in found]
            ),
        ]
        for name, found in low.items()
    ]
    if rows:
        body = look.table(["Home", "Lower in"], rows, kind="ig-stack")
        title = "<h2>Lower than chance allows, by name of home</h2>"
        look.html(look.card(title + body))
    every = ", ".join(
        look.link("homes", name, home=name) for name in sorted(names.values())
    )
    look.html(look.card(f"<h2>One home on one page</h2><p>{every or 'none'}</p>"))
    shown = [j for j in judged if apart[j.measure.id]]
    shown += [j for j in judged if j not in shown]
    _pictures(board, shown, 4)


def _answer(low: dict[str, list[Judged]], board: Board) -> str:
    compared = sum(homes_of(j, board.names) is not None for j in board.judged)
    if not compared:
        return "No measure has cases in two homes to be compared: not known."
    if not low:
        return (
            f"No home is lower than chance allows in any of {compared} measures"
            " compared."
        )
    names = [f"{name} ({number(len(found))})" for name, found in low.items()]
    noun = "measure" if compared == 1 else "measures"
    verb = "is" if len(names) == 1 else "are"
    return (
        f"{listed(names)} {verb} lower than chance allows, of {compared} {noun}"
        " compared."
    )


def _pictures(board: Board, judged: list[Judged], most: int) -> None:
    panels = [(one, homes_of(one, board.names)) for one in judged]
    drawn = [(one, panel) for one, panel in panels if panel and panel.dots][:most]
    for at in range(0, len(drawn), 2):
        for place, (one, panel) in zip(st.columns(2), drawn[at : at + 2], strict=False):
            with place:
                # Many homes differ from none: the finding alone would head them all.
                said = f"{one.measure.title}: {panel.headline}"
                pictures.show(replace(panel, headline=said), f"card_{one.measure.id}")


def _small(title: str) -> str:
    return title if title[1:2].isupper() else f"{title[0].lower()}{title[1:]}"
