-- id:        O09
-- title:     Data-protection complaints acknowledged in 30 days
-- strand:    openness
-- clauses:   5.2
-- question:  Was each complaint about personal data acknowledged within 30 days?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% from 2026-06-19 (law: DPA 2018 s.164A)
-- owner:     IG lead
-- reads:     requests
-- so what:   A duty since June 2026, and the last step before the regulator hears of it.

-- The duty began on 19 June 2026; a complaint received before it is not counted. An answer
-- in full within the days acknowledges as well. One withdrawn by then was never due.
with due as (
    select
        *,
        least(acknowledged_on, answered_on) as heard_on
    from requests($as_of)
    where
        request_type = 'complaint'
        and received_on >= date '2026-06-19'
        and due_on <= $as_of
)

select
    case_ref,
    home,
    due_on as happened_on,
    coalesce(heard_on <= due_on, false) as is_met
from due
where not coalesce(outcome = 'withdrawn' and answered_on <= due_on, false)
