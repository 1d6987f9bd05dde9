-- rule:     rights changed outside working hours
-- finds:    AR11
-- severity: medium
-- limit:    outside Monday to Friday, 08:00 to 18:00 in the UK
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
    'rights changed outside Monday to Friday, 08:00 to 18:00' as reason
from acts($as_of) as act
where
    act.event_type = 'permission change'
    and not act.is_failure
    and (extract('isodow' from act.day) > 5 or act.happened_hour not between 8 and 17)
