-- rollup: access events by account and day, machines left out
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on

select
    happened_on as day,
    home,
    actor_login,
    count(*) as events,
    count(distinct resident_ref) as residents,
    count(*) filter (happened_hour < 5) as night_events,
    max(occurred_at) as last_at
from access_events($as_of)
where actor_kind is distinct from 'system'
group by happened_on, home, actor_login
