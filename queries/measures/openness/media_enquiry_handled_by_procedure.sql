-- id:        O13
-- title:     Media enquiries handled by procedure
-- strand:    openness
-- clauses:   5.3
-- question:  Did the named lead handle each press enquiry by the procedure?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: policy 5.3)
-- owner:     Nominated individual
-- reads:     media_enquiries
-- so what:   One unguarded answer can identify a resident.

-- Asked for when it was answered, or a week after it came if it was not: the company's own
-- limit. One that does not say that it was dealt with by the procedure was not.
with due as (
    select
        *,
        least(uk_day(answered_at), (received_on + interval 7 day)::date) as due_on
    from media_enquiries($as_of)
)

select
    case_ref,
    home,
    due_on as happened_on,
    answered_at is not null and is_by_procedure as is_met
from due
where due_on <= $as_of
