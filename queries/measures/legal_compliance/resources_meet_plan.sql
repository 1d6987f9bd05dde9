-- id:        L18
-- title:     Planned IG hours provided
-- strand:    legal compliance
-- clauses:   9a, 9l
-- question:  Were the hours planned for information governance in fact given?
-- kind:      ratio
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: policy 9a and 9l)
-- owner:     Senior owner
-- reads:     resources
-- so what:   A policy without hours is a wish.

-- Of every plan of staff time whose period runs on the day: what was used by the day it was
-- last counted, against the same share of the plan. More in one place does not make up for
-- less in another. A day is seven and a half hours. Not counted yet is not given.
with planned as (
    select
        *,
        case when unit = 'days' then 7.5 else 1 end as hours,
        coalesce(
            planned_by_then,
            planned * ($as_of - period_from + 1) / (period_to - period_from + 1)
        ) as planned_so_far
    from resources($as_of)
    where
        is_current
        and resource_type = 'staff time'
        and unit in ('hours', 'days')
),

counted as (
    select
        *,
        greatest(round(planned_so_far * hours), 1)::bigint as hours_planned,
        round(coalesce(used, 0) * hours)::bigint as hours_used
    from planned
)

select
    case_ref,
    home,
    $as_of as happened_on,
    hours_used >= hours_planned as is_met,
    least(hours_used, hours_planned) as units_met,
    hours_planned as units
from counted
