-- id:        Q05
-- title:     Notes entered in time
-- strand:    quality assurance
-- clauses:   2.3, 3.1d, 8.4
-- question:  Are notes entered by the end of the shift?
-- kind:      ratio
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    95% (company, provisional: Government Data Quality Framework)
-- owner:     Registered managers
-- reads:     quality_checks
-- so what:   A note written tomorrow is a memory.

-- Every check of timeliness, by the entries looked at; the limit is the check's own.
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
where dimension = 'timeliness' and units > 0
