-- id:        S16
-- title:     Confirmed inappropriate accesses
-- strand:    information security
-- clauses:   2.1, 3.1a, 3.1b, 6.1
-- question:  Did a review find that somebody looked at a record without good reason?
-- kind:      count
-- window:    12 months
-- duty:      no
-- direction: lower
-- target:    0 (company, provisional: NHS guidance for privacy officers)
-- owner:     IG lead
-- reads:     access_events, accounts, incidents, journal, residents, rota, staff
-- so what:   A resident's trust is broken by one look that was nobody's business.

-- The cases are alerts that were reviewed. One that was escalated is what its incident turns
-- out to be: a confirmed breach is not met; while it is suspected, or not on the log in the
-- reader's scope, it is not known. On a day, its incident is as that day knew it.
with incident as (
    select
        fold(incident_ref) as incident_ref,
        bool_or(kind = 'confirmed') as is_confirmed,
        bool_or(kind = 'suspected') as is_suspected
    from incidents($as_of)
    where incident_ref is not null
    group by fold(incident_ref)
)

select
    reviewed.rule || '|' || reviewed.case_ref as case_ref,
    reviewed.home,
    reviewed.reviewed_on as happened_on,
    not coalesce(
        reviewed.outcome = 'not justified'
        or (reviewed.outcome = 'escalated' and incident.is_confirmed),
        false
    ) as is_met,
    coalesce(
        reviewed.outcome <> 'escalated'
        or incident.is_confirmed
        or not incident.is_suspected,
        false
    ) as is_known
from exceptions_reviewed($as_of) as reviewed
left join incident
    on fold(reviewed.incident_ref) = incident.incident_ref
where reviewed.reviewed_on is not null
