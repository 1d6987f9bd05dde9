-- id:        S07
-- title:     Incidents reported within 24 hours
-- strand:    information security
-- clauses:   3.1h, 7.4
-- question:  Was every incident reported to the IG lead within 24 hours of discovery?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    95% (company, provisional)
-- owner:     IG lead
-- reads:     incidents
-- so what:   The 72 hours to tell the ICO run from discovery, not from the report.

-- Without a time of becoming aware the hours are not known: neither met nor missed. Such a
-- case is placed on the day it came to be known.
with due as (
    select
        *,
        aware_at + interval 24 hour as due_at
    from incidents($as_of)
    where kind <> 'not an incident'
)

select
    case_ref,
    home,
    coalesce(uk_day(due_at), known_on) as happened_on,
    coalesce(reported_at <= due_at, false) as is_met,
    aware_at is not null as is_known
from due
where due_at is null or due_at < until
