"""Which days may an arrival have changed, of what is counted by day?

A span says in SQL which days a row reaches: a shift explains what was done on its first
day, on its last and between.
"""

from oversight.facts.events import again_table
from oversight.sources import Source
from oversight.store import Writing

Span = tuple[str, str]  # the first day and the last


def by_rows(source: Source, span: Span, target: int) -> str:
    """SQL: the days (day) of an arrival's rows, and of those that they stand in for."""
    days, fact = _days(span), source.fact_table
    if source.delivers == "events":
        return f"""
            select {days} from {fact} where arrival = {target}
            union all
            select {days}
            from {fact} as fact
            semi join (
                select of_arrival, of_row
                from {again_table(source)}
                where arrival = {target}
            ) as again on again.of_arrival = fact.arrival and again.of_row = fact.row
        """
    # A key may begin with the home, and two files may call that differently: without it
    # too many days are touched, never too few.
    rest = "substr(row_key, strpos(row_key, '|'))"
    return f"""
        select {days} from {fact}
        where {rest} in (select {rest} from {fact} where arrival = {target})
    """


def find_renamed(writing: Writing) -> None:
    """Fills `renamed` (alias): names of homes that mean something else from now on."""
    cursor = writing.cursor
    for table, number in (("before", writing.number - 1), ("after", writing.number)):
        cursor.execute("set variable known_number = ?", [number])
        cursor.execute(
            f"create or replace temp table alias_{table} as select * from home_alias()"
        )
    cursor.execute(
        """
        create or replace temp table renamed as
        select coalesce(alias_before.alias, alias_after.alias) as alias
        from alias_before
        full join alias_after on alias_after.alias = alias_before.alias
        where alias_before.home_ref is distinct from alias_after.home_ref
        """
    )


def by_a_name(source: Source, span: Span) -> str:
    """SQL: the days (day) of the rows that call their home by a name in `renamed`."""
    named = "fold(home) in (select alias from renamed)" if source.has_home else "false"
    return f"select {_days(span)} from {source.fact_table} where {named}"


def _days(span: Span) -> str:
    first, last = span
    return f"unnest(generate_series({first}, {last}, interval 1 day))::date as day"
