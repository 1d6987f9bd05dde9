-- id:        Q07
-- title:     Training records that agree with the staff register
-- strand:    quality assurance
-- clauses:   3.1c, 3.1d
-- question:  Is every person with a training record known to the staff register?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    98% (company, provisional)
-- owner:     HR lead
-- reads:     staff, training
-- so what:   Two registers that disagree cannot both be right.

-- A person counts once, whatever the number of courses. Leavers whose training is still
-- sent are what this finds.
with trained as (
    select distinct
        home,
        fold(staff_ref) as staff_ref
    from known_training($as_of)
)

select
    trained.home || '|' || trained.staff_ref as case_ref,
    trained.home,
    $as_of as happened_on,
    staff.case_ref is not null as is_met
from trained
left join staff($as_of) as staff
    on staff.home = trained.home
    and fold(staff.staff_ref) = trained.staff_ref
