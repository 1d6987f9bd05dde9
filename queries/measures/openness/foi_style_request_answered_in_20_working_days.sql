-- id:        O14
-- title:     FOI-style requests answered in 20 working days
-- strand:    openness
-- clauses:   6.2
-- question:  Were requests about publicly funded care passed on or answered in 20 working days?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: unverified reference; FOIA 2000 s.10 binds public authorities, as a courtesy we keep its limit)
-- owner:     IG lead
-- reads:     requests
-- so what:   Councils that pay for care must answer for it, and need us to.

-- Unverified reference: the twentieth working day (queries/rules/foi_due.sql). To pass it on
-- to the body that must answer is to have dealt with it. Withdrawn in time it was never due.
with due as (
    select
        *,
        least(answered_on, passed_on) as dealt_with_on
    from requests($as_of)
    where request_type = 'FOI' and due_on <= $as_of
)

select
    case_ref,
    home,
    due_on as happened_on,
    coalesce(dealt_with_on <= due_on, false) as is_met
from due
where not coalesce(outcome = 'withdrawn' and dealt_with_on <= due_on, false)
