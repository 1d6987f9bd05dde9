-- subject: what was done in the systems that hold records, up to a day, as known

select
    row_key as case_ref,
    home,
    home_key,
    system,
    actor_login,
    actor_kind,
    staff_ref,
    event_type,
    outcome,
    resident_ref,
    occurred_at,
    happened_on,
    happened_hour
from known_access_events($as_of)
where happened_on <= $as_of
