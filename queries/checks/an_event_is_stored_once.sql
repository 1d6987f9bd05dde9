-- check: an event of a log is stored where it was told first, and nowhere twice
-- finds: events stored twice, and later tellings of what is not stored

with first_told as (
    select fact.*
    from fact_access_events as fact
    left join again_access_events as again
        on
            fact.arrival = again.arrival
            and fact.row = again.row
            and not again.is_same
    where again.arrival is null
)

select
    occurred_at::varchar as of_what,
    fold(event_id) as of_which,
    count(*) as times
from first_told
group by occurred_at, fold(system), fold(event_id)
having count(*) > 1
union all
select
    again.of_arrival::varchar as of_what,
    again.of_row::varchar as of_which,
    0 as times
from again_access_events as again
left join first_told
    on again.of_arrival = first_told.arrival and again.of_row = first_told.row
where first_told.arrival is null
