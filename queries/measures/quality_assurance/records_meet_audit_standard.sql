-- id:        Q01
-- title:     Record-keeping audit score
-- strand:    quality assurance
-- clauses:   1.1, 4.1a, 8.2
-- question:  Do the resident records we audit meet the standard?
-- kind:      ratio
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    90% (company, provisional: policy 8.2)
-- owner:     Quality lead
-- reads:     audits
-- so what:   The next shift acts on what the last one wrote.

-- Points of the records audited, over all audits together: rates of unequal audits are not
-- averaged. An audit that gives a percentage alone cannot be weighed against the others.
select
    case_ref,
    home,
    held_on as happened_on,
    coalesce(points_met >= points_applicable, false) as is_met,
    coalesce(points_met, 0) as units_met,
    coalesce(points_applicable, 1) as units,
    points_met is not null and points_applicable is not null as is_known
from audits($as_of)
where
    is_held
    and strand = 'quality assurance'
    and records_audited > 0
    and coalesce(points_applicable, 1) > 0
