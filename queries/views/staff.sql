-- subject: people in post on a day, as known
-- why:     a person with no first day on the register is taken to be in post: leaving them
--          out would shrink what training is counted against. People on long-term absence
--          stay in (Toolkit 3.2.1: that is what the 5% is for).

select
    case_ref,
    home,
    home_key,
    staff_ref,
    job_role,
    employment,
    started_on,
    is_long_absence,
    has_access,
    is_care_staff,
    confidentiality_signed_on,
    logins
from staff_ever($as_of)
where
    (started_on is null or started_on <= $as_of)
    and (gone_from is null or gone_from > $as_of)
