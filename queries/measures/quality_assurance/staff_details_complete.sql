-- id:        Q16
-- title:     Staff register filled in
-- strand:    quality assurance
-- clauses:   2.3, 3.1d, 8.4
-- question:  Are the details that every staff record needs filled in?
-- kind:      ratio
-- window:    day
-- duty:      no
-- direction: higher
-- target:    98% (company, provisional)
-- owner:     HR lead
-- reads:     staff
-- so what:   What is left blank at the start is guessed at later.

-- Three details are asked of each person in post: first day, job role, kind of employment.
select
    case_ref,
    home,
    $as_of as happened_on,
    started_on is not null
    and job_role is not null
    and employment is not null as is_met,
    (started_on is not null)::integer
    + (job_role is not null)::integer
    + (employment is not null)::integer as units_met,
    3 as units
from staff($as_of)
