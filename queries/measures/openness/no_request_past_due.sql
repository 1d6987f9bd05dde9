-- id:        O06
-- title:     Requests past due
-- strand:    openness
-- clauses:   5.2
-- question:  Is any open request past its due date today?
-- kind:      count
-- window:    day
-- duty:      yes
-- direction: lower
-- target:    0 from 2018-05-25 (law: UK GDPR art. 12(3) and 12A)
-- owner:     IG lead
-- reads:     requests
-- so what:   Every further day adds to a breach that can still be ended.

-- Requests that the law gives a month. A request that waits for proof of identity or for a
-- clarification has no last day yet, and so is not past it; on the last day there is time
-- left. Those for the records of somebody who has died, FOI and complaints have other clocks.
select
    case_ref,
    home,
    least(due_on, $as_of) as happened_on,
    coalesce(due_on >= $as_of, true) as is_met
from requests($as_of)
where
    is_open
    and request_type in (
        'access', 'rectification', 'erasure', 'restriction', 'portability', 'objection',
        'automated decision'
    )
