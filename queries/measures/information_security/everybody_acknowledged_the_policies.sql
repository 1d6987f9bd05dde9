-- id:        S27
-- title:     Staff and contractors who acknowledged the policies
-- strand:    information security
-- clauses:   9.3, 10.3
-- question:  Has everybody, permanent, temporary, agency or contractor, acknowledged the policies given out?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 9.3)
-- owner:     HR lead
-- reads:     acknowledgements, homes, policies, staff
-- so what:   Nobody can keep a promise they were never shown.

-- Everybody in post, and whoever was given policies and is in no staff register: contractors
-- and the like (clause 9.3 binds them), for a year after the last was given out. Of each
-- policy the version counts that was given out last at the home: to have read an older one
-- is not enough, and to have been given none at all is not to know them. A version that is
-- in force and was given to nobody is not seen here: policies are the company's, and a
-- reader of one home has none of its rows.
with given as (
    select
        *,
        policy_no || '|' || regexp_replace(lower(policy_title), '[^a-z0-9]', '', 'g')
            as policy_key,
        home_key || '|' || staff_ref as person
    from acknowledgements($as_of)
),

newest as (
    select
        home_key,
        policy_key,
        fold(version) as version,
        row_number() over (
            partition by home_key, policy_key
            order by issued_on desc, fold(version) desc
        ) as nth
    from given
),

by_policy as (
    select
        given.person,
        given.policy_key,
        bool_or(
            given.acknowledged_on is not null and fold(given.version) = newest.version
        ) as has_read
    from given
    inner join newest
        on
            given.home_key = newest.home_key
            and given.policy_key = newest.policy_key
            and newest.nth = 1
    group by given.person, given.policy_key
),

reader as (
    select
        person,
        bool_and(has_read) as has_read
    from by_policy
    group by person
),

outside as (
    select
        given.person,
        given.home,
        max(given.issued_on) as last_given_on
    from given
    left join staff_ever($as_of) as staff
        on given.home_key = staff.home_key and given.staff_ref = staff.staff_ref
    where staff.staff_ref is null
    group by given.person, given.home
),

bound as (
    select
        home_key || '|' || staff_ref as person,
        home
    from staff($as_of)
    union all
    select
        person,
        home
    from outside
    where last_given_on + interval 12 month > $as_of
)

select
    bound.person as case_ref,
    bound.home,
    $as_of as happened_on,
    coalesce(reader.has_read, false) as is_met
from bound
left join reader on bound.person = reader.person
