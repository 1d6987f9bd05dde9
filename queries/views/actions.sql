-- subject: the one register of actions as it stood at the end of a day, as known
-- why:     an action is done on the day that says so, and verified by somebody other than
--          its owner. It is late against the day it had, and its moves are counted against
--          the day first agreed: moving a date does not make an action punctual.

with dated as (
    select
        *,
        case when done_on <= $as_of then done_on end as done_by_then,
        case when cancelled_on <= $as_of then cancelled_on end as cancelled_by_then,
        coalesce(original_due_on, due_on) as first_due_on
    from known_actions($as_of)
    where raised_on <= $as_of
)

select
    row_key as case_ref,
    fold(action_ref) as action_ref,
    home,
    source_type,
    fold(source_ref) as source_ref,
    strand,
    clauses,
    title,
    owner,
    fold(owner_staff_ref) as owner_staff_ref,
    priority,
    raised_on,
    first_due_on,
    due_on,
    greatest(
        coalesce(times_moved, 0), case when due_on > first_due_on then 1 else 0 end
    ) as times_moved,
    case
        when cancelled_by_then is not null then 'cancelled'
        when
            done_by_then is not null
            and verified_by is not null
            and verified_on <= $as_of
            then 'verified'
        when done_by_then is not null then 'done'
        when status = 'in progress' then 'in progress'
        else 'open'
    end as status,
    done_by_then as done_on,
    case when verified_by is not null and verified_on <= $as_of then verified_on
    end as verified_on,
    cancelled_by_then as cancelled_on,
    done_by_then is null and cancelled_by_then is null as is_open,
    done_by_then is null and cancelled_by_then is null and due_on < $as_of
        as is_overdue,
    coalesce(done_by_then <= first_due_on, false) as is_done_on_time,
    evidence_ref,
    measure,
    expected_effect,
    case when effect_judged_on <= $as_of then effect_seen end as effect_seen
from dated
