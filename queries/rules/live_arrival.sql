-- name: live_arrival
-- why:  the arrivals of a kind that count, in the order that decides which of two rows
--       stands: the day a file was taken, then the order of arrival. Asked about a later
--       day from an earlier one (foreseen_from, oversight/ahead.py), files taken in between
--       are left out: they are not known on the earlier day.

create or replace macro live_arrival(of_kind, until_day) as table
with said as (
    select
        target,
        arg_max(state, number) as state
    from arrival
    where kind = of_kind and number <= getvariable('known_number')
    group by target
)

select
    arrival.number,
    arrival.origin,
    arrival.delivers,
    arrival.taken_on,
    arrival.data_to,
    arrival.suspends_removals,
    arrival.rows_read,
    arrival.rows_refused,
    row_number() over (order by arrival.taken_on, arrival.number) as seq
from arrival
inner join said on arrival.number = said.target
where
    arrival.kind = of_kind
    and arrival.state = 'accepted'
    and said.state <> 'undone'
    and arrival.number <= getvariable('known_number')
    and arrival.taken_on <= until_day
    and (
        getvariable('foreseen_from') is null
        or arrival.taken_on <= getvariable('foreseen_from')
    )
