-- id:        L09
-- title:     IT suppliers with cyber certification
-- strand:    legal compliance
-- clauses:   6.4
-- question:  Does each IT supplier hold a cyber certificate in date?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 10.2.1)
-- owner:     IT lead
-- reads:     processors
-- so what:   Most large breaches come in through a supplier.
-- warning:   30 days

-- A certificate in date, or Standards Met in the Toolkit looked up within 12 months: either
-- is what 10.2.1 asks for. "Other" certificates count while they are in date.
select
    case_ref,
    home,
    coalesce(certified_until, $as_of) as happened_on,
    is_certified as is_met
from processors($as_of)
where is_it_supplier
