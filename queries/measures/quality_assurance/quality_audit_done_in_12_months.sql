-- id:        Q13
-- title:     Annual information quality audit done
-- strand:    quality assurance
-- clauses:   8.2
-- question:  Were information quality and records management audited in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 8.2)
-- owner:     Senior owner
-- reads:     audits
-- so what:   Quality that is not audited is opinion.
-- warning:   60 days

-- One case for the company, and one for each home that has a yearly audit of its own in the
-- programme. In date for twelve months from the day it was held; planned is not held, and
-- a programme that names no yearly audit of this strand has not held one.
with programme as (
    select
        home,
        bool_or(is_annual and strand = 'quality assurance') as has_annual,
        (
            max(held_on) filter (is_annual and strand = 'quality assurance')
            + interval 12 month - interval 1 day
        )::date as in_date_until
    from audits($as_of)
    group by home
)

select
    home || ' audit' as case_ref,
    home,
    coalesce(in_date_until, $as_of) as happened_on,
    coalesce(in_date_until >= $as_of, false) as is_met
from programme
where has_annual or home = 'company'
