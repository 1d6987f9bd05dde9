"""An event sent twice is one: how a log's events are stored, and which of them stand.

A log is too long to be sorted whenever it is read, so an event is stored where it was
told first, and its key there is unique. Every later telling is noted in `again_<kind>`,
and is stored itself only when it says something else: lines sent again cost next to
nothing.
"""

from oversight.sources import Source
from oversight.store import Cursor
from oversight.store.connecting import parquet

# The first columns of a log's table. Its key and hash are made when asked for: stored,
# they would take more room than the events.
FACT_HEAD = "arrival bigint, row bigint"


def again_table(source: Source) -> str:
    """The later tellings: which row of which file, of which row, the same or not."""
    return f"again_{source.kind}"


def create_again_table(cursor: Cursor, source: Source) -> None:
    """Made once, beside the fact table."""
    cursor.execute(
        f"create table if not exists {again_table(source)} (arrival bigint, row bigint,"
        " of_arrival bigint, of_row bigint, is_same boolean)"
    )


def compare(cursor: Cursor, source: Source, rows: str) -> None:
    """Compares checked rows (Parquet) with what is there, before they are stored.

    Fills two temporary tables: `told`, the sent rows whose event is stored already, and
    `unchanged` (row), those of them that say what stands.
    """
    # A time is compared as it is stored, so that only the file's own days are read.
    is_same = " and ".join(_is_same(column.name) for column in source.columns)
    cursor.execute(
        f"""
        create or replace temp table told as
        with first as (
            select fact.*
            from {source.fact_table} as fact
            anti join (select arrival, row from {again_table(source)} where not is_same)
                as other on other.arrival = fact.arrival and other.row = fact.row
        )
        select
            sent.row,
            first.arrival as of_arrival,
            first.row as of_row,
            {is_same} as is_same
        from {parquet()} as sent
        inner join first on {" and ".join(_is_one(cursor, source))}
        where not sent.is_held
        """,
        [rows],
    )
    cursor.execute(
        f"""
        create or replace temp table unchanged as
        select told.row
        from told
        inner join known_{source.kind}(date '9999-12-31') as known
            on known.arrival = told.of_arrival and known.row = told.of_row
        where told.is_same
        """
    )


def store_rows(cursor: Cursor, source: Source, number: int, rows: str) -> None:
    """Stores an arrival's checked rows (Parquet), after they were compared."""
    columns = ", ".join(f'"{name}"' for name in _types(cursor, source))
    cursor.execute(
        f"""
        insert into {source.fact_table} (arrival, row, {columns})
        select ?, row, {columns}
        from {parquet()}
        where not is_held and row not in (select row from told where is_same)
        """,
        [number, rows],
    )
    cursor.execute(
        f"insert into {again_table(source)} select ?, * from told order by row",
        [number],
    )


def known_macro(source: Source) -> str:
    """`known_<kind>(as_of)` for a log of events; its columns are those of other kinds.

    Only unsettled events need a choice between tellings: those told otherwise later,
    and those whose first telling does not count. Mostly there are none.
    """
    return (_KNOWN + _IN_SCOPE).format(
        kind=source.kind,
        fact=source.fact_table,
        again=again_table(source),
        key=", ".join(f"fold(sent.{name}::varchar)" for name in source.key),
    )


def every_macro(source: Source) -> str:
    """`every_<kind>(as_of)`: as known_<kind>, in no scope; for the rules of access."""
    return (
        known_macro(source)
        .replace(f"macro known_{source.kind}(", f"macro every_{source.kind}(")
        .replace(_IN_SCOPE, "")
    )


def _types(cursor: Cursor, source: Source) -> dict[str, str]:
    shape = cursor.execute(f"describe {source.fact_table}").fetchall()
    return {row[0]: row[1] for row in shape if row[0] not in ("arrival", "row")}


def _is_one(cursor: Cursor, source: Source) -> list[str]:
    types = _types(cursor, source)
    return [
        f"fold(first.{name}) = fold(sent.{name})"
        if types[name] == "VARCHAR"
        else f"first.{name} = sent.{name}"
        for name in source.key
    ]


def _is_same(name: str) -> str:
    return f'sent."{name}" is not distinct from first."{name}"'


_IN_SCOPE = "where in_scope(coalesce(alias.home_ref, 'unmatched'))\n"

# Not materialized: below a step that it materializes DuckDB reads every column, and ten
# million rows cost 4 s instead of 0.2 s.
_KNOWN = """
create or replace macro known_{kind}(as_of) as table
with live as not materialized (
    select * from live_arrival('{kind}', date '9999-12-31')
),
unsettled as not materialized (
    select distinct again.of_arrival, again.of_row
    from {again} as again
    left join live as first on first.number = again.of_arrival
    where
        again.arrival <= getvariable('known_number')
        and (not again.is_same or first.number is null)
),
telling as not materialized (
    select of_arrival, of_row, of_arrival as arrival, of_row as row, live.seq
    from unsettled
    inner join live on live.number = unsettled.of_arrival
    union all
    select
        again.of_arrival,
        again.of_row,
        case when again.is_same then again.of_arrival else again.arrival end as arrival,
        case when again.is_same then again.of_row else again.row end as row,
        live.seq
    from {again} as again
    inner join live on live.number = again.arrival
    inner join unsettled
        on unsettled.of_arrival = again.of_arrival and unsettled.of_row = again.of_row
),
chosen as not materialized (
    select
        arg_max(telling.arrival, telling.seq) as arrival,
        arg_max(telling.row, telling.seq) as row,
        max(telling.seq) as seq
    from telling
    group by telling.of_arrival, telling.of_row
),
aside as not materialized (
    select of_arrival as arrival, of_row as row
    from unsettled
    union all
    select arrival, row
    from {again}
    where not is_same
),
sent as not materialized (
    select fact.*, live.seq
    from {fact} as fact
    inner join live on live.number = fact.arrival
    anti join aside on aside.arrival = fact.arrival and aside.row = fact.row
    union all
    select fact.*, chosen.seq
    from {fact} as fact
    inner join chosen on chosen.arrival = fact.arrival and chosen.row = fact.row
)
select
    sent.* exclude (seq, home),
    concat_ws('|', {key}) as row_key,
    coalesce(alias.home_ref, fold(sent.home)) as home_key,
    coalesce(alias.home_ref, 'unmatched') as home,
    live.origin,
    live.taken_on as sent_on
from sent
inner join live on live.seq = sent.seq
left join home_alias() as alias on alias.alias = fold(sent.home)
"""
