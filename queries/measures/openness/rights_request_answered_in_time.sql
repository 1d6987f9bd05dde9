-- id:        O08
-- title:     Other rights requests answered in time
-- strand:    openness
-- clauses:   5.2
-- question:  Are rectification, erasure, restriction, objection and portability answered within the month?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% from 2018-05-25 (law: UK GDPR art. 12(3) and 16 to 21)
-- owner:     IG lead
-- reads:     requests
-- so what:   A wrong record that stays wrong can harm a resident.

-- As for access requests, but days of clarification count (queries/rules/rights_due.sql).
with due as (
    select
        *,
        least(answered_on, passed_on) as dealt_with_on
    from requests($as_of)
    where
        request_type in (
            'rectification', 'erasure', 'restriction', 'portability', 'objection',
            'automated decision'
        )
        and due_on <= $as_of
)

select
    case_ref,
    home,
    due_on as happened_on,
    coalesce(dealt_with_on <= due_on, false) as is_met
from due
where not coalesce(outcome = 'withdrawn' and dealt_with_on <= due_on, false)
