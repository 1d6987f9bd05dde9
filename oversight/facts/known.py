"""Which rows of a kind stand on a day, as known, and how far does the kind speak?

The answers are table macros made from a source. Known-at and the reader's homes are
ambient (variables of the cursor), so that no view, measure or page can forget them.
What stands is a function of the set of arrivals: a later taken_on wins, then a later
arrival, so that any order of arrival ends in the same facts.
"""

from oversight.sources import Source

# What is said once for all homes, and what a reader of one home is told through it: how
# far the home speaks, what everybody there must have read, when they were last reached.
FOR_ALL = ("nil_returns", "policies", "advice_log")


def is_register(source: Source) -> bool:
    """Whether a file is the whole list, so that what it leaves out has gone."""
    return source.delivers == "snapshot"


def row_key(source: Source, sent: str, alias: str) -> str:
    """SQL: the key of a row as sent, its home by reference, however it was called.

    sent: what has the row_key; alias: home_alias() joined to it on `home_said`.
    """
    if source.key[0] != "home":
        return f"{sent}.row_key"
    said = home_said(sent)
    rest = f"substr({sent}.row_key, length({said}) + 1)"
    return f"coalesce({alias}.home_ref, {said}) || {rest}"


def home_said(sent: str) -> str:
    """SQL: the home that a key begins with, as the file called it."""
    return f"split_part({sent}.row_key, '|', 1)"


def known_macro(source: Source) -> str:
    """`known_<kind>(as_of)`: the rows of a kind as known, in scope.

    The kind's own columns, `home` by its reference or 'unmatched', and beside them
    row_key; home_key, the home to join on (an unmatched one as the file called it);
    sent_on, the day the row's file was taken; origin, arrival and row, where it came
    from; and for a log first_sent_on, the day of the first file that told of it.
    """
    standing = _EDITIONS + _STANDING if is_register(source) else _LOG
    return _macro(f"known_{source.kind}", source, standing, "seq desc", "seq")


def ever_macro(source: Source) -> str:
    """`ever_<kind>(as_of)`: every row that a register ever held, in scope.

    As known_<kind>, and gone_on: the day of the edition that left the row out, null
    while it stands; of a row that several systems sent, when the last left it out.
    """
    standing = _EDITIONS + _LEAVING
    return _macro(f"ever_{source.kind}", source, standing, _NEWEST_EVER, "seq")


def every_macro(source: Source) -> str:
    """`every_<kind>(as_of)`: as known_ or ever_<kind>, in no scope.

    Of the kinds FOR_ALL the reader of one home is told how far that home speaks, which
    version of a policy binds there and when awareness last reached it, and no more.
    The rules of access read others, and answer in scope.
    """
    standing, newest = _LOG, "seq desc"
    if is_register(source):
        standing, newest = _EDITIONS + _LEAVING, _NEWEST_EVER
    return _macro(f"every_{source.kind}", source, standing, newest, "seq", "true")


def _macro(
    name: str,
    source: Source,
    standing: str,
    newest: str,
    inner: str,
    scope: str = "in_scope(home)",
) -> str:
    is_homes = source.kind == "homes"
    return _ROWS.format(
        name=name,
        kind=source.kind,
        fact=source.fact_table,
        until=_until(source),
        row_key=row_key(source, "fact", "alias"),
        home_key="fact.home_ref" if is_homes else _home_key(source),
        home="fact.home_ref" if is_homes else _home(source),
        said=", home" if source.has_home else "",
        alias=_ALIAS if source.has_home else "",
        whole_of=_whole_of(source),
        scope=scope,
        standing=standing.format(
            parts=_parts(source),
            held_key=row_key(source, "held", "alias"),
            held_said=home_said("held"),
        ),
        newest=newest,
        inner=inner,
        unplaced=", home" if is_homes else "",
    )


def _whole_of(source: Source) -> str:
    part = f" || '|' || fold(fact.{source.whole_for})" if source.whole_for else ""
    return f"live.origin{part}"


def _parts(source: Source) -> str:
    """SQL: the arrivals, or each as many times as it is whole for something."""
    if not source.whole_for:
        return "select live.*, live.origin as whole_of from live"
    return f"""
    select distinct live.*, {_whole_of(source)} as whole_of
    from live
    inner join {source.fact_table} as fact on fact.arrival = live.number
    """


