-- id:        S19
-- title:     Portable devices encrypted
-- strand:    information security
-- clauses:   7.1, 8.5
-- question:  Is each laptop, tablet, phone and memory stick encrypted?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 9.5.2)
-- owner:     IT lead
-- reads:     devices
-- so what:   A lost laptop is a breach only if it can be read.

-- Laptops, tablets, phones and removable media, a person's own among them, and the lost ones
-- until they are retired: they are what it is for. Unanswered counts as not encrypted.
select
    case_ref,
    home,
    $as_of as happened_on,
    is_encrypted as is_met
from devices($as_of)
where is_portable
