-- subject: resources planned and used on a day, as known
-- why:     a plan is secured when it was approved. Its use is compared with the share of the
--          period that had gone by the day the use was counted. That it suffices is
--          somebody's word on a day, and never taken for granted.

with dated as (
    select
        *,
        case when used_to <= $as_of then used end as used_by_then,
        1.0
        * (used_to - period_from + 1)
        / (period_to - period_from + 1) as share_of_period
    from known_resources($as_of)
    where period_from <= $as_of
)

select
    row_key as case_ref,
    fold(resource_ref) as resource_ref,
    home,
    title,
    resource_type,
    clauses,
    period_from,
    period_to,
    period_to >= $as_of as is_current,
    unit,
    planned,
    coalesce(approved_on <= $as_of, false) as is_secured,
    used_by_then as used,
    case when used_to <= $as_of then used_to end as used_to,
    case
        when used_by_then is not null then round(planned * share_of_period)::bigint
    end as planned_by_then,
    coalesce(is_enough and judged_on <= $as_of, false) as is_enough,
    case when judged_on <= $as_of then judged_on end as judged_on,
    shortfall,
    fold(action_ref) as action_ref
from dated
