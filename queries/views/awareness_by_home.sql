-- subject: when awareness last reached each home open on a day, as known
-- why:     what was raised for the whole company reached every home of it, and the reader of
--          one home is told so. An answer to one question reaches who asked: it is advice.

with raised as (
    select
        home,
        max(given_on) as raised_on
    from every_advice_log($as_of)
    where act = 'awareness' and given_on <= $as_of
    group by home
),

everywhere as (
    select max(raised_on) as raised_on
    from raised
    where home = 'company'
)

select
    homes.home,
    homes.opened_on,
    greatest(raised.raised_on, everywhere.raised_on) as reached_on
from homes($as_of) as homes
cross join everywhere
left join raised on homes.home = raised.home
