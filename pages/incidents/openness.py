"""Is every request answered in time, and was everybody told who is owed it?"""

from oversight import asked, roles
from oversight.asked import Clocks
from oversight.clocks.uk_time import day_in_words
from oversight.reader import Board, Reader
from oversight.running import Ticking, running
from oversight.verdicts.sentences import number
from oversight.words import Role, Status, Strand
from pages.parts import export, look
from pages.parts.figures import MEASURE_HEADS, NUMERIC, measure_cells, worst_first
from pages.parts.missing import nothing_is_known

TITLE = "Requests and candour"
SECTION = "incidents"
ORDER = 2.6
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

LATE_SHOWN = 20


def render(reader: Reader) -> None:
    """The first sentence, the clocks that run, those that were late, the promises."""
    board = reader.board()
    if nothing_is_known(board, reader):
        return
    found = asked.clocks(reader)
    look.answer(_answer(found))
    _open(running(found.requests), board, reader)
    _late([one for one in found.requests if one.is_done and one.is_late], board, reader)
    _promises(board)
    if roles.may_see_rows(reader.person.role):
        link = look.link("records", "The register of requests", kind="requests")
        look.html(look.card(f"<p>{link} lists each one with its steps.</p>"))


def _answer(found: Clocks) -> str:
    open_ = running(found.requests)
    late = [one for one in open_ if one.is_late]
    ended = [one for one in found.requests if one.is_done]
    missed = sum(one.is_late for one in ended)
    past = (
        f" {number(missed, start=True)} of {len(ended)} answered in the last year"
        f" {'was' if missed == 1 else 'were'} late."
        if ended
        else " None was answered in the last year."
    )
    if late:
        verb = "request is" if len(late) == 1 else "requests are"
        return (
            f"{number(len(late), start=True)} {verb} past the last day: {late[0].ref},"
            f" {late[0].left_in_words}.{past}"
        )
    if open_:
        verb = "request is" if len(open_) == 1 else "requests are"
        return (
            f"{number(len(open_), start=True)} {verb} open: {open_[0].ref},"
            f" {open_[0].left_in_words}.{past}"
        )
    return f"No request is open.{past}"


def _open(open_: list[Ticking], board: Board, reader: Reader) -> None:
    if not open_:
        look.html(look.card("<h2>No request is open</h2>"))
        return
    rows = [[_state(one), *_cells(one, board)] for one in open_]
    heads = ["How it stands", "Request", "Home", "To do", "Last day"]
    body = look.table(heads, rows, kind="ig-stack")
    look.html(look.card(f"<h2>Open, the least left first</h2>{body}"))
    export.offer_shown(reader, "Open requests", heads, rows, "requests_open")


def _late(late: list[Ticking], board: Board, reader: Reader) -> None:
    if not late:
        return
    rows = [[_state(one), *_cells(one, board)] for one in late[:LATE_SHOWN]]
    heads = ["How late", "Request", "Home", "Was to do", "Last day"]
    body = look.table(heads, rows, kind="ig-stack")
    look.html(look.card(f"<h2>Answered late in the last year</h2>{body}"))
    export.offer_shown(reader, "Requests answered late", heads, rows, "requests_late")


def _state(one: Ticking) -> str:
    status = Status.NOT_MET if one.is_late else Status.AT_RISK
    return look.shape(status, one.left_in_words)


def _cells(one: Ticking, board: Board) -> list[str]:
    due = day_in_words(one.clock.due) if one.clock.due else "–"
    home = board.names.get(one.home, one.home)
    return [look.text(one.ref), look.text(home), look.text(one.what), look.text(due)]


def _promises(board: Board) -> None:
    judged = [one for one in board.judged if one.measure.strand is Strand.OPENNESS]
    rows = [measure_cells(one, board) for one in worst_first(judged)]
    if not rows:
        return
    body = look.table(MEASURE_HEADS, rows, NUMERIC, "ig-measures ig-stack")
    look.html(look.card(f"<h2>What is promised of openness</h2>{body}"))
