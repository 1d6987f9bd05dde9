-- id:        Q04
-- title:     Duplicate person records
-- strand:    quality assurance
-- clauses:   3.1d, 8.4
-- question:  Is each person recorded once?
-- kind:      count
-- window:    last full month
-- duty:      no
-- direction: lower
-- target:    0 (company, provisional: Government Data Quality Framework)
-- owner:     Quality lead
-- reads:     quality_checks
-- so what:   Two records of one person each tell half.

-- Every check of uniqueness: a record that failed is the second of one person.
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
where dimension = 'uniqueness' and units > 0
