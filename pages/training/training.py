"""Who is out of date with training, where, and is it getting better?"""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from oversight import disclosure, registers, roles
from oversight.charts.spec import spec_of
from oversight.reader import Board, Reader
from oversight.registers import Trained
from oversight.verdicts.sentences import number, percent
from oversight.words import Role, Status
from pages.parts import export, look, pictures
from pages.parts.figures import home_name
from pages.parts.missing import nothing_is_known, nothing_of
from pages.parts.promised import promised

TITLE = "Training"
SECTION = "training"
ORDER = 2.8
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

MEASURE = "S01"  # staff in date with the yearly training
STEPS = (30, 60, 90)  # days
COLUMNS_SHOWN = 6  # roles with a column of their own
OTHERS = "other roles"
HIDDEN = "fewer than 5"
HIDDEN_WHY = (
    "Where fewer than five people in a role are out of date the number is not shown to"
    " a role that sees counts only, nor another by which it could be worked out."
)
WHY = (
    "The policy asks that everybody in post is trained each year (7.3). Without the"
    " staff register nobody knows of whom to ask it."
)
LIST_HEADS = ["Staff", "Home", "Role", "Employment", "Started", "Ran out", "Days over"]


def render(reader: Reader) -> None:
    """The first sentence, the months, home by role, what runs out, and who."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    staff = [
        replace(one, job_role=_role_words(one.job_role))
        for one in registers.trained(reader)
    ]
    if not staff:
        nothing_of("staff", WHY, reader)
        return
    judged = board.find(MEASURE)
    look.answer(_answer(staff, reader, board))
    if judged is not None:
        pictures.show(spec_of(judged, board.names), "months")
    _heat(staff, board, reader)
    _ahead(staff, reader.as_of)
    _list(staff, board, reader)
    promised(board, ("training", "training_needs"), "What is promised of training")


def _answer(staff: list[Trained], reader: Reader, board: Board) -> str:
    out = [one for one in staff if not one.is_in_date(reader.as_of)]
    met = len(staff) - len(out)
    judged = board.find(MEASURE)
    target = judged.verdict.target if judged else None
    wanted = "" if target is None else f", the target is {target.words}"
    unsure = ""
    if judged is not None and judged.verdict.status is Status.NOT_KNOWN:
        unsure = " That is not all that is to be known: a source is behind."
    said = (
        f"{met:,} of {len(staff):,} staff in post are in date with IG training"
        f" ({percent(met, len(staff), target)}){wanted}."
    )
    if not out:
        return said + unsure
    counts = Counter(one.home for one in out)
    most, held = counts.most_common(1)[0]
    where = (
        f", {number(held)} of them at {home_name(board, most)}"
        if len({one.home for one in staff}) > 1 and _may_tell(held, reader)
        else ""
    )
    verb = "is" if len(out) == 1 else "are"
    return f"{said} {number(len(out), start=True)} {verb} not{where}.{unsure}"


def _role_words(role: str) -> str:
    """A role as it is said; a code of the workforce data set is called one."""
    return f"role {role}" if role.isdigit() else role


def _may_tell(count: int, reader: Reader) -> bool:
    """Whether a count of people as small as this is for this reader."""
    return roles.may_see_rows(reader.person.role) or count >= disclosure.SMALLEST


def _heat(staff: list[Trained], board: Board, reader: Reader) -> None:
    """Out of date by home (down, by name) and role (across, the largest first)."""
    sizes = Counter(one.job_role for one in staff)
    own = [role for role, _ in sizes.most_common(COLUMNS_SHOWN)]
    columns = [*own, OTHERS] if len(sizes) > len(own) else own
    total: dict[str, Counter[str]] = defaultdict(Counter)
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for one in staff:
        column = one.job_role if one.job_role in own else OTHERS
        total[one.home][column] += 1
        out[one.home][column] += not one.is_in_date(reader.as_of)
    homes = sorted(total, key=lambda home: home_name(board, home).casefold())
    is_open = roles.may_see_rows(reader.person.role)
    rows, plain = [], []
    for home in homes:
        counts = {column: out[home][column] for column in columns}
        told: dict[str, int | None] = dict(counts)
        if not is_open:
            told = disclosure.suppressed(counts)
        size = total[home].total()
        name = home_name(board, home)
        cells = [_cell(told[column], total[home][column]) for column in columns]
        rows.append([look.text(name), *cells, f"{sum(counts.values())} of {size}"])
        shown = [_told(told[column], total[home][column]) for column in columns]
        plain.append((name, *shown, f"{sum(counts.values())} of {size}"))
    heads = ["Home", *columns, "Everybody"]
    numeric = tuple(range(1, len(heads)))
    body = look.table([look.text(h) for h in heads], rows, numeric, "ig-stack ig-heat")
    why = "" if is_open else f'<p class="ig-small">{HIDDEN_WHY}</p>'
    about = "Out of date, of those in post. Homes by name: homes differ in size."
    look.html(
        look.card(
            f"<h2>Out of date by home and role</h2>"
            f'<p class="ig-small">{about}</p>{body}{why}'
        )
    )
    export.offer(reader, "Training by home and role", heads, plain, "training_homes")


def _told(count: int | None, size: int) -> str:
    if not size:
        return "–"
    return HIDDEN if count is None else f"{count} of {size}"


def _cell(count: int | None, size: int) -> str:
    """A number, tinted by its share: words first, colour only beside them."""
    if count is None or not size or not count:
        return look.text(_told(count, size))
    kind = "ig-not-met" if count / size > 0.1 else "ig-at-risk"
    return f'<span class="ig-ask {kind}">{look.text(_told(count, size))}</span>'


def _ahead(staff: list[Trained], as_of: date) -> None:
    """What runs out in the days to come, and who never had any."""
    never = sum(one.in_date_until is None for one in staff)
    out = sum(not one.is_in_date(as_of) for one in staff)
    rows = [
        ["Ran out", str(out - never)],
        ["Never recorded", str(never)],
    ]
    begins = as_of
    for step in STEPS:
        ends = as_of + timedelta(days=step)
        count = sum(
            one.in_date_until is not None and begins <= one.in_date_until < ends
            for one in staff
        )
        rows.append([f"Runs out by {look.day(ends)}", str(count)])
        begins = ends
    body = look.table(["What", "Staff"], rows, (1,))
    title = f"Falling due, of {len(staff):,} in post, if nobody is trained"
    look.html(look.card(f"<h2>{title}</h2>{body}"))


def _list(staff: list[Trained], board: Board, reader: Reader) -> None:
    """Who is out of date, for those who see rows; told of in the journal."""
    if not roles.may_see_rows(reader.person.role):
        return
    out = [one for one in staff if not one.is_in_date(reader.as_of)]
    if not out:
        return
    judged = board.find(MEASURE)
    if judged is not None:
        reader.tell_of_looking(judged.measure, len(out))
    rows = [
        (
            one.staff,
            home_name(board, one.home),
            one.job_role,
            one.employment,
            one.started_on,
            one.in_date_until,
            (reader.as_of - one.in_date_until).days if one.in_date_until else None,
        )
        for one in out
    ]
    with st.container(border=True, key="card_training"):
        look.html(f"<h2>Out of date, the never trained first ({len(out)})</h2>")
        st.dataframe(
            pd.DataFrame(rows, columns=LIST_HEADS),
            hide_index=True,
            key="training_table",
            column_config={
                "Started": st.column_config.DateColumn(format=look.DAY_FORMAT),
                "Ran out": st.column_config.DateColumn(format=look.DAY_FORMAT),
            },
            placeholder="never",
            alt="Staff who are out of date with training, those without any first",
        )
        export.offer(reader, "Staff out of date", LIST_HEADS, rows, "training_list")
