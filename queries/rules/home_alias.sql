-- name: home_alias
-- why:  people name a home by its reference, its name or a local code; every edition of
--       the register counts, because a row about 2022 may name a home closed in 2024.
--       What concerns the company and no one home says "company" in place of a home.

create or replace macro home_alias() as table
with named as (
    select
        fact.home_ref,
        live.seq,
        unnest([fact.home_ref, fact.name, fact.local_ref, fact.ods_code]) as said
    from fact_homes as fact
    inner join live_arrival('homes', date '9999-12-31') as live
        on fact.arrival = live.number
),

newest as (
    select
        fold(said) as alias,
        max(seq) as seq
    from named
    where said is not null and fold(said) <> 'company'
    group by fold(said)
)

-- A name that two homes of the same edition share tells neither: such rows stay unmatched.
select
    newest.alias,
    case when count(distinct named.home_ref) = 1 then min(named.home_ref) end
        as home_ref
from newest
inner join named on fold(named.said) = newest.alias and newest.seq = named.seq
group by newest.alias
union all
select
    'company' as alias,
    'company' as home_ref