def _until(source: Source) -> str:
    # A log's later files mend what earlier ones said, whatever day is asked about. Of
    # states that replace each other, what was told by the day is what stood on it: the
    # review of this year must not wipe out that of last year.
    is_as_told = is_register(source) or source.tells_states
    return "as_of" if is_as_told else "date '9999-12-31'"


def _home(source: Source) -> str:
    return "coalesce(alias.home_ref, 'unmatched')" if source.has_home else "'company'"


def _home_key(source: Source) -> str:
    return (
        "coalesce(alias.home_ref, fold(fact.home))" if source.has_home else "'company'"
    )


_NEWEST_EVER = "gone_on desc nulls first, seq desc"
_ALIAS = "left join called as alias on alias.alias = fold(fact.home)"

_ROWS = """
create or replace macro {name}(as_of) as table
with called as materialized (
    select * from home_alias()
),
live as (
    select * from live_arrival('{kind}', {until})
),
sent as (
    select
        fact.* exclude (row_key{said}),
        {row_key} as row_key,
        {home_key} as home_key,
        {home} as home,
        live.origin,
        {whole_of} as whole_of,
        live.taken_on as sent_on,
        live.seq
    from {fact} as fact
    inner join live on live.number = fact.arrival
    {alias}
),
{standing}),
latest as (
    select
        *,
        row_number() over (partition by row_key order by {newest}, row desc) as nth
    from standing
)
select latest.* exclude ({inner}, nth, whole_of{unplaced})
from latest
where nth = 1 and {scope}
"""

_LOG = """
standing as (
    select *, min(sent_on) over (partition by row_key) as first_sent_on
    from sent
"""

# A register is whole for the homes it covers: what its next edition leaves out has
# gone. A key that was sent but refused is not left out, and a file with a row whose key
# could not be read leaves nothing out at all. A form tells of one record: what it does
# not speak of has not gone. A list that each system exports for itself is whole for the
# systems in it alone: it is as if each came from a place of its own.
_EDITIONS = """
part as ({parts}),
edition as (
    select
        part.whole_of,
        part.number,
        part.taken_on,
        part.seq,
        case
            when cover.home = '*' then '*'
            else coalesce(covered.home_ref, fold(cover.home))
        end as home_key
    from part
    inner join arrival_cover as cover on cover.arrival = part.number
    left join called as covered on covered.alias = fold(cover.home)
    where part.delivers = 'snapshot' and not part.suspends_removals
),
refused as (
    select distinct held.arrival, {held_key} as row_key
    from held
    inner join live on live.number = held.arrival
    left join called as alias on alias.alias = {held_said}
),
refused_key as (
    select distinct row_key from refused
),
"""

# Does it stand? Only the newest edition matters (cheap: a trend asks for many days).
_STANDING = """
bar as (
    select whole_of, home_key, max(seq) as seq
    from edition
    group by whole_of, home_key
),
refused_bar as (
    select
        edition.whole_of,
        edition.home_key,
        refused_key.row_key,
        max(edition.seq) filter (refused.arrival is null) as seq
    from edition
    cross join refused_key
    left join refused
        on refused.arrival = edition.number
        and refused.row_key = refused_key.row_key
    group by edition.whole_of, edition.home_key, refused_key.row_key
),
standing as (
    select sent.*
    from sent
    left join bar as everywhere
        on everywhere.whole_of = sent.whole_of and everywhere.home_key = '*'
    left join bar as here
        on here.whole_of = sent.whole_of and here.home_key = sent.home_key
    left join refused_key on refused_key.row_key = sent.row_key
    left join refused_bar as refused_everywhere
        on refused_everywhere.whole_of = sent.whole_of
        and refused_everywhere.home_key = '*'
        and refused_everywhere.row_key = sent.row_key
    left join refused_bar as refused_here
        on refused_here.whole_of = sent.whole_of
        and refused_here.home_key = sent.home_key
        and refused_here.row_key = sent.row_key
    where sent.seq >= case
        when refused_key.row_key is null
            then greatest(coalesce(everywhere.seq, 0), coalesce(here.seq, 0))
        else greatest(
            coalesce(refused_everywhere.seq, 0), coalesce(refused_here.seq, 0)
        )
    end
"""

