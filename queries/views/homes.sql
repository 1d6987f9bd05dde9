-- subject: homes open on a day, as known
-- why:     the register's newest edition by that day says which homes there are

select
    home_ref as home,
    name,
    type,
    ods_code,
    beds,
    opened_on,
    inspected_on
from known_homes($as_of)
where
    (opened_on is null or opened_on <= $as_of)
    and (closed_on is null or closed_on >= $as_of)
