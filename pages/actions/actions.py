"""Is what was decided being done, in time and to any effect?"""

from datetime import date, timedelta

from oversight import registers, roles
from oversight.reader import Board, Reader
from oversight.registers import Action
from oversight.verdicts.sentences import number
from oversight.words import Role, Status
from pages.parts import export, look
from pages.parts.figures import home_name
from pages.parts.missing import nothing_of
from pages.parts.promised import promised

TITLE = "Actions"
SECTION = "actions"
ORDER = 7.6
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

SOON = 30  # days
SHOWN = 60
WHY = (
    "What audits, incidents and reviews decide is done here or not at all. Without the"
    " register of actions nobody can show that a decision was carried out."
)
HEADS = ["How it stands", "What", "Home", "Owner", "Due", "Moved", "Effect"]
MOVED = 5
PLAIN_HEADS = ["State", "Action", "Came of", "What", "Home", "Owner", "Raised"]
PLAIN_HEADS += ["First due", "Due", "Times moved", "Done", "Effect expected", "Effect"]


def render(reader: Reader) -> None:
    """The first sentence, how many are late, soon and on time, and each of them."""
    found = registers.actions(reader)
    if not found:
        nothing_of("actions", WHY, reader)
        return
    board = reader.board()
    as_of = reader.as_of
    open_ = [one for one in found if one.is_open]
    since = as_of - timedelta(days=365)
    done = [one for one in found if one.done_on is not None and one.done_on > since]
    look.answer(_answer(open_, done, as_of))
    _counts(open_, done, as_of)
    _table("Open, the longest overdue first", open_, board, reader)
    newest = sorted(done, key=lambda one: one.done_on or date.min, reverse=True)
    _table("Done in the last 12 months, newest first", newest, board, reader)
    rows = [_plain(one, board, as_of) for one in (*open_, *newest)]
    if roles.may_see_rows(reader.person.role):
        export.offer(reader, "Actions", PLAIN_HEADS, rows, "actions")
    promised(board, ("actions",), "What is promised of actions")


def _answer(open_: list[Action], done: list[Action], as_of: date) -> str:
    in_time = sum(one.is_done_on_time for one in done)
    past = (
        f" Of {number(len(done))} done in the last 12 months"
        f" {'all' if in_time == len(done) > 1 else number(in_time)}"
        f" {'was' if in_time == 1 else 'were'} done by the day first agreed."
        if done
        else " None was done in the last 12 months."
    )
    if not open_:
        return f"No action is open.{past}"
    late = [one for one in open_ if one.is_overdue]
    verb = "action is" if len(open_) == 1 else "actions are"
    if not late:
        return f"{number(len(open_), start=True)} {verb} open, none of them late.{past}"
    oldest = max((as_of - one.due_on).days for one in late)
    which = "the oldest" if len(late) > 1 else "it"
    return (
        f"{number(len(late), start=True)} of {number(len(open_))} open"
        f" {'action' if len(open_) == 1 else 'actions'}"
        f" {'is' if len(late) == 1 else 'are'} late; {which} is {_days(oldest)}"
        f" late.{past}"
    )


def _counts(open_: list[Action], done: list[Action], as_of: date) -> None:
    """Four numbers that add up: late, due soon, due later, done."""
    late = sum(one.is_overdue for one in open_)
    soon = sum(_is_soon(one, as_of) for one in open_)
    moved = sum(one.times_moved > 0 for one in open_)
    cards = (
        (Status.NOT_MET, "Late", late, f"of {len(open_)} open"),
        (Status.AT_RISK, f"Due in {SOON} days", soon, f"of {len(open_)} open"),
        (
            Status.NOTHING_DUE,
            "Due later",
            len(open_) - late - soon,
            f"{moved} of {len(open_)} open had the day moved",
        ),
        (
            Status.MET,
            "Done",
            len(done),
            f"in 12 months; {sum(one.verified_on is not None for one in done)} checked"
            " by another",
        ),
    )
    body = "".join(
        f'<section class="ig-card ig-strand ig-{status.replace("_", "-")}"><header>'
        f"<h2>{look.text(words)}</h2><strong>{count}</strong></header>"
        f'<p class="ig-small">{look.text(said)}</p></section>'
        for status, words, count, said in cards
    )
    look.html(f'<div class="ig-cards">{body}</div>')


def _is_soon(one: Action, as_of: date) -> bool:
    return not one.is_overdue and one.due_on <= as_of + timedelta(days=SOON)


def _table(title: str, found: list[Action], board: Board, reader: Reader) -> None:
    if not found:
        return
    may = roles.may_see_rows(reader.person.role)
    rows = [_row(one, board, reader.as_of, may) for one in found[:SHOWN]]
    body = look.table(HEADS, rows, (MOVED,), "ig-stack")
    more = f" (the first {SHOWN} of {len(found)})" if len(found) > SHOWN else ""
    look.html(look.card(f"<h2>{look.text(title)}{more}</h2>{body}"))


def _row(one: Action, board: Board, as_of: date, may: bool) -> list[str]:
    source = one.source_type
    if may:
        source = f"{one.ref}, of {source} {one.source_ref or ''}".rstrip()
    return [
        _state(one, as_of),
        f"{look.text(one.title)}<small>{look.text(source)}</small>",
        look.text(home_name(board, one.home)),
        look.text(one.owner or "nobody named"),
        look.day(one.due_on),
        f"{one.times_moved}×" if one.times_moved else "–",
        _effect(one, board),
    ]


def _state(one: Action, as_of: date) -> str:
    days = (as_of - one.due_on).days
    if one.done_on is not None:
        late = (one.done_on - one.first_due_on).days
        status = Status.MET if late <= 0 else Status.AT_RISK
        word = "verified" if one.verified_on else "done"
        said = word if late <= 0 else f"{word}, {_days(late)} late"
        return look.shape(status, said)
    if one.is_overdue:
        return look.shape(Status.NOT_MET, f"{_days(days)} late")
    status = Status.AT_RISK if _is_soon(one, as_of) else Status.NOTHING_DUE
    return look.shape(status, f"{_days(-days)} left" if days else "today")


def _effect(one: Action, board: Board) -> str:
    """What it should move, how that stands, and whether it was seen to."""
    said = []
    judged = board.find(one.measure.upper()) if one.measure else None
    if judged is not None:
        said.append(look.link("measure", judged.measure.title, id=judged.measure.id))
    if one.expected_effect:
        said.append(f"<small>wanted: {look.text(one.expected_effect)}</small>")
    if one.effect_seen:
        said.append(f"<small>seen: {look.text(one.effect_seen)}</small>")
    return "".join(said) or "not stated"


def _plain(one: Action, board: Board, as_of: date) -> tuple[object, ...]:
    state = "late" if one.is_overdue else one.status
    source = f"{one.source_type} {one.source_ref or ''}".rstrip()
    home = home_name(board, one.home)
    return (
        state,
        one.ref,
        source,
        one.title,
        home,
        one.owner,
        one.raised_on,
        one.first_due_on,
        one.due_on,
        one.times_moved,
        one.done_on,
        one.expected_effect,
        one.effect_seen or "",
    )


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
