-- rule:     emergency access (break-glass)
-- finds:    AR06
-- severity: medium
-- limit:    any; reviewed within 2 working days
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   accounts      | every       | every

select
    act.day,
    act.home,
    act.case_ref,
    act.person,
    act.resident_ref,
    act.occurred_at,
    'emergency access' as reason
from acts($as_of) as act
where
    not act.is_failure
    and (
        act.event_type = 'break-glass'
        or upper(trim(act.purpose)) in ('BTG', 'ETREAT')
    )
