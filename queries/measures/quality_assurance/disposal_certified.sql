-- id:        Q11
-- title:     Disposals with a certificate
-- strand:    quality assurance
-- clauses:   4.1a, 8.1, 8.5
-- question:  Has each disposal a record of destruction?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 1.4.2 and 1.4.3)
-- owner:     Records lead
-- reads:     disposals
-- so what:   Paper that nobody saw shredded turns up in a skip.

select
    case_ref,
    home,
    disposed_on as happened_on,
    certificate_ref is not null as is_met
from disposals($as_of)
