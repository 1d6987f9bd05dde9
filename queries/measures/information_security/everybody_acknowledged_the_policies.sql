-- id:        S27
-- title:     Staff and contractors who acknowledged the policies
-- strand:    information security
-- clauses:   9.3, 10.3
-- question:  Has everybody, permanent, temporary, agency or contractor, acknowledged the policies in force?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 9.3)
-- owner:     HR lead
-- reads:     staff, acknowledgements, policies
-- so what:   Nobody can keep a promise they were never shown.

select
    case_ref,
    home,
    $as_of as happened_on,
    has_acknowledged as is_met
from policies_acknowledged($as_of)
