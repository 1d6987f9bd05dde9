-- id:        S14
-- title:     Dormant accounts
-- strand:    information security
-- clauses:   3.1a, 7.1
-- question:  Is any enabled account unused for 90 days?
-- kind:      count
-- window:    day
-- duty:      no
-- direction: lower
-- target:    0 (company, provisional: ISO 27001 5.18)
-- owner:     IT lead
-- reads:     accounts
-- so what:   Nobody notices when a sleeping account wakes.

-- Ninety days without use: the company's own limit. One that was never used is counted from
-- the day it was made. Where the list says neither day it is not known how long it has slept.
with counted as (
    select
        case_ref,
        home,
        (coalesce(last_used_on, created_on) + interval 90 day)::date as sleeps_from
    from accounts($as_of)
    where is_enabled
)

select
    case_ref,
    home,
    least(sleeps_from, $as_of) as happened_on,
    coalesce(sleeps_from > $as_of, false) as is_met,
    sleeps_from is not null as is_known
from counted
