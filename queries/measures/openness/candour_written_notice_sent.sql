-- id:        O02
-- title:     Candour letters sent
-- strand:    openness
-- clauses:   5.1
-- question:  Did a written notice follow every conversation about a safety incident?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% (law: HSCA 2008 (Regulated Activities) Regulations 2014 reg. 20(4))
-- owner:     Registered managers
-- reads:     incidents
-- so what:   The law asks for the account and the apology in writing as well.

-- Regulation 20(4) asks for the notice and sets no day. It is asked for here 28 days after
-- the incident came to be known: the company's own reading.
select
    case_ref,
    home,
    (known_on + interval 28 day)::date as happened_on,
    written_notice_at is not null as is_met
from incidents($as_of)
where is_notifiable_safety_incident and known_on + interval 28 day <= $as_of
