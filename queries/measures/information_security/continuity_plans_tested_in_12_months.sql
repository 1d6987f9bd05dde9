-- id:        S21
-- title:     Continuity plans tested in 12 months
-- strand:    information security
-- clauses:   3.1f, 4.1e
-- question:  Was each continuity plan tested, its data and cyber part too, in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 3.1f)
-- owner:     Nominated individual
-- reads:     continuity_plans, continuity_tests
-- so what:   A plan never tried is a story.
-- warning:   60 days

-- A test of the plan counts that went through its data and cyber part (Toolkit 7.2.1), held
-- for the plan's own home; a live event is one. What it came to does not matter here: a
-- failed test is a test, and its actions are followed elsewhere. Never tested is not met.
with tested as (
    select
        plan_ref,
        home,
        (max(held_on) + interval 12 month - interval 1 day)::date as in_date_until
    from continuity_tests($as_of)
    where tests_data_and_cyber
    group by plan_ref, home
)

select
    plans.case_ref,
    plans.home,
    coalesce(tested.in_date_until, $as_of) as happened_on,
    coalesce(tested.in_date_until >= $as_of, false) as is_met
from continuity_plans($as_of) as plans
left join tested on plans.plan_ref = tested.plan_ref and plans.home = tested.home
