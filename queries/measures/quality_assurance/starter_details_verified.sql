-- id:        Q09
-- title:     Starter details verified
-- strand:    quality assurance
-- clauses:   8.4
-- question:  Were identity, right to work, DBS, references and details checked for each starter by the first day?
-- kind:      flow
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: policy 8.4)
-- owner:     HR lead
-- reads:     homes, staff, starter_checks
-- so what:   An error at the door is copied everywhere.

-- Falls due on the first day in post, for everybody whose first day is known, those who have
-- left since among them. Identity, right to work, DBS, references and the details taken down
-- must all have been seen by then, and a registration where the job needs one. A starter of
-- whom no check is known was not checked.
select
    starters.case_ref,
    starters.home,
    starters.started_on as happened_on,
    coalesce(checks.verified_on <= starters.started_on, false) as is_met
from staff_ever($as_of) as starters
left join starter_checks($as_of) as checks
    on starters.home_key = checks.home_key and starters.staff_ref = checks.staff_ref
where
    starters.started_on <= $as_of
    and (starters.gone_from is null or starters.gone_from > starters.started_on)