# Since when has it gone? The first edition after its own that left it out. Of what one
# system sent of a key for a home only the newest can be the last to go; they are put in
# order without their cells, which took five times as long.
_LEAVING = """
newest_row as (
    select
        arrival,
        row,
        row_number() over (
            partition by row_key, origin, home_key order by seq desc, row desc
        ) as nth
    from sent
),
newest_sent as (
    select sent.*
    from sent
    inner join newest_row as newest
        on newest.arrival = sent.arrival and newest.row = sent.row
    where newest.nth = 1
),
following as (
    select
        part.number as arrival,
        part.whole_of,
        edition.home_key,
        min(edition.taken_on) as gone_on
    from part
    inner join edition on edition.whole_of = part.whole_of and edition.seq > part.seq
    group by part.number, part.whole_of, edition.home_key
),
following_refused as (
    select
        sent.arrival,
        sent.row,
        min(edition.taken_on) filter (refused.arrival is null) as gone_on
    from newest_sent as sent
    inner join refused_key on refused_key.row_key = sent.row_key
    left join edition
        on edition.whole_of = sent.whole_of
        and edition.seq > sent.seq
        and (edition.home_key = '*' or edition.home_key = sent.home_key)
    left join refused
        on refused.arrival = edition.number
        and refused.row_key = sent.row_key
    group by sent.arrival, sent.row
),
standing as (
    select
        sent.*,
        case
            when following_refused.arrival is not null then following_refused.gone_on
            else least(everywhere.gone_on, here.gone_on)
        end as gone_on
    from newest_sent as sent
    left join following as everywhere
        on everywhere.arrival = sent.arrival
        and everywhere.whole_of = sent.whole_of
        and everywhere.home_key = '*'
    left join following as here
        on here.arrival = sent.arrival
        and here.whole_of = sent.whole_of
        and here.home_key = sent.home_key
    left join following_refused
        on following_refused.arrival = sent.arrival
        and following_refused.row = sent.row
"""


def heard_macro(source: Source) -> str:
    """`heard_<kind>(as_of)`: how far the kind speaks, by home in scope.

    One row a home open on the day (one for the company where there are none): home,
    data_to (null: never supplied), rows_read and rows_refused of the files it rests on.
    A nil return speaks to the end of its period, for its home or, said by the company,
    for all. A register cannot be reported on: it is sent.
    """
    # A register rests on its newest edition, a log on the files of its last year.
    newest, year = "seq = newest", "taken_on > as_of - interval 12 month"
    return _HEARD.format(
        kind=source.kind,
        until=_until(source),
        rests_on=newest if is_register(source) else year,
        nil=_NO_NIL if is_register(source) else _NIL.format(kind=source.kind),
        # One record told by form does not say that the whole register is in hand.
        speaks="live.delivers = 'snapshot'" if is_register(source) else "true",
    )


_HEARD = """
create or replace macro heard_{kind}(as_of) as table
with said as (
    select
        live.*,
        case
            when cover.home = '*' then '*'
            else coalesce(covered.home_ref, 'unmatched')
        end as home
    from live_arrival('{kind}', {until}) as live
    inner join arrival_cover as cover on cover.arrival = live.number
    left join home_alias() as covered on covered.alias = fold(cover.home)
    where {speaks}
),
open_home as (
    select home from homes(as_of)
),
asked as (
    select home from open_home
    union all
    select 'company' as home
    where not exists (select 1 from open_home) and in_scope('company')
),
heard as (
    select
        asked.home,
        said.taken_on,
        said.data_to,
        said.rows_read,
        said.rows_refused,
        said.seq,
        max(said.seq) over (partition by asked.home) as newest
    from asked
    inner join said on said.home = '*' or said.home = asked.home
),
{nil}
select
    asked.home,
    greatest(max(heard.data_to), max(told.data_to)) as data_to,
    coalesce(sum(heard.rows_read) filter ({rests_on}), 0)::bigint as rows_read,
    coalesce(sum(heard.rows_refused) filter ({rests_on}), 0)::bigint as rows_refused
from asked
left join heard on heard.home = asked.home
left join told on told.home = asked.home
group by asked.home
"""

# A period that had not begun on the day says nothing about it.
_NIL = """
nil as (
    select home, max(period_to) as data_to
    from every_nil_returns(as_of)
    where
        kind = '{kind}'
        and not coalesce(is_withdrawn, false)
        and period_from <= as_of
    group by home
),
told as (
    select asked.home, max(nil.data_to) as data_to
    from asked
    inner join nil on nil.home = asked.home or nil.home = 'company'
    group by asked.home
)
"""

_NO_NIL = """
told as (
    select home, null::date as data_to from asked
)
"""
