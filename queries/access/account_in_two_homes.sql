-- rule:     an account used in two homes at a time, or one that several people share
-- finds:    AR08
-- severity: high
-- limit:    back at the first home within 30 minutes of leaving it; any use of a shared one
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   accounts      | every       | every

-- One case for each account, home and day. To go from one home to another is work; to be
-- at the first, at the second and at the first again within half an hour is two people.
with gone_to_and_fro as (
    select
        *,
        lag(home_key) over account as home_before,
        lag(occurred_at) over account as at_before,
        lag(home_key, 2) over account as home_first,
        lag(occurred_at, 2) over account as at_first
    from acts($as_of)
    where not is_failure
    window account as (
        partition by day, fold(system), login order by occurred_at, case_ref
    )
),

parallel as (
    select
        day,
        system,
        login,
        count(*) as times
    from gone_to_and_fro
    where
        home_key = home_first
        and home_key <> home_before
        and occurred_at <= at_first + interval 30 minute
    group by day, system, login
)

select
    act.day,
    act.home,
    fold(act.system) || '|' || act.login || '|' || act.day as case_ref,
    min(act.person) as person,
    null::varchar as resident_ref,
    min(act.occurred_at) as occurred_at,
    case
        when max(parallel.times) is not null
            then
                'to and fro between two homes within 30 minutes, '
                || max(parallel.times) || ' times that day'
        else 'a shared account: ' || count(*) || ' acts that nobody can be held to'
    end as reason
from acts($as_of) as act
left join parallel
    on
        act.day = parallel.day
        and act.system = parallel.system
        and act.login = parallel.login
where
    not act.is_failure
    and (parallel.login is not null or act.account_kind = 'shared')
group by act.day, act.home, fold(act.system), act.login
