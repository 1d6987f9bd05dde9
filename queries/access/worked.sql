-- part: shifts worked or planned, in all homes, with a day before and after each
-- why:  a note is written up after a shift and read before one: 24 hours either way, the
--       company's own limit

select
    home_key,
    fold(staff_ref) as staff_ref,
    starts_at - interval 24 hour as related_from,
    ends_at + interval 24 hour as related_until
from every_rota(date '9999-12-31')
where not coalesce(is_cancelled, false) and $as_of is not null
