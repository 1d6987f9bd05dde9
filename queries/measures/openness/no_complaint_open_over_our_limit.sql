-- id:        O10
-- title:     Data-protection complaints open over our limit
-- strand:    openness
-- clauses:   5.2
-- question:  Is any data-protection complaint without an outcome beyond our own limit of days?
-- kind:      count
-- window:    day
-- duty:      no
-- direction: lower
-- target:    0 (company, provisional: the law says without undue delay)
-- owner:     IG lead
-- reads:     requests
-- so what:   A complaint left open becomes a complaint about us.

-- The law says without undue delay and sets no number of days. 90 is the company's own.
select
    case_ref,
    home,
    least((received_on + interval 90 day)::date, $as_of) as happened_on,
    received_on + interval 90 day >= $as_of as is_met
from requests($as_of)
where request_type = 'complaint' and is_open
