-- id:        Q08
-- title:     Values that match their source
-- strand:    quality assurance
-- clauses:   2.3, 3.1d, 8.4, 9g
-- question:  Do sampled values match the document they came from?
-- kind:      ratio
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    98% (company, provisional: policy 8.4)
-- owner:     Quality lead
-- reads:     quality_checks, starter_checks
-- so what:   Accuracy is only known by looking at the paper.

-- Every check of accuracy, and the details of starters compared with their papers (clause
-- 8.4). The kind refuses details checked without how many were right.
select
    'check|' || case_ref as case_ref,
    home,
    run_on as happened_on,
    units_met = units as is_met,
    units_met,
    units
from quality_checks($as_of)
where dimension = 'accuracy' and units > 0
union all
select
    'starter|' || case_ref as case_ref,
    home,
    details_checked_on as happened_on,
    details_correct >= details_checked as is_met,
    details_correct as units_met,
    details_checked as units
from starter_checks($as_of)
where details_checked_on is not null and details_checked > 0 and details_correct >= 0
