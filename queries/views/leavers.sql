-- subject: people who had left by a day, and when their access was to end, as known
-- why:     access ends one working day after the last day in post, or after the day before
--          the register left the person out: the company's own limit (leaver_access_due)

select
    case_ref,
    home,
    home_key,
    staff_ref,
    logins,
    gone_from,
    leaver_access_due((gone_from - interval 1 day)::date) as access_due_on
from staff_ever($as_of)
where gone_from <= $as_of
