-- subject: who has read and acknowledged the policies given to them, on a day, as known
-- why:     clause 9.3 binds everybody, whatever the employment. Of each policy ever given to
--          a person the version in force must be acknowledged: to have read the one before
--          is not enough, and a policy no longer in force is not asked about. Somebody to
--          whom none was given has acknowledged none. A contractor is in no register of
--          staff: the lines about such a person count for a year after the last was given.

with told as (
    select * from acknowledgements($as_of)
),

ever as (
    select * from staff_ever($as_of)
),

wanted as (
    select
        told.home_key,
        told.staff_ref,
        told.policy_key,
        coalesce(
            bool_or(told.is_current and told.acknowledged_on is not null), false
        ) as is_read
    from told
    inner join policy_versions_for_all($as_of) as policy
        on policy.is_current and told.policy_key = policy.policy_key
    group by told.home_key, told.staff_ref, told.policy_key
),

answered as (
    select
        home_key,
        staff_ref,
        bool_and(is_read) as has_acknowledged
    from wanted
    group by home_key, staff_ref
),

outside as (
    select
        told.home,
        told.home_key,
        told.staff_ref,
        -- As the newest line that says so.
        first(
            told.employment
            order by told.issued_on desc, told.case_ref asc
        ) filter (told.employment is not null) as employment
    from told
    left join ever
        on told.home_key = ever.home_key and told.staff_ref = ever.staff_ref
    where ever.staff_ref is null and told.issued_on > $as_of - interval 12 month
    group by told.home, told.home_key, told.staff_ref
),

bound as (
    select
        case_ref,
        home,
        home_key,
        staff_ref,
        employment
    from staff($as_of)
    union all
    select
        home_key || '|' || staff_ref as case_ref,
        home,
        home_key,
        staff_ref,
        employment
    from outside
)

select
    bound.case_ref,
    bound.home,
    bound.home_key,
    bound.staff_ref,
    bound.employment,
    coalesce(answered.has_acknowledged, false) as has_acknowledged
from bound
left join answered
    on
        bound.home_key = answered.home_key
        and bound.staff_ref = answered.staff_ref
