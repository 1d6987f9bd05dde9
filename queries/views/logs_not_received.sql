-- subject: logs of access that did not come: a home and a system with no event for a day
-- why:     no log received is never the same as nothing wrong. A log that came on each of
--          the 28 days before is missed after a day, one that came on 20 of them after
--          three: a small home has quiet days. What is later than the newest event of all
--          is for the freshness of the kind to tell. The limits are the company's own.

with spoken as (
    select
        home,
        system,
        day
    from access_by_home_day($as_of)
    where day <= $as_of
    group by home, system, day
),

reach as (
    select max(day) as last_day from spoken
),

counted as (
    select
        home,
        system,
        day,
        count(*) over (
            partition by home, system
            order by day
            range between interval 27 day preceding and current row
        ) as days_of_28,
        lead(day) over (partition by home, system order by day) as heard_again_on
    from spoken
)

select
    counted.home,
    counted.system,
    (counted.day + interval 1 day)::date as silent_from,
    coalesce(
        (counted.heard_again_on - interval 1 day)::date, reach.last_day
    ) as silent_to,
    counted.heard_again_on is null as is_silent_still,
    coalesce(counted.heard_again_on - 1, reach.last_day) - counted.day as days
from counted
cross join reach
where
    coalesce(counted.heard_again_on - 1, reach.last_day) - counted.day
    >= case
        when counted.days_of_28 = 28 then 1
        when counted.days_of_28 >= 20 then 3
        else 999999
    end
