-- id:        O03
-- title:     Candour apologies recorded
-- strand:    openness
-- clauses:   5.1
-- question:  Is there a record of an apology for every safety incident?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% (law: HSCA 2008 (Regulated Activities) Regulations 2014 reg. 20(3))
-- owner:     Registered managers
-- reads:     incidents
-- so what:   An apology is no admission of liability, and its absence is remembered.

select
    case_ref,
    home,
    (known_on + interval 28 day)::date as happened_on,
    coalesce(apology_recorded, false) as is_met
from incidents($as_of)
where is_notifiable_safety_incident and known_on + interval 28 day <= $as_of
