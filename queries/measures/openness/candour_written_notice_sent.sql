-- id:        O02
-- title:     Candour letters sent
-- strand:    openness
-- clauses:   5.1
-- question:  Did a written notice follow every conversation about a safety incident?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% from 2015-04-01 (law: HSCA 2008 (Regulated Activities) Regulations 2014 reg 20(4))
-- owner:     Nominated individual
-- reads:     incidents
-- so what:   The law asks for the account and the apology in writing as well.

-- Regulation 20(4) asks for the notice and sets no day. It is asked for here 28 days after
-- the incident came to be known: the company's own reading. Where nobody could be reached or
-- wished to speak, and what was tried is written down, none is owed (20(5)). Where a home has
-- never said of any incident whether it is notifiable, it is not known.
with asked as (
    select
        *,
        count(is_notifiable_safety_incident) over (partition by home) > 0 as home_says
    from incidents($as_of)
)

select
    case_ref,
    home,
    (known_on + interval 28 day)::date as happened_on,
    written_notice_at is not null as is_met,
    home_says as is_known
from asked
where
    (is_notifiable_safety_incident or not home_says)
    and known_on + interval 28 day <= $as_of
    and (told_in_person_at is not null or contact_attempts is null)
