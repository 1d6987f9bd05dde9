"""Who is asking, about which homes, as of when and knowing what; and what they get."""

from calendar import monthrange
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from oversight import (
    disclosure,
    journal,
    measures,
    pseudonyms,
    roles,
    settings,
    sources,
)
from oversight.definitions import definitions_hash
from oversight.people import Person
from oversight.prepared import prepare_ground
from oversight.promises import Measure
from oversight.sources import SourceColumn
from oversight.store import Cursor, Store, known_moment, last_moment, rows
from oversight.verdicts.freshness import doubts_of, heard_on
from oversight.verdicts.judgement import Judged, home_names, judge_all
from oversight.verdicts.status import Doubt
from oversight.words import COMPANY, EVERY_HOME, UNMATCHED

KEPT_BOARDS = 64
Tell = Callable[[str, str, dict[str, Any]], None]
# What the journal is told of looking on: it changes no figure, so no board is stale.
LOOKS = (
    "signed in",
    "signed out",
    "sign-in refused",
    "rows viewed",
    "unmasked",
    "exported",
    "view saved",
    "view taken away",
    "asked in SQL",
    "note pinned",
    "note taken off",
)
TOLD_OF = 10_000  # of those, before they are forgotten
LOOK_AGAIN = timedelta(minutes=15)  # until the same rows viewed are told of again
UNMASKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Board:
    """Every measure on a day in one scope, and the moment of knowledge behind it."""

    as_of: date
    number: int
    known_at: datetime
    judged: tuple[Judged, ...]
    names: dict[str, str]

    def find(self, measure_id: str) -> Judged | None:
        return next((j for j in self.judged if j.measure.id == measure_id), None)


@dataclass(frozen=True)
class TracedCase:
    """A case and the row it rests on: file, row in that file, arrival."""

    case_ref: str
    home: str
    happened_on: date
    is_met: bool | None
    file_name: str | None
    row: int | None
    arrival: int | None


@dataclass(frozen=True)
class Unmasking:
    """Leave that was asked for with a reason: whose, for which measure, since when."""

    person: str
    measure: str
    at: datetime

    def holds_for(self, person: Person, measure: Measure) -> bool:
        """Whether it is this person's, for this measure, and not used up by time."""
        is_fresh = datetime.now(UTC) - self.at < UNMASKED_FOR
        is_theirs = (self.person, self.measure) == (person.name, measure.id)
        return is_fresh and is_theirs and roles.may_unmask(person.role)


