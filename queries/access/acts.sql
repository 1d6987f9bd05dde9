-- part: what people did, in all homes: machines are set aside
-- by:   day
-- why:  whether an act is odd depends on what other homes know: where else the account was
--       used, where the person is employed, whose record it was. What a rule finds is told
--       in the reader's scope alone, by the macro that answers for it.

with account as (
    select * from account_owners($as_of)
)

select
    event.row_key as case_ref,
    event.home,
    event.home_key,
    event.system,
    event.actor_login as person,
    fold(event.actor_login) as login,
    coalesce(account.staff_ref, fold(event.staff_ref)) as staff_ref,
    -- A reference alone may be anybody's where homes number their own: where the list of
    -- accounts says whose it is, it says at which home too.
    case when account.staff_ref is not null then account.home_key
    end as owner_home_key,
    account.account_kind,
    event.event_type,
    event.outcome,
    fold(event.resident_ref) as resident_ref,
    fold(split_part(event.record_ref, '/', -1)) as thing_ref,
    lower(split_part(event.record_ref, '/', 1)) as thing,
    event.purpose,
    event.occurred_at,
    event.happened_on as day,
    event.happened_hour,
    event.resident_ref is not null
    and coalesce(event.outcome not in ('failure', 'denied'), true) as is_look,
    coalesce(event.outcome in ('failure', 'denied'), false) as is_failure
from every_access_events($as_of) as event
left join account
    on fold(event.system) = account.system and fold(event.actor_login) = account.login
where event.happened_on <= $as_of and event.actor_kind is distinct from 'system'
