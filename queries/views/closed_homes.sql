-- subject: homes that were once on the register and are not open on a day, as known
-- why:     a home has closed the day after its last day of service, or when an edition of
--          the register leaves it out

select
    home_ref as home,
    least((closed_on + interval 1 day)::date, gone_on) as closed_from
from ever_homes($as_of)
where least((closed_on + interval 1 day)::date, gone_on) <= $as_of
