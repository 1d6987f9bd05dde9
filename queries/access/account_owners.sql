-- part: whose every account is or last was, in all homes
-- why:  what the newest lists say, whatever day is asked about: a list mends the past

select
    fold(system) as system,
    fold(login) as login,
    max(fold(staff_ref)) as staff_ref,
    arg_max(home_key, sent_on) as home_key,
    arg_max(coalesce(account_kind, 'person'), sent_on) as account_kind
from every_accounts(date '9999-12-31')
where $as_of is not null
group by fold(system), fold(login)
