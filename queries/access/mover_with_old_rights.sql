-- rule:     a mover who still opens the records of the old home
-- finds:    AR14
-- severity: medium
-- limit:    more than 7 days after the post there ended, with a post elsewhere
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   rota          | uk_day(starts_at - interval 24 hour) | uk_day(ends_at + interval 24 hour)
--   staff         | every       | every
--   residents     | every       | every
--   accounts      | every       | every

with moved as (
    select
        old.home_key,
        old.staff_ref,
        max(old.gone_from) as gone_from
    from posts($as_of) as old
    group by old.home_key, old.staff_ref
)

select
    look.day,
    look.home,
    look.case_ref,
    look.person,
    look.resident_ref,
    look.occurred_at,
    (look.day - moved.gone_from) || ' days after moving to another home' as reason
from looks($as_of) as look
inner join moved
    on look.record_home_key = moved.home_key and look.staff_ref = moved.staff_ref
where
    look.day > moved.gone_from + 7
    and exists (
        select 1
        from posts($as_of) as post
        where
            post.staff_ref = look.staff_ref
            and post.home_key <> moved.home_key
            and look.day >= post.started_on
            and look.day < post.gone_from
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
