-- id:        Q10
-- title:     Records past retention and not reviewed
-- strand:    quality assurance
-- clauses:   4.1a, 8.1, 8.5
-- question:  Is any record past its date without a review?
-- kind:      count
-- window:    day
-- duty:      no
-- direction: lower
-- target:    0 (company, provisional: ICO accountability framework)
-- owner:     Records lead
-- reads:     retention_reviews
-- so what:   What is kept too long can still be lost.

-- A case is a file, box or batch whose last day to be kept has passed. Held back by a legal
-- hold it is looked after. Where neither the line nor its rule says how long it is kept, it
-- is not known whether it is past its date.
select
    case_ref,
    home,
    coalesce(due_on, ended_on) as happened_on,
    is_reviewed or is_on_hold as is_met,
    due_on is not null or is_reviewed or is_on_hold as is_known
from retention_reviews($as_of)
where due_on is null or due_on <= $as_of
