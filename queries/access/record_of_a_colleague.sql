-- rule:     the record of a colleague opened
-- finds:    AR05
-- severity: medium
-- limit:    any
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   staff         | every       | every
--   residents     | every       | every
--   accounts      | every       | every

-- A colleague who is a resident or a relative is seen only where the log calls the record
-- by the reference in the staff register.
select
    act.day,
    act.home,
    act.case_ref,
    act.person,
    act.resident_ref,
    act.occurred_at,
    'the record has the reference of a member of staff' as reason
from acts($as_of) as act
where
    act.is_look
    and act.resident_ref is distinct from act.staff_ref
    and act.resident_ref is distinct from act.login
    and act.resident_ref in (select post.staff_ref from posts($as_of) as post)
    and act.resident_ref not in (
        select held.resident_ref from records_held($as_of) as held
    )
