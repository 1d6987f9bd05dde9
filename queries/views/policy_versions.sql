-- subject: every version of every policy, and which was in force on a day, as known
-- why:     see policies. One that was withdrawn leaves nothing in force in its place.

select
    case_ref,
    home,
    policy_no,
    title,
    policy_key,
    version,
    strand,
    clauses,
    owner,
    approved_on,
    approved_by,
    in_force_from,
    reviewed_on,
    in_date_until,
    withdrawn_on,
    what_changed,
    changed_clauses,
    legal_refs,
    document_ref,
    is_current
from policy_versions_for_all($as_of)
where in_scope(home)
