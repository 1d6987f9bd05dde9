-- subject: backup restore tests as they stood at the end of a day, as known
-- why:     a backup is shown to work when what was asked for came back on a day that is
--          named; that it was compared with what had been there is told apart.

with dated as (
    select
        *,
        held_on is not null and held_on <= $as_of as is_held
    from known_restore_tests($as_of)
)

select
    row_key as case_ref,
    test_ref,
    fold(system_ref) as system_ref,
    home,
    planned_on,
    is_held,
    case when is_held then held_on end as held_on,
    case when cancelled_on <= $as_of then cancelled_on end as cancelled_on,
    backup_of,
    scope,
    coalesce(is_held and is_restored, false) as is_restored,
    coalesce(is_held and is_restored and is_compared, false) as is_compared,
    rto_target_min,
    case when is_held then rto_actual_min end as rto_actual_min,
    rpo_target_min,
    case when is_held then rpo_actual_min end as rpo_actual_min,
    fold(action_ref) as action_ref,
    next_due_on
from dated
