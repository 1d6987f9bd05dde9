-- id:        O12
-- title:     Privacy notices reviewed in 12 months
-- strand:    openness
-- clauses:   5.2, 9i
-- question:  Has each privacy notice been reviewed in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 1.1.3)
-- owner:     IG lead
-- reads:     privacy_notices
-- so what:   A notice that describes last year's systems misleads.
-- warning:   30 days

-- The newest look at a notice counts, its approval or a review; of two on one day the one
-- that falls due earlier. To have given it to somebody is not to have reviewed it.
with looked_at as (
    select
        *,
        row_number() over (
            partition by home_key, fold(notice)
            order by done_on desc, next_due_on asc, case_ref asc
        ) as nth
    from privacy_notices($as_of)
    where act <> 'issued'
)

select
    home_key || '|' || fold(notice) as case_ref,
    home,
    next_due_on as happened_on,
    next_due_on >= $as_of as is_met
from looked_at
where nth = 1
