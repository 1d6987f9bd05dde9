-- id:        Q07
-- title:     Facts that agree between systems
-- strand:    quality assurance
-- clauses:   3.1c, 3.1d
-- question:  Does the same fact agree in the care system and the medicines chart?
-- kind:      ratio
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    98% (company, provisional: Government Data Quality Framework)
-- owner:     Quality lead
-- reads:     quality_checks
-- so what:   When two systems differ, one of them is wrong about a resident.

-- Every check of consistency, by the facts compared.
-- What the question does not apply to is in neither figure; a check with nothing else says
-- nothing.
select
    case_ref,
    home,
    run_on as happened_on,
    units_met = units as is_met,
    units_met,
    units
from quality_checks($as_of)
where dimension = 'consistency' and units > 0
