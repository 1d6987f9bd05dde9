-- id:        S11
-- title:     Leaver access removed in time
-- strand:    information security
-- clauses:   3.1a, 7.1
-- question:  Did each leaver's access end within one working day?
-- kind:      flow
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: the limit of days is ours)
-- owner:     IT lead
-- reads:     accounts, homes, staff
-- so what:   The days after leaving are when grudges are freshest.

-- One working day after the last day in post: the company's own limit (leaver_access_due).
-- A leaver is asked about who had an account in some list; by reference or by login. Access
-- ended on the day of switching off. Of an account that a later list only leaves out, the
-- day is known no better than by that list: in time if the list is, else not known.
with gone as (
    select * from leavers($as_of)
),

listed as (
    select
        home_key,
        fold(login) as login,
        fold(staff_ref) as staff_ref,
        gone_on,
        case when not is_enabled and disabled_on <= $as_of then disabled_on
        end as disabled_on
    from ever_accounts($as_of)
),

by_login as (
    select
        case_ref,
        home_key,
        unnest(logins) as login
    from gone
),

theirs as (
    select
        gone.case_ref,
        listed.login,
        listed.gone_on,
        listed.disabled_on
    from gone
    inner join listed
        on gone.home_key = listed.home_key and gone.staff_ref = listed.staff_ref
    union
    select
        by_login.case_ref,
        listed.login,
        listed.gone_on,
        listed.disabled_on
    from by_login
    inner join listed
        on by_login.home_key = listed.home_key and by_login.login = listed.login
),

ended as (
    select
        gone.case_ref,
        gone.home,
        gone.access_due_on as due_on,
        bool_and(
            coalesce(
                least(theirs.disabled_on, theirs.gone_on) <= gone.access_due_on,
                false
            )
        ) as is_in_time,
        bool_or(
            coalesce(theirs.disabled_on > gone.access_due_on, theirs.gone_on is null)
            and coalesce(theirs.gone_on > gone.access_due_on, true)
        ) as is_late
    from gone
    inner join theirs on gone.case_ref = theirs.case_ref
    group by gone.case_ref, gone.home, gone.access_due_on
)

select
    case_ref,
    home,
    due_on as happened_on,
    is_in_time as is_met,
    is_in_time or is_late as is_known
from ended
where due_on <= $as_of
