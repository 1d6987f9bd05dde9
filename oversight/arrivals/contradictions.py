"""Nothing to report, and something reported: each is warned of when the other is in."""

from oversight.reading_room.findings import heading_of
from oversight.reading_room.profiles import Profile
from oversight.sources import Source, all_sources
from oversight.store import Cursor
from oversight.store.connecting import parquet

NIL = "nil_returns"
EVER = "date '9999-12-31'"


def warn(
    cursor: Cursor, source: Source, profile: Profile, number: int, rows: str
) -> None:
    """Warnings about an arrival's new rows (Parquet); none of them is refused for it.

    `unchanged` holds the rows that say what stands already: they were warned about.
    """
    if source.kind == NIL:
        _returns_against_rows(cursor, profile, number, rows)
    elif source.happened:
        _rows_against_returns(cursor, source, profile, number, rows)


def _rows_against_returns(
    cursor: Cursor, source: Source, profile: Profile, number: int, rows: str
) -> None:
    heading = heading_of(profile, source.happened[0])
    cursor.execute(
        f"""
        insert into refusal
        select
            $number,
            sent.row,
            $heading,
            min(sent.day)::varchar,
            'warned',
            $heading || ': wanted a day outside ' || min(nil.period_from) || ' to '
            || max(nil.period_to) || ', of which a nil return says there was nothing'
            || ' to report; got "' || min(sent.day) || '". The row is kept.'
        from ({_sent(source, source.happened_day)}) as sent
        inner join every_nil_returns({EVER}) as nil
            on nil.kind = $kind
            and not coalesce(nil.is_withdrawn, false)
            and nil.home in (sent.home_ref, 'company')
            and sent.day between nil.period_from and nil.period_to
        group by sent.row
        """,
        {"number": number, "heading": heading, "kind": source.kind, "rows": rows},
    )


def _returns_against_rows(
    cursor: Cursor, profile: Profile, number: int, rows: str
) -> None:
    heading = heading_of(profile, "kind")
    said = cursor.execute(
        f"select distinct kind from {parquet()} where not is_held order by kind",
        [rows],
    ).fetchall()
    for of in (all_sources()[kind] for (kind,) in said):
        cursor.execute(
            f"""
            insert into refusal
            select
                $number,
                sent.row,
                $heading,
                $kind,
                'warned',
                $heading || ': wanted a period with nothing in it; got '
                || count(*) || ' of ' || $kind || ', the first of ' || min(known.day)
                || '. Withdraw the return, or mend the record.'
            from (
                {_sent(all_sources()[NIL], "period_from")}
                and kind = $kind and not coalesce(is_withdrawn, false)
            ) as sent
            inner join (
                select home, {of.happened_day} as day from known_{of.kind}({EVER})
            ) as known
                on sent.home_ref in (known.home, 'company')
                and known.day between sent.day and sent.period_to
            group by sent.row
            """,
            {"number": number, "heading": heading, "kind": of.kind, "rows": rows},
        )


def _sent(source: Source, day: str) -> str:
    """SQL: the new rows that stand, their home by its reference and their day."""
    home = "coalesce(alias.home_ref, 'unmatched')" if source.has_home else "'company'"
    alias = "left join home_alias() as alias on alias.alias = fold(sent.home)"
    return f"""
        select sent.*, {home} as home_ref, {day} as day
        from {parquet("$rows")} as sent
        {alias if source.has_home else ""}
        where not sent.is_held and sent.row not in (select row from unchanged)
    """
