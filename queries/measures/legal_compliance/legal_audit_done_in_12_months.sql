-- id:        L04
-- title:     Annual legal compliance audit done
-- strand:    legal compliance
-- clauses:   6.5
-- question:  Was our compliance with the law audited in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 6.5)
-- owner:     Senior owner
-- reads:     audits
-- so what:   A yearly look from outside finds what habit hides.
-- warning:   60 days

-- The yearly audit of the strand, as the programme marks it. It counts for twelve months from
-- the day it was held, whatever it found. With none on the programme it was not held.
with held as (
    select
        home,
        max(held_on) as held_on
    from audits($as_of)
    where strand = 'legal compliance' and is_annual
    group by home
),

asked as (
    select home from held
    union
    select home from the_company($as_of)
)

select
    'annual legal audit' as case_ref,
    asked.home,
    coalesce(
        (held.held_on + interval 12 month - interval 1 day)::date, $as_of
    ) as happened_on,
    coalesce(held.held_on > $as_of - interval 12 month, false) as is_met
from asked
left join held on asked.home = held.home
