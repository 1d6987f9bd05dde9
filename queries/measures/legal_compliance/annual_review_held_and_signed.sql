-- id:        L20
-- title:     Annual review held and signed
-- strand:    legal compliance
-- clauses:   10.4
-- question:  Was the management review held and signed in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 10.4)
-- owner:     Senior owner
-- reads:     journal
-- so what:   The review is where these figures become decisions.
-- warning:   60 days

-- Held is a review that was signed by somebody and then sealed; it counts for twelve months
-- from the day it was held. The journal is what tells (queries/views/reviews.sql). Once it
-- has been kept for twelve months, a year without a review is not met; before that, the last
-- one may have been held on paper, and it is not known.
with held as (
    select max(held_on) as held_on
    from reviews($as_of)
),

kept as (
    select min(happened_on) as begun_on
    from journal_entries($as_of)
)

select
    'annual review' as case_ref,
    the_company.home,
    coalesce(
        (held.held_on + interval 12 month - interval 1 day)::date, $as_of
    ) as happened_on,
    coalesce(held.held_on > $as_of - interval 12 month, false) as is_met,
    held.held_on is not null
    or coalesce(kept.begun_on <= $as_of - interval 12 month, false) as is_known
from the_company($as_of) as the_company
cross join held
cross join kept