@dataclass(frozen=True)
class Age:
    """How far one kind speaks; data_to is that of the home furthest behind."""

    kind: str
    data_to: date | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Reader:
    """One signed-in person's question. Everything a page shows is asked through this.

    home: a filter within what the role allows; it can narrow the scope, never widen it.
    """

    store: Store
    person: Person
    as_of: date
    home: str | None = None
    tell: Tell | None = None  # who keeps the journal of what was looked at
    compared_on: date | None = None  # an earlier day to set the figures beside
    known: int | None = None  # the newest moment taken into account; None: all
    months: int | None = None  # how far back what happened is asked about

    @property
    def allowed(self) -> tuple[str, ...]:
        """The scope of the role: every home, one's own, or none."""
        return roles.homes_seen(self.person.role, self.person.homes)

    @property
    def scope(self) -> tuple[str, ...]:
        """The homes this question is about, always within what is allowed."""
        allowed = self.allowed
        if self.home is None:
            return (
                allowed if EVERY_HOME in allowed or not allowed else (*allowed, COMPANY)
            )
        if EVERY_HOME in allowed or self.home in allowed:
            return (self.home, COMPANY)
        return ()

    @property
    def since(self) -> date | None:
        """The day after which what is asked about happened; None leaves none out."""
        return months_before(self.as_of, self.months) if self.months else None

    def reading(self) -> AbstractContextManager[Cursor]:
        """A cursor on the reader's homes, knowing what the reader asks to know."""
        return self.store.reading(self.scope, self.known)

    def company(self) -> tuple[str, bool]:
        """The company's name, and whether its data is made up."""
        with self.store.reading() as cursor:
            name = settings.read(cursor, settings.COMPANY_NAME)
            return name, settings.read(cursor, settings.MADE_UP) == "yes"

    def homes(self) -> dict[str, str]:
        """The names of the homes the role may choose among, by reference."""
        with self.store.reading(self.allowed) as cursor:
            return dict(sorted(home_names(cursor).items(), key=lambda each: each[1]))

    def board(self) -> Board:
        """Every measure judged; kept until something arrives or is asked otherwise."""
        roles.check_may_see_figures(self.person.role)
        with self.reading() as cursor:
            number, known_at = known_moment(cursor)
            # What is known of an earlier moment, news does not change.
            news = (_news(self.store, cursor), self.known)
            key = (id(self.store), news, definitions_hash(), self.as_of, self.scope)
            if (board := _boards.get(key)) is None:
                judged = tuple(judge_all(cursor, self.as_of))
                board = Board(self.as_of, number, known_at, judged, home_names(cursor))
                _boards.put(key, board)
        return board

    def cases(
        self, measure: Measure, unmasking: Unmasking | None = None
    ) -> list[TracedCase]:
        """The rows behind a figure, and where from; refused without the role.

        Staff stand in them by pseudonym, but for a home's own manager, and but for one
        who has said why.
        """
        roles.check_may_see_rows(self.person.role)
        kinds = [kind for kind in measure.reads if kind in sources.all_sources()]
        with self.reading() as cursor:
            listed = measures.cases_on(cursor, measure, self.as_of)
            origin: dict[str, tuple[str, int, int]] = {}
            for kind in reversed(kinds):
                found = cursor.execute(
                    f"""
                    select known.row_key, arrival.file_name,
                        line_of(known.row) as row, known.arrival
                    from known_{kind}(?::date) as known
                    inner join arrival on arrival.number = known.arrival
                    """,
                    [self.as_of],
                ).fetchall()
                origin |= {row[0]: (row[1], row[2], row[3]) for row in found}
        self.tell_of_looking(measure, len(listed))
        named = self.case_names(measure, unmasking)
        return [
            TracedCase(
                named(case.case_ref),
                case.home,
                case.happened_on,
                case.is_met,
                *_masked_origin(origin.get(case.case_ref)),
            )
            for case in listed
        ]

    def unmask(self, measure: Measure, reason: str) -> Unmasking:
        """Leave to see who the cases of a measure are, for a while; journalled."""
        roles.check_may_unmask(self.person.role)
        if not disclosure.is_reason(reason):
            raise ValueError(
                "Wanted a reason that somebody else can follow, such as the number of a"
                f" case and what is asked in it; got {reason.strip()!r}."
            )
        about = {
            "measure": measure.id,
            "homes": list(self.scope),
            "as_of": self.as_of.isoformat(),
            "reason": disclosure.masked(reason.strip()),
        }
        with self.store.writing() as writing:
            journal.append(writing, self.person.name, "unmasked", about)
        return Unmasking(self.person.name, measure.id, datetime.now(UTC))

    def unmaskings(self) -> int:
        """How often anybody was shown by name in the last thirty days."""
        roles.check_may_see_rows(self.person.role)
        since = datetime.now(UTC) - timedelta(days=30)
        with self.store.reading() as cursor:
            row = cursor.execute(
                "select count(*) from journal where what = 'unmasked' and known_at > ?",
                [since],
            ).fetchone()
        return int(row[0]) if row else 0

    def cell(self, column: SourceColumn, value: Any) -> Any:
        """A value of a record as this reader may see it: staff and free text masked."""
        if value is None:
            return None
        if column.is_free_text:
            return disclosure.masked(str(value))
        if not column.is_person or roles.may_see_own_staff(self.person.role):
            return value
        mask = pseudonyms.mask_of(self.store)
        if isinstance(value, list):
            return [mask.person(str(one)) for one in value]
        return mask.person(str(value))

    def case_names(
        self, measure: Measure, unmasking: Unmasking | None = None
    ) -> Callable[[str], str]:
        """How this reader is told the reference of a case."""
        if roles.may_see_own_staff(self.person.role):
            return str
        if unmasking is not None and unmasking.holds_for(self.person, measure):
            return str
        mask = pseudonyms.mask_of(self.store)
        in_a_log = any(
            source.delivers == "events" and any(c.is_person for c in source.columns)
            for kind in measure.reads
            if (source := sources.all_sources().get(kind))
        )
        return lambda said: mask.reference(said, always=in_a_log)

    def tell_of_looking(self, measure: Measure, rows: int) -> None:
        """One entry of the journal for rows behind a figure, once in a while."""
        self.tell_of_rows({"measure": measure.id}, rows)

    def tell_of_rows(self, what: Mapping[str, str], rows: int) -> None:
        """The same of any rows; what: which they are, for the journal."""
        if self.tell is None or not rows:
            return
        which = tuple(sorted(what.items()))
        key = (id(self.store), self.person.name, which, self.scope, self.as_of)
        now = datetime.now(UTC)
        if now - _looked.get(key, datetime.fromtimestamp(0, UTC)) < LOOK_AGAIN:
            return
        if len(_looked) > TOLD_OF:
            _looked.clear()
        _looked[key] = now
        about = {
            **what,
            "homes": list(self.scope),
            "as_of": self.as_of.isoformat(),
            "rows": rows,
        }
        self.tell(self.person.name, "rows viewed", about)

    def ages(self, kinds: Iterable[str]) -> list[Age]:
        """How far the kinds speak on the day asked about, and what is behind."""
        roles.check_may_see_figures(self.person.role)
        with self.reading() as cursor:
            names = home_names(cursor)
            found = []
            prepare_ground(cursor, [self.as_of])
            for kind in kinds:
                heard = heard_on(cursor, kind, [self.as_of])[self.as_of]
                days = [h.data_to for h in heard if h.data_to]
                doubts = doubts_of(kind, self.as_of, heard)
                named = [
                    replace(d, homes=tuple(names.get(h, h) for h in d.homes))
                    for d in doubts
                ]
                found.append(Age(kind, min(days, default=None), tuple(named)))
        return found

    def arrivals(self) -> list[dict[str, object]]:
        """Every file that came in, newest first; for those who may import."""
        roles.check_may_import(self.person.role)
        with self.store.reading((EVERY_HOME,)) as cursor:
            cursor.execute(
                """
                select number, known_at, state, kind, file_name, taken_on, person,
                    rows_read, rows_accepted, rows_unchanged, rows_refused, rows_warned,
                    left(sha256, 12) as sha256, message
                from arrival inner join moment using (number)
                order by number desc
                """
            )
            return rows(cursor)

    def findings(self, arrival: int | None = None) -> list[dict[str, object]]:
        """Rows refused or warned of in one arrival, or in the newest of each kind."""
        roles.check_may_import(self.person.role)
        with self.store.reading((EVERY_HOME,)) as cursor:
            cursor.execute(
                """
                select arrival.kind, arrival.file_name, refusal.row,
                    refusal.column_name as heading, refusal.severity, refusal.reason
                from refusal
                inner join arrival on arrival.number = refusal.arrival
                where refusal.arrival = $arrival
                    or ($arrival is null and refusal.arrival in (
                        select max(number) from arrival
                        where state = 'accepted' group by kind
                    ))
                order by refusal.severity, refusal.arrival, refusal.row
                limit 1000
                """,
                {"arrival": arrival},
            )
            found = rows(cursor)
        # The reason repeats what came, and what came may be anything.
        return [
            row | {"reason": disclosure.masked(str(row["reason"]))} for row in found
        ]

    def unmatched(self) -> list[dict[str, object]]:
        """How many rows of each kind name a home that is not on the register."""
        roles.check_may_import(self.person.role)
        counted = []
        with self.store.reading((UNMATCHED,)) as cursor:
            for source in sources.all_sources().values():
                if source.has_home:
                    row = cursor.execute(
                        f"select count(*) from known_{source.kind}(?::date)",
                        [self.as_of],
                    ).fetchone()
                    counted.append({"kind": source.kind, "rows": row[0] if row else 0})
        return [each for each in counted if each["rows"]]


