-- id:        Q03
-- title:     Required fields filled
-- strand:    quality assurance
-- clauses:   2.3, 3.1d, 8.4
-- question:  Is what must be on the record there?
-- kind:      ratio
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    98% (company, provisional: Government Data Quality Framework)
-- owner:     Quality lead
-- reads:     quality_checks
-- so what:   An allergy left blank reads as no allergy.

-- Every check of completeness, by the fields looked at.
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
where dimension = 'completeness' and units > 0
