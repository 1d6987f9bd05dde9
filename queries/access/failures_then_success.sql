-- rule:     failed sign-ins and then one that succeeded
-- finds:    AR12
-- severity: medium
-- limit:    5 failures in the 10 minutes before
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   accounts      | every       | every

with tried as (
    select
        *,
        count(*) filter (is_failure) over (
            partition by day, fold(system), login
            order by occurred_at
            range between interval 10 minute preceding and current row
        ) as failures
    from acts($as_of)
    where event_type = 'login'
),

in_order as (
    select
        *,
        lag(is_failure) over (
            partition by day, fold(system), login
            order by occurred_at asc, is_failure desc, case_ref asc
        ) as was_failure
    from tried
)

select
    day,
    home,
    case_ref,
    person,
    resident_ref,
    occurred_at,
    failures || ' failed sign-ins in the 10 minutes before one that succeeded' as reason
from in_order
where not is_failure and was_failure and failures >= 5
