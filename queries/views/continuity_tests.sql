-- subject: tests of continuity plans as they stood at the end of a day, as known
-- why:     a test is held when a day says so: one that was called off is not, whatever its
--          result says. Only a result of pass passes; an unknown time is not a time of 0.

with dated as (
    select
        *,
        held_on is not null and held_on <= $as_of as is_held
    from known_continuity_tests($as_of)
)

select
    row_key as case_ref,
    test_ref,
    fold(plan_ref) as plan_ref,
    home,
    test_type,
    planned_on,
    is_held,
    case when is_held then held_on end as held_on,
    case when cancelled_on <= $as_of then cancelled_on end as cancelled_on,
    coalesce(is_held and tests_data_and_cyber, false) as tests_data_and_cyber,
    coalesce(is_held and result in ('pass', 'pass with actions'), false) as is_passed,
    case when is_held then result end as result,
    rto_target_min,
    case when is_held then rto_actual_min end as rto_actual_min,
    rpo_target_min,
    case when is_held then rpo_actual_min end as rpo_actual_min,
    case when is_held then participants end as participants,
    case when is_held then lessons end as lessons,
    report_ref,
    fold(action_ref) as action_ref,
    next_due_on
from dated
