-- id:        S06
-- title:     Near misses among incidents reported
-- strand:    information security
-- clauses:   7.4
-- question:  Do staff report what nearly went wrong?
-- kind:      ratio
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    none
-- owner:     IG lead
-- reads:     incidents
-- so what:   A home that reports only harm is not looking.

-- What does not say what it is counts as a breach, as everywhere (see the view).
select
    case_ref,
    home,
    known_on as happened_on,
    kind = 'near miss' as is_met
from incidents($as_of)
where kind <> 'not an incident'
