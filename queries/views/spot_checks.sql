-- subject: spot checks as they stood at the end of a day, as known
-- why:     a check is done when a day says so; one that was called off was planned and not
--          done. What was sampled counts from that day on.

with dated as (
    select
        *,
        held_on is not null and held_on <= $as_of as is_held
    from known_spot_checks($as_of)
)

select
    row_key as case_ref,
    home,
    check_ref,
    subject,
    clauses,
    planned_on,
    is_held,
    case when is_held then held_on end as held_on,
    case when cancelled_on <= $as_of then cancelled_on end as cancelled_on,
    checker,
    case when is_held then units_checked end as units_checked,
    case when is_held then units_met end as units_met,
    fold(action_ref) as action_ref
from dated
