-- id:        L02
-- title:     Mandatory Toolkit items answered
-- strand:    legal compliance
-- clauses:   3.1e, 9b
-- question:  Is each mandatory item of the Toolkit answered, with evidence in date?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit: every mandatory item)
-- owner:     IG lead
-- reads:     toolkit_answers
-- so what:   June is too late to find a missing answer.
-- warning:   60 days

-- Of the newest version that is answered. An item that nobody answered is not met; one whose
-- evidence has run out is not met from the day after. Items marked '?' are not asked for.
with items as (
    select
        *,
        rank() over (
            order by regexp_extract(version, '\d{4}-\d\d') desc, version desc
        ) as nth
    from toolkit_items($as_of)
    where is_mandatory
)

select
    case_ref,
    home,
    coalesce(evidence_expires_on, $as_of) as happened_on,
    is_complete as is_met
from items
where nth = 1
