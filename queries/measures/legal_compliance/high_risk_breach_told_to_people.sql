-- id:        L12
-- title:     People told of high-risk breaches
-- strand:    legal compliance
-- clauses:   6.3, 9k
-- question:  Were the people concerned told of every high-risk breach?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% from 2018-05-25 (law: UK GDPR art. 34(1))
-- owner:     IG lead
-- reads:     incidents
-- so what:   People can only protect themselves from what they know.

-- The law says without undue delay and sets no number of days. It is asked for here a week
-- after the breach came to be known: the company's own reading, stated so that it can be
-- challenged. Where a home has never said of any breach whether its risk was high, whether
-- people had to be told is not known; where it has, a blank is no.
with breaches as (
    select
        *,
        count(is_high_risk) over (partition by home) > 0 as home_says
    from incidents($as_of)
    where kind in ('confirmed', 'suspected')
)

select
    case_ref,
    home,
    (known_on + interval 7 day)::date as happened_on,
    people_informed_at is not null as is_met,
    home_says as is_known
from breaches
where
    (is_high_risk or not home_says)
    and known_on + interval 7 day <= $as_of
