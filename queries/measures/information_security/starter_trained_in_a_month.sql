-- id:        S02
-- title:     New starters trained within a month
-- strand:    information security
-- clauses:   3.1g, 7.3, 9e
-- question:  Did every new starter have their IG training within a month of starting?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional)
-- owner:     HR lead
-- reads:     staff, training
-- so what:   A new starter handles residents' records from the first shift.

-- Falls due one month after the first day in post. Somebody who left before that day is no
-- longer on the register and so is not counted.
with starters as (
    select
        case_ref,
        home,
        staff_ref,
        (started_on + interval 1 month)::date as due_on
    from staff($as_of)
    where started_on is not null
)

select
    starters.case_ref,
    starters.home,
    starters.due_on as happened_on,
    coalesce(ig_training.first_completed_on <= starters.due_on, false) as is_met
from starters
left join ig_training($as_of) as ig_training
    on ig_training.home = starters.home
    and ig_training.staff_ref = fold(starters.staff_ref)
where starters.due_on <= $as_of
