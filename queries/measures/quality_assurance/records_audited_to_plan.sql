-- id:        Q02
-- title:     Records audited against plan
-- strand:    quality assurance
-- clauses:   8.2
-- question:  Were as many records audited as we planned?
-- kind:      ratio
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: policy 8.2)
-- owner:     Quality lead
-- reads:     audits
-- so what:   A score from half the sample is half a score.

-- Records, not audits: so a ratio. They fall due on the day the audit was planned for; an
-- audit not held has audited none, and records beyond the plan make up for no other audit.
select
    case_ref,
    home,
    planned_on as happened_on,
    records_audited >= records_planned as is_met,
    least(records_audited, records_planned) as units_met,
    records_planned as units
from audits($as_of)
where planned_on <= $as_of and strand = 'quality assurance' and records_planned > 0
