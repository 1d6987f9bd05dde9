-- rule:     somebody's own record opened
-- finds:    AR03
-- severity: medium
-- limit:    any
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   accounts      | every       | every

-- We hold no names: what is seen is a record that the log calls by the reference or the
-- login of whoever opened it.
select
    act.day,
    act.home,
    act.case_ref,
    act.person,
    act.resident_ref,
    act.occurred_at,
    'the record has the reference of who opened it' as reason
from acts($as_of) as act
where
    not act.is_failure
    and (
        act.resident_ref in (act.staff_ref, act.login)
        or (
            act.thing in ('staff', 'person', 'practitioner', 'relatedperson')
            and act.thing_ref in (act.staff_ref, act.login)
        )
    )