class _Kept:
    """The newest boards, by what they were asked; one lock, oldest out first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._boards: OrderedDict[object, Board] = OrderedDict()

    def get(self, key: object) -> Board | None:
        with self._lock:
            if key in self._boards:
                self._boards.move_to_end(key)
            return self._boards.get(key)

    def put(self, key: object, board: Board) -> None:
        with self._lock:
            self._boards[key] = board
            while len(self._boards) > KEPT_BOARDS:
                self._boards.popitem(last=False)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


_boards = _Kept()
_looked: dict[object, datetime] = {}
# By store: looked up to, and the news.
_newest_news: WeakKeyDictionary[Store, tuple[int, int]] = WeakKeyDictionary()


def _masked_origin(
    origin: tuple[str, int, int] | None,
) -> tuple[str | None, int | None, int | None]:
    if origin is None:
        return (None, None, None)
    return (disclosure.masked(origin[0]), *origin[1:])


def _news(store: Store, cursor: Cursor) -> int:
    """The newest moment that can change a figure: looking on changes none."""
    newest = last_moment(cursor)[0]
    upto, news = _newest_news.get(store, (0, 0))
    row = cursor.execute(
        """
        select max(moment.number)
        from moment
        left join journal on journal.number = moment.number
        where moment.number > ? and (journal.what is null or journal.what not in
            (select unnest(?::varchar[])))
        """,
        [upto, list(LOOKS)],
    ).fetchone()
    news = row[0] if row and row[0] is not None else news
    _newest_news[store] = (newest, news)
    return int(news)
