-- rollup: access events by home, day and system
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on

select
    happened_on as day,
    home,
    system,
    count(*) as events,
    -- Machines are set aside and counted, never hidden.
    count(*) filter (actor_kind = 'system') as machine_events,
    count(*) filter (outcome in ('failure', 'denied')) as failed_events,
    count(*) filter (happened_hour < 5) as night_events
from access_events($as_of)
group by happened_on, home, system
