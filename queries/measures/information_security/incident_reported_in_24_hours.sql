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

-- Without a time of becoming aware the hours are not known: neither met nor missed.
select
    case_ref,
    home,
    uk_day(coalesce(aware_at + interval 24 hour, known_on::timestamp)) as happened_on,
    coalesce(reported_at <= aware_at + interval 24 hour, false) as is_met,
    aware_at is not null as is_known
from incidents($as_of)
where
    kind is distinct from 'not an incident'
    and (
        aware_at is null
        or reported_at is not null
        or aware_at + interval 24 hour < until
    )
    and coalesce(uk_day(aware_at + interval 24 hour), known_on) <= $as_of
