"""A company's log of access, its rota and its homes, made by SQL: as long as asked for.

What is made is checked rows as the reading room leaves them, and they are taken in by
the same step as any file's: tests of the store need not wait for millions of lines of
CSV.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb

from oversight.arrivals import Report, Sent, take_in
from oversight.headers import in_order, read_folder
from oversight.reading_room.leaving import Checked, findings_of, kept_sha256, rows_of
from oversight.reading_room.profiles import own_profile
from oversight.reading_room.readers import Row
from oversight.reading_room.recognition import Recognised
from oversight.sources import all_sources
from oversight.store import ROOT, Store, keys
from oversight.store.connecting import load_key, parquet, parquet_options

FIRST_DAY, DAYS = date(2023, 11, 20), 1096
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
HOMES = ["Elm", "Oak", "Ash", "Hazel", "Birch", "Cedar", "Rowan", "Willow"]
RULES = ("fold", "uk_time", "uk_day")


# What few logs say, and this one does not.
TEXTS = "action outcome_reason record_ref purpose source_ip device country".split()
UNTOLD = ", ".join(
    [*(f"null::varchar as {name}" for name in TEXTS), "null::boolean as has_mfa"]
)


def home_ref(at: int) -> str:
    """The reference of a home by its place in HOMES."""
    return f"1-{9_000_000_001 + at}"


def events(from_day: int, to_day: int, a_day: int, seed: int = 7) -> str:
    """SQL: the log of the days [from_day, to_day) after FIRST_DAY, `a_day` lines each.

    Two in a hundred are at night, nearly all of them by people who work nights; two in
    a hundred are by a machine. A line is the same whichever file it is made for.
    """
    return f"""
        with line as (
            select
                day,
                k,
                k * 50 < {a_day} as is_night,
                hash(day, k, {seed}) as h,
                hash(k, day, {seed + 1}) as g
            from range({from_day}, {to_day}) as d(day), range({a_day}) as l(k)
        ),
        placed as (
            select
                *,
                (h % 8)::integer as home_at,
                g % 50 = 0 as is_machine,
                case
                    when is_night and g % 20 > 0 then 5 * ((h // 8) % 8)
                    else (h // 8) % 40
                end::integer as person,
                case
                    when is_night then k * 50 * 18000 // {a_day}
                    else 18000 + (k * 50 - {a_day}) * 64000 // ({a_day} * 49)
                end as second,
                date '{FIRST_DAY}' + day::integer as on_day
            from line
        )
        select
            ((day - {from_day}) * {a_day} + k + 2)::bigint as row,
            (1000000 * (day + 1) + k)::varchar as event_id,
            case when g % 5 = 1 then 'E-mail' else 'Care records' end as system,
            {HOMES}[home_at + 1] || ' House' as home,
            (on_day::timestamp + to_seconds(second::integer)
                + to_milliseconds((h % 1000)::integer))::timestamptz as occurred_at,
            case when is_machine then 'svc-sync' else 's' || (home_at * 100 + person)
            end as actor_login,
            case when is_machine then 'system' else 'human' end as actor_kind,
            case when not is_machine then 'S' || (home_at * 100 + person)
            end as staff_ref,
            ['view', 'view', 'view', 'search', 'update', 'login', 'export'][
                1 + (g // 50 % 7)::integer
            ] as event_type,
            case when g % 33 = 0 then 'failure' else 'success' end as outcome,
            case when g % 7 > 0 then 'R' || (home_at * 100 + (g // 7) % 45)::integer
            end as resident_ref,
            {UNTOLD},
            uk_day(occurred_at) as happened_on,
            extract('hour' from uk_time(occurred_at))::utinyint as happened_hour
        from placed
        order by day, k
    """


def rota(from_day: int, to_day: int, where: str = "true") -> str:
    """SQL: the shifts that begin on the days [from_day, to_day) and meet a condition.

    The condition may speak of home_at and person (both from 0) and of day.
    """
    return f"""
        with turn as (
            select
                day,
                home_at,
                person,
                person % 5 = 0 as is_night,
                date '{FIRST_DAY}' + day::integer as on_day
            from
                range({from_day}, {to_day}) as d(day),
                range(8) as h(home_at),
                range(40) as p(person)
            where
                ({where})
                and case when person % 5 = 0 then (person // 5 + day) % 4 > 0
                else (person + day) % 7 < 4 end
        )
        select
            row_number() over (order by day, home_at, person) + 1 as row,
            {HOMES}[home_at + 1] || ' House' as home,
            'S' || (home_at * 100 + person) as staff_ref,
            (on_day + case when is_night then interval 20 hour else interval 7 hour end
            )::timestamptz as starts_at,
            starts_at
            + case when is_night then interval 12 hour else interval 8 hour end
            as ends_at,
            null::boolean as is_cancelled
        from turn
        order by row
    """


def homes(names: list[str]) -> str:
    """SQL: a register of homes, in the order of HOMES, by the names given."""
    values = ", ".join(
        f"({at + 2}, '{home_ref(at)}', '{name}')" for at, name in enumerate(names)
    )
    others = [c.name for c in all_sources()["homes"].columns[2:]]
    types = {"beds": "bigint"} | dict.fromkeys(
        ("opened_on", "closed_on", "inspected_on"), "date"
    )
    empty = ", ".join(
        f"null::{types.get(name, 'varchar')} as {name}" for name in others
    )
    return f"""
        select row::bigint as row, home_ref, name, {empty}
        from (values {values}) as home(row, home_ref, name)
    """


def send(store: Store, kind: str, rows: str, taken_on: date = LAST_DAY) -> Report:
    """Writes the rows of a query as checked Parquet and takes them in."""
    return prepare(store, kind, rows, taken_on)()


def prepare(
    store: Store, kind: str, rows: str, taken_on: date = LAST_DAY
) -> Callable[[], Report]:
    """Writes the rows of a query as checked Parquet; what it gives takes them in."""
    source = all_sources()[kind]
    out = store.kept / f"made-{kind}"
    room = duckdb.connect()
    room.execute("set timezone = 'UTC'")
    if key_set := keys.key_set():
        load_key(room, key_set)
    definitions = read_folder(ROOT / "queries" / "rules")
    for definition in in_order(d for d in definitions if d.name in RULES):
        room.execute(definition.sql)
    key = ", ".join(f"fold({name}::varchar)" for name in source.key)
    cells = ", ".join(f"({column.name})::varchar" for column in source.columns)
    is_log = source.delivers == "events"  # whose lines are never compared by their hash
    room.execute(
        f"""
        copy (
            select *, concat_ws('|', {key}) as row_key,
                {"''" if is_log else f"md5(to_json([{cells}]))"} as row_hash,
                false as is_held
            from ({rows})
        ) to '{rows_of(out)}' ({parquet_options()});
        copy (
            select 0::bigint as row, '' as column_name, '' as value, '' as severity,
                '' as reason
            where false
        ) to '{findings_of(out)}' ({parquet_options()})
        """
    )
    counted = room.execute(
        f"select count(*) from {parquet()}", [str(rows_of(out))]
    ).fetchone()
    room.close()
    sha256 = kept_sha256(out)
    checked = Checked(counted[0], 0, 0, 0, taken_on, out=out, sha256=sha256)
    headings = Row(1, tuple(column.name for column in source.columns))
    recognised = Recognised(own_profile(source), source, headings, (), ())
    sent = Sent(Path("made.csv"), "tester", kind, taken_on=taken_on)
    return lambda: take_in(
        store, sent, recognised, checked, taken_on, sha256, readings_later=True
    )
