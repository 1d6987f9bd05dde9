-- rule:     an account used after its owner had left
-- finds:    AR02
-- severity: high
-- limit:    from the day after the last day in post
-- days:
--   kind          | from        | to
--   access_events | happened_on | happened_on
--   staff         | every       | every
--   accounts      | every       | every

-- Somebody who moved to another home has a post there and has not left. A leaver who
-- tries in vain is told of as well: the account was tried.
with ended as (
    select
        staff_ref,
        max(gone_from) as gone_from
    from posts($as_of)
    group by staff_ref
)

select
    act.day,
    act.home,
    act.case_ref,
    act.person,
    act.resident_ref,
    act.occurred_at,
    (act.day - ended.gone_from + 1)::varchar
    || case when act.day = ended.gone_from then ' day' else ' days' end
    || ' after the last day in post' as reason
from acts($as_of) as act
inner join ended on act.staff_ref = ended.staff_ref
where act.day >= ended.gone_from
