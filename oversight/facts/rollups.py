"""Counts kept ready for what is too big to scan, equal at every moment to a scan.

A rollup is one .sql that reads the views. `<name>(as_of)` answers from the table
`ready_<name>` at current knowledge, and from the events themselves at earlier
knowledge; both in the reader's scope. An arrival deletes and recomputes the days it
touched, in its own transaction: nothing is ever added up bit by bit.

A rule of access is one too: what it finds stands under queries/access, with the parts
that rules share. Rules look at all homes, and answer in the reader's scope alone.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from oversight.facts import touched
from oversight.headers import Definition, DefinitionError, in_order, read_folder
from oversight.sources import all_sources
from oversight.store import ROOT, Cursor, Writing

FOLDER = ROOT / "queries" / "rollups"
RULES = ROOT / "queries" / "access"
EVERY = ("every", "every")  # a row of the kind may change any day: what a register does
EVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Rollup:
    """One rollup: the days a row of each kind can change, and its rule if it is one."""

    name: str
    finds: str  # the rule whose exceptions it lists; '' when it only counts
    days: Mapping[str, tuple[str, str]]  # kind -> SQL of the first and the last day
    definition: Definition

    @property
    def ready(self) -> str:
        return f"ready_{self.name}"

    @property
    def is_rule(self) -> bool:
        return bool(self.definition.one("rule", ""))

    @property
    def scan(self) -> str:
        return f"scan_{self.name}"


@cache
def all_rollups() -> dict[str, Rollup]:
    """Every rollup by name, from the files found under queries/rollups."""
    return {d.name: read_rollup(d) for d in read_folder(FOLDER)}


@cache
def all_rules() -> dict[str, Rollup]:
    """Every rule of access by name, from the files found under queries/access."""
    return {d.name: read_rollup(d) for d in read_folder(RULES) if d.one("finds", "")}


def rule_parts() -> list[Definition]:
    """What rules share, in the order in which they rest on each other."""
    return in_order(d for d in read_folder(RULES) if not d.one("finds", ""))


def exceptions_macros() -> list[str]:
    """`access_exceptions(as_of)`: what every rule finds, with its reason in words.

    And `scan_access_exceptions(as_of)`, the same from the events themselves, in all
    homes. The parts are steps of one query, so that each is read once.
    """
    parts = ",\n".join(
        f"part_{part.name} as materialized ({_upon_parts(part.sql, 'as_of')})"
        for part in rule_parts()
    )
    scans = [
        _exceptions(rule, f"({_upon_parts(rule.definition.sql, 'as_of')})")
        for rule in all_rules().values()
    ]
    ready = [_exceptions(rule, rule.ready) for rule in all_rules().values()]
    counted = [
        _exceptions(rollup, f"{rollup.name}(as_of)")
        for rollup in all_rollups().values()
        if rollup.finds
    ]
    return [
        "create or replace macro scan_access_exceptions(as_of) as table\n"
        f"with {parts}\n{' union all '.join(scans)}",
        f"""
        create or replace macro access_exceptions(as_of) as table
        select *
        from ({" union all ".join(ready)}) as found
        where getvariable('knows_all') and day <= as_of and in_scope(home)
        union all
        select *
        from scan_access_exceptions(as_of)
        where not coalesce(getvariable('knows_all'), false) and in_scope(home)
        union all
        {" union all ".join(counted)}
        """,
    ]


def _exceptions(rule: Rollup, found: str) -> str:
    reason = "reason" if rule.is_rule else f"'{rule.definition.one('reason')}'"
    return f"""
    select
        '{rule.finds}' as rule, '{rule.definition.one("severity")}' as severity,
        day, home, case_ref, person, resident_ref, occurred_at, {reason} as reason
    from {found} as found
    """


def read_rollup(definition: Definition) -> Rollup:
    """One rollup file, or a DefinitionError that names the line to mend."""
    days = {row["kind"]: (row["from"], row["to"]) for row in definition.table("days")}
    for kind, span in days.items():
        source = all_sources().get(kind)
        if source is None or (source.delivers == "snapshot" and span != EVERY):
            raise DefinitionError(
                f"{definition.path}: wanted kinds that deliver events or changes, got"
                f" {kind!r}. A register also touches days that its rows do not name."
            )
    return Rollup(definition.name, definition.one("finds", ""), days, definition)


def macros(rollup: Rollup) -> list[str]:
    """The table macros of a rollup: the scan, and the answer that need not scan."""
    sql = rollup.definition.sql.rstrip(";").replace("$as_of", "as_of")
    return [
        f"create or replace macro {rollup.scan}(as_of) as table\n{sql}",
        f"""
        create or replace macro {rollup.name}(as_of) as table
        select *
        from {rollup.ready}
        where getvariable('knows_all') and day <= as_of and in_scope(home)
        union all
        select *
        from {rollup.scan}(as_of)
        where not coalesce(getvariable('knows_all'), false)
        """,
    ]


def bring_up(cursor: Cursor, rests_on: Mapping[str, str]) -> None:
    """Makes anew every rollup whose definition has changed, or one that it rests on.

    rests_on: the SQL of the macros by name; they are in the store already.
    """
    newest = cursor.execute("select getvariable('known_number')").fetchone()
    assert newest is not None
    is_spread = False
    for rollup in _everything().values():
        scan, answer = ("", "") if rollup.is_rule else macros(rollup)
        if scan:
            cursor.execute(scan)
        version = _version(rollup, rests_on)
        if _version_made(cursor, rollup) != version:
            _note_version(cursor, rollup, version)
            if rollup.is_rule and not is_spread:
                _spread(cursor, "true")
                is_spread = True
            cursor.execute(
                f"create or replace table {rollup.ready} as"
                f" select * from {_found_by(rollup)} order by day"
            )
            _note_findings(cursor, rollup, "true", newest[0], datetime.now(UTC))
        if answer:
            cursor.execute(answer)
    for macro in exceptions_macros():
        cursor.execute(macro)


def refresh(writing: Writing, target: int) -> None:
    """Recomputes the days that an arrival, taken in or undone just now, may change."""
    row = writing.cursor.execute(
        "select kind from arrival where number = ?", [target]
    ).fetchone()
    assert row is not None
    if row[0] == "homes":
        touched.find_renamed(writing)
    for rollup in all_rollups().values():
        if days := _touched(writing.cursor, rollup, row[0], target):
            _recompute(writing, rollup, _on(sorted(days)))
    if not _has_events(writing.cursor):
        return  # no rule finds anything in a log that has not come
    spread, days_of = "", dict[tuple[str, str], list[date]]()
    for rule in all_rules().values():
        span = rule.days.get(row[0])
        if _touches_every_day(writing.cursor, rule, row[0]):
            on_days = "true"
        elif span is None:
            continue
        else:
            if span not in days_of:
                days_of[span] = _touched(writing.cursor, rule, row[0], target)
            if not days_of[span]:
                continue
            on_days = _on(sorted(days_of[span]))
        if spread != on_days:
            _spread(writing.cursor, on_days)
            spread = on_days
        _recompute(writing, rule, on_days)


def _spread(cursor: Cursor, on_days: str) -> None:
    """Fills a temporary table `part_<name>` with each part that rules share.

    A rule that went through the macros would read all of them anew, and a day's file
    would wait for a dozen readings of the registers.
    """
    for part in rule_parts():
        where = on_days if part.one("by", "") == "day" else "true"
        cursor.execute(
            f"create or replace temp table part_{part.name} as"
            f" select * from ({_upon_parts(part.sql)}) where {where}"
        )


def _upon_parts(sql: str, as_of: str = f"date '{EVER}'") -> str:
    """The SQL of a rule or part, asked of what the parts were spread into."""
    names = "|".join(part.name for part in rule_parts())
    sql = re.sub(rf"\b({names})\(\$as_of\)", r"part_\1", sql.rstrip(";"))
    return sql.replace("$as_of", as_of)


def _found_by(rollup: Rollup) -> str:
    """SQL: what is counted or found now, ever."""
    if rollup.is_rule:
        return f"({_upon_parts(rollup.definition.sql)})"
    return f"{rollup.scan}(date '{EVER}')"


def _everything() -> dict[str, Rollup]:
    return all_rollups() | all_rules()


def _has_events(cursor: Cursor) -> bool:
    found = cursor.execute("select 1 from fact_access_events limit 1").fetchone()
    return found is not None


def _touches_every_day(cursor: Cursor, rule: Rollup, kind: str) -> bool:
    """Whether an arrival may change any day: a register does, and a home renamed."""
    if kind == "homes":
        return cursor.execute("select 1 from renamed limit 1").fetchone() is not None
    return rule.days.get(kind) == EVERY


def _touched(cursor: Cursor, rollup: Rollup, kind: str, target: int) -> list[date]:
    if kind == "homes":
        parts = [
            touched.by_a_name(all_sources()[read], span)
            for read, span in rollup.days.items()
        ]
    elif kind in rollup.days:
        parts = [touched.by_rows(all_sources()[kind], rollup.days[kind], target)]
    else:
        return []
    found = cursor.execute(f"select distinct day from ({' union all '.join(parts)})")
    return [row[0] for row in found.fetchall()]


def _recompute(writing: Writing, rollup: Rollup, on_days: str) -> None:
    # Days in so many words are carried down to where the events are stored, so that the
    # other days are not read; days in a table are not, and cost a scan of all there is.
    writing.cursor.execute(f"delete from {rollup.ready} where {on_days}")
    writing.cursor.execute(
        f"insert into {rollup.ready} select * from {_found_by(rollup)} where {on_days}"
    )
    _note_findings(writing.cursor, rollup, on_days, writing.number, writing.at)


def _on(days: list[date]) -> str:
    """SQL: a condition on day; days that follow on each other are one stretch."""
    if (days[-1] - days[0]).days + 1 == len(days):
        return f"day between date '{days[0]}' and date '{days[-1]}'"
    return "day in (" + ", ".join(f"date '{day}'" for day in days) + ")"


def _note_findings(
    cursor: Cursor, rollup: Rollup, on_days: str, number: int, at: datetime
) -> None:
    """Appends what came to hold and what ceased to, where a condition on day holds."""
    if not rollup.finds:
        return
    cursor.execute(
        f"""
        insert into exception_found
        with entry as (
            select *, happened_on as day, row_number() over (
                partition by case_ref, home order by number desc, found_at desc
            ) as nth
            from exception_found
            where rule = $rule
        ),
        held as (
            select * from entry where nth = 1 and is_held and {on_days}
        ),
        found as (
            select * from {rollup.ready} where {on_days}
        ),
        changed as (
            select case_ref, home, day, person, true as is_held
            from found
            anti join held on held.case_ref = found.case_ref and held.home = found.home
            union all
            select case_ref, home, day, person, false as is_held
            from held
            anti join found on found.case_ref = held.case_ref and found.home = held.home
        )
        select $number, $at, $rule, $version, case_ref, home, day, person, is_held
        from changed
        """,
        {
            "rule": rollup.finds,
            "number": number,
            "at": at,
            "version": _version_made(cursor, rollup),
        },
    )


def _version(rollup: Rollup, rests_on: Mapping[str, str]) -> str:
    """A hash over the rollup and everything that it rests on, directly or not."""
    found: dict[str, str] = {"": rollup.definition.sql}
    waiting = [rollup.definition.sql]
    while waiting:
        for name in re.findall(r"\b([a-z_]+)\(", waiting.pop()):
            if name in rests_on and name not in found:
                found[name] = rests_on[name]
                waiting.append(rests_on[name])
    return hashlib.sha256("".join(found[n] for n in sorted(found)).encode()).hexdigest()


def _version_made(cursor: Cursor, rollup: Rollup) -> str | None:
    row = cursor.execute(
        "select sha256 from definition where name = ?", [rollup.name]
    ).fetchone()
    return str(row[0]) if row else None


def _note_version(cursor: Cursor, rollup: Rollup, version: str) -> None:
    cursor.execute("delete from definition where name = ?", [rollup.name])
    cursor.execute("insert into definition values (?, ?)", [rollup.name, version])
