-- rollup: records opened at night by somebody with no shift there
-- finds:  AR07
-- severity: low
-- reason: at night, with no shift there
-- limit: 00:00 to 05:00 in the UK, with no shift there half an hour before or after
-- days:
--   kind          | from                                     | to
--   access_events | happened_on                              | happened_on
--   rota          | uk_day(starts_at - interval 30 minute)   | uk_day(ends_at + interval 30 minute)

-- Night is 00:00 to 05:00 in the UK: the company's own limit. An account that the log ties
-- to no person can have no shift, so it is an exception too: that is what to look into.
with at_night as (
    select *
    from access_events($as_of)
    where happened_hour < 5 and actor_kind is distinct from 'system'
),

shift as (
    select * from shifts($as_of)
)

select
    at_night.happened_on as day,
    at_night.home,
    at_night.case_ref,
    at_night.actor_login as person,
    at_night.resident_ref,
    at_night.occurred_at
from at_night
where
    not exists (
        select 1
        from shift
        where
            shift.home_key = at_night.home_key
            and shift.staff_ref = fold(at_night.staff_ref)
            and at_night.occurred_at >= shift.present_from
            and at_night.occurred_at < shift.present_until
    )
