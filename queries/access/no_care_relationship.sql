-- rule:     a record opened with no care relationship
-- finds:    AR01
-- severity: high
-- limit:    no post at the home and no shift there within 24 hours before or after
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   rota          | uk_day(starts_at - interval 24 hour) | uk_day(ends_at + interval 24 hour)
--   staff         | every       | every
--   residents     | every       | every
--   accounts      | every       | every

-- Where the register of staff has not come for a home, nobody's post there is known, and
-- nothing is held against anybody. An account that is tied to no person is AR08's.
with related as (
    select *
    from worked($as_of)
)

select
    look.day,
    look.home,
    look.case_ref,
    look.person,
    look.resident_ref,
    look.occurred_at,
    case
        when look.record_home_key = look.home_key
            then 'no post at this home and no shift here within 24 hours'
        else 'a resident of another home, with no post or shift there within 24 hours'
    end as reason
from looks($as_of) as look
where
    look.staff_ref is not null
    and look.record_home_key in (select post.home_key from posts($as_of) as post)
    and not exists (
        select 1
        from posts($as_of) as post
        where
            post.home_key = look.record_home_key
            and post.staff_ref = look.staff_ref
            and (look.owner_home_key is null or look.owner_home_key = post.home_key)
            and look.day >= post.started_on
            and look.day < post.gone_from
    )
    and not exists (
        select 1
        from related
        where
            related.home_key = look.record_home_key
            and related.staff_ref = look.staff_ref
            and look.occurred_at >= related.related_from
            and look.occurred_at < related.related_until
    )
