-- subject: breaches whose 72 hours have started by the end of a day, as known
-- why:     confirmed or suspected, with a time of becoming aware: without it no clock can be
--          shown to run. A decision with no time of its own is as old as the awareness.

select
    incident_ref,
    home,
    aware_at,
    contained_at,
    is_reportable_ico,
    case when is_reportable_ico is not null then coalesce(decided_at, aware_at)
    end as decided_at,
    ico_reported_at,
    people_informed_at
from incidents($as_of)
where kind in ('confirmed', 'suspected') and aware_at is not null
