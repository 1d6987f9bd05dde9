-- subject: policies in force on a day, the version that bound then, as known
-- why:     a version binds from its first day, or the day of its approval; the one that
--          began last is in force and replaces the earlier ones. A draft and a version that
--          nobody approved bind nobody. It is in date for a year after it was approved or
--          last reviewed (clause 10.4), less where the register says less. A title is the
--          same however it is spaced, dotted or capitalised, and a number may stand on two.

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
    legal_refs,
    document_ref
from policy_versions($as_of)
where is_current
