"""Who is asking, about which homes, as of when and knowing what; and what they get."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock

from oversight import measures, roles, settings, sources
from oversight.definitions import definitions_hash
from oversight.people import Person
from oversight.promises import Measure
from oversight.store import Store, last_moment, rows
from oversight.verdicts.freshness import doubts_of, heard_on
from oversight.verdicts.judgement import Judged, home_names, judge_all
from oversight.verdicts.status import Doubt
from oversight.words import COMPANY, EVERY_HOME, UNMATCHED

KEPT_BOARDS = 64


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
        with self.store.reading(self.scope) as cursor:
            number, known_at = last_moment(cursor)
            key = (id(self.store), number, definitions_hash(), self.as_of, self.scope)
            if (board := _boards.get(key)) is None:
                judged = tuple(judge_all(cursor, self.as_of))
                board = Board(self.as_of, number, known_at, judged, home_names(cursor))
                _boards.put(key, board)
        return board

    def cases(self, measure: Measure) -> list[TracedCase]:
        """The rows behind a figure, and where from; refused without the role."""
        roles.check_may_see_rows(self.person.role)
        kinds = [kind for kind in measure.reads if kind in sources.all_sources()]
        with self.store.reading(self.scope) as cursor:
            listed = measures.cases_on(cursor, measure, self.as_of)
            origin: dict[str, tuple[str, int, int]] = {}
            for kind in reversed(kinds):
                found = cursor.execute(
                    f"""
                    select known.row_key, arrival.file_name, known.row, known.arrival
                    from known_{kind}(?::date) as known
                    inner join arrival on arrival.number = known.arrival
                    """,
                    [self.as_of],
                ).fetchall()
                origin |= {row[0]: (row[1], row[2], row[3]) for row in found}
        nowhere = (None, None, None)
        return [
            TracedCase(
                case.case_ref,
                case.home,
                case.happened_on,
                case.is_met,
                *origin.get(case.case_ref, nowhere),
            )
            for case in listed
        ]

    def ages(self, kinds: Iterable[str]) -> list[Age]:
        """How far the kinds speak on the day asked about, and what is behind."""
        roles.check_may_see_figures(self.person.role)
        with self.store.reading(self.scope) as cursor:
            names = home_names(cursor)
            found = []
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
            return rows(cursor)

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


_boards = _Kept()
