-- id:        L10
-- title:     DPIAs signed before go-live
-- strand:    legal compliance
-- clauses:   9j
-- question:  Did each change that needed a DPIA have one signed before it started?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% from 2018-05-25 (law: UK GDPR art. 35(1))
-- owner:     IG lead
-- reads:     changes
-- so what:   A risk found after go-live is paid for by residents.

-- Counted on the day a change went live. One that does not say whether it needs a DPIA counts
-- as needing one; where a home has said so of none of its changes, it is not known. Signed on
-- the day itself is in time.
with live as (
    select
        *,
        count(*) filter (says_dpia) over (partition by home) > 0 as home_says
    from changes($as_of)
)

select
    case_ref,
    home,
    live_on as happened_on,
    is_assessed_before_live as is_met,
    home_says or is_assessed_before_live as is_known
from live
where live_on is not null and needs_dpia
