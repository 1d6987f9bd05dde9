-- id:        S24
-- title:     Spot checks done
-- strand:    information security
-- clauses:   7.2, 9h, 10.3
-- question:  Was each planned spot check of confidentiality and security done?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 1.3.2)
-- owner:     Registered managers
-- reads:     spot_checks
-- so what:   What is never looked at, slips.

-- Falls due on the day it was planned for; done later it is done. One that was called off
-- was planned and not done.
select
    case_ref,
    home,
    planned_on as happened_on,
    is_held as is_met
from spot_checks($as_of)
where planned_on <= $as_of
