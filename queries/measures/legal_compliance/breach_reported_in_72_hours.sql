-- id:        L11
-- title:     Breaches reported within 72 hours
-- strand:    legal compliance
-- clauses:   3.1e, 3.1h, 6.3, 9k
-- question:  Was every reportable breach reported within 72 hours of becoming aware?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% from 2018-05-25 (law: UK GDPR art. 33(1))
-- owner:     IG lead
-- reads:     incidents
-- so what:   A late report is a breach of the law in itself, whatever the harm.

-- UK GDPR art. 33(1): 72 hours run through weekends, holidays and the clock change, so
-- instants are compared. The day it falls due is the UK day on which they end.
-- Without a time of becoming aware the hours are not known: neither met nor missed.
-- So are they when the ICO was told before anybody was aware: one of the two times is wrong.
-- Where no decision is written down, having told the ICO shows what was decided.
with reportable as (
    select
        *,
        aware_at + interval 72 hour as due_at
    from incidents($as_of)
    where
        kind in ('confirmed', 'suspected')
        and coalesce(is_reportable_ico, ico_reported_at is not null)
)

select
    case_ref,
    home,
    coalesce(uk_day(due_at), known_on) as happened_on,
    coalesce(ico_reported_at <= due_at, false) as is_met,
    aware_at is not null and coalesce(ico_reported_at >= aware_at, true) as is_known
from reportable
where due_at is null or due_at < until
