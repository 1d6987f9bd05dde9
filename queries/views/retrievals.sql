-- subject: records asked for and found, as they stood at the end of a day, as known
-- why:     hours run day and night from the asking. What is found in part is not found;
--          what nobody wanted any more is neither.

with dated as (
    select
        *,
        asked_at + to_hours(limit_hours::integer) as due_at,
        case
            when found_at < end_of_day($as_of)
                and coalesce(outcome, 'found') <> 'partly found'
                then found_at
        end as found_by_then
    from known_retrievals($as_of)
    where asked_at < end_of_day($as_of)
)

select
    row_key as case_ref,
    home,
    retrieval_ref,
    record_type,
    medium,
    reason,
    asked_at,
    due_at,
    uk_day(due_at) as due_on,
    found_by_then as found_at,
    coalesce(found_by_then <= due_at, false) as is_in_time,
    coalesce(outcome = 'withdrawn' and ended_at < end_of_day($as_of), false)
        as is_withdrawn
from dated
