-- rule:     a record of high interest opened by somebody outside the team
-- finds:    AR13
-- severity: high
-- limit:    flagged in the register of residents, or 30 days after death; no shift within 24 hours
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   rota          | uk_day(starts_at - interval 24 hour) | uk_day(ends_at + interval 24 hour)
--   residents     | every       | every
--   accounts      | every       | every

select
    look.day,
    look.home,
    look.case_ref,
    look.person,
    look.resident_ref,
    look.occurred_at,
    case
        when look.is_high_interest then 'a record of high interest, with no shift there'
        else 'a resident who died ' || (look.day - look.gone_from + 1) || ' days before'
    end as reason
from looks($as_of) as look
where
    (
        look.is_high_interest
        or (look.status = 'died' and look.day >= look.gone_from + 30)
    )
    and not exists (
        select 1
        from worked($as_of) as shift
        where
            shift.home_key = look.record_home_key
            and shift.staff_ref = look.staff_ref
            and look.occurred_at >= shift.related_from
            and look.occurred_at < shift.related_until
    )
