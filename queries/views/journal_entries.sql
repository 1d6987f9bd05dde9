-- subject: what people did here, up to a day, as known
-- why:     the journal is a source of measures like any other; it belongs to no home

select
    number,
    known_at,
    uk_day(known_at) as happened_on,
    person,
    what,
    about
from journal
where
    number <= getvariable('known_number')
    and in_scope('company')
    and uk_day(known_at) <= $as_of
