-- part: records of residents opened by people, each with the home that the record is of
-- why:  a record is looked for at the home where it was opened; where that has no such
--       resident, at the one home that has; else it counts as of where it was opened

select
    act.case_ref,
    act.home,
    act.home_key,
    act.person,
    act.login,
    act.staff_ref,
    act.owner_home_key,
    act.resident_ref,
    act.occurred_at,
    act.day,
    coalesce(here.home_key, there.home_key, act.home_key) as record_home_key,
    coalesce(here.is_high_interest, there.is_high_interest, false) as is_high_interest,
    coalesce(here.status, there.status) as status,
    coalesce(here.gone_from, there.gone_from, date '9999-12-31') as gone_from
from acts($as_of) as act
left join records_held($as_of) as here
    on act.home_key = here.home_key and act.resident_ref = here.resident_ref
left join records_held($as_of) as there
    on act.resident_ref = there.resident_ref and there.is_only_one
where act.is_look
