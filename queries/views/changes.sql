-- subject: changes to systems and processes as they stood at the end of a day, as known
-- why:     a change that was not screened is taken to need an assessment. The assessment
--          was in time when it was signed on or before the day the change went live; before
--          that day nothing is late yet.

with dated as (
    select
        *,
        case when live_on <= $as_of then live_on end as live_by_then,
        case when dpia_signed_on <= $as_of then dpia_signed_on end as signed_by_then
    from known_changes($as_of)
    where raised_on <= $as_of
)

select
    row_key as case_ref,
    fold(change_ref) as change_ref,
    home,
    title,
    change_type,
    fold(asset_ref) as asset_ref,
    fold(processor_ref) as processor_ref,
    owner,
    raised_on,
    case when screened_on <= $as_of then screened_on end as screened_on,
    coalesce(needs_dpia, true) as needs_dpia,
    needs_dpia is not null as says_dpia,
    dpia_ref,
    signed_by_then as dpia_signed_on,
    residual_risk,
    case when ico_consulted_on <= $as_of then ico_consulted_on end as ico_consulted_on,
    case when approved_on <= $as_of then approved_on end as approved_on,
    planned_live_on,
    live_by_then as live_on,
    case when cancelled_on <= $as_of then cancelled_on end as cancelled_on,
    case when reviewed_on <= $as_of then reviewed_on end as reviewed_on,
    coalesce(signed_by_then <= live_by_then, false) as is_assessed_before_live
from dated
