-- subject: shifts worked or planned, as known
-- why:     a person may be looked for from half an hour before a shift to half an hour after
--          it: handing over takes time. The limit is the company's own.

select
    home,
    home_key,
    fold(staff_ref) as staff_ref,
    starts_at,
    ends_at,
    starts_at - interval 30 minute as present_from,
    ends_at + interval 30 minute as present_until
from known_rota($as_of)
where not coalesce(is_cancelled, false)
