-- id:        S10
-- title:     Leavers with live accounts
-- strand:    information security
-- clauses:   3.1a, 7.1
-- question:  Can anybody who has left still sign in?
-- kind:      count
-- window:    day
-- duty:      no
-- direction: lower
-- target:    0 from 2025-09-01 (Toolkit 4.2.4)
-- owner:     IT lead
-- reads:     accounts, homes, staff
-- so what:   A leaver's account is an open door with nobody's name on it.

-- Leavers of the last twelve months, and whoever left before them and can still sign in. An
-- account is a leaver's by the reference in the list of accounts, or by the login in the
-- staff register. What a list leaves out has gone; what is blank counts as enabled.
with gone as (
    select * from leavers($as_of)
),

enabled as (
    select
        home_key,
        login,
        staff_ref
    from accounts($as_of)
    where is_enabled
),

by_login as (
    select
        case_ref,
        home_key,
        unnest(logins) as login
    from gone
),

still as (
    select gone.case_ref
    from gone
    inner join enabled
        on gone.home_key = enabled.home_key and gone.staff_ref = enabled.staff_ref
    union
    select by_login.case_ref
    from by_login
    inner join
        enabled
        on by_login.home_key = enabled.home_key and by_login.login = enabled.login
)

select
    gone.case_ref,
    gone.home,
    gone.gone_from as happened_on,
    still.case_ref is null as is_met
from gone
left join still on gone.case_ref = still.case_ref
where gone.gone_from + interval 12 month > $as_of or still.case_ref is not null
