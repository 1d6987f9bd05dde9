"""What kinds of record there are: the definitions under queries/sources, read and checked."""

import re
from dataclasses import dataclass
from functools import cache

from oversight.headers import Definition, DefinitionError, read_folder
from oversight.store import ROOT

FOLDER = ROOT / "queries" / "sources"
DELIVERS = ("snapshot", "changes", "events")
ALLOWANCE = re.compile(r"(\d+) in (\d+)")


@dataclass(frozen=True)
class SourceColumn:
    """One column of a kind, as its template shows it."""

    name: str
    is_needed: bool
    wanted: str
    example: str
    meaning: str


@dataclass(frozen=True)
class Source:
    """One kind of record: what it needs, how it is delivered, how old it may grow."""

    kind: str
    title: str
    delivers: str
    key: tuple[str, ...]
    repeats: bool  # rows that agree on the key are told apart by their order in the file
    freshness_days: int
    refused_allowance: float  # the share of rows that may be refused, 0 to 1
    owner: str
    columns: tuple[SourceColumn, ...]
    definition: Definition

    @property
    def has_home(self) -> bool:
        return any(column.name == "home" for column in self.columns)

    @property
    def fact_table(self) -> str:
        return f"fact_{self.kind}"


@cache
def all_sources() -> dict[str, Source]:
    """Every kind by name, from the files found under queries/sources."""
    sources = [read_source(definition) for definition in read_folder(FOLDER)]
    return {source.kind: source for source in sources}


def read_source(definition: Definition) -> Source:
    """One source file, or a DefinitionError that names the line to mend."""
    columns = tuple(
        SourceColumn(
            row["column"],
            row["needed"] == "yes",
            row["wanted"],
            row["example"],
            row["what it is"],
        )
        for row in definition.table("columns")
    )
    source = Source(
        kind=definition.name,
        title=definition.one("title"),
        delivers=definition.one("delivers"),
        key=tuple(part.strip() for part in definition.one("key").split(",")),
        repeats=definition.one("repeats", "refused") == "numbered",
        freshness_days=int(definition.one("freshness").removesuffix(" days")),
        refused_allowance=_allowance(definition),
        owner=definition.one("owner"),
        columns=columns,
        definition=definition,
    )
    _check(source)
    return source


def _allowance(definition: Definition) -> float:
    said = ALLOWANCE.fullmatch(definition.one("refused"))
    if said is None:
        raise DefinitionError(
            f"{definition.path}: wanted '-- refused: 2 in 100', got"
            f" {definition.one('refused')!r}"
        )
    return int(said[1]) / int(said[2])


def _check(source: Source) -> None:
    names = {column.name for column in source.columns}
    faults = [f"key column {name!r} is not drawn" for name in source.key if name not in names]
    if source.delivers not in DELIVERS:
        faults.append(f"delivers wants one of {DELIVERS}, got {source.delivers!r}")
    faults += [
        f"column {column.name!r} has an empty cell"
        for column in source.columns
        if not (column.wanted and column.example and column.meaning)
    ]
    if faults:
        raise DefinitionError(f"{source.definition.path}: " + "; ".join(faults))


def known_macro(source: Source) -> str:
    """The table macro `known_<kind>(as_of)`: the rows of a kind as known, in scope.

    Known-at and the reader's homes are ambient (variables of the cursor), so that no view,
    measure or page can forget them. Facts are a function of the set of arrivals: a later
    taken_on wins, then a later arrival, so any order of arrival ends in the same facts.
    """
    register = source.delivers == "snapshot"
    until = "as_of" if register else "date '9999-12-31'"
    home = "coalesce(alias.home_ref, 'unmatched')" if source.has_home else "'company'"
    if source.kind == "homes":
        home = "fact.home_ref"
    alias = (
        "left join home_alias() as alias on alias.alias = fold(fact.home)"
        if source.has_home
        else ""
    )
    scope = "where in_scope(home_ref)" if source.kind == "homes" else "where in_scope(home)"
    bars = _BARS.format(kind=source.kind) if register else ""
    return _KNOWN.format(
        kind=source.kind,
        fact=source.fact_table,
        until=until,
        home=home,
        alias=alias,
        bars=bars,
        stands=_STANDS if register else "",
        scope=scope,
        unhomed="exclude (home)" if source.has_home else "",
        home_column="" if source.kind == "homes" else ", home_found as home",
    )


