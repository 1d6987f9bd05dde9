-- id:        O05
-- title:     Subject access requests received
-- strand:    openness
-- clauses:   5.2
-- question:  How many subject access requests arrive?
-- kind:      count
-- window:    last full month
-- duty:      no
-- direction: neutral
-- target:    none
-- owner:     IG lead
-- reads:     requests
-- so what:   The volume says how much time answering will take; more is neither good nor bad.

select
    case_ref,
    home,
    received_on as happened_on,
    true as is_met
from requests($as_of)
where request_type = 'access'
