-- id:        L13
-- title:     Reporting decisions recorded
-- strand:    legal compliance
-- clauses:   3.1h, 6.3, 9k
-- question:  Does every breach have a recorded decision on reporting, with a reason?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: ICO accountability framework)
-- owner:     IG lead
-- reads:     incidents
-- so what:   Without the reason, a decision not to report cannot be defended.

-- UK GDPR art. 33(5) asks for every breach to be documented; the written reason is what the
-- ICO accountability framework asks on top. A near miss is no breach. The decision is
-- asked for once the 72 hours are over; a breach that was reported needs no other reason.
with breaches as (
    select
        *,
        coalesce(aware_at, known_on::timestamp at time zone 'Europe/London')
        + interval 72 hour as due_at
    from incidents($as_of)
    where kind = 'confirmed'
)

select
    case_ref,
    home,
    uk_day(due_at) as happened_on,
    ico_reported_at is not null
    or (is_reportable_ico is not null and decision_reason is not null) as is_met
from breaches
where due_at < until
