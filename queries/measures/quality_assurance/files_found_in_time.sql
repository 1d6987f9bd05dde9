-- id:        Q12
-- title:     Files found in time
-- strand:    quality assurance
-- clauses:   8.1
-- question:  Was each file asked for found within its limit?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    95% (company, provisional: ICO accountability framework)
-- owner:     Records lead
-- reads:     retrievals
-- so what:   A file that cannot be found was not kept.

-- The limit is the one given with each asking. What nobody wanted any more by then is left
-- out; what was not found, or found in part, was not found in time.
select
    case_ref,
    home,
    due_on as happened_on,
    is_in_time as is_met
from retrievals($as_of)
where due_at < end_of_day($as_of) and not is_withdrawn
