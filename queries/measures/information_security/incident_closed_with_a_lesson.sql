-- id:        S08
-- title:     Investigations closed in time
-- strand:    information security
-- clauses:   3.1h, 4.1d, 7.4, 9k
-- question:  Was every incident closed within 30 days, its cause and lesson written down?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    90% (company, provisional)
-- owner:     IG lead
-- reads:     incidents
-- so what:   An investigation left open teaches nobody anything.

-- Thirty days from the day it came to be known; the limit is the company's own.
with due as (
    select
        *,
        (known_on + interval 30 day)::date as due_on
    from incidents($as_of)
    where kind <> 'not an incident'
)

select
    case_ref,
    home,
    due_on as happened_on,
    coalesce(
        uk_day(closed_at) <= due_on and cause <> 'unknown' and lesson is not null, false
    ) as is_met
from due
where due_on <= $as_of
