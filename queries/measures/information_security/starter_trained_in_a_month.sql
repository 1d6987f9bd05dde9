-- id:        S02
-- title:     Starters trained within a month
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

-- Falls due one month after the first day in post, for everybody in post on that day, those
-- who have left since among them. Of somebody who has left, a course counts that was still on
-- the register on the day it fell due: registers drop the records of leavers with them.
with starters as (
    select
        case_ref,
        home,
        home_key,
        staff_ref,
        (started_on + interval 1 month)::date as due_on,
        gone_from,
        coalesce(gone_from <= $as_of, false) as has_left
    from staff_ever($as_of)
),

ig_courses as (
    select
        home_key,
        fold(staff_ref) as staff_ref,
        completed_on,
        gone_on
    from ever_training($as_of)
    where category = 26
),

due as (
    select *
    from starters
    where due_on <= $as_of and (gone_from is null or gone_from > due_on)
),

trained as (
    select distinct due.case_ref
    from due
    inner join ig_courses
        on due.home_key = ig_courses.home_key and due.staff_ref = ig_courses.staff_ref
    where
        ig_courses.completed_on <= due.due_on
        and (
            ig_courses.gone_on is null
            or (due.has_left and due.due_on < ig_courses.gone_on)
        )
)

select
    due.case_ref,
    due.home,
    due.due_on as happened_on,
    trained.case_ref is not null as is_met
from due
left join trained on due.case_ref = trained.case_ref
