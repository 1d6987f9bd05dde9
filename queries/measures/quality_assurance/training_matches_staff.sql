-- id:        Q17
-- title:     Training matched to the staff register
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
-- sent are what this finds; somebody who is to start later is known and agrees. What a home
-- sent before it closed is past and disagrees with nothing.
with trained as (
    select distinct
        training.home,
        training.home_key,
        fold(training.staff_ref) as staff_ref
    from known_training($as_of) as training
    left join closed_homes($as_of) as closed_homes on training.home = closed_homes.home
    where closed_homes.home is null or training.sent_on >= closed_homes.closed_from
),

staff as (
    select
        home_key,
        staff_ref
    from staff_ever($as_of)
    where gone_from is null or gone_from > $as_of
)

select
    trained.home_key || '|' || trained.staff_ref as case_ref,
    trained.home,
    $as_of as happened_on,
    staff.staff_ref is not null as is_met
from trained
left join staff
    on
        trained.home_key = staff.home_key
        and trained.staff_ref = staff.staff_ref
