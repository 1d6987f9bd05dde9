-- id:        Q14
-- title:     Data-quality actions closed on time
-- strand:    quality assurance
-- clauses:   8.3
-- question:  Did owners close their data-quality actions by the date they gave?
-- kind:      flow
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    90% (company, provisional: policy 8.3)
-- owner:     Quality lead
-- reads:     actions
-- so what:   Owning quality means keeping one's own date.

-- Actions of this strand, or that came of a quality check. Judged against the day first
-- agreed: moving a date makes no action punctual. Given up before that day, it is left out.
select
    case_ref,
    home,
    first_due_on as happened_on,
    is_done_on_time as is_met
from actions($as_of)
where
    (strand = 'quality assurance' or source_type = 'quality check')
    and first_due_on <= $as_of
    and (cancelled_on is null or cancelled_on > first_due_on)
