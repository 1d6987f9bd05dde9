-- id:        O07
-- title:     Requests answered without an extension
-- strand:    openness
-- clauses:   5.2
-- question:  Are extensions of two months kept for the few requests that need one?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    90% (company, provisional)
-- owner:     IG lead
-- reads:     requests
-- so what:   A habit of extending hides a lack of hands.

-- Of those answered, an extension counts once the person was told of it, in time or not.
-- What was withdrawn or passed on was not answered.
select
    case_ref,
    home,
    answered_on as happened_on,
    extension_told_on is null as is_met
from requests($as_of)
where
    answered_on is not null
    and coalesce(outcome not in ('withdrawn', 'passed on'), true)
    and request_type in (
        'access', 'rectification', 'erasure', 'restriction', 'portability', 'objection',
        'automated decision'
    )
