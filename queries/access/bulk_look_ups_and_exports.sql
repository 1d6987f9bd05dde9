-- rule:     many residents looked up within an hour, or records exported
-- finds:    AR09
-- severity: high
-- limit:    more than 20 different residents in 60 minutes; any export
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   accounts      | every       | every

-- One case for each account, home and day: that of the hour that began at the busiest look.
with busy as (
    select
        day,
        home,
        login
    from acts($as_of)
    where is_look
    group by day, home, login
    having count(distinct resident_ref) > 20
),

seen as (
    select
        act.*,
        count(distinct act.resident_ref) over (
            partition by act.day, act.home, act.login
            order by act.occurred_at
            range between interval 60 minute preceding and current row
        ) as residents
    from acts($as_of) as act
    inner join busy
        on act.day = busy.day and act.home = busy.home and act.login = busy.login
    where act.is_look
)

select
    day,
    home,
    login || '|' || day as case_ref,
    min(person) as person,
    null::varchar as resident_ref,
    arg_max(occurred_at, residents) as occurred_at,
    max(residents) || ' residents in 60 minutes' as reason
from seen
where residents > 20
group by day, home, login
union all
select
    act.day,
    act.home,
    act.case_ref,
    act.person,
    act.resident_ref,
    act.occurred_at,
    'records taken out of the system' as reason
from acts($as_of) as act
where act.event_type = 'export' and not act.is_failure