_KNOWN = """
create or replace macro known_{kind}(as_of) as table
with live as (
    select * from live_arrival('{kind}', {until})
),
sent as (
    select fact.*, live.seq, live.origin, {home} as home_found
    from {fact} as fact
    inner join live on live.number = fact.arrival
    {alias}
),
{bars}
standing as (
    select sent.*
    from sent
    {stands}
),
latest as (
    select
        *,
        row_number() over (partition by row_key order by seq desc, row desc) as nth
    from standing
),
resolved as (
    select * {unhomed} {home_column}
    from latest
    where nth = 1
)
select * exclude (seq, nth, home_found)
from resolved
{scope}
"""

# A register is whole for the homes it covers: what its newest edition leaves out has gone.
# A key that was sent but refused is not left out, and a file with a row whose key could
# not be read leaves nothing out at all.
_BARS = """
edition as (
    select
        live.origin,
        live.number,
        live.seq,
        case
            when cover.home = '*' then '*'
            else coalesce(covered.home_ref, 'unmatched')
        end as home
    from live
    inner join arrival_cover as cover on cover.arrival = live.number
    left join home_alias() as covered on covered.alias = fold(cover.home)
    where live.delivers = 'snapshot' and not live.suspends_removals
),
bar as (
    select origin, home, max(seq) as seq
    from edition
    group by origin, home
),
held_key as (
    select distinct held.row_key
    from held
    inner join live on live.number = held.arrival
    where held.kind = '{kind}'
),
held_bar as (
    select edition.origin, edition.home, held_key.row_key, max(edition.seq) as seq
    from edition
    cross join held_key
    left join held
        on held.arrival = edition.number
        and held.row_key = held_key.row_key
    where held.arrival is null
    group by edition.origin, edition.home, held_key.row_key
),
"""

_STANDS = """
    left join bar as everywhere
        on everywhere.origin = sent.origin and everywhere.home = '*'
    left join bar as here
        on here.origin = sent.origin and here.home = sent.home_found
    left join held_key on held_key.row_key = sent.row_key
    left join held_bar as held_everywhere
        on held_everywhere.origin = sent.origin
        and held_everywhere.home = '*'
        and held_everywhere.row_key = sent.row_key
    left join held_bar as held_here
        on held_here.origin = sent.origin
        and held_here.home = sent.home_found
        and held_here.row_key = sent.row_key
    where sent.seq >= case
        when held_key.row_key is null
            then greatest(coalesce(everywhere.seq, 0), coalesce(here.seq, 0))
        else greatest(coalesce(held_everywhere.seq, 0), coalesce(held_here.seq, 0))
    end
"""


def heard_macro(source: Source) -> str:
    """The table macro `heard_<kind>(as_of)`: how far the kind speaks, by home in scope.

    One row a home open on the day (one for the company where there are none): home,
    data_to (null: never supplied), rows_read and rows_refused of the files it rests on.
    """
    register = source.delivers == "snapshot"
    return _HEARD.format(
        kind=source.kind,
        until="as_of" if register else "date '9999-12-31'",
        # A register rests on its newest edition, a log on the files of its last year.
        rests_on=(
            "seq = newest" if register else "taken_on > as_of - interval 12 month"
        ),
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
)
select
    asked.home,
    max(heard.data_to) as data_to,
    coalesce(sum(heard.rows_read) filter ({rests_on}), 0)::bigint as rows_read,
    coalesce(sum(heard.rows_refused) filter ({rests_on}), 0)::bigint as rows_refused
from asked
left join heard on heard.home = asked.home
group by asked.home
"""
