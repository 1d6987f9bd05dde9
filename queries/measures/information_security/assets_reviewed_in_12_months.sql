-- id:        S17
-- title:     Information assets reviewed in 12 months
-- strand:    information security
-- clauses:   7.1
-- question:  Has each asset on the register been reviewed in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 7.1.1)
-- owner:     IT lead
-- reads:     assets
-- so what:   What is not on the register is not backed up.
-- warning:   30 days

select
    case_ref,
    home,
    coalesce(in_date_until, $as_of) as happened_on,
    is_review_in_date as is_met
from assets($as_of)
