-- id:        L07
-- title:     Sharing agreements in date
-- strand:    legal compliance
-- clauses:   2.2, 6.4
-- question:  Is each data-sharing agreement inside its review date?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: ICO framework)
-- owner:     Caldicott Guardian
-- reads:     sharing_agreements
-- so what:   Sharing without an agreement in date is sharing on trust.
-- warning:   60 days

-- An agreement that was not signed is a draft and none of these. One past its last day that
-- nobody gave up is still shared under, and out of date.
select
    case_ref,
    home,
    least(review_due_on, ends_on) as happened_on,
    is_in_date as is_met
from sharing_agreements($as_of)
