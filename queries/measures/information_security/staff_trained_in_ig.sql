-- id:        S01
-- title:     Staff in date with IG training
-- strand:    information security
-- clauses:   3.1g, 7.3, 9e
-- question:  Is every member of staff in post in date with their IG training?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    95% from 2024-07-01 (Toolkit 3.2.1)
-- owner:     HR lead
-- reads:     staff, training
-- so what:   Untrained staff are the commonest cause of a misdirected letter.

select
    staff.case_ref,
    staff.home,
    -- A stock on a day: the day the training runs out, or the day asked about if it has none.
    coalesce(ig_training.in_date_until, $as_of) as happened_on,
    coalesce(ig_training.in_date_until >= $as_of, false) as is_met
from staff($as_of) as staff
left join ig_training($as_of) as ig_training
    on
        staff.home_key = ig_training.home_key
        and staff.staff_ref = ig_training.staff_ref
