-- id:        Q06
-- title:     Values in the allowed form
-- strand:    quality assurance
-- clauses:   3.1d, 8.4
-- question:  Are NHS numbers, dates and codes in their allowed form?
-- kind:      ratio
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    99% (company, provisional: Government Data Quality Framework)
-- owner:     Quality lead
-- reads:     quality_checks
-- so what:   A wrong digit joins two people's records.

-- Every check of validity, by the values looked at.
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
where dimension = 'validity' and units > 0
