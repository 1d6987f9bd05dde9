-- subject: findings of audits and checks as they stood at the end of a day, as known
-- why:     a finding is closed on the day that says so, not by the word alone. One with no
--          day to be put right by is overdue when three months have gone.

with dated as (
    select
        *,
        case when closed_on <= $as_of then closed_on end as closed_by_then,
        coalesce(due_on, (raised_on + interval 3 month)::date) as counted_due_on
    from known_findings($as_of)
    where raised_on <= $as_of
)

select
    row_key as case_ref,
    source_type,
    fold(source_ref) as source_ref,
    fold(finding_ref) as finding_ref,
    home,
    strand,
    clauses,
    requirement,
    answer,
    grade,
    description,
    owner,
    raised_on,
    counted_due_on as due_on,
    closed_by_then as closed_on,
    case when closed_by_then is not null then evidence_ref end as evidence_ref,
    fold(action_ref) as action_ref,
    repeat_of,
    closed_by_then is null as is_open,
    closed_by_then is null and counted_due_on < $as_of as is_overdue
from dated
