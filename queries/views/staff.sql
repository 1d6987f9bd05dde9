-- subject: people in post on a day, as known
-- why:     a person with no first day on the register is taken to be in post: leaving them
--          out would shrink what training is counted against. People on long-term absence
--          stay in (Toolkit 3.2.1: that is what the 5% is for).

select
    home,
    staff_ref,
    job_role,
    employment,
    started_on,
    is_long_absence,
    row_key as case_ref
from known_staff($as_of)
where
    not coalesce(is_removed, false)
    and (started_on is null or started_on <= $as_of)
    and (left_on is null or left_on >= $as_of)
