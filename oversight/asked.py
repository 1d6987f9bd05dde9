"""What a reader asks beside the figures: clauses, the text, the Toolkit, days ahead.

Each is asked within the reader's scope, and kept while the same is known of the same
day and homes.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from threading import Lock
from typing import Any, TypeVar, cast

from oversight import roles, running, settings
from oversight.clocks.uk_time import uk_instant
from oversight.currency.checking import Finding, Text, check, read_policy
from oversight.currency.texts import TextRefused, policy_files
from oversight.definitions import definitions_hash
from oversight.frameworks import FrameworkItem, framework_items
from oversight.policy import Clause, clauses_from
from oversight.reader import Board, Reader, months_before
from oversight.running import Ticking
from oversight.statements import Stated, statements
from oversight.store import Cursor
from oversight.toolkit import Toolkit, toolkit_on
from oversight.verdicts.judgement import home_names
from oversight.verdicts.look_ahead import LookAhead, look_ahead
from oversight.verdicts.sure import Mark, marks_on

DAY = timedelta(days=1)
KEPT = 64  # answers
YEAR = 12  # months of happenings where no period is asked for
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Currency:
    """What the policy's texts say that must be amended; none of them: no text."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    refused: tuple[str, ...]  # why a file cannot be read, a sentence each


@dataclass(frozen=True)
class Clocks:
    """Every clock of a legal duty at a moment, open first, then the least left."""

    at: datetime
    breaches: tuple[Ticking, ...]
    requests: tuple[Ticking, ...]

    @property
    def open(self) -> list[Ticking]:
        """Those that run or have run out and are not done, the late first."""
        both = running.running([*self.breaches, *self.requests])
        return sorted(both, key=lambda one: (not one.is_late, _days_left(one)))


def _days_left(one: Ticking) -> float:
    length = -one.clock.late_by if one.clock.late_by else (one.clock.left or 0)
    return length / 24 if one.is_by_hour else length


def clauses(reader: Reader) -> list[Clause]:
    """The policy, clause by clause, on the reader's day and homes."""
    board = reader.board()
    with reader.reading() as cursor:
        stated = statements(cursor, Stated.CLAUSE_NOT_APPLICABLE, reader.as_of)
    return clauses_from(board.judged, stated)


def currency(reader: Reader) -> Currency:
    """What is found in the texts that lie in the policies' folder."""
    roles.check_may_see_figures(reader.person.role)
    texts: list[Text] = []
    refused = []
    files = policy_files()
    for path in files:
        try:
            changed = path.stat().st_mtime_ns, path.stat().st_size
            texts.append(_kept((path, changed), partial(read_policy, path)))
        except (TextRefused, OSError) as reason:
            refused.append(str(reason))
    with reader.store.reading() as cursor:
        names = settings.bodies(cursor)
    found = tuple(check(texts, names))
    return Currency(tuple(path.name for path in files), found, tuple(refused))


def toolkit(reader: Reader) -> Toolkit:
    """The Toolkit as it stands; answers are the company's, figures the reader's."""
    return _of_board(
        reader, "toolkit", lambda cursor, b: toolkit_on(cursor, b.judged, b.as_of)
    )


def frameworks(reader: Reader) -> list[FrameworkItem]:
    """What every framework asks, and which measures bear on it."""
    return _of_board(
        reader, "frameworks", lambda cursor, b: framework_items(cursor, b.as_of)
    )


def ahead(reader: Reader) -> LookAhead:
    """The days to come if nothing is done; its cases named as this reader may see."""
    found: LookAhead = _of_board(
        reader, "ahead", lambda cursor, b: look_ahead(cursor, b.judged, b.as_of)
    )
    named = tuple(
        replace(
            one,
            coming=tuple(
                replace(each, case_ref=tell(each.case_ref)) for each in one.coming
            ),
        )
        for one in found.measures
        for tell in [reader.case_names(one.measure)]
    )
    return replace(found, measures=named)


def clocks(reader: Reader) -> Clocks:
    """The legal clocks of the reader's homes, now or as a past day ended."""
    roles.check_may_see_figures(reader.person.role)
    now = datetime.now(UTC)
    at = min(now, uk_instant(datetime.combine(reader.as_of + DAY, time())))
    with reader.reading() as cursor:
        breaches = running.breaches(cursor, reader.as_of, at)
        requests = running.requests(cursor, reader.as_of, at)
        names = home_names(cursor)
    if not roles.may_see_rows(reader.person.role):
        breaches = [_unnumbered(one, "Breach", names) for one in breaches]
        requests = [_unnumbered(one, "Request", names) for one in requests]
    return Clocks(at, tuple(breaches), tuple(requests))


def _unnumbered(one: Ticking, what: str, names: dict[str, str]) -> Ticking:
    """A clock by its day and home: to whom counts are shown a number is a case."""
    home = names.get(one.home, one.home)
    return replace(one, ref=f"{what} of {one.clock.starts:%-d %b}, {home}")


def causes(reader: Reader) -> list[str]:
    """Why each incident or near miss of the period, or of a year, happened."""
    roles.check_may_see_figures(reader.person.role)
    with reader.reading() as cursor:
        found = cursor.execute(
            """
            select coalesce(cause, 'not said') from incidents(?::date)
            where known_on > ? and kind <> 'not an incident'
            """,
            [reader.as_of, reader.since or months_before(reader.as_of, YEAR)],
        ).fetchall()
    return [str(row[0]) for row in found]


def marks(reader: Reader, kinds: Iterable[str]) -> dict[str, Mark]:
    """How sure each kind of record is, in four parts."""
    roles.check_may_see_figures(reader.person.role)
    with reader.reading() as cursor:
        return marks_on(cursor, kinds, reader.as_of)


def _of_board(
    reader: Reader, what: str, ask: Callable[[Cursor, Board], Answer]
) -> Answer:
    board = reader.board()
    known = (id(reader.store), board.number, definitions_hash())
    key = (what, *known, board.as_of, reader.scope)

    def asked() -> Answer:
        with reader.store.reading(reader.scope, board.number) as cursor:
            return ask(cursor, board)

    return _kept(key, asked)


_lock = Lock()
_answers: OrderedDict[object, Any] = OrderedDict()


def _kept(key: object, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question that was asked before, or the answer now."""
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return cast(Answer, _answers[key])
    answer = ask()
    with _lock:
        _answers[key] = answer
        while len(_answers) > KEPT:
            _answers.popitem(last=False)
    return answer
