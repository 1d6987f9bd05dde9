-- id:        O04
-- title:     Subject access requests answered in time
-- strand:    openness
-- clauses:   2.1, 5.2
-- question:  Was each subject access request that fell due answered by its due date?
-- kind:      flow
-- window:    last full month
-- duty:      yes
-- direction: higher
-- target:    100% from 2018-05-25 (law: UK GDPR art. 12(3))
-- target:    100% from 2026-02-05 (law: UK GDPR art. 12A)
-- owner:     IG lead
-- reads:     requests
-- so what:   A late answer is a breach of a resident's right, and the commonest complaint to the regulator.

-- The last day is worked out in the view from the days alone: start, pauses, extension,
-- weekends. While proof of identity or a clarification is waited for, none has come. On its
-- last day a request that is still open is late: a day is asked about as it ended. One passed
-- to the body that holds the data was dealt with; one withdrawn in time was never due.
with due as (
    select
        *,
        least(answered_on, passed_on) as dealt_with_on
    from requests($as_of)
    where request_type = 'access' and due_on <= $as_of
)

select
    case_ref,
    home,
    due_on as happened_on,
    coalesce(dealt_with_on <= due_on, false) as is_met
from due
where not coalesce(outcome = 'withdrawn' and dealt_with_on <= due_on, false)
