-- id:        L16
-- title:     Data flows checked against Caldicott
-- strand:    legal compliance
-- clauses:   2.2, 4.1c, 9g
-- question:  Has each data flow a lawful basis and an eight-principle check from the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 9g)
-- owner:     Caldicott Guardian
-- reads:     data_flows
-- so what:   A flow nobody checked is where information leaks unseen.
-- warning:   60 days

-- All eight principles answered yes, a lawful basis, and the check at most 12 months old.
-- "Not applicable" is no yes. A flow that does not say when it was checked was not.
select
    case_ref,
    home,
    coalesce(
        (checked_on + interval 12 month - interval 1 day)::date, $as_of
    ) as happened_on,
    is_checked_in_date as is_met
from data_flows($as_of)
