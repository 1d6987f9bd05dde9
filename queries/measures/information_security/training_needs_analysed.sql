-- id:        S04
-- title:     Training needs analysis in date
-- strand:    information security
-- clauses:   3.1g, 7.3, 9e
-- question:  Was a training needs analysis done and approved in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 3.1.1)
-- owner:     IG lead
-- reads:     training_needs
-- so what:   Training that meets no need is time lost.
-- warning:   60 days

-- One case, once any analysis is known. It is in date for twelve months from the day the
-- needs were looked at, and counts only where senior management has approved it. The newest
-- approved look counts, be it at one role only: which roles it left out is for the reader.
with analysed as (
    select
        home,
        (
            max(analysed_on) filter (approved_on is not null)
            + interval 12 month - interval 1 day
        )::date as in_date_until
    from training_needs($as_of)
    group by home
)

select
    'training needs analysis' as case_ref,
    home,
    coalesce(in_date_until, $as_of) as happened_on,
    coalesce(in_date_until >= $as_of, false) as is_met
from analysed
